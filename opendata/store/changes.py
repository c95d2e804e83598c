"""Reading what changed: between two versions, in one record, and what was corrected.

Rows come in the order of parts and threads, a version after the other, so that what several
versions changed is put together record by record, in constant memory.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import groupby
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Select, func, select
from sqlalchemy.engine import Connection, Engine

from opendata.formats.json import JSON
from opendata.query import Kind
from opendata.query.changes import COMPARED
from opendata.query.values import decode, encode
from opendata.records import DATASETS
from opendata.store.answers import VersionRow
from opendata.store.collapsing import Change, Renames, collapse, renames_of
from opendata.store.layout import TABLES, changes, corrections, versions
from opendata.vocabularies import CHANGE_KINDS

_COLUMNS = [changes.c[name] for name in Change._fields]
#: Rows read at a time.
_BLOCK = 500
#: So many counts of changes are kept: they never change, and every page tells them.
_KEPT = 256

#: How many changes of each kind there are, by the place of the part and the kind.
Counts = dict[tuple[int, str], int]


class Span(NamedTuple):
    """Versions of a dataset: those after the key ``after``, to ``upto`` itself."""

    dataset: str
    after: int
    upto: int


class Place(NamedTuple):
    """Where to go on among changes: beyond a thread, to the end or back to the beginning."""

    place: int
    thread: str
    backward: bool = False


class Fate(NamedTuple):
    """What became of an id that stands no more: its record ``id`` was removed, or is called so.

    ``removed`` is the change that removed it, ``version`` the number of the version that did, and
    ``last`` that of the last version that had it.
    """

    id: str
    removed: Change | None = None
    version: str = ""
    last: str = ""


class Correction(NamedTuple):
    """A correction as ready JSON, and where it stands among those of the dataset."""

    version_key: int
    number: int
    collection: str
    since: str
    body: bytes


class ChangeLog:
    """The changes of a store."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self.counts = lru_cache(_KEPT)(self._counts)

    def versions(self, dataset: str) -> list[VersionRow]:
        """Return the versions of a dataset, oldest first."""
        statement = select(versions).where(versions.c.dataset == dataset)
        with self._engine.connect() as connection:
            rows = connection.execute(statement.order_by(versions.c.version_key)).all()
        return [VersionRow.of(row) for row in rows]

    def changes(
        self,
        span: Span,
        places: Sequence[int],
        kinds: Sequence[str],
        start: Place | None = None,
    ) -> Iterator[Change]:
        """Yield what changed over a span, by part and thread, from ``start`` on.

        :param places: the parts to tell of, in their order.
        :param kinds: the kinds of change to tell.
        """
        backward = bool(start and start.backward)
        with self._engine.connect() as connection:
            renames = _renames(connection, span)
            for place in reversed(places) if backward else places:
                if start and (place > start.place if backward else place < start.place):
                    continue
                beyond = start if start and place == start.place else None
                for change in _of_part(connection, span, place, renames, beyond, backward):
                    if change.kind in kinds:
                        yield change

    def _counts(self, span: Span) -> Counts:
        """Count the changes over a span."""
        if span.upto - span.after == 1:
            statement = (
                select(changes.c.place, changes.c.kind, func.count())
                .where(changes.c.version_key == span.upto)
                .group_by(changes.c.place, changes.c.kind)
            )
            with self._engine.connect() as connection:
                return {(row[0], row[1]): row[2] for row in connection.execute(statement)}
        found: Counts = {}
        for change in self.changes(span, range(len(COMPARED)), tuple(CHANGE_KINDS)):
            key = change.place, change.kind
            found[key] = found.get(key, 0) + 1
        return found

    def knows(self, dataset: str, place: Place) -> bool:
        """Tell whether anything of a dataset ever stood at a place."""
        statement = (
            select(changes.c.version_key)
            .where(
                changes.c.dataset == dataset,
                changes.c.place == place.place,
                changes.c.thread == place.thread,
            )
            .limit(1)
        )
        with self._engine.connect() as connection:
            return connection.execute(statement).scalar_one_or_none() is not None

    def history(self, dataset: str, collection: str, record: str) -> list[Change]:
        """Return every change of the record that has or had the id ``record``, oldest first."""
        with self._engine.connect() as connection:
            return _history(connection, dataset, collection, record)

    def fate(self, version: VersionRow, collection: str, record: str) -> Fate | None:
        """Return what had become by ``version``, which lacks it, of an id of an earlier version.

        ``None`` where no version up to that one has it.
        """
        upto = changes.c.version_key <= version.version_key
        with self._engine.connect() as connection:
            found = _history(connection, version.dataset, collection, record, upto)
        if not found:
            return None
        last = found[-1]
        if last.kind != "removed":
            return Fate(last.id)
        numbers = {row.version_key: row.version for row in self.versions(version.dataset)}
        return Fate(last.id, last, numbers[last.version_key], numbers[last.version_key - 1])

    def name_in(
        self, version: VersionRow, collection: str, record: str, held: VersionRow
    ) -> str | None:
        """Return the id that a record of the version ``held`` has in another version.

        :param record: its id in ``held``.
        """
        place, key = COMPARED.index(collection), changes.c.version_key
        named = _thread(version.dataset, place, record, key <= held.version_key)
        statement = (
            select(changes.c.id, changes.c.kind)
            .where(
                changes.c.dataset == version.dataset,
                changes.c.place == place,
                changes.c.thread == named.scalar_subquery(),
                key <= version.version_key,
            )
            .order_by(key.desc())
            .limit(1)
        )
        with self._engine.connect() as connection:
            found = connection.execute(statement).one_or_none()
        return None if found is None or found.kind == "removed" else str(found.id)

    def records(self, dataset: str, collection: str, ids: Sequence[str]) -> dict[str, bytes]:
        """Return the record that has one of ``ids`` in each version, as JSON, by version."""
        rows = TABLES[collection].rows
        numbers = [encode(Kind.VERSION, held.version) for held in self.versions(dataset)]
        statement = select(rows.c.version, rows.c[JSON.name]).where(
            rows.c.dataset == dataset, rows.c.version.in_(numbers), rows.c.id.in_(ids)
        )
        with self._engine.connect() as connection:
            found = connection.execute(statement).all()
        return {decode(Kind.VERSION, row[0]): row[1] for row in found}

    def corrections(
        self,
        dataset: str,
        names: Sequence[str],
        start: tuple[int, int] | None = None,
        *,
        backward: bool = False,
    ) -> Iterator[Correction]:
        """Yield the corrections of a dataset, oldest first, from ``start`` on.

        :param names: the parts to tell of.
        :param start: the version and number to go on from.
        """
        own = select(versions.c.version_key).where(versions.c.dataset == dataset)
        key, number = corrections.c.version_key, corrections.c.number
        statement = select(*(corrections.c[name] for name in Correction._fields)).where(
            key.in_(own), corrections.c.collection.in_(names)
        )
        if start and backward:
            statement = statement.where(
                (key < start[0]) | ((key == start[0]) & (number < start[1]))
            )
        elif start:
            statement = statement.where(
                (key > start[0]) | ((key == start[0]) & (number > start[1]))
            )
        order = (key.desc(), number.desc()) if backward else (key, number)
        with self._engine.connect() as connection:
            for row in connection.execute(statement.order_by(*order)):
                yield Correction(*row)

    def correction_counts(self, dataset: str) -> dict[str, int]:
        """Count the corrections of a dataset by part."""
        statement = (
            select(corrections.c.collection, func.count())
            .join(versions, versions.c.version_key == corrections.c.version_key)
            .where(versions.c.dataset == dataset)
            .group_by(corrections.c.collection)
        )
        with self._engine.connect() as connection:
            return {row[0]: row[1] for row in connection.execute(statement)}

    def description(self, version: VersionRow) -> bytes:
        """Return what a dataset is at a version, as JSON."""
        rows = TABLES[DATASETS.name].rows
        statement = select(rows.c[JSON.name]).where(
            rows.c.dataset == version.dataset,
            rows.c.version == encode(Kind.VERSION, version.version),
        )
        with self._engine.connect() as connection:
            found: bytes = connection.execute(statement).scalar_one()
        return found


def _of_part(
    connection: Connection,
    span: Span,
    place: int,
    renames: Renames,
    start: Place | None,
    backward: bool,
) -> Iterator[Change]:
    statement = _rows(span, place)
    thread, key = changes.c.thread, changes.c.version_key
    if start:
        statement = statement.where(thread < start.thread if backward else thread > start.thread)
    order = (thread.desc(), key.desc()) if backward else (thread, key)
    statement = statement.order_by(*order).execution_options(yield_per=_BLOCK)
    with connection.execute(statement) as rows:
        for _, group in groupby((Change(*row) for row in rows), key=lambda row: row.thread):
            steps = list(group)
            found = collapse(steps[::-1] if backward else steps, renames)
            if found is not None:
                yield found


def _rows(span: Span, place: int) -> Select[Any]:
    """Return the statement for the changes of a part over a span, in no order.

    Those of one version are found by the version, those of several in the order of threads: a sum
    of the key keeps its index from being taken for the latter.
    """
    statement = select(*_COLUMNS).where(changes.c.place == place)
    if span.upto - span.after == 1:
        return statement.where(changes.c.version_key == span.upto)
    key: ColumnElement[int] = changes.c.version_key + 0
    return statement.where(changes.c.dataset == span.dataset, key > span.after, key <= span.upto)


def _renames(connection: Connection, span: Span) -> Renames:
    """Return what was renamed over a span of several versions, where links may follow it."""
    if span.upto - span.after == 1:
        return Renames()
    statement = (
        select(changes.c.place, changes.c.previous_id, changes.c.id)
        .where(
            changes.c.version_key > span.after,
            changes.c.version_key <= span.upto,
            changes.c.previous_id.is_not(None),
        )
        .order_by(changes.c.version_key)
    )
    return renames_of((row[0], row[1], row[2]) for row in connection.execute(statement))


def _history(
    connection: Connection,
    dataset: str,
    collection: str,
    record: str,
    *upto: ColumnElement[bool],
) -> list[Change]:
    place = COMPARED.index(collection)
    named = _thread(dataset, place, record, *upto)
    statement = (
        select(*_COLUMNS)
        .where(
            changes.c.dataset == dataset,
            changes.c.place == place,
            changes.c.thread == named.scalar_subquery(),
            *upto,
        )
        .order_by(changes.c.version_key)
    )
    return [Change(*row) for row in connection.execute(statement)]


def _thread(
    dataset: str, place: int, record: str, *upto: ColumnElement[bool]
) -> Select[tuple[str]]:
    """Return the statement for the thread of the record that has or had the id ``record``."""
    own = select(versions.c.version_key).where(versions.c.dataset == dataset)
    return (
        select(changes.c.thread)
        .where(
            changes.c.version_key.in_(own), changes.c.place == place, changes.c.id == record, *upto
        )
        .order_by(changes.c.version_key.desc())
        .limit(1)
    )
