"""A request whose connection to the database is lost is answered once more, by another host.

It only reads, and what it reads never changes; only an answer that was begun breaks off.
"""

from __future__ import annotations

from flask import Flask, current_app, g
from flask.typing import ResponseReturnValue
from sqlalchemy.exc import DBAPIError

from opendata.errors import StoreError
from opendata.store.engines.postgresql.connecting import is_lost, said


def init_app(app: Flask) -> None:
    """Ask once more where a connection was lost, then say that there is no database."""
    app.register_error_handler(DBAPIError, _again)


def _again(error: DBAPIError) -> ResponseReturnValue:
    if not is_lost(error):
        raise error
    if "asked_again" in g:
        current_app.logger.error("no database: %s", said(error))
        return current_app.handle_user_exception(StoreError(said(error)))
    g.asked_again = True
    try:
        return current_app.preprocess_request() or current_app.dispatch_request()
    except Exception as fault:  # noqa: BLE001 - as any fault of a view
        return current_app.handle_user_exception(fault)
