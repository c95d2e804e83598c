"""What the audit of a version found, as its page tells it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from opendata.records.groups import Group
from opendata.records.quality import Audit, Check, Coverage
from opendata.store import Store, VersionRow
from opendata.vocabularies import CLOSED, Code, Label
from opendata.web.pages.codes import Codes
from opendata.web.pages.tree import dataset_record, titles_of

#: Entries of each list that the page shows; the JSON has all.
SHOWN = 200


@dataclass(frozen=True, slots=True)
class Measured:
    """Something that was checked or counted: what it is, and its figures."""

    label: Label
    note: Label
    figures: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Excluded:
    """What was left out for one reason: how many there are, and the first of them."""

    reason: Code
    total: int
    first: Sequence[Mapping[str, Any]]


@dataclass(frozen=True, slots=True)
class Quality:
    """What the page shows beside the document itself."""

    checks: Sequence[Measured]
    coverage: Sequence[Measured]
    excluded: Sequence[Excluded]
    kinds: Mapping[str, Label]
    caveats: Mapping[str, Label]
    titles: Mapping[tuple[str, str], Label]
    sections: Mapping[str, Label]


def quality(current: Store, held: VersionRow | None, data: Mapping[str, Any]) -> Quality:
    """Return what the page of ``data`` shows, of the version ``held``."""
    assert held is not None
    codes, ambiguities = Codes(current, held), data["ambiguities"][:SHOWN]
    caveats = {one["caveat"]["code"] for one in ambiguities}
    return Quality(
        list(_measured(data["audit"], Check)),
        list(_measured(data["audit"], Coverage)),
        list(_excluded(data["exclusions"], codes)),
        {code.code: code.label for code in CLOSED["exclusion_kinds"].codes},
        {code: codes.code("caveats", code).label for code in caveats},
        _titles(ambiguities, codes),
        titles_of(dataset_record(current, held)["sections"]),
    )


def _measured(audit: Mapping[str, Any], schema: type) -> Iterator[Measured]:
    for name, field in Audit().fields.items():
        if isinstance(field, Group) and isinstance(field.schema, schema) and audit[name]:
            yield Measured(field.metadata["label"], field.metadata["note"], audit[name])


def _excluded(exclusions: Sequence[Mapping[str, Any]], codes: Codes) -> Iterator[Excluded]:
    by_reason: dict[str, list[Mapping[str, Any]]] = defaultdict(list)
    for one in exclusions:
        by_reason[one["reason"]].append(one)
    room = SHOWN
    for reason, found in sorted(by_reason.items(), key=lambda item: (-len(item[1]), item[0])):
        yield Excluded(codes.code("exclusions", reason), len(found), found[:room])
        room = max(0, room - len(found))


def _titles(ambiguities: Sequence[Mapping[str, Any]], codes: Codes) -> dict[tuple[str, str], Label]:
    by_collection: dict[str, list[str]] = defaultdict(list)
    for one in ambiguities:
        by_collection[one["collection"]].append(one["id"])
    return {
        (collection, name): label
        for collection, names in by_collection.items()
        for name, label in codes.labels(collection, names).items()
    }
