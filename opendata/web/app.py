"""The application: it only composes."""

from __future__ import annotations

from pathlib import Path

from flask import Flask

from opendata.store import CurrentStore
from opendata.web import ckan, deprecation, docs, headers, health, home, preview, problems, routes


def create_app(store: Path, *, drafts: bool = False) -> Flask:
    """Return the WSGI application that serves the store below the folder ``store``.

    :param drafts: whether that is a preview of drafts, which is marked as one everywhere.
    """
    app = Flask(__name__, static_folder=None)
    app.url_map.strict_slashes = True
    app.url_map.merge_slashes = False
    app.extensions["store"] = CurrentStore(store, preview=drafts)
    for part in (preview, problems, headers, deprecation, routes, home, docs, health, ckan):
        part.init_app(app)
    return app
