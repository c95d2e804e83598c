"""Reading a store: each question is answered by indexed statements, with ready-made bytes."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator, Sequence
from pathlib import Path
from typing import Any

from sqlalchemy import Integer, Row, Select, cast, func, select
from sqlalchemy.engine import Connection
from sqlalchemy.exc import SQLAlchemyError

from opendata.errors import StoreError
from opendata.formats import JSON
from opendata.query import Kind, Query, QueryField
from opendata.query.values import encode
from opendata.store import joining
from opendata.store.answers import (
    Document,
    Facet,
    Hit,
    Lost,
    LostPlaceError,
    Part,
    Position,
    Scope,
    Start,
    StoredFile,
    VersionRow,
)
from opendata.store.changes import ChangeLog
from opendata.store.engines import Backend, SqliteFile
from opendata.store.facets import facets, labels_of
from opendata.store.hits import hit_count, hits
from opendata.store.joining import PAGES, Pieces, StoredEdition, StoredPiece
from opendata.store.layout import (
    TABLES,
    documents,
    extents,
    facts,
    files,
    metadata,
    publications,
    searched,
    versions,
)
from opendata.store.listing import Listing
from opendata.store.packages import Packages
from opendata.store.searching import index
from opendata.store.selecting import selection
from opendata.store.windows import Window, window
from opendata.vocabularies import Label

#: Rows read at a time while a whole collection is streamed; fewer at first, which come sooner.
BLOCK = 1000
FIRST_BLOCK = 100


class Store:
    """An open store. Safe to share between threads; it never changes."""

    def __init__(self, place: Path | Backend) -> None:
        """Open the store at ``place`` read-only: a file, or what an engine has opened.

        :raises StoreError: where there is none, or it is not a whole one.
        """
        self._backend = SqliteFile(place) if isinstance(place, Path) else place
        self._engine = self._backend.engine
        #: What changed from version to version.
        self.log = ChangeLog(self._engine)
        #: What it holds, by name.
        self.listing = Listing(self._engine)
        try:
            with self._engine.connect() as connection:
                found = {row.name: row.value for row in connection.execute(select(facts))}
                for table in (
                    *metadata.sorted_tables,
                    index,
                ):  # every column this software reads is there
                    connection.execute(select(table).limit(0))
            #: The catalogue as CKAN shows it.
            self.packages = Packages(self._engine)
            self.digest: str = found["digest"]
            self.base_url: str = found["base_url"]
            self.software: str = found["software"]
            #: Whether it holds drafts too and is not for publishing.
            self.preview = "preview" in found
            #: The codes of each open list.
            self.codes: dict[str, list[str]] = json.loads(found["codes"])
        except (SQLAlchemyError, KeyError) as error:
            self.close()
            raise StoreError(f"{self.name} is no store of this software: {error}") from error
        try:
            self._backend.check(self.files())
        except StoreError:
            self.close()
            raise

    @property
    def name(self) -> str:
        """What messages call it."""
        return self._backend.name

    @property
    def path(self) -> Path:
        """The file of a store that is one."""
        return self._file().path

    def _file(self) -> SqliteFile:
        assert isinstance(self._backend, SqliteFile)
        return self._backend

    def close(self) -> None:
        """Close every connection."""
        self._engine.dispose()

    def version(self, dataset: str, version: str | None = None) -> VersionRow | None:
        """Return a version of ``dataset``, the latest where none is named."""
        statement = select(versions).where(versions.c.dataset == dataset)
        if version is None:
            statement = statement.where(versions.c.latest)
        else:
            statement = statement.where(versions.c.version == version)
        with self._engine.connect() as connection:
            row = connection.execute(statement).one_or_none()
        return None if row is None else VersionRow.of(row)

    def published(self) -> dict[tuple[str, str], str]:
        """Return when each version was first published, by dataset and version."""
        statement = select(versions.c.dataset, versions.c.version, versions.c.published)
        with self._engine.connect() as connection:
            return {(row[0], row[1]): row[2] for row in connection.execute(statement)}

    def publications(
        self, since: str, after: str, limit: int | None, stored: str
    ) -> tuple[list[tuple[str, bytes]], int, bool]:
        """Return versions in the order they were published: their positions and bytes.

        Beside them, how many there are from ``since`` on, and whether more follow.

        :param since: RFC 3339 in UTC; nothing for all.
        :param after: the position to go on from, which need not be there; nothing for the first.
        :param limit: how many at most; ``None`` for all.
        :param stored: the form that is wanted, ``"json"`` or ``"csv"``.
        """
        place = publications.c.position
        wanted = select(place, publications.c[stored]).where(place >= since, place > after)
        if limit is not None:
            wanted = wanted.limit(limit + 1)
        counted = select(func.count()).select_from(publications).where(place >= since)
        with self._engine.connect() as connection:
            found = [(row[0], row[1]) for row in connection.execute(wanted.order_by(place))]
            total: int = connection.execute(counted).scalar_one()
        kept = found[:limit]
        return kept, total, len(found) > len(kept)

    def last_publication(self) -> str:
        """Return the position of the version that was published last."""
        last = select(func.max(publications.c.position))
        with self._engine.connect() as connection:
            position: str = connection.execute(last).scalar_one()
        return position

    def newest(self, limit: int) -> list[bytes]:
        """Return the versions that were published last as JSON, the newest first."""
        wanted = select(publications.c.json).order_by(publications.c.position.desc()).limit(limit)
        with self._engine.connect() as connection:
            return list(connection.execute(wanted).scalars())

    def document(self, path: str) -> Document | None:
        """Return the ready-made resource at ``path``."""
        statement = select(documents).where(documents.c.path == path)
        with self._engine.connect() as connection:
            row = connection.execute(statement).one_or_none()
        return None if row is None else Document(row.content_type, row.body, row.sha256)

    def file(self, path: str) -> StoredFile | None:
        """Return the file that is served at ``path``."""
        statement = select(files).where(files.c.path == path)
        with self._engine.connect() as connection:
            row = connection.execute(statement).one_or_none()
        return None if row is None else StoredFile(*row)

    def files(self) -> list[StoredFile]:
        """Return every file beside the store, by path."""
        with self._engine.connect() as connection:
            return [StoredFile(*row) for row in connection.execute(select(files).order_by("path"))]

    def path_of(self, file: StoredFile) -> Path:
        """Return where a file beside a store that is one lies on the disk."""
        return self._file().path_of(file)

    def file_blocks(self, file: StoredFile, wanted: slice) -> Iterator[bytes]:
        """Yield the bytes of a file from ``wanted.start`` up to ``wanted.stop``.

        :raises OSError: where the file is gone or shorter, so that the transfer breaks off.
        """
        return self._backend.blocks(file, wanted)

    def latest(self) -> list[VersionRow]:
        """Return the latest version of every dataset, in the order of these."""
        statement = select(versions).where(versions.c.latest).order_by(versions.c.version_key)
        with self._engine.connect() as connection:
            return [VersionRow.of(row) for row in connection.execute(statement)]

    def digests(self, which: Pieces) -> list[StoredPiece]:
        """Return the digest and the size of each piece of the catalogue that ``which`` names."""
        with self._engine.connect() as connection:
            return joining.digests(connection, which)

    def pieces(self, which: Pieces) -> Iterator[bytes]:
        """Yield each piece of the catalogue that ``which`` names, in constant memory."""
        with self._engine.connect() as connection:
            yield from joining.bodies(connection, which)

    def editions(self) -> Iterator[StoredEdition]:
        """Yield every version of every dataset, those of a dataset together, oldest first."""
        with self._engine.connect() as connection:
            yield from joining.editions(connection)

    def pages(self) -> list[list[str]]:
        """Return the first and the last dataset of each page of the catalogue."""
        statement = select(facts.c.value).where(facts.c.name == PAGES)
        with self._engine.connect() as connection:
            found: list[list[str]] = json.loads(connection.execute(statement).scalar_one())
        return found

    def record(
        self, collection: str, stored: str, version: VersionRow, record: str
    ) -> tuple[int, bytes] | None:
        """Return one record of a version: its row, and the form that is called ``stored``."""
        rows = TABLES[collection].rows
        statement = select(rows.c.row, rows.c[stored]).where(
            rows.c.id == record,
            rows.c.dataset == version.dataset,
            rows.c.version == encode(Kind.VERSION, version.version),
        )
        with self._engine.connect() as connection:
            found = connection.execute(statement).one_or_none()
        return None if found is None else (found[0], found[1])

    def count(self, collection: str, scope: Scope, query: Query) -> int:
        """Return how many rows of ``scope`` the query selects."""
        with self._engine.connect() as connection:
            if query.conditions or query.search is not None:
                statement = selection(connection, collection, scope, query).all(func.count())
            else:
                statement = _total(collection, scope)
            found: int = connection.execute(statement).scalar_one()
        return found

    def part(
        self,
        collection: str,
        stored: str,
        scope: Scope,
        query: Query,
        start: Start | None,
        limit: int,
    ) -> Part:
        """Return up to ``limit`` of the rows that ``query`` selects, from ``start`` on.

        The row at the start need not be in the scope or meet the conditions.

        :param stored: what the ready-made form of the rows is called, ``"json"`` for example.
        :raises LostPlaceError: where the search that gives the order does not find that row.
        """
        rows = TABLES[collection].rows
        with self._engine.connect() as connection:
            selected = selection(connection, collection, scope, query)
            columns = [rows.c.row] if selected.keys else [rows.c.row, rows.c[stored]]
            found: list[Sequence[Any]] = []
            for statement in selected.from_start(connection, start, *columns):
                missing = limit + 1 - len(found)
                found += connection.execute(statement.limit(missing)).all() if missing else []
            kept = found[:limit]
            if start and start.backward:
                kept.reverse()
            numbers = [row[0] for row in kept]
            if selected.keys:
                fragments = _fragments(connection, collection, stored, numbers)
            else:
                fragments = [row[1] for row in kept]
        return Part(numbers, fragments, len(found) > limit)

    def fragments(self, collection: str, stored: str, numbers: Sequence[int]) -> list[bytes]:
        """Return another ready-made form of the rows ``numbers``, in the order of these."""
        with self._engine.connect() as connection:
            return _fragments(connection, collection, stored, numbers)

    def window(
        self,
        collection: str,
        stored: str,
        version: VersionRow,
        query: Query,
        offset: int,
        limit: int,
    ) -> Window:
        """Return up to ``limit`` of a version's rows that ``query`` selects, from ``offset`` on."""
        with self._engine.connect() as connection:
            return window(connection, collection, stored, version, query, offset, limit)

    def blocks(
        self, collection: str, stored: str, scope: Scope, query: Query
    ) -> Iterator[list[bytes]]:
        """Yield all rows that ``query`` selects, a block at a time, in constant memory."""
        if query.order or query.search is not None:
            yield from self._sorted_blocks(collection, stored, scope, query)
            return
        part = self.part(collection, stored, scope, query, None, FIRST_BLOCK)
        while part.rows:
            yield part.fragments
            if not part.more:
                return
            part = self.part(collection, stored, scope, query, Start(part.rows[-1]), BLOCK)

    def _sorted_blocks(
        self, collection: str, stored: str, scope: Scope, query: Query
    ) -> Iterator[list[bytes]]:
        """Yield blocks whose numbers come from one statement: what is sorted, is sorted once."""
        with self._engine.connect() as connection:
            selected = selection(connection, collection, scope, query)
            numbers = selected.in_order(selected.row).execution_options(yield_per=BLOCK)
            with connection.execute(numbers) as found:
                rows = found.scalars()
                block = rows.fetchmany(FIRST_BLOCK)
                while block:
                    yield _fragments(connection, collection, stored, block)
                    block = rows.fetchmany(BLOCK)

    def facets(
        self, collection: str, scope: Scope, query: Query, fields: Sequence[QueryField]
    ) -> list[Facet]:
        """Return how many of the rows that ``query`` selects have each value of each field."""
        with self._engine.connect() as connection:
            selected = selection(connection, collection, scope, query)
            return facets(connection, selected, scope, fields)

    def labels(self, scope: Scope, vocabulary: str, codes: Collection[str]) -> dict[str, Label]:
        """Return what those of ``codes`` that records of a scope use are called there."""
        with self._engine.connect() as connection:
            return labels_of(connection, scope, vocabulary, codes)

    def linked(self, collection: str, field: str, numbers: Sequence[int]) -> list[list[bytes]]:
        """Return the records that ``field`` links to, as JSON, for each of the rows ``numbers``.

        The links of a row lead to records of its own version, which stand in the order of the
        links.
        """
        tables = TABLES[collection]
        rows, members = tables.rows, tables.members
        other = TABLES[tables.collection.links[field]].rows
        statement = (
            select(rows.c.row, other.c[JSON.name])
            .join(members, (members.c.row == rows.c.row) & (members.c.field == field))
            .join(
                other,
                (other.c.dataset == rows.c.dataset)
                & (other.c.version == rows.c.version)
                & (other.c.id == members.c.value),
            )
            .where(rows.c.row.in_(numbers))
            .order_by(rows.c.row, members.c.position)
        )
        found: dict[int, list[bytes]] = {number: [] for number in numbers}
        with self._engine.connect() as connection:
            for number, fragment in connection.execute(statement):
                found[number].append(fragment)
        return [found[number] for number in numbers]

    def hits(
        self, text: str, collections: Sequence[str], start: Start | None, limit: int
    ) -> tuple[list[Hit], bool]:
        """Return up to ``limit`` records of the latest versions that ``text`` finds.

        The best come first. Beside them, whether more follow in the direction of reading; going
        backward, the hits are in forward order all the same.

        :param start: its ``row`` is a ``docid`` (:meth:`docid`).
        :raises LostPlaceError: where the text does not find the record at the start.
        """
        with self._engine.connect() as connection:
            found = hits(connection, text, collections, start, limit + 1)
        kept = found[:limit]
        if start and start.backward:
            kept.reverse()
        return kept, len(found) > limit

    def hit_count(self, text: str, collections: Sequence[str]) -> int:
        """Return how many records of the latest versions ``text`` finds."""
        with self._engine.connect() as connection:
            return hit_count(connection, text, collections)

    def docid(self, collection: str, row: int) -> int:
        """Return the place of a row in the full-text index."""
        statement = select(searched.c.docid).where(
            searched.c.collection == collection, searched.c.row == row
        )
        with self._engine.connect() as connection:
            found: int = connection.execute(statement).scalar_one()
        return found

    def readings(self, collection: str, numbers: Sequence[int]) -> list[str]:
        """Return how the names of the rows ``numbers`` read, as the index has it (pinyin)."""
        statement = select(searched.c.row, searched.c.pinyin).where(
            searched.c.collection == collection, searched.c.row.in_(numbers)
        )
        with self._engine.connect() as connection:
            found = {row[0]: row[1] for row in connection.execute(statement)}
        return [found[number] for number in numbers]

    def position(self, collection: str, row: int) -> Position:
        """Return the lasting name of a row number."""
        statement = (
            select(versions.c.dataset, versions.c.version, extents.c.first_row)
            .join(extents, extents.c.version_key == versions.c.version_key)
            .where(
                extents.c.collection == collection,
                extents.c.first_row <= row,
                extents.c.total > 0,
            )
            .order_by(extents.c.first_row.desc())
            .limit(1)
        )
        with self._engine.connect() as connection:
            found = connection.execute(statement).one()
        return Position(found.dataset, found.version, row - found.first_row + 1)

    def row(self, collection: str, position: Position) -> int:
        """Return the number of the row that ``position`` names.

        :raises LostPlaceError: where the store has no such version, or it has no such row.
        """
        statement = (
            select(extents.c.first_row, extents.c.total)
            .join(versions, extents.c.version_key == versions.c.version_key)
            .where(
                extents.c.collection == collection,
                versions.c.dataset == position.dataset,
                versions.c.version == position.version,
            )
        )
        with self._engine.connect() as connection:
            found = connection.execute(statement).one_or_none()
        if found is None:
            raise LostPlaceError(Lost.VERSION)
        if not 1 <= position.nth <= found.total:
            raise LostPlaceError(Lost.ROW)
        return int(found.first_row - 1 + position.nth)


def _version(row: Row[Any]) -> VersionRow:
    return VersionRow(
        row.version_key,
        row.dataset,
        row.version,
        row.latest,
        row.published,
        row.sha256,
        row.meta,
    )


def _total(collection: str, scope: Scope) -> Select[Any]:
    """Return the statement for how many rows of ``collection`` a scope has."""
    statement = (
        select(cast(func.coalesce(func.sum(extents.c.total), 0), Integer))
        .join(versions, versions.c.version_key == extents.c.version_key)
        .where(extents.c.collection == collection)
    )
    if scope.version:
        return statement.where(extents.c.version_key == scope.version.version_key)
    if scope.dataset:
        return statement.where(versions.c.dataset == scope.dataset)
    return statement.where(versions.c.latest)


def _fragments(
    connection: Connection, collection: str, stored: str, numbers: Sequence[int]
) -> list[bytes]:
    """Return the bytes of the rows ``numbers``, in the order of these."""
    rows = TABLES[collection].rows
    statement = select(rows.c.row, rows.c[stored]).where(rows.c.row.in_(numbers))
    found = {row[0]: row[1] for row in connection.execute(statement)}
    return [found[number] for number in numbers]
