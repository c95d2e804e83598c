"""The store of this request: one request reads one store, whatever is built meanwhile."""

from __future__ import annotations

from datetime import UTC, datetime

from flask import current_app, g

from opendata.errors import StoreError
from opendata.store import CurrentStore, Store
from opendata.store.current import CURRENT, store_path


def follower() -> CurrentStore:
    """Return what follows the current store."""
    found: CurrentStore = current_app.extensions["store"]
    return found


def store() -> Store:
    """Return the store this request reads.

    :raises opendata.errors.StoreError: where there is none yet; answered with 503.
    """
    if "store" not in g:
        g.store = follower().get()
    found: Store = g.store
    return found


def base_url() -> str:
    """Return the public address; where no store knows it, addresses are relative to the host."""
    try:
        return store().base_url
    except StoreError:
        return ""


def published() -> datetime | None:
    """Return when the store of this request was put in its place.

    ``None`` where another one is there by now, or nothing: a store that was put back would
    have the time of its first life, and clients would keep what came between. Nor of a preview,
    whose builds follow each other faster than the seconds that dates tell.
    """
    if follower().preview:
        return None
    folder = follower().folder
    try:
        changed = (folder / CURRENT).lstat().st_mtime
    except OSError:
        return None
    # asked in this order, so that the time is never that of a later store
    return datetime.fromtimestamp(changed, UTC) if store_path(folder) == store().path else None
