"""Which version number a comparison demands (Semantic Versioning 2.0.0, as datasets use it).

MAJOR
    a record, section or source document is removed; or a field's meaning changes: a *defining*
    field (a target's kind, indicator or measure; a unit's dimension, base unit or multiplier; the
    dataset's area, period or licence) states something else than it did, or nothing any more.
MINOR
    a record, section or source document is added; a record is withdrawn, with a reason, or takes
    another id; a defining field was wrong and is corrected, with a reason. The old addresses
    answer, and what changed is declared (``changes.yaml``).
PATCH
    anything else corrects: values, units, links, places, wording, code-list entries that come into
    use or go out of it (the shared lists keep every code).

Below 1.0.0 anything may change (Semantic Versioning, § 4); a MINOR number is demanded where a MAJOR
one would be, so that a reader of 0.2.1 is safe with 0.2.2.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal, get_args

from opendata.changes.declared import Declared
from opendata.changes.model import Changes, RecordChange

Bump = Literal["patch", "minor", "major"]
_BUMPS: tuple[Bump, ...] = get_args(Bump)

Number = tuple[int, int, int]


@dataclass(frozen=True, slots=True)
class Demand:
    """The smallest honest bump, and the changes that demand no less."""

    bump: Bump
    records: tuple[RecordChange, ...]

    def reasons(self) -> list[str]:
        """Name each record with what became of it: ``targets new-jobs removed``."""
        return [_reason(record) for record in self.records]


def demand(changes: Changes, ledger: Mapping[str, Any] | None = None) -> Demand:
    """Return the greatest bump that one of the changes demands; a patch where there is none.

    :param ledger: what the later version declares to withdraw and to correct.
    """
    declared = Declared(ledger)
    bumps = [(_bump_of(record, declared), record) for record in changes.records]
    greatest: Bump = max((bump for bump, _ in bumps), key=_BUMPS.index, default="patch")
    return Demand(greatest, tuple(record for bump, record in bumps if bump == greatest))


def smallest_bump(changes: Changes, ledger: Mapping[str, Any] | None = None) -> Bump:
    """Return the smallest bump that is honest about the changes."""
    return demand(changes, ledger).bump


def smallest_version(last: Number, bump: Bump) -> Number:
    """Return the smallest version number that ``bump`` allows after ``last``."""
    major, minor, patch = last
    if bump == "patch":
        return major, minor, patch + 1
    if bump == "minor" or major == 0:
        return major, minor + 1, 0
    return major + 1, 0, 0


def _reason(record: RecordChange) -> str:
    fields = ", ".join(_redefined(record))
    done = f"has another {fields}" if fields else record.kind
    if not fields and record.previous_id is not None:
        done = f"renamed from {record.previous_id}"
    return f"{record.collection} {record.id} {done}"


def _redefined(record: RecordChange) -> list[str]:
    """Name the defining fields that stated something and no longer state it."""
    return [field.name for field in record.fields if field.defining and field.old is not None]


def _bump_of(record: RecordChange, declared: Declared) -> Bump:
    redefined = [f for f in record.fields if f.defining and f.old is not None]
    if any(not declared.corrects(record, field) for field in redefined):
        return "major"
    if record.collection.startswith("vocabularies/"):
        return "patch"
    if record.kind == "removed":
        return "minor" if declared.withdraws(record) else "major"
    if redefined or record.previous_id is not None or record.kind == "added":
        return "minor"
    return "patch"
