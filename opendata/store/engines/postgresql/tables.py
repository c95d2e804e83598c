"""The tables of a store in PostgreSQL: those of every store, the index, the files.

A store has a schema of its own, named by its content, where nothing changes once it is whole.
Texts are compared by code point (``COLLATE "C"``) and numbers have 64 bits, as in SQLite. Indexes
to sort by are made for both directions with rows without a value last, which one index of SQLite
is for.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import (
    Column,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    PrimaryKeyConstraint,
    Table,
    Text,
)
from sqlalchemy.dialects.postgresql import TSVECTOR
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import TypeCompiler

from opendata.search import SearchTexts
from opendata.store import package_tables
from opendata.store.layout import metadata

#: Bytes in a row of the table of files.
FILE_BLOCK = 1 << 18

#: Sorts by code point; so do the bytes of UTF-8.
_COLLATION = "C"


@compiles(Integer, "postgresql")
def _wide(_: Integer, compiler: TypeCompiler, **options: Any) -> str:  # noqa: ARG001
    return "BIGINT"


#: The tables of every store, as they are made here.
made = MetaData()


def _make_all() -> None:
    assert package_tables.packages.name in metadata.tables  # they are declared when imported
    for table in metadata.sorted_tables:
        copy = table.to_metadata(made)
        for column in copy.columns:
            column.autoincrement = False
            if isinstance(column.type, Text):
                column.type = Text(collation=_COLLATION)
        copy.indexes.clear()
        for index in sorted(table.indexes, key=lambda index: str(index.name)):
            _make_index(index, copy)


def _make_index(index: Index, table: Table) -> None:
    """Make an index of the tables of every store for a copy of its table."""
    name, columns = str(index.name), [table.c[column.name] for column in index.columns]
    if index.dialect_options["postgresql"]["where"] is not None:
        [column] = columns
        latest = table.c.latest
        Index(name, column, table.c.row, postgresql_where=latest)
        down = column.desc().nulls_last()
        Index(f"{name}_down", down, table.c.row, postgresql_where=latest)
    elif [column.name for column in columns] == ["latest"]:
        Index(name, table.c.row, postgresql_where=table.c.latest)
    else:
        Index(name, *columns, unique=index.unique)


_make_all()


def _text(name: str) -> Column[Any]:
    return Column(name, Text(collation=_COLLATION), nullable=False)


#: The index (:mod:`opendata.store.engines.postgresql.searching`); ``size`` is how many tokens.
search = Table(
    "search",
    made,
    Column("rowid", Integer, primary_key=True, autoincrement=False),
    *(_text(name) for name in SearchTexts._fields),
    Column("size", Integer, nullable=False),
    Column("tokens", TSVECTOR, nullable=False),
    Index("search_by_token", "tokens", postgresql_using="gin"),
)

search_totals = Table(
    "search_totals",
    made,
    Column("texts", Integer, nullable=False),
    Column("tokens", Integer, nullable=False),
)

#: The files of the store in blocks of :data:`FILE_BLOCK` bytes, from 0.
file_blocks = Table(
    "file_blocks",
    made,
    _text("file"),
    Column("number", Integer, nullable=False),
    Column("body", LargeBinary, nullable=False),
    PrimaryKeyConstraint("file", "number"),
)
