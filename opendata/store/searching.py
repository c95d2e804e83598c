"""Searching as SQL: which rows the full-text index finds for a text, and how well they match."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, Double, FromClause, Select, column, select, table
from sqlalchemy import literal_column as literally

from opendata.search import terms
from opendata.store.layout import CollectionTables, searched
from opendata.store.matching import RANK, match_expression
from opendata.store.ordering import Key

#: The full-text index; its rows have the numbers of those of ``searched``.
index = table("search", column("rowid"))

#: How well a row matches: the best first.
BEST_FIRST = Key(literally(RANK, Double))

#: Asks the index for nothing.
_NOTHING = "a NOT a"

#: What is searched, with the index.
indexed_texts = searched.join(index, index.c.rowid == searched.c.docid)


def matching(text: str) -> ColumnElement[bool]:
    """Return the expression that the index finds a row for ``text``.

    A text without a letter or digit finds nothing.
    """
    sought = terms(text)
    expression = match_expression(sought) if sought else _NOTHING
    match: ColumnElement[bool] = literally(index.name).op("MATCH")(expression)
    return match


def with_index(tables: CollectionTables) -> FromClause:
    """Return the rows of a collection, joined with the index."""
    rows = tables.rows
    own = searched.c.collection == tables.collection.name
    texts = rows.join(searched, own & (searched.c.row == rows.c.row))
    return texts.join(index, index.c.rowid == searched.c.docid)


def rows_found(tables: CollectionTables, text: str) -> Select[Any]:
    """Return the statement for the numbers of the rows of a collection that are found."""
    return (
        select(searched.c.row)
        .select_from(indexed_texts)
        .where(matching(text), searched.c.collection == tables.collection.name)
    )
