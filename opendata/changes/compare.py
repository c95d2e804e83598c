"""Comparing two versions, record by record and field by field.

Only what an editor writes is compared; computed fields follow from it. Not compared are the order
of records, the day of the release, and the exclusions and figures of the audit, which are no data.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from marshmallow import Schema

from opendata.changes.leaves import Record, leaves, named_members
from opendata.changes.model import KINDS, Changes, FieldChange, Kind, RecordChange
from opendata.reader import Version, used_codes
from opendata.records import COLLECTIONS, DATASETS, ENTRY_TYPES, Entry
from opendata.records.document import Document
from opendata.records.section import Section
from opendata.vocabularies import OPEN

#: The part that ``dataset.yaml`` itself is, and its id there.
DESCRIPTION = "dataset"

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


def compare(old: Version, new: Version) -> Changes:
    """Tell what changed from ``old`` to ``new``, two valid versions of one dataset."""
    before, after = _parts(old), _parts(new)
    found = [
        change
        for name, schema in _SCHEMAS.items()
        for change in _compare(name, schema, before[name], after[name])
    ]
    return Changes(tuple(_SCHEMAS), tuple(found))


def _parts(version: Version) -> dict[str, _Part]:
    parts: dict[str, _Part] = {name: {} for name in _SCHEMAS}
    for name, records in version.collections.items():
        parts[name] = {record["id"]: record for record in records}
    description = {**version.description, "released": None}  # written by the release
    parts[DESCRIPTION] = {DESCRIPTION: description}
    for name in ("documents", "sections"):
        members = named_members(_DATASET, description)
        parts[name] = {member["id"]: member for of, member in members if of == name}
    used = used_codes(version)
    for name, entries in version.lists.items():
        codes = used.get(name, set())
        parts[_LISTS[name]] = {code: entry for code, entry in entries.items() if code in codes}
    return parts


def _compare(collection: str, schema: Schema, old: _Part, new: _Part) -> Iterator[RecordChange]:
    found = []
    for name in old.keys() | new.keys():
        before, after = old.get(name), new.get(name)
        fields = () if before is None or after is None else _fields(schema, before, after)
        kind = _kind(before, after, fields)
        if kind is not None:
            found.append(RecordChange(collection, name, kind, _title(after or before), fields))
    yield from sorted(found, key=lambda change: (KINDS.index(change.kind), change.id))


def _fields(schema: Schema, old: Record, new: Record) -> tuple[FieldChange, ...]:
    pairs = zip(leaves(schema, old), leaves(schema, new), strict=True)
    return tuple(
        FieldChange(was.path, was.value, now.value, was.own_words, was.defining)
        for was, now in pairs
        if was.value != now.value
    )


def _kind(old: Record | None, new: Record | None, fields: tuple[FieldChange, ...]) -> Kind | None:
    if old is None:
        return "added"
    if new is None:
        return "removed"
    if not fields:
        return None
    return "reworded" if all(field.own_words for field in fields) else "changed"


def _title(record: Any) -> Mapping[str, str]:
    """Return what a record is called: a term is its own title, a code has a label."""
    title: Mapping[str, str] = record.get("title") or record.get("term") or record["label"]
    return title
