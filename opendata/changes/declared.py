"""What of the changes a version has to declare, and what it has declared (``changes.yaml``).

From 1.0.0 on people rely on what a version states. So a record that vanishes is withdrawn with a
reason, unless it only took another id; and a stated fact that becomes another is corrected with a
reason: a field that is not the project's own words, had a value, and is no list of links or of
members, which grows and shrinks with the records.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from opendata.changes.model import Changes, FieldChange, RecordChange
from opendata.records import COLLECTIONS
from opendata.vocabularies import PARTS

#: Lists of ids that are no statements about what they belong to.
_MEMBERS = frozenset({"documents", "previous_ids", "sections"})


class Declared:
    """What ``changes.yaml`` declares, by record and column."""

    def __init__(self, ledger: Mapping[str, Any] | None) -> None:
        ledger = ledger or {}
        self._withdrawn = {(w["collection"], w["id"]) for w in ledger.get("withdrawals", ())}
        self._corrected: dict[tuple[str, str], set[str]] = {}
        for correction in ledger.get("corrections", ()):
            for name in correction["ids"]:
                of = self._corrected.setdefault((correction["collection"], name), set())
                of.update(correction["columns"])

    def withdraws(self, record: RecordChange) -> bool:
        """Tell whether the record is declared withdrawn."""
        return (record.collection, record.id) in self._withdrawn

    def corrects(self, record: RecordChange, field: FieldChange) -> bool:
        """Tell whether the field, or a group that it is in, is declared corrected."""
        columns = self._corrected.get((record.collection, record.id), set())
        return bool(columns & names_of(field.path))


@dataclass(frozen=True, slots=True)
class Needed:
    """What has to be declared still: records to withdraw, and facts to correct."""

    withdrawals: tuple[RecordChange, ...]
    corrections: tuple[tuple[RecordChange, tuple[str, ...]], ...]


def needed(changes: Changes, ledger: Mapping[str, Any] | None = None) -> Needed:
    """Return what of ``changes`` must be declared and is not declared in ``ledger``."""
    declared = Declared(ledger)
    gone = tuple(
        record
        for record in changes.records
        if record.kind == "removed"
        and record.collection in COLLECTIONS
        and not declared.withdraws(record)
    )
    wrong = []
    for record in changes.records:
        if record.collection in PARTS:
            fields = [f for f in stated_facts(record) if not declared.corrects(record, f)]
            if fields:
                wrong.append((record, tuple(field.name for field in fields)))
    return Needed(gone, tuple(wrong))


def stated_facts(record: RecordChange) -> Iterator[FieldChange]:
    """Yield the fields of a changed record that stated a fact and no longer state it."""
    collection = COLLECTIONS.get(record.collection)
    links = collection.links if collection else {}
    for field in record.fields:
        listed = field.name in links or field.name in _MEMBERS
        if not (field.own_words or listed or _is_empty(field.old)):
            yield field


def names_of(path: tuple[str, ...]) -> set[str]:
    """Return the names of a column and of the groups it is in: source, source_quote."""
    return {"_".join(path[:depth]) for depth in range(1, len(path) + 1)}


def _is_empty(value: Any) -> bool:
    if isinstance(value, list):
        return all(_is_empty(member) for member in value)
    return value is None or value == ""
