"""Serving under gunicorn."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

from flask import Flask
from gunicorn.app.base import BaseApplication
from sqlalchemy import URL

from opendata.cli import gunicorn_settings
from opendata.store import CurrentStore, Database
from opendata.web import create_app


def serve_with_gunicorn(
    bind: str,
    store: Path,
    *,
    drafts: bool = False,
    security_contact: str | None = None,
    database: URL | None = None,
) -> None:
    """Serve the store below ``store`` at ``bind`` until stopped.

    :param drafts: whether that is a preview of drafts, which may still be in the making.
    :param database: where published stores are loaded, which are served instead of ``store``.
    :raises opendata.errors.StoreError: where nothing was built, or a preview where none is meant.
    """
    if not drafts:
        CurrentStore(Database(database) if database else store).get().close()
    make = partial(
        create_app, store, drafts=drafts, security_contact=security_contact, database=database
    )
    _Server(bind, make).run()


class _Server(BaseApplication):  # type: ignore[misc]
    """gunicorn with this project's settings and application."""

    def __init__(self, bind: str, make: Callable[[], Flask]) -> None:
        self._bind = bind
        self._make = make
        super().__init__()

    def load_config(self) -> None:
        for name, value in vars(gunicorn_settings).items():
            if name in self.cfg.settings:
                self.cfg.set(name, value)
        self.cfg.set("bind", self._bind)

    def load(self) -> Flask:
        return self._make()
