"""Comparing two versions, record by record and field by field.

Only what an editor writes is compared; computed fields follow from it. Not compared are the order
of records, the day and the notes of the release, and the exclusions and figures of the audit,
which are no data.
A record that took another id is followed, and links that only follow it have not changed.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from marshmallow import Schema

from opendata.changes.leaves import Leaf, Record, compared_leaves, named_members
from opendata.changes.model import KINDS, Changes, FieldChange, Kind, RecordChange
from opendata.reader import Version, used_codes
from opendata.records import COLLECTIONS, DATASETS, ENTRY_TYPES, Entry
from opendata.records.document import Document
from opendata.records.section import Section
from opendata.vocabularies import OPEN

#: The part that ``dataset.yaml`` itself is, and its id there.
DESCRIPTION = "dataset"
#: Where a record was renamed, these tell of nothing else.
_PREVIOUS_IDS = ("previous_ids",)

_DATASET = DATASETS.schema()
_LISTS = {name: f"vocabularies/{name}" for name in OPEN}
_SCHEMAS: dict[str, Schema] = {
    **{name: collection.schema() for name, collection in COLLECTIONS.items()},
    DESCRIPTION: _DATASET,
    "documents": Document(),
    "sections": Section(),
    **{part: ENTRY_TYPES.get(name, Entry)() for name, part in _LISTS.items()},
}

#: The records of a part of a version, by id.
_Part = Mapping[str, Record]


def compare(old: Version | None, new: Version) -> Changes:
    """Tell what changed from ``old`` to ``new``, two valid versions of one dataset.

    :param old: ``None`` for nothing at all, to which everything was added.
    """
    before, after = _parts(old) if old else _nothing(), _parts(new)
    renames = {name: renamed(before[name], after[name]) for name in COLLECTIONS}
    found = [
        change
        for name, schema in _SCHEMAS.items()
        for change in _Comparison(name, schema, before[name], after[name], renames).changes()
    ]
    return Changes(tuple(_SCHEMAS), tuple(found))


def stated(version: Version, names: Iterable[tuple[str, str]]) -> dict[tuple[str, str], list[Leaf]]:
    """Return the leaves of what a version has by these names: collection, and id there."""
    parts = _parts(version)
    return {
        (name, of): list(compared_leaves(_SCHEMAS[name], parts[name][of])) for name, of in names
    }


def _nothing() -> dict[str, _Part]:
    return {name: {} for name in _SCHEMAS}


def _parts(version: Version) -> dict[str, _Part]:
    parts = _nothing()
    for name, records in version.collections.items():
        parts[name] = {record["id"]: record for record in records}
    written_by_release = {"released": None, "notes": None}
    description = {**version.description, **written_by_release}
    parts[DESCRIPTION] = {DESCRIPTION: description}
    for name in ("documents", "sections"):
        members = named_members(_DATASET, description)
        parts[name] = {member["id"]: member for of, member in members if of == name}
    used = used_codes(version)
    for name, entries in version.lists.items():
        codes = used.get(name, set())
        parts[_LISTS[name]] = {code: entry for code, entry in entries.items() if code in codes}
    return parts


@dataclass(frozen=True, slots=True)
class _Comparison:
    """One part of two versions, and by collection which record has which id now."""

    collection: str
    schema: Schema
    old: _Part
    new: _Part
    renames: Mapping[str, Mapping[str, str]]

    def changes(self) -> list[RecordChange]:
        """Return the changes by kind, then id."""
        previous = {new: old for old, new in self.renames.get(self.collection, {}).items()}
        names = (self.old.keys() | self.new.keys()) - set(previous.values())
        found = (self._change(previous.get(name, name), name) for name in names)
        told = (change for change in found if change is not None)
        return sorted(told, key=lambda change: (KINDS.index(change.kind), change.id))

    def _change(self, previous: str, name: str) -> RecordChange | None:
        before, after = self.old.get(previous), self.new.get(name)
        if before is None or after is None:
            kind: Kind = "removed" if after is None else "added"
            return RecordChange(self.collection, name, kind, _title(after or before))
        fields = tuple(self._fields(before, after, is_renamed=previous != name))
        if not fields and previous == name:
            return None
        kind = "renamed"
        if fields:
            kind = "reworded" if all(field.own_words for field in fields) else "changed"
        was = previous if previous != name else None
        return RecordChange(self.collection, name, kind, _title(after), fields, was)

    def _fields(self, before: Record, after: Record, *, is_renamed: bool) -> Iterator[FieldChange]:
        if before == after:
            return
        links = COLLECTIONS[self.collection].links if self.collection in COLLECTIONS else {}
        pairs = zip(
            compared_leaves(self.schema, before),
            compared_leaves(self.schema, after),
            strict=True,
        )
        for was, now in pairs:
            if was.value == now.value or (is_renamed and was.path == _PREVIOUS_IDS):
                continue
            renames = self.renames.get(links.get(was.name, ""))
            if renames and sorted(renames.get(i, i) for i in was.value) == now.value:
                continue
            yield FieldChange(was.path, was.value, now.value, was.own_words, was.defining)


def renamed(old: _Part, new: _Part) -> dict[str, str]:
    """Return the ids in ``new`` of the records that have another one in ``old``, by the latter.

    Either names the other among its previous ids: a comparison may go back.
    """
    gone = {name: record for name, record in old.items() if name not in new}
    come = {name: record for name, record in new.items() if name not in old}
    pairs = [
        *((was, now) for now, record in come.items() for was in record.get("previous_ids", ())),
        *((was, now) for was, record in gone.items() for now in record.get("previous_ids", ())),
    ]
    found: dict[str, str] = {}
    taken = set()
    for was, now in sorted(pairs):
        if was in gone and now in come and was not in found and now not in taken:
            found[was] = now
            taken.add(now)
    return found


def _title(record: Any) -> Mapping[str, str]:
    """Return what a record is called: a term is its own title, a code has a label."""
    title: Mapping[str, str] = record.get("title") or record.get("term") or record["label"]
    return title
