"""The tables of a store, derived from the record types (SQLAlchemy Core).

Rows stand in the order of dataset, version and file, numbered by ``row``; the rows of one
version are contiguous, so a version is a range of rows and a page is a range scan. Values are
kept in the form that is compared (:mod:`opendata.query.values`); a database that sorts text
otherwise than by code point must be told to (in PostgreSQL: COLLATE "C").
"""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import (
    Boolean,
    Column,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    PrimaryKeyConstraint,
    Table,
    Text,
    true,
)

from opendata.formats import REPRESENTATIONS
from opendata.query import QueryField, fields_of
from opendata.records import COLLECTIONS, DATASETS, Collection

metadata = MetaData()

#: Facts about the store as a whole.
facts = Table("facts", metadata, Column("name", Text, primary_key=True), Column("value", Text))

#: Ready-made resources that are no collections, by path.
documents = Table(
    "documents",
    metadata,
    Column("path", Text, primary_key=True),
    Column("content_type", Text, nullable=False),
    Column("body", LargeBinary, nullable=False),
    Column("sha256", Text, nullable=False),
)

#: Files beside the store, too large for it: where they are served, and by which name they are kept.
files = Table(
    "files",
    metadata,
    Column("path", Text, primary_key=True),
    Column("file", Text, nullable=False),
    Column("name", Text, nullable=False),
    Column("content_type", Text, nullable=False),
    Column("size", Integer, nullable=False),
    Column("sha256", Text, nullable=False),
)

#: The versions, in their order; ``meta`` is their part of response bodies, ``deprecation`` what
#: the dataset's latest version says of its end, as JSON. A draft, in a preview, is ``released``
#: ``draft``, which sorts behind every date.
versions = Table(
    "versions",
    metadata,
    Column("version_key", Integer, primary_key=True),
    Column("dataset", Text, nullable=False),
    Column("version", Text, nullable=False),
    Column("latest", Boolean, nullable=False),
    Column("released", Text, nullable=False),
    Column("published", Text, nullable=False),
    Column("sha256", Text, nullable=False),
    Column("meta", LargeBinary, nullable=False),
    Column("predecessor", Text),
    Column("successor", Text),
    Column("deprecation", LargeBinary),
    Index("versions_by_name", "dataset", "version", unique=True),
)

#: Where the rows of a version start in each collection, and how many there are.
extents = Table(
    "extents",
    metadata,
    Column("version_key", Integer, nullable=False),
    Column("collection", Text, nullable=False),
    Column("first_row", Integer, nullable=False),
    Column("total", Integer, nullable=False),
    PrimaryKeyConstraint("version_key", "collection"),
    Index("extents_by_row", "collection", "first_row"),
)

#: What the codes, sections and linked records that a version's records name are called.
labels = Table(
    "labels",
    metadata,
    Column("version_key", Integer, nullable=False),
    Column("vocabulary", Text, nullable=False),
    Column("code", Text, nullable=False),
    Column("zh", Text, nullable=False),
    Column("en", Text, nullable=False),
    PrimaryKeyConstraint("vocabulary", "code", "version_key"),
    sqlite_with_rowid=False,
)

#: The rows of every collection by their number in the full-text index, and how their names read.
searched = Table(
    "searched",
    metadata,
    Column("docid", Integer, primary_key=True),
    Column("collection", Text, nullable=False),
    Column("row", Integer, nullable=False),
    Column("latest", Boolean, nullable=False),
    Column("pinyin", Text, nullable=False),
    Index("searched_by_row", "collection", "row", unique=True),
)

#: The versions in the order they were published, ready-made; ``position`` is that place in time
#: (:func:`opendata.discovery.position`).
publications = Table(
    "publications",
    metadata,
    Column("position", Text, primary_key=True),
    Column("json", LargeBinary, nullable=False),
    Column("csv", LargeBinary, nullable=False),
)


#: What each version changed in the one before it; of the first version, that everything is new.
#: ``place`` is that of its part in :data:`opendata.query.changes.COMPARED`, ``thread`` the first
#: id that the record ever had. ``fields``, ``corrections`` and ``reason`` are ready-made JSON;
#: so is ``state``, all that is compared of what was removed or was added, where it may matter:
#: code lists lose entries and get them back.
changes = Table(
    "changes",
    metadata,
    Column("version_key", Integer, nullable=False),
    Column("place", Integer, nullable=False),
    Column("id", Text, nullable=False),
    Column("dataset", Text, nullable=False),
    Column("thread", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("previous_id", Text),
    Column("title_zh", Text, nullable=False),
    Column("title_en", Text, nullable=False),
    Column("fields", LargeBinary, nullable=False),
    Column("state", LargeBinary),
    Column("reason", LargeBinary, nullable=False),
    Column("successor", Text),
    Column("corrections", LargeBinary, nullable=False),
    PrimaryKeyConstraint("version_key", "place", "id"),
    Index("changes_by_step", "version_key", "place", "thread"),
    Index("changes_by_thread", "dataset", "place", "thread", "version_key"),
)

#: What each version corrected in those before it; ``body`` is ready-made JSON.
corrections = Table(
    "corrections",
    metadata,
    Column("version_key", Integer, nullable=False),
    Column("number", Integer, nullable=False),
    Column("collection", Text, nullable=False),
    Column("since", Text, nullable=False),
    Column("body", LargeBinary, nullable=False),
    PrimaryKeyConstraint("version_key", "number"),
)

#: Pieces that catalogue documents are joined from, compressed with zlib; ``size`` is that of the
#: piece itself. Those of a dataset stand in the order of ``position``: the dataset, then its
#: versions; those of the catalogue as a whole have no dataset.
pieces = Table(
    "pieces",
    metadata,
    Column("form", Text, nullable=False),
    Column("language", Text, nullable=False),
    Column("dataset", Text, nullable=False),
    Column("position", Integer, nullable=False),
    Column("version", Text, nullable=False),
    Column("sha256", Text, nullable=False),
    Column("size", Integer, nullable=False),
    Column("body", LargeBinary, nullable=False),
    PrimaryKeyConstraint("form", "language", "dataset", "position", "version"),
)
_PLACE = ("form", "language", "dataset", "position", "version")
Index("pieces_by_place", *(pieces.c[name] for name in (*_PLACE, "sha256", "size")))


@dataclass(frozen=True)
class CollectionTables:
    """The tables of one collection: its rows, and the members of its list fields."""

    collection: Collection
    rows: Table
    members: Table


def indexed(field: QueryField) -> bool:
    """Whether the rows of the latest versions are indexed by ``field``."""
    return not field.many and field.countable


def _tables(collection: Collection) -> CollectionTables:
    single = {field.name: field for field in fields_of(collection).values() if not field.many}
    names = ("id", "dataset", "version")
    rows = Table(
        f"{collection.name}_rows",
        metadata,
        Column("row", Integer, primary_key=True),
        Column("latest", Boolean, nullable=False),
        *(Column(name, Text, nullable=False) for name in names),
        *(Column(name, Text) for name in single if name not in names),
        *(Column(name, LargeBinary, nullable=False) for name in REPRESENTATIONS),
    )
    for field in filter(indexed, single.values()):
        Index(
            f"{collection.name}_by_{field.name}",
            rows.c[field.name],
            sqlite_where=rows.c.latest == true(),  # as SQLite is asked
            postgresql_where=rows.c.latest,
        )
    Index(f"{collection.name}_latest", rows.c.latest)
    named = rows.c.dataset, rows.c.version, rows.c.id
    Index(f"{collection.name}_by_version_and_id", *named, unique=True)
    members = Table(
        f"{collection.name}_members",
        metadata,
        Column("field", Text, nullable=False),
        Column("value", Text, nullable=False),
        Column("row", Integer, nullable=False),
        Column("position", Integer, nullable=False),
        PrimaryKeyConstraint("field", "value", "row"),
        sqlite_with_rowid=False,
    )
    Index(f"{collection.name}_members_by_row", members.c.row, members.c.field)
    return CollectionTables(collection, rows, members)


TABLES = {c.name: _tables(c) for c in (*COLLECTIONS.values(), DATASETS)}
