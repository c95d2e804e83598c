"""The application: it only composes."""

from __future__ import annotations

from pathlib import Path

from flask import Flask

from opendata.store import CurrentStore
from opendata.web import discovery, docs, headers, health, home, problems, routes, security


def create_app(store: Path, *, security_contact: str | None = None) -> Flask:
    """Return the WSGI application that serves the store below the folder ``store``.

    :param security_contact: whom to tell of weaknesses (a URI), named in ``security.txt``.
    """
    app = Flask(__name__, static_folder=None)
    app.url_map.strict_slashes = True
    app.url_map.merge_slashes = False
    app.extensions["store"] = CurrentStore(store)
    app.extensions["security_contact"] = security_contact
    for part in (problems, headers, routes, home, docs, discovery, security, health):
        part.init_app(app)
    return app
