"""Writing rows into a new store or part: what is asked of them, searched of them, and shown."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Mapping
from itertools import count
from pathlib import Path
from typing import Any

from sqlalchemy import Column, Integer, MetaData, Table, Text, insert
from sqlalchemy.engine import Connection, Engine

from opendata.formats import REPRESENTATIONS, Row
from opendata.query import QueryField, fields_of
from opendata.query.values import encode
from opendata.records import Collection
from opendata.search import SearchTexts, texts_of
from opendata.store.files import file_engine
from opendata.store.layout import TABLES, extents
from opendata.vocabularies import Label

#: What is searched of the rows, by ``docid``; a store has the index of it instead.
search_texts = Table(
    "search_texts",
    MetaData(),
    Column("docid", Integer, primary_key=True),
    *(Column(name, Text, nullable=False) for name in SearchTexts._fields if name != "pinyin"),
)


def writable_engine(path: Path) -> Engine:
    """Return an engine that writes a new file without a journal: it is renamed when whole."""

    def connect() -> sqlite3.Connection:
        connection = sqlite3.connect(path)
        connection.execute("PRAGMA journal_mode=OFF")
        connection.execute("PRAGMA synchronous=OFF")
        return connection

    return file_engine(connect)


def insert_rows(
    connection: Connection, collection: Collection, rows: list[Row]
) -> dict[str, list[bytes]]:
    """Insert the rows of one collection; return their fragments by representation."""
    tables = TABLES[collection.name]
    single = [field for field in fields_of(collection).values() if not field.many]
    lists = [field for field in fields_of(collection).values() if field.many]
    fragments = {name: [r.fragment(row) for row in rows] for name, r in REPRESENTATIONS.items()}
    values: list[dict[str, Any]] = []
    members: list[dict[str, Any]] = []
    for number, row in enumerate(rows, 1):
        record = row.record
        values.append(
            {
                "row": number,
                "latest": False,
                "dataset": record.get("dataset", record["id"]),
                **{field.name: next(_forms(field, record), None) for field in single},
                **{name: fragments[name][number - 1] for name in REPRESENTATIONS},
            }
        )
        for field in lists:
            members.extend(
                {"field": field.name, "value": form, "position": position, "row": number}
                for position, form in enumerate(dict.fromkeys(_forms(field, record)))
            )
    if values:
        connection.execute(insert(tables.rows), values)
    if members:
        connection.execute(insert(tables.members), members)
    connection.execute(
        insert(extents),
        {"version_key": 1, "collection": collection.name, "first_row": 1, "total": len(values)},
    )
    return fragments


def _forms(field: QueryField, record: Mapping[str, Any]) -> Iterator[str]:
    """Yield the values of a field as they are compared."""
    return (encode(field.kind, v) for v in field.column.values(record) if v is not None)


def search_rows(served: Mapping[Collection, list[Row]]) -> Iterator[dict[str, Any]]:
    """Yield what is searched of each row."""
    docids = count(1)
    for collection, rows in served.items():
        for number, row in enumerate(rows, 1):
            texts = texts_of(collection, row.record)._asdict()
            place = {"docid": next(docids), "collection": collection.name, "row": number}
            yield {**place, "latest": False, **texts}


def used_labels(
    served: Mapping[Collection, list[Row]], names: Mapping[str, Mapping[str, Label]]
) -> list[dict[str, Any]]:
    """Return what is kept of ``names``: those of the codes that the rows hold."""
    used = {
        (column.vocabulary, value)
        for collection, rows in served.items()
        for column in collection.columns
        if column.vocabulary
        for row in rows
        for value in column.values(row.record)
        if value is not None
    }
    return [
        {"version_key": 1, "vocabulary": vocabulary, "code": code, **label._asdict()}
        for vocabulary, code in sorted(used)
        if (label := names.get(vocabulary, {}).get(code))
    ]
