"""Following the current store of a PostgreSQL database."""

from __future__ import annotations

import threading
import time
import weakref
from collections.abc import Hashable, Iterator, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import (
    URL,
    Boolean,
    CheckConstraint,
    Column,
    DateTime,
    Integer,
    MetaData,
    Table,
    Text,
    select,
)
from sqlalchemy.exc import SQLAlchemyError

from opendata.errors import StoreError
from opendata.store.answers import StoredFile
from opendata.store.engines.postgresql.connecting import connected, reading_engine, said
from opendata.store.engines.postgresql.tables import FILE_BLOCK, file_blocks
from opendata.store.reading import Store

#: The schema that tells which store is current.
SCHEMA = "opendata"
registry = MetaData(schema=SCHEMA)
#: What the database says where nothing was ever loaded: no such table, no such schema.
_NOT_THERE = ("42P01", "3F000")
#: One row: the schema of the current store and that of the one before it, when it was put there,
#: and how many were put there so far.
current_store = Table(
    "current_store",
    registry,
    Column("one", Boolean, CheckConstraint("one"), primary_key=True),
    Column("name", Text),
    Column("previous", Text),
    Column("number", Integer, nullable=False),
    Column("changed", DateTime(timezone=True)),
)


class Swap(NamedTuple):
    """A store that was put in the place of another; ``attempt`` counts tries to open it."""

    name: str
    number: int
    changed: datetime
    attempt: int = 0


class Database:
    """The stores of a database.

    Which one is current is asked at most once in a while, not with each request.
    """

    def __init__(self, url: URL, *, every: float = 1.0) -> None:
        """Follow the stores at ``url``.

        :param every: seconds that an answer to which store is current is good for.
        :raises StoreError: where the driver is not installed.
        """
        self._url = url
        self._said = url.render_as_string(hide_password=True)
        self._every = every
        self._engine = connected(
            url, "-c default_transaction_read_only=on", isolation_level="AUTOCOMMIT"
        )
        weakref.finalize(self, self._engine.dispose)
        self._lock = threading.Lock()
        self._asked = -float("inf")
        self._current: Swap | None = None
        self._opened: Swap | None = None
        self._failed: Swap | None = None
        self.empty = f"nothing was loaded into {self._said}; opendata build --to does"
        self.trouble: str | None = None

    def current(self) -> Swap | None:
        if time.monotonic() - self._asked >= self._every and self._lock.acquire(blocking=False):
            try:
                self._ask()
                self._asked = time.monotonic()
            finally:
                self._lock.release()
        return self._current

    def open(self, current: Hashable) -> Store:
        assert isinstance(current, Swap)
        try:
            store = Store(OneStore(self._url, current.name))
        except StoreError:
            self._failed = current
            raise
        self._opened, self._failed = current, None
        return store

    def state(self) -> Hashable | None:
        current = self.current()
        return current if current == self._opened else None

    def changed(self, store: Store) -> datetime | None:
        current = self._current
        served = current is not None and store.name == _named(self._url, current.name)
        return current.changed if current and served else None

    def _ask(self) -> None:
        row = current_store.c
        statement = select(row.name, row.number, row.changed).where(row.name.is_not(None))
        try:
            with self._engine.connect() as connection:
                found = connection.execute(statement).one_or_none()
        except SQLAlchemyError as error:
            if getattr(getattr(error, "orig", None), "sqlstate", None) not in _NOT_THERE:
                self.trouble = f"{self._said}: {said(error)}"
                return
            found = None
        self.trouble = None
        told = Swap(*found) if found else None
        if self._failed and told == self._failed._replace(attempt=0):
            told = self._failed._replace(attempt=self._failed.attempt + 1)
        if self._current is None or told != self._current._replace(attempt=0):
            self._current = told


class OneStore:
    """An open store of a database."""

    def __init__(self, url: URL, schema: str) -> None:
        self.name = _named(url, schema)
        self.engine = reading_engine(url, schema)
        weakref.finalize(self, self.engine.dispose)

    def check(self, files: Sequence[StoredFile]) -> None:
        """A store is loaded whole or not at all."""

    def blocks(self, file: StoredFile, wanted: slice) -> Iterator[bytes]:
        """Yield the bytes a block at a time: no connection is held while a client is slow."""
        at = wanted.start
        while at < wanted.stop:
            number, skipped = divmod(at, FILE_BLOCK)
            body = self._block(file, number)[skipped : skipped + wanted.stop - at]
            if not body:
                raise OSError(f"{file.file} in {self.name} ends {wanted.stop - at} bytes too early")
            at += len(body)
            yield body

    def _block(self, file: StoredFile, number: int) -> bytes:
        row = file_blocks.c
        statement = select(row.body).where(row.file == file.file, row.number == number)
        try:
            with self.engine.connect() as connection:
                found: Any = connection.execute(statement).scalar_one_or_none()
        except SQLAlchemyError as error:
            raise OSError(f"{file.file} in {self.name}: {said(error)}") from error
        return bytes(found or b"")


def _named(url: URL, schema: str) -> str:
    return f"{url.render_as_string(hide_password=True)} {schema}"
