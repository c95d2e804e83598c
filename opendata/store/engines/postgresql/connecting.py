"""Connections to PostgreSQL: to read one store, from whichever host has it."""

from __future__ import annotations

import time
from typing import Any

from sqlalchemy import URL, Engine, create_engine, event
from sqlalchemy.exc import NoSuchModuleError, OperationalError

from opendata.errors import StoreError

#: How long a host may take to answer at all, in seconds.
_TIMEOUT = "5"
#: How often a host that has the store is looked for, and the seconds between.
_TRIES, _PAUSE = 20, 0.1


def reading_engine(url: URL, schema: str) -> Engine:
    """Return an engine whose connections read the store in ``schema`` and cannot write.

    A host that lags behind another and has not got the store yet is not read from.
    """
    options = f"-c search_path={schema} -c default_transaction_read_only=on"
    engine = connected(url, options, isolation_level="AUTOCOMMIT")

    @event.listens_for(engine, "do_connect")
    def connect(dialect: Any, _: Any, args: Any, parameters: Any) -> Any:
        for left in reversed(range(_TRIES)):
            connection = dialect.connect(*args, **parameters)
            if _has_store(connection):
                return connection
            connection.close()
            if left:
                time.sleep(_PAUSE)
        message = f"no host has the store in {schema}"
        raise dialect.loaded_dbapi.OperationalError(message)

    event.listen(engine, "before_cursor_execute", _prepare, retval=True)
    return engine


def connected(
    url: URL, options: str, *, write: bool = False, isolation_level: str | None = None
) -> Engine:
    """Return an engine that tries each connection before it gives it out again.

    :param options: settings of the session, beside those that the address has.
    :param write: whether a host is wanted that takes changes.
    :raises StoreError: where the driver is not installed.
    """
    own = url.query.get("options", "")
    arguments = {"options": f"{own} {options}".strip(), "application_name": "opendata"}
    arguments |= {"connect_timeout": _TIMEOUT} if "connect_timeout" not in url.query else {}
    arguments |= {"target_session_attrs": "read-write"} if write else {}
    settings: dict[str, Any] = {"isolation_level": isolation_level} if isolation_level else {}
    rest = url.difference_update_query(["options"])
    try:
        return create_engine(rest, pool_pre_ping=True, connect_args=arguments, **settings)
    except (ModuleNotFoundError, NoSuchModuleError) as error:
        raise StoreError(
            f"PostgreSQL needs a driver ({error}): pip install 'opendata[postgresql]'"
        ) from error


def said(error: Exception) -> str:
    """Return what went wrong in one line, without the statement and its values."""
    cause = getattr(error, "orig", None) or error
    return str(cause).strip().split("\n", maxsplit=1)[0]


def is_lost(error: Exception) -> bool:
    """Whether the connection was lost, or there was none to be had, and another may do."""
    return isinstance(error, OperationalError) or bool(
        getattr(error, "connection_invalidated", False)
    )


def _prepare(
    _: Any, cursor: Any, statement: str, parameters: Any, context: Any, __: bool
) -> tuple[str, Any]:
    """Make ready what SQLAlchemy is about to send.

    Each statement is a transaction of its own, which saves two ways to the server and back; only
    what is read bit by bit from a cursor needs one that goes on, to the connection's return.
    """
    if context.execution_options.get("yield_per") and not cursor.connection.info.transaction_status:
        cursor.connection.execute("BEGIN")
    if isinstance(parameters, dict):
        parameters = {name: _without_nul(value) for name, value in parameters.items()}
    return statement, parameters


def _has_store(connection: Any) -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT to_regclass('facts') IS NOT NULL")
        [found] = cursor.fetchone()
    connection.rollback()
    return bool(found)


def _without_nul(value: Any) -> Any:
    """Return a value as PostgreSQL takes it, whose texts cannot hold U+0000.

    Nor do those of a store; U+0001, which they do not hold either, compares with them alike.
    """
    return value.replace("\0", "\1") if isinstance(value, str) else value
