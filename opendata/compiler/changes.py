"""What a version changed in the one before it, and what was ever corrected in its records."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import count
from typing import Any

from opendata.changes import FieldChange, Leaf, RecordChange, compare, stated
from opendata.formats.json import dump
from opendata.query.changes import COMPARED
from opendata.reader import Version
from opendata.records import COLLECTIONS

Row = dict[str, Any]
#: A part of a version, and an id there.
Name = tuple[str, str]
Ledger = Mapping[str, Any]

_PLACES = {name: place for place, name in enumerate(COMPARED)}


@dataclass(frozen=True, slots=True)
class Told:
    """What there is to tell of a version beside its records.

    ``changes`` and ``corrections`` are rows of the tables of these names; ``corrected`` holds
    what its records carry (records.ledger.RecordCorrection), by collection and id.
    """

    changes: list[Row]
    corrections: list[Row]
    corrected: Mapping[str, Mapping[str, list[Row]]]


def tell(
    dataset: str,
    version: Version,
    earlier: Version | None,
    ledgers: Sequence[tuple[str, Ledger]],
) -> Told:
    """Return what there is to tell of ``version``.

    :param earlier: the version before it; ``None`` where it is the first.
    :param ledgers: the number and ledger of every version that has one, oldest first, up to this
        one. The last of them is this one's, where it has any.
    """
    ever = list(_corrections(ledgers))
    own = version.ledger or {}
    found = compare(earlier, version).records
    of_version = [] if version.ledger is None else [c for c in ever if c[0] == ledgers[-1][0]]
    return Told(
        list(_change_rows(dataset, version, earlier, found, own, of_version)),
        list(_correction_rows(version, found, of_version)),
        {name: _corrected(version.collections[name], name, ever) for name in COLLECTIONS},
    )


def _corrections(ledgers: Sequence[tuple[str, Ledger]]) -> Iterator[tuple[str, Row]]:
    """Yield the corrections of every ledger with the version that made them."""
    for number, ledger in ledgers:
        for correction in ledger["corrections"]:
            yield number, correction


def _carried(number: str, correction: Row) -> Row:
    """Return a correction as a record carries it."""
    names = ("since", "columns", "wrong", "reason")
    return {"version": number, **{name: correction[name] for name in names}}


def _corrected(
    records: list[Row], collection: str, ever: list[tuple[str, Row]]
) -> dict[str, list[Row]]:
    """Return what was corrected in each record, under whichever id it then had."""
    own = [(number, c) for number, c in ever if c["collection"] == collection]
    by_id: dict[str, list[int]] = {}
    for place, (_, correction) in enumerate(own):
        for name in correction["ids"]:
            by_id.setdefault(name, []).append(place)
    found: dict[str, list[Row]] = {}
    for record in records if by_id else ():
        names = (record["id"], *record["previous_ids"])
        places = sorted({place for name in names for place in by_id.get(name, ())})
        if places:
            found[record["id"]] = [_carried(*own[place]) for place in places]
    return found


def _change_rows(
    dataset: str,
    version: Version,
    earlier: Version | None,
    found: Sequence[RecordChange],
    ledger: Ledger,
    corrections: list[tuple[str, Row]],
) -> Iterator[Row]:
    states = _states(version, earlier, found)
    withdrawn = {(w["collection"], w["id"]): w for w in ledger.get("withdrawals", ())}
    for change in found:
        name = (change.collection, change.id)
        withdrawal = withdrawn.get(name, {}) if change.kind == "removed" else {}
        carried = [
            _carried(number, correction)
            for number, correction in corrections
            if correction["collection"] == change.collection and change.id in correction["ids"]
        ]
        yield {
            "version_key": 1,
            "place": _PLACES[change.collection],
            "id": change.id,
            "dataset": dataset,
            "thread": change.id,
            "kind": change.kind,
            "previous_id": change.previous_id,
            "title_zh": change.title["zh"],
            "title_en": change.title["en"],
            "fields": dump([_field(field) for field in change.fields]),
            "state": states.get(name),
            "reason": dump(withdrawal.get("reason")),
            "successor": withdrawal.get("successor"),
            "corrections": dump(carried),
        }


def _states(
    version: Version, earlier: Version | None, found: Sequence[RecordChange]
) -> dict[Name, bytes]:
    """Return what stood of each thing that is gone, and of what came after the first version."""
    if earlier is None:
        return {}
    states: dict[Name, bytes] = {}
    for kind, of in (("removed", earlier), ("added", version)):
        names = [(change.collection, change.id) for change in found if change.kind == kind]
        for name, leaves in stated(of, names).items():
            states[name] = dump([_leaf(leaf) for leaf in leaves])
    return states


def _field(field: FieldChange) -> Row:
    return {
        "field": field.name,
        "old": field.old,
        "new": field.new,
        "own_words": field.own_words,
        "defining": field.defining,
    }


def _leaf(leaf: Leaf) -> Row:
    return {
        "field": leaf.name,
        "value": leaf.value,
        "own_words": leaf.own_words,
        "defining": leaf.defining,
    }


def _correction_rows(
    version: Version, found: Sequence[RecordChange], corrections: list[tuple[str, Row]]
) -> Iterator[Row]:
    """Yield the corrections that the version makes, with what stood and what stands now."""
    changed = {(change.collection, change.id): change for change in found}
    numbers = count(1)
    for number, correction in corrections:
        collection, names = correction["collection"], correction["ids"]
        values = [
            {"id": name, "field": field.name, "old": field.old, "new": field.new}
            for name in names
            if (change := changed.get((collection, name)))
            for field in change.fields
            if any(_covers(column, field.name) for column in correction["columns"])
        ]
        body = {
            "version": number,
            "released": version.description["released"],
            **{
                name: correction[name]
                for name in ("since", "collection", "ids", "columns", "wrong", "reason")
            },
            "values": values,
        }
        yield {
            "version_key": 1,
            "number": next(numbers),
            "collection": collection,
            "since": correction["since"],
            "body": dump(body),
        }


def _covers(column: str, field: str) -> bool:
    """Tell whether ``column``, or the group that it names, holds ``field``."""
    return field == column or field.startswith(f"{column}_")
