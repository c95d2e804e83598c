"""The application: it only composes."""

from __future__ import annotations

from pathlib import Path

from flask import Flask

from opendata.store import CurrentStore
from opendata.web import ckan, docs, headers, health, home, problems, routes


def create_app(store: Path) -> Flask:
    """Return the WSGI application that serves the store below the folder ``store``."""
    app = Flask(__name__, static_folder=None)
    app.url_map.strict_slashes = True
    app.url_map.merge_slashes = False
    app.extensions["store"] = CurrentStore(store)
    for part in (problems, headers, routes, home, docs, health, ckan):
        part.init_app(app)
    return app
