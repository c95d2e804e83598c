"""Which rows a query selects, and in which order, as SQL."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, FromClause, Select, select
from sqlalchemy.engine import Connection

from opendata.query import Query
from opendata.store.answers import Lost, LostPlaceError, Scope, Start
from opendata.store.conditions import meets
from opendata.store.layout import TABLES, CollectionTables, extents, indexed
from opendata.store.ordering import Key, ordered, ranges
from opendata.store.searching import best_first, matching, rows_found, with_index


@dataclass(frozen=True, slots=True)
class Selection:
    """The rows of a collection that a query selects: where from, on what terms, in which order.

    ``found`` is what the order rests on: a search, where rows stand by how well they match.
    """

    tables: CollectionTables
    source: FromClause
    where: tuple[ColumnElement[bool], ...]
    keys: tuple[Key, ...]
    found: tuple[ColumnElement[bool], ...] = ()

    @property
    def row(self) -> ColumnElement[int]:
        """The number of a row."""
        return self.tables.rows.c.row

    def all(self, *columns: ColumnElement[Any]) -> Select[Any]:
        """Return the statement for ``columns`` of all rows, in no order."""
        return select(*columns).select_from(self.source).where(*self.found, *self.where)

    def in_order(self, *columns: ColumnElement[Any]) -> Select[Any]:
        """Return the statement for ``columns`` of all rows, in their order."""
        return self.all(*columns).order_by(*ordered(self.keys, self.row))

    def from_start(
        self, connection: Connection, start: Start | None, *columns: ColumnElement[Any]
    ) -> Iterator[Select[Any]]:
        """Yield statements that together give ``columns`` of what lies beyond ``start``.

        The rows of each lie beyond those of the statements before it.

        :raises LostPlaceError: where the order knows nothing of the row at the start.
        """
        if start is None:
            yield self.in_order(*columns)
            return
        values = self._values(connection, start.row)
        wanted = self.all(*columns).order_by(*ordered(self.keys, self.row, start.backward))
        for beyond in ranges(self.keys, self.row, values, start.row, start.backward):
            yield wanted.where(beyond)

    def _values(self, connection: Connection, row: int) -> tuple[Any, ...]:
        """Return what ``row``, selected or not, has in each key."""
        if not self.keys:
            return ()
        statement = select(*(key.column for key in self.keys)).select_from(self.source)
        found = connection.execute(statement.where(*self.found, self.row == row)).one_or_none()
        if found is None:
            raise LostPlaceError(Lost.MATCH if self.found else Lost.ROW)
        return tuple(found)


def selection(connection: Connection, collection: str, scope: Scope, query: Query) -> Selection:
    """Return what ``query`` selects of the rows of ``scope``."""
    tables = TABLES[collection]
    rows = tables.rows
    where = [scoped(connection, collection, scope), *(meets(tables, c) for c in query.conditions)]
    if query.search is not None and not query.order:
        found = (matching(connection, query.search),)
        keys = (best_first(connection, query.search),)
        return Selection(tables, with_index(tables), tuple(where), keys, found)
    if query.search is not None:
        where.append(rows.c.row.in_(rows_found(connection, tables, query.search)))
    whole = not (scope.version or scope.dataset)  # what the indexes are over
    order = [
        Key(rows.c[by.field.name], by.descending, whole and indexed(by.field)) for by in query.order
    ]
    return Selection(tables, rows, tuple(where), tuple(order))


def scoped(connection: Connection, collection: str, scope: Scope) -> ColumnElement[bool]:
    """Return the expression that a row of ``collection`` is in ``scope``."""
    rows = TABLES[collection].rows
    if scope.version:
        statement = select(extents.c.first_row, extents.c.total).where(
            extents.c.version_key == scope.version.version_key, extents.c.collection == collection
        )
        first, total = connection.execute(statement).one()
        return rows.c.row.between(first, first + total - 1)
    return rows.c.dataset == scope.dataset if scope.dataset else rows.c.latest
