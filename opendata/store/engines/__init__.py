"""Engines: what databases say each in their own way; nothing else knows which one it asks.

Every other statement is SQLAlchemy Core that all of them understand. An engine brings a
:class:`Dialect` (its search and its patterns) and a :class:`Backend` (an open store).
"""

from __future__ import annotations

from sqlalchemy import Connection, Engine

from opendata.store.engines.base import Backend, Dialect
from opendata.store.engines.place import Place
from opendata.store.engines.postgresql.searching import PostgresqlDialect
from opendata.store.engines.sqlite import SqliteDialect, SqliteFile

_DIALECTS: dict[str, Dialect] = {"sqlite": SqliteDialect(), "postgresql": PostgresqlDialect()}


def dialect_of(bind: Engine | Connection) -> Dialect:
    """Return how the engine behind ``bind`` says what is not common to all."""
    return _DIALECTS[bind.dialect.name]


__all__ = ["Backend", "Dialect", "Place", "SqliteFile", "dialect_of"]
