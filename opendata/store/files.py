"""Engines of SQLite files, which share their dialect and so the statements compiled for it.

A process opens many files with the same tables: parts, shares, and store after store. Compiling
the statements anew for each would cost more than answering them.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import Any

from sqlalchemy import Dialect, Engine, create_engine, make_url
from sqlalchemy.pool import QueuePool
from sqlalchemy.util import LRUCache

_URL = make_url("sqlite+pysqlite://")
#: Compiled statements that are kept: those of a build and the most common of a service.
_STATEMENTS = 1000

_compiled: LRUCache[object, object] = LRUCache(_STATEMENTS)


def file_engine(connect: Callable[[], Any]) -> Engine:
    """Return an engine of its own for the file that ``connect`` opens, with :mod:`sqlite3`."""
    dialect = _dialect()
    pool = QueuePool(connect, dialect=dialect)
    return Engine(pool, dialect, _URL, execution_options={"compiled_cache": _compiled})


@cache
def _dialect() -> Dialect:
    engine = create_engine(_URL)
    with engine.connect():  # from which the dialect learns what this SQLite can do
        return engine.dialect
