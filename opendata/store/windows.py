"""Windows: rows of a version counted from its first, as clients that page by numbers ask for them.

Skipping costs more the further it goes; cursors (:mod:`opendata.store.selecting`) do not.
"""

from __future__ import annotations

from typing import NamedTuple

from sqlalchemy import select
from sqlalchemy.engine import Connection

from opendata.query import Query
from opendata.store.answers import Scope, VersionRow
from opendata.store.layout import TABLES, extents
from opendata.store.selecting import selection


class Window(NamedTuple):
    """Rows and their bytes: ``places`` are their places in the version, from 1."""

    places: list[int]
    fragments: list[bytes]


def window(
    connection: Connection,
    collection: str,
    stored: str,
    version: VersionRow,
    query: Query,
    offset: int,
    limit: int,
) -> Window:
    """Return up to ``limit`` of the rows that ``query`` selects, after the first ``offset``."""
    rows = TABLES[collection].rows
    selected = selection(connection, collection, Scope(version), query)
    statement = selected.in_order(rows.c.row, rows.c[stored]).limit(limit).offset(offset)
    found = connection.execute(statement).all()
    first = connection.execute(
        select(extents.c.first_row).where(
            extents.c.version_key == version.version_key, extents.c.collection == collection
        )
    ).scalar_one()
    return Window([row[0] - first + 1 for row in found], [row[1] for row in found])
