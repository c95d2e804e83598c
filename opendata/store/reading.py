"""Reading a store: each question is one indexed statement, answered with ready-made bytes."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import quote

from sqlalchemy import Select, create_engine, func, select
from sqlalchemy.engine import Connection
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.pool import QueuePool

from opendata.errors import StoreError
from opendata.formats import JSON
from opendata.store.layout import TABLES, documents, extents, facts, metadata, versions

#: Rows read by one statement while a whole collection is streamed.
BLOCK = 1000


class Document(NamedTuple):
    """A ready-made resource."""

    content_type: str
    body: bytes
    sha256: str


@dataclass(frozen=True, slots=True)
class VersionRow:
    """A version in the store."""

    version_key: int
    dataset: str
    version: str
    latest: bool
    sha256: str
    meta: bytes


@dataclass(frozen=True, slots=True)
class Scope:
    """Which rows a question is about.

    Those of one version, of all versions of one dataset, or (with neither) of the latest version
    of every dataset; of them those that match ``filters``.
    """

    version: VersionRow | None = None
    dataset: str | None = None
    filters: Mapping[str, str] = field(default_factory=dict)


class Part(NamedTuple):
    """Consecutive rows: their bytes, and the number of the last row where more follow."""

    fragments: list[bytes]
    more_after: int | None


class Position(NamedTuple):
    """A row by names that outlive the store: the ``nth`` row of a version, from 1."""

    dataset: str
    version: str
    nth: int


class _Extent(NamedTuple):
    first_row: int
    total: int


class Store:
    """An open store. Safe to share between threads; it never changes."""

    def __init__(self, path: Path) -> None:
        """Open the store at ``path`` read-only.

        :raises StoreError: where there is none, or it is not a whole one.
        """
        self.path = path
        address = f"file:{quote(str(path))}?mode=ro&immutable=1"
        self._engine = create_engine(
            "sqlite+pysqlite://",
            creator=lambda: sqlite3.connect(address, uri=True, check_same_thread=False),
            poolclass=QueuePool,
        )
        try:
            with self._engine.connect() as connection:
                found = {row.name: row.value for row in connection.execute(select(facts))}
                for table in metadata.sorted_tables:  # every column this software reads is there
                    connection.execute(select(table).limit(0))
            self.digest: str = found["digest"]
            self.base_url: str = found["base_url"]
            self.software: str = found["software"]
            #: The codes of each open list.
            self.codes: dict[str, list[str]] = json.loads(found["codes"])
        except (SQLAlchemyError, KeyError) as error:
            self.close()
            raise StoreError(f"{path} is no store of this software: {error}") from error

    def close(self) -> None:
        """Close every connection."""
        self._engine.dispose()

    def version(self, dataset: str, version: str | None = None) -> VersionRow | None:
        """Return a version of ``dataset``, the latest where none is named."""
        statement = select(versions).where(versions.c.dataset == dataset)
        if version is None:
            statement = statement.where(versions.c.latest)
        else:
            statement = statement.where(versions.c.version == version)
        with self._engine.connect() as connection:
            row = connection.execute(statement).one_or_none()
        if row is None:
            return None
        return VersionRow(
            row.version_key, row.dataset, row.version, row.latest, row.sha256, row.meta
        )

    def document(self, path: str) -> Document | None:
        """Return the ready-made resource at ``path``."""
        statement = select(documents).where(documents.c.path == path)
        with self._engine.connect() as connection:
            row = connection.execute(statement).one_or_none()
        return None if row is None else Document(row.content_type, row.body, row.sha256)

    def fragment(
        self, collection: str, representation: str, version: VersionRow, record: str
    ) -> bytes | None:
        """Return one record of a version."""
        rows = TABLES[collection].rows
        statement = select(rows.c[representation]).where(
            rows.c.id == record,
            rows.c.dataset == version.dataset,
            rows.c.version == version.version,
        )
        with self._engine.connect() as connection:
            found: bytes | None = connection.execute(statement).scalar_one_or_none()
        return found

    def count(self, collection: str, scope: Scope) -> int:
        """Return how many rows of ``collection`` are in ``scope``."""
        rows = TABLES[collection].rows
        with self._engine.connect() as connection:
            if scope.version and not scope.filters:
                return self._extent(connection, collection, scope.version.version_key).total
            statement = self._narrow(connection, select(func.count()), collection, scope)
            found: int = connection.execute(statement.select_from(rows)).scalar_one()
            return found

    def part(
        self, collection: str, representation: str, scope: Scope, after: int, limit: int
    ) -> Part:
        """Return up to ``limit`` rows of ``scope`` that follow the row ``after``."""
        rows = TABLES[collection].rows
        with self._engine.connect() as connection:
            statement = select(rows.c.row, rows.c[representation]).where(rows.c.row > after)
            statement = self._narrow(connection, statement, collection, scope)
            found = connection.execute(statement.order_by(rows.c.row).limit(limit + 1)).all()
        kept = found[:limit]
        return Part([row[1] for row in kept], kept[-1][0] if len(found) > limit else None)

    def linked(
        self, collection: str, field: str, scope: Scope, after: int = 0, limit: int = 1
    ) -> list[list[bytes]]:
        """Return the records that ``field`` links to, as JSON, for each row of a part.

        The rows are those that :meth:`part` gives; their links lead to records of their own
        version, which stand in the order of the links.
        """
        tables = TABLES[collection]
        rows, members = tables.rows, tables.members
        other = TABLES[tables.collection.links[field]].rows
        with self._engine.connect() as connection:
            page = select(rows.c.row, rows.c.dataset, rows.c.version).where(rows.c.row > after)
            page = self._narrow(connection, page, collection, scope)
            part = page.order_by(rows.c.row).limit(limit).subquery()
            statement = (
                select(part.c.row, other.c[JSON.name])
                .outerjoin(members, (members.c.row == part.c.row) & (members.c.field == field))
                .outerjoin(
                    other,
                    (other.c.dataset == part.c.dataset)
                    & (other.c.version == part.c.version)
                    & (other.c.id == members.c.value),
                )
                .order_by(part.c.row, members.c.position)
            )
            found: dict[int, list[bytes]] = {}
            for row, fragment in connection.execute(statement):
                found.setdefault(row, []).extend([] if fragment is None else [fragment])
        return list(found.values())

    def blocks(
        self, collection: str, representation: str, scope: Scope, after: int = 0
    ) -> Iterator[bytes]:
        """Yield all rows of ``scope`` after ``after``, a block at a time, in constant memory."""
        last: int | None = after
        while last is not None:
            part = self.part(collection, representation, scope, last, BLOCK)
            last = part.more_after
            yield b"".join(part.fragments)

    def position(self, collection: str, row: int) -> Position:
        """Return the lasting name of a row number."""
        table = TABLES[collection].rows
        statement = (
            select(table.c.dataset, table.c.version, extents.c.first_row)
            .join(
                versions,
                (versions.c.dataset == table.c.dataset) & (versions.c.version == table.c.version),
            )
            .join(extents, extents.c.version_key == versions.c.version_key)
            .where(table.c.row == row, extents.c.collection == collection)
        )
        with self._engine.connect() as connection:
            found = connection.execute(statement).one()
        return Position(found.dataset, found.version, row - found.first_row + 1)

    def row(self, collection: str, position: Position) -> int:
        """Return the number of the last row that does not come after ``position``.

        A version that is no longer there still has its place in the order.
        """
        named = _order(position.dataset, position.version)
        statement = (
            select(versions.c.dataset, versions.c.version, extents.c.first_row, extents.c.total)
            .join(extents, extents.c.version_key == versions.c.version_key)
            .where(extents.c.collection == collection, versions.c.dataset <= position.dataset)
            .order_by(versions.c.version_key.desc())
        )
        with self._engine.connect() as connection:
            for version in connection.execute(statement):
                order = _order(version.dataset, version.version)
                if order == named:
                    return int(version.first_row - 1 + min(position.nth, version.total))
                if order < named:
                    return int(version.first_row - 1 + version.total)
        return 0

    def _extent(self, connection: Connection, collection: str, version_key: int) -> _Extent:
        statement = select(extents.c.first_row, extents.c.total).where(
            extents.c.version_key == version_key, extents.c.collection == collection
        )
        found = connection.execute(statement).one()
        return _Extent(found.first_row, found.total)

    def _narrow(
        self, connection: Connection, statement: Select[Any], collection: str, scope: Scope
    ) -> Select[Any]:
        tables = TABLES[collection]
        rows = tables.rows
        if scope.version:
            extent = self._extent(connection, collection, scope.version.version_key)
            last = extent.first_row + extent.total - 1
            statement = statement.where(rows.c.row.between(extent.first_row, last))
        elif scope.dataset:
            statement = statement.where(rows.c.dataset == scope.dataset)
        else:
            statement = statement.where(rows.c.latest)
        for name, value in scope.filters.items():
            if tables.collection.filters[name].many:
                members = tables.members
                matching = select(members.c.row).where(
                    members.c.field == name, members.c.value == value
                )
                statement = statement.where(rows.c.row.in_(matching))
            else:
                statement = statement.where(rows.c[name] == value)
        return statement


def _order(dataset: str, version: str) -> tuple[str, tuple[int, ...]]:
    return dataset, tuple(int(part) for part in version.split("."))
