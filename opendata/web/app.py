"""The application: it only composes."""

from __future__ import annotations

from pathlib import Path

from flask import Flask
from sqlalchemy import URL

from opendata.store import CurrentStore, Database
from opendata.web import (
    again,
    ckan,
    deprecation,
    discovery,
    docs,
    headers,
    health,
    preview,
    problems,
    relations,
    routes,
    security,
)
from opendata.web.cache import CAPACITY, ResponseCache
from opendata.web.pages import assets, failures, guide, home

#: What the application is made of; what is first sees an answer last.
_PARTS = (
    *(preview, problems, headers, deprecation, routes, home, docs, discovery, security),
    *(health, ckan, assets, failures, guide, again, relations),
)


def create_app(
    store: Path,
    *,
    drafts: bool = False,
    security_contact: str | None = None,
    database: URL | None = None,
    cache: int = CAPACITY,
) -> Flask:
    """Return the WSGI application that serves the store below the folder ``store``.

    :param drafts: whether that is a preview of drafts, which is marked as one everywhere.
    :param security_contact: whom to tell of weaknesses (a URI), named in ``security.txt``.
    :param database: where published stores are loaded, which are served instead of ``store``.
    :param cache: bytes of answers that each process keeps for who asks again; 0 for none, as is
        for drafts.
    """
    app = Flask(__name__, static_folder=None)
    app.url_map.strict_slashes = True
    app.url_map.merge_slashes = False
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    stores = Database(database) if database and not drafts else store
    current = CurrentStore(stores, preview=drafts)
    app.extensions["store"] = current
    app.extensions["security_contact"] = security_contact
    for part in _PARTS:
        part.init_app(app)
    if cache and not drafts:
        app.wsgi_app = ResponseCache(app.wsgi_app, current.state, cache)  # type: ignore[method-assign]
    return app
