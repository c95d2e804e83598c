"""Health: whether the process lives, and whether it has data to serve."""

from __future__ import annotations

from flask import Blueprint, Flask, Response

from opendata.errors import StoreError
from opendata.formats.json import JSON, dump
from opendata.web import query
from opendata.web.current import follower

bp = Blueprint("health", __name__)


def init_app(app: Flask) -> None:
    """Serve ``/healthz`` and ``/readyz``."""
    app.register_blueprint(bp)


@bp.get("/healthz")
def healthz() -> Response:
    """Answer that the process is alive."""
    query.none()
    return _uncached({"status": "ok"}, 200)


@bp.get("/readyz")
def readyz() -> Response:
    """Answer which store is served, and whether a newer one could not be opened."""
    query.none()
    current = follower()
    try:
        store = current.get()
    except StoreError as error:
        return _uncached({"status": "unavailable", "fault": str(error)}, 503)
    body = {"status": "ok" if current.fault is None else "stale", "store": store.digest}
    return _uncached({**body, "fault": current.fault}, 200)


def _uncached(body: dict[str, str | None], status: int) -> Response:
    response = Response(dump(body), status, content_type=JSON.content_type)
    response.headers["Cache-Control"] = "no-store"
    return response
