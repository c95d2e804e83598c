"""The rows of the index: the tokens of every record in a store file, cut up again.

A store file has the index only, not what it was made from; but it has the records, and how their
names read.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from typing import Any

import orjson

from opendata.formats import JSON
from opendata.search import SearchTexts, texts_of
from opendata.store.engines.postgresql.searching import lexeme
from opendata.store.layout import TABLES, searched


def indexed_rows(source: sqlite3.Connection) -> Iterator[tuple[Any, ...]]:
    """Yield the rows of the table ``search``, in the order of the records of each collection."""
    for name, tables in TABLES.items():
        statement = (
            f"SELECT docid, {JSON.name}, pinyin FROM {tables.rows.name} AS record "  # noqa: S608
            f"JOIN {searched.name} ON collection = ? AND {searched.name}.row = record.row "
            "ORDER BY record.row"
        )
        for docid, record, pinyin in source.execute(statement, (name,)):
            yield indexed_row(docid, texts_of(tables.collection, orjson.loads(record), pinyin))


def indexed_row(docid: int, texts: SearchTexts) -> tuple[Any, ...]:
    """Return the row of a record: its tokens, how many, and the lexemes they are found by."""
    columns = [text.split() for text in texts]
    lexemes = {
        lexeme(name, token)
        for name, tokens in zip(SearchTexts._fields, columns, strict=True)
        for token in tokens
    }
    written = ("".join(f" {token} " for token in tokens) for tokens in columns)
    quoted = " ".join(f"'{one}'" for one in sorted(lexemes))
    return docid, *written, sum(map(len, columns)), quoted
