"""Serving under gunicorn."""

from __future__ import annotations

from pathlib import Path

from flask import Flask
from gunicorn.app.base import BaseApplication

from opendata.cli import gunicorn_settings
from opendata.store import CurrentStore
from opendata.web import create_app


def serve_with_gunicorn(bind: str, store: Path, *, drafts: bool = False) -> None:
    """Serve the store below ``store`` at ``bind`` until stopped.

    :param drafts: whether that is a preview of drafts, which may still be in the making.
    :raises opendata.errors.StoreError: where nothing was built, or a preview where none is meant.
    """
    if not drafts:
        CurrentStore(store).get().close()
    _Server(bind, store, drafts=drafts).run()


class _Server(BaseApplication):  # type: ignore[misc]
    """gunicorn with this project's settings and application."""

    def __init__(self, bind: str, store: Path, *, drafts: bool) -> None:
        self._bind = bind
        self._folder = store
        self._drafts = drafts
        super().__init__()

    def load_config(self) -> None:
        for name, value in vars(gunicorn_settings).items():
            if name in self.cfg.settings:
                self.cfg.set(name, value)
        self.cfg.set("bind", self._bind)

    def load(self) -> Flask:
        return create_app(self._folder, drafts=self._drafts)
