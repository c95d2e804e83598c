"""Loading a store file into PostgreSQL, and putting it in the place of the one that is served.

Rows go through COPY one table after the other, in constant memory and in transactions of their
own, into a schema that nobody reads; the last transaction names it and makes it the current one.
A load that fails leaves what is served as it was, and the next one clears away what is left.
"""

from __future__ import annotations

import logging
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from sqlalchemy import (
    URL,
    Boolean,
    Connection,
    Engine,
    Integer,
    LargeBinary,
    Table,
    func,
    insert,
    select,
    text,
    update,
)
from sqlalchemy.dialects.postgresql import insert as insert_or
from sqlalchemy.exc import OperationalError, SQLAlchemyError
from sqlalchemy.schema import CreateIndex, CreateSchema, CreateTable, DropSchema

from opendata.errors import StoreError
from opendata.store.answers import FILES
from opendata.store.engines.postgresql.connecting import connected, said
from opendata.store.engines.postgresql.following import SCHEMA, current_store, registry
from opendata.store.engines.postgresql.indexing import indexed_rows
from opendata.store.engines.postgresql.tables import (
    FILE_BLOCK,
    file_blocks,
    made,
    search,
    search_totals,
)
from opendata.store.layout import files

_log = logging.getLogger(__name__)

#: What the schema of a store is called before its digest, and before that while it is loaded.
_STORE = "store_"
_LOADING = "loading_"

#: How long a store that is to be removed may be read on.
_PATIENCE = "5s"

#: A session that may take its time, and wait for another load.
_UNHURRIED = "-c statement_timeout=0 -c idle_in_transaction_session_timeout=0"

#: Wraps the tables of a load to show how far it has come.
Progress = Callable[[Iterable[Table], int], Iterable[Table]]
Rows = Iterator[tuple[Any, ...]]


class Loaded(NamedTuple):
    """What a load did: the schema of the store, and whether it was not the current one before."""

    name: str
    changed: bool


def load(path: Path, url: URL, progress: Progress) -> Loaded:
    """Make the store file at ``path``, which is named by its content, the current one at ``url``.

    :raises StoreError: where the database cannot be written to; what was current stays so.
    """
    digest = path.stem.rpartition("-")[2]
    engine = connected(url, _UNHURRIED, write=True)
    try:
        return _load(path, engine, digest, progress)
    except (SQLAlchemyError, engine.dialect.loaded_dbapi.Error) as error:  # COPY is the driver's
        where = url.render_as_string(hide_password=True)
        raise StoreError(f"cannot load {path} into {where}: {said(error)}") from error
    finally:
        engine.dispose()


def _load(path: Path, engine: Engine, digest: str, progress: Progress) -> Loaded:
    name, loading = f"{_STORE}{digest}", f"{_LOADING}{digest}"
    with engine.begin() as connection:
        connection.execute(CreateSchema(SCHEMA, if_not_exists=True))
        registry.create_all(connection)
        first = insert_or(current_store).values(one=True, number=0)
        connection.execute(first.on_conflict_do_nothing())
    with engine.begin() as lock:  # held to the end, so that loads come one after the other
        held = lock.execute(select(current_store).with_for_update()).one()
        if held.name == name:
            return Loaded(name, changed=False)
        present = _schemas(lock)
        with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            for left in present:
                if left.startswith(_LOADING):
                    connection.execute(DropSchema(left, cascade=True))
            if name not in present:
                connection.execute(CreateSchema(loading))
                connection.execute(text(f"SET search_path = {loading}"))
                _fill(connection, path, progress)
        if name not in present:
            lock.execute(text(f"ALTER SCHEMA {loading} RENAME TO {name}"))
        values = {"name": name, "previous": held.name, "number": held.number + 1}
        lock.execute(update(current_store).values({**values, "changed": func.clock_timestamp()}))
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        for table in made.sorted_tables if name not in present else ():
            # notes which rows everybody sees, while nothing else is under way
            connection.execute(text(f"VACUUM {name}.{table.name}"))
    _tidy(engine, [old for old in present if old.startswith(_STORE)])
    return Loaded(name, changed=True)


def _tidy(engine: Engine, stores: Sequence[str]) -> None:
    """Remove stores that are not served; the one served until now stays for its last requests.

    One that is still read after all is left to the next load.
    """
    for old in stores:
        try:
            with engine.begin() as connection:
                connection.execute(text(f"SET LOCAL lock_timeout = '{_PATIENCE}'"))
                row = connection.execute(select(current_store).with_for_update()).one()
                if old not in (row.name, row.previous):
                    connection.execute(DropSchema(old, cascade=True))
        except OperationalError as error:
            _log.warning("%s stays until the next load: %s", old, said(error))


def _schemas(connection: Connection) -> list[str]:
    """Return the schemas of stores, whole or not."""
    found = connection.execute(text("SELECT schema_name FROM information_schema.schemata"))
    return [name for name in found.scalars() if name.startswith((_STORE, _LOADING))]


def _fill(connection: Connection, path: Path, progress: Progress) -> None:
    """Copy a store file into the tables of the schema, and make their indexes."""
    source = sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro&immutable=1", uri=True)
    try:
        tables = made.sorted_tables
        for table in progress(tables, len(tables)):
            connection.execute(CreateTable(table))
            _copy(connection, table, _rows(source, path, table))
            for index in sorted(table.indexes, key=lambda index: str(index.name)):
                connection.execute(CreateIndex(index))
        counted = select(func.count(), func.coalesce(func.sum(search.c.size), 0))
        connection.execute(insert(search_totals).from_select(["texts", "tokens"], counted))
        for table in tables:
            connection.execute(text(f"ANALYZE {table.name}"))
    finally:
        source.close()


def _rows(source: sqlite3.Connection, path: Path, table: Table) -> Rows:
    """Yield the rows of a table in the order of its key."""
    if table is search:
        return indexed_rows(source)
    if table is file_blocks:
        return _blocks(source, path)
    if table is search_totals:
        return iter(())
    return _stored(source, table)


def _stored(source: sqlite3.Connection, table: Table) -> Rows:
    names = ", ".join(f'"{column.name}"' for column in table.columns)
    keys = ", ".join(f'"{column.name}"' for column in table.primary_key)
    rows = source.execute(f'SELECT {names} FROM "{table.name}" ORDER BY {keys}')  # noqa: S608
    truths = [n for n, column in enumerate(table.columns) if isinstance(column.type, Boolean)]
    for row in rows:
        yield _with_truths(row, truths) if truths else row


def _with_truths(row: tuple[Any, ...], truths: list[int]) -> tuple[Any, ...]:
    values = list(row)
    for place in truths:
        values[place] = bool(values[place])
    return tuple(values)


def _blocks(source: sqlite3.Connection, path: Path) -> Rows:
    """Yield the files beside the store, a block at a time."""
    names = source.execute(f"SELECT DISTINCT file FROM {files.name} ORDER BY file").fetchall()  # noqa: S608
    for (name,) in names:
        with (path.parent / FILES / name).open("rb") as file:
            number = 0
            while block := file.read(FILE_BLOCK):
                yield name, number, block
                number += 1


def _copy(connection: Connection, table: Table, rows: Rows) -> None:
    names = ", ".join(f'"{column.name}"' for column in table.columns)
    form = "TEXT" if table is search else "BINARY"  # there is no other for lexemes
    statement = f'COPY "{table.name}" ({names}) FROM STDIN (FORMAT {form})'
    driver: Any = connection.connection.driver_connection
    with driver.cursor() as cursor, cursor.copy(statement) as copy:
        if form == "BINARY":
            copy.set_types([_type(column.type) for column in table.columns])
        for row in rows:
            copy.write_row(row)


def _type(kind: Any) -> str:
    """Return the name of a type as COPY has it, from which there is no conversion."""
    if isinstance(kind, Integer):
        return "int8"
    if isinstance(kind, Boolean):
        return "bool"
    return "bytea" if isinstance(kind, LargeBinary) else "text"
