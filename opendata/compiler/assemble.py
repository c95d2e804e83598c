"""Assembling a store from parts.

Always in the same order, so that the same versions give the same bytes whether they were
compiled now or before.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path

from sqlalchemy import MetaData, Table, insert, literal, select, text
from sqlalchemy.engine import Connection, Engine
from sqlalchemy.schema import CreateIndex, CreateTable

from opendata.compiler.inserting import search_texts, writable_engine
from opendata.compiler.part import Job
from opendata.compiler.publication import Published
from opendata.compiler.standing import settle
from opendata.compiler.threads import Threads
from opendata.search import SearchTexts
from opendata.store import Document, StoredFile
from opendata.store.layout import (
    TABLES,
    changes,
    corrections,
    documents,
    extents,
    facts,
    files,
    labels,
    metadata,
    searched,
    versions,
)
from opendata.store.matching import CREATE_INDEX, MERGE_INDEX

#: The tables of a store as they are named in an attached part.
_attached = MetaData()
_PART = {
    table.name: table.to_metadata(_attached, schema="part") for table in metadata.sorted_tables
}


_COLUMNS = ", ".join(SearchTexts._fields)
#: Puts the texts of a part into the index, in the order of their numbers in the store.
_FILL_INDEX = (
    f"INSERT INTO search (rowid, {_COLUMNS}) "  # noqa: S608 - our own names
    f"SELECT docid + :before, {_COLUMNS} FROM part.{search_texts.name} "
    f"JOIN part.{searched.name} USING (docid) ORDER BY docid"
)


#: Columns of a version that tell what it is among others.
State = Mapping[str, bool | str]


def assemble(
    path: Path,
    jobs: Iterable[Job],
    latest: Mapping[str, str],
    published: Published,
    known: Mapping[str, str],
) -> None:
    """Write the store at ``path`` from the parts of ``jobs``.

    :param latest: the latest version of each dataset.
    :param published: when versions were first published; the others count from their release.
    :param known: facts about the store as a whole.
    """
    engine = writable_engine(path)
    try:
        _create_tables(engine)
        offsets = dict.fromkeys(TABLES, 0)
        with engine.connect() as connection:
            threads = Threads()
            for key, job in enumerate(jobs, 1):
                name = job.folder.dataset, job.folder.version
                state: dict[str, bool | str] = {"latest": latest[name[0]] == name[1]}
                if name in published:
                    state["published"] = published[name]
                _append(connection, job.target, key, state, offsets)
                threads.follow(connection, key, job.folder.dataset)
            settle(connection, known["base_url"])
            rows = [{"name": name, "value": value} for name, value in sorted(known.items())]
            connection.execute(insert(facts), rows)
            for table in metadata.sorted_tables:
                for index in sorted(table.indexes, key=lambda index: str(index.name)):
                    connection.execute(CreateIndex(index))
            connection.execute(text(MERGE_INDEX))
            connection.execute(text("ANALYZE"))
            connection.commit()
    finally:
        engine.dispose()


def add_documents(path: Path, found: Mapping[str, Document]) -> None:
    """Add ready-made resources, by path, to the store at ``path``."""
    engine = writable_engine(path)
    try:
        with engine.begin() as connection:
            rows = [{"path": at, **found[at]._asdict()} for at in sorted(found)]
            connection.execute(insert(documents), rows)
    finally:
        engine.dispose()


def add_files(path: Path, found: Iterable[StoredFile]) -> None:
    """Add files that lie beside the store at ``path``."""
    engine = writable_engine(path)
    try:
        with engine.begin() as connection:
            connection.execute(insert(files), [file._asdict() for file in found])
    finally:
        engine.dispose()


def _create_tables(engine: Engine) -> None:
    with engine.begin() as connection:
        for table in metadata.sorted_tables:
            connection.execute(CreateTable(table))
        connection.execute(text(CREATE_INDEX))


def _append(
    connection: Connection, part: Path, key: int, state: State, offsets: dict[str, int]
) -> None:
    """Copy the rows of one version behind those that are there; ``offsets`` moves on.

    :param state: the columns that tell what the version is among others.
    """
    latest = state["latest"]
    connection.execute(text("ATTACH :part AS part"), {"part": str(part)})
    before = sum(offsets.values())
    for name, tables in TABLES.items():
        offset = offsets[name]
        _copy(connection, tables.rows, {"row": offset, "latest": latest})
        _copy(connection, tables.members, {"row": offset})
        _copy(connection, searched, {"docid": before, "row": offset, "latest": latest}, name)
        table = _PART[extents.name]
        found = select(table.c.total).where(table.c.collection == name)
        total = connection.execute(found).scalar_one()
        values = {"version_key": key, "collection": name, "first_row": offset + 1, "total": total}
        connection.execute(insert(extents), values)
        offsets[name] += total
    connection.execute(text(_FILL_INDEX), {"before": before})
    _copy(connection, documents, {})
    _copy(connection, labels, {"version_key": key - 1})
    _copy(connection, versions, {"version_key": key - 1, **state})
    for history in (changes, corrections):
        _copy(connection, history, {"version_key": key - 1})
    connection.commit()
    connection.execute(text("DETACH part"))


def _copy(
    connection: Connection, table: Table, changes: Mapping[str, int | str], of: str = ""
) -> None:
    """Copy a part's table, or what of it belongs to the collection ``of``.

    In ``changes``, numbers are added; truth values and texts replace.
    """
    part = _PART[table.name]
    columns = [
        literal(changes[column.name])
        if isinstance(changes.get(column.name), bool | str)
        else column + changes.get(column.name, 0)
        if column.name in changes
        else column
        for column in part.columns
    ]
    ordered = select(*columns).order_by(*part.primary_key.columns)
    if of:
        ordered = ordered.where(part.c.collection == of)
    connection.execute(insert(table).from_select([c.name for c in part.columns], ordered))
