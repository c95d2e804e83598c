"""What a store holds, by name: for whoever goes through all of it, in constant memory."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from sqlalchemy import Select, or_, select
from sqlalchemy.engine import Engine

from opendata.query import Kind
from opendata.query.changes import COMPARED
from opendata.query.values import encode
from opendata.store.layout import TABLES, changes, documents, versions

#: Rows read at a time.
_BLOCK = 1000
#: Sorts behind every character of a path.
_LAST = "\U0010ffff"


class Listing:
    """The names in a store."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def versions(self) -> list[tuple[str, str]]:
        """Return dataset and number of every version, those of a dataset oldest first."""
        statement = select(versions.c.dataset, versions.c.version).order_by(versions.c.version_key)
        with self._engine.connect() as connection:
            return [(row[0], row[1]) for row in connection.execute(statement)]

    def records(self, collection: str, dataset: str, version: str) -> Iterator[str]:
        """Yield the id of every record of a version."""
        rows = TABLES[collection].rows
        statement = select(rows.c.id).where(
            rows.c.dataset == dataset, rows.c.version == encode(Kind.VERSION, version)
        )
        return self._names(statement)

    def former(self, collection: str, dataset: str) -> list[str]:
        """Return every id that a record of a dataset had once and a later version has not."""
        place = COMPARED.index(collection)
        statement = select(changes.c.kind, changes.c.id, changes.c.previous_id).where(
            changes.c.dataset == dataset,
            changes.c.place == place,
            or_(changes.c.kind == "removed", changes.c.previous_id.is_not(None)),
        )
        with self._engine.connect() as connection:
            found = connection.execute(statement).all()
        return sorted({row.id if row.kind == "removed" else row.previous_id for row in found})

    def documents(self, below: str) -> Iterator[str]:
        """Yield the path of every ready-made resource whose path begins with ``below``."""
        statement = (
            select(documents.c.path)
            .where(documents.c.path >= below, documents.c.path < f"{below}{_LAST}")
            .order_by(documents.c.path)
        )
        return self._names(statement)

    def digests(self, below: str) -> Iterator[str]:
        """Yield path and SHA-256 of every ready-made resource whose path begins with ``below``."""
        statement = select(documents.c.path + " " + documents.c.sha256).where(
            documents.c.path >= below, documents.c.path < f"{below}{_LAST}"
        )
        return self._names(statement.order_by(documents.c.path))

    def _names(self, statement: Select[Any]) -> Iterator[str]:
        with self._engine.connect() as connection:
            found = connection.execution_options(yield_per=_BLOCK).execute(statement)
            yield from found.scalars()
