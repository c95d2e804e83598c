"""Searching as SQL: which rows the full-text index finds for a text, and how well they match."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, Connection, Engine, FromClause, Select, column, select, table

from opendata.store.engines import dialect_of
from opendata.store.layout import CollectionTables, searched
from opendata.store.ordering import Key

#: The full-text index; its rows have the numbers of those of ``searched``.
index = table("search", column("rowid"))

#: What is searched, with the index.
indexed_texts = searched.join(index, index.c.rowid == searched.c.docid)


def best_first(bind: Engine | Connection, text: str) -> Key:
    """Return how well a row matches ``text``, as what to sort by: the best first."""
    return Key(dialect_of(bind).rank(text))


def matching(bind: Engine | Connection, text: str) -> ColumnElement[bool]:
    """Return the expression that the index finds a row for ``text``.

    A text without a letter or digit finds nothing.
    """
    return dialect_of(bind).matching(text)


def with_index(tables: CollectionTables) -> FromClause:
    """Return the rows of a collection, joined with the index."""
    rows = tables.rows
    own = searched.c.collection == tables.collection.name
    texts = rows.join(searched, own & (searched.c.row == rows.c.row))
    return texts.join(index, index.c.rowid == searched.c.docid)


def rows_found(bind: Engine | Connection, tables: CollectionTables, text: str) -> Select[Any]:
    """Return the statement for the numbers of the rows of a collection that are found."""
    return (
        select(searched.c.row)
        .select_from(indexed_texts)
        .where(matching(bind, text), searched.c.collection == tables.collection.name)
    )
