"""Hits: what a search finds across collections, in the latest versions."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import ColumnElement, Select, func, select
from sqlalchemy.engine import Connection

from opendata.formats import JSON
from opendata.query import Kind
from opendata.query.values import decode
from opendata.store.answers import Hit, Lost, LostPlaceError, Start
from opendata.store.layout import TABLES, searched
from opendata.store.ordering import ordered, ranges
from opendata.store.searching import best_first, indexed_texts, matching


def hit_count(connection: Connection, text: str, collections: Sequence[str]) -> int:
    """Return how many records are found."""
    statement = _found(connection, text, collections, func.count())
    found: int = connection.execute(statement).scalar_one()
    return found


def hits(
    connection: Connection,
    text: str,
    collections: Sequence[str],
    start: Start | None,
    limit: int,
) -> list[Hit]:
    """Return up to ``limit`` hits beyond ``start``, of which ``row`` is a ``docid``.

    They stand in the order of reading: from the start on, be it backward.

    :raises LostPlaceError: where the text does not find the record at the start.
    """
    docid, backward = searched.c.docid, bool(start and start.backward)
    place = searched.c.collection, searched.c.row
    best = best_first(connection, text)
    statement = _found(connection, text, collections, docid, *place, searched.c.pinyin)
    if start:
        rank = select(best.column).select_from(indexed_texts)
        rank = rank.where(matching(connection, text), docid == start.row)
        values = connection.execute(rank).one_or_none()
        if values is None:
            raise LostPlaceError(Lost.MATCH)
        for beyond in ranges([best], docid, values, start.row, backward):
            statement = statement.where(beyond)
    statement = statement.order_by(*ordered([best], docid, backward)).limit(limit)
    found = connection.execute(statement).all()
    records = {
        (name, record.row): record
        for name in collections
        for record in _records(connection, name, [row.row for row in found if row[1] == name])
    }
    return [_hit(row, records[row.collection, row.row]) for row in found]


def _found(
    connection: Connection, text: str, collections: Sequence[str], *columns: ColumnElement[Any]
) -> Select[Any]:
    return (
        select(*columns)
        .select_from(indexed_texts)
        .where(
            matching(connection, text), searched.c.latest, searched.c.collection.in_(collections)
        )
    )


def _records(connection: Connection, collection: str, numbers: list[int]) -> Iterable[Any]:
    if not numbers:
        return ()
    rows = TABLES[collection].rows
    columns = rows.c.row, rows.c.dataset, rows.c.version, rows.c.id
    statement = select(*columns, rows.c[JSON.name].label("fragment"))
    return connection.execute(statement.where(rows.c.row.in_(numbers)))


def _hit(found: Any, record: Any) -> Hit:
    return Hit(
        found.docid,
        found.collection,
        found.row,
        record.dataset,
        decode(Kind.VERSION, record.version),
        record.id,
        record.fragment,
        found.pinyin,
    )
