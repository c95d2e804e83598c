"""The store of this request: one request reads one store, whatever is built meanwhile."""

from __future__ import annotations

from datetime import datetime

from flask import current_app, g

from opendata.errors import StoreError
from opendata.store import CurrentStore, Store


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
    """Return when the store of this request was put in its place, while it is there."""
    return follower().changed(store())
