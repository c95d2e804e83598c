"""The application: it only composes."""

from __future__ import annotations

from pathlib import Path

from flask import Flask

from opendata.store import CurrentStore
from opendata.web import docs, headers, health, home, problems, routes
from opendata.web.cache import CAPACITY, ResponseCache


def create_app(store: Path, cache: int = CAPACITY) -> Flask:
    """Return the WSGI application that serves the store below the folder ``store``.

    :param cache: bytes of answers that each process keeps for who asks again; 0 for none.
    """
    app = Flask(__name__, static_folder=None)
    app.url_map.strict_slashes = True
    app.url_map.merge_slashes = False
    app.extensions["store"] = CurrentStore(store)
    for part in (problems, headers, routes, home, docs, health):
        part.init_app(app)
    if cache:
        app.wsgi_app = ResponseCache(app.wsgi_app, store, cache)  # type: ignore[method-assign]
    return app
