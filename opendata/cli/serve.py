"""Serving under gunicorn, with the settings that were measured best (docs/serving.md)."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from flask import Flask
from gunicorn.app.base import BaseApplication

from opendata.store import CurrentStore
from opendata.web import create_app


def serve_with_gunicorn(bind: str, store: Path) -> None:
    """Serve the store below ``store`` at ``bind`` until stopped.

    :raises opendata.errors.StoreError: where nothing was built.
    """
    CurrentStore(store).get()
    _Server(bind, store).run()


class _Server(BaseApplication):  # type: ignore[misc]
    def __init__(self, bind: str, store: Path) -> None:
        self._bind = bind
        self._folder = store
        super().__init__()

    def load_config(self) -> None:
        for name, value in settings(self._bind).items():
            self.cfg.set(name, value)

    def load(self) -> Flask:
        return create_app(self._folder)


def settings(bind: str) -> dict[str, Any]:
    """Return the configuration of gunicorn."""
    return {"bind": bind}
