"""What a draft must declare and a number must say before it is released."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from opendata.changes import Changes, RecordChange, demand, needed, smallest_version
from opendata.changes.declared import names_of
from opendata.errors import Fault, Place, Problem, listed
from opendata.reader import Version
from opendata.reader.ledger import CHANGES
from opendata.records.patterns import VersionNumber
from opendata.versions.freezing import NOT_WRITTEN, TO_WRITE
from opendata.versions.lineage import STABLE

Number = tuple[int, int, int]

#: The number of a first release that is given none.
FIRST: Number = (0, 1, 0)


@dataclass(frozen=True, slots=True)
class Step:
    """A draft and the release before it, where there is one, with what changed between them."""

    last: Number | None
    before: Version | None
    draft: Version
    changes: Changes
    ledger: Mapping[str, Any] = field(default_factory=dict)

    def smallest(self) -> Number:
        """Return the smallest honest number of the draft."""
        if self.last is None:
            return FIRST
        return smallest_version(self.last, demand(self.changes, self.ledger).bump)


def text_of(number: Number) -> str:
    """Return a version number as text."""
    return ".".join(map(str, number))


def check_form(dataset: Path, given: str, problems: list[Problem]) -> None:
    """Check that what is given for the release is a version number."""
    if number_of(given) is None:
        fault = Fault(VersionNumber.fault_message, VersionNumber.fault_fix)
        problems.append(_problem(dataset / given, fault))


def check_number(dataset: Path, given: str, step: Step, problems: list[Problem]) -> None:
    """Check that a number given for the release comes next and is honest."""
    fault = _number_fault(number_of(given), step)
    if fault:
        problems.append(_problem(dataset / given, fault))


def _problem(path: Path, fault: Fault) -> Problem:
    return Problem(Place(str(path)), "-", "-", fault.message, fault.fix)


def _number_fault(number: Number | None, step: Step) -> Fault | None:
    if step.last is None or number is None:
        return None
    last, smallest = text_of(step.last), text_of(step.smallest())
    if number <= step.last:
        return Fault(f"does not come after {last}", f"release it as {smallest} or later")
    if number >= step.smallest():
        return None
    demanded = demand(step.changes, step.ledger)
    reasons = listed(demanded.reasons())
    message = f"is too small a step from {last} for a {demanded.bump} change: {reasons}"
    return Fault(message, f"release it as {smallest} or later (opendata diff shows it all)")


def number_of(text: str) -> Number | None:
    """Return the number that ``text`` is, if it is one."""
    match = re.fullmatch(VersionNumber.pattern, text, re.ASCII)
    return (int(match[1]), int(match[2]), int(match[3])) if match else None


def check_changed(step: Step, problems: list[Problem], *, audited: bool) -> None:
    """Check that a draft is not the last release once more.

    :param audited: whether the release carries an audit, which alone may be what is new.
    """
    before = step.before
    if before is None or step.last is None or step.changes.records:
        return
    if before.exclusions == step.draft.exclusions and (before.audit is not None or not audited):
        fault = Fault(
            f"has nothing that {text_of(step.last)} has not",
            "edit the draft first; a summary alone is no release (opendata diff shows changes)",
        )
        problems.append(_problem(step.draft.files[CHANGES].path.parent, fault))


def check_declared(step: Step) -> None:
    """Check that what the draft changes stands in its changes.yaml, and what stands there is so.

    What is wrong is appended to the problems that the draft was read with. Records that vanish
    are found by their lineage (:mod:`opendata.versions.lineage`).
    """
    file = step.draft.files[CHANGES]
    for path, fault in (*_unwritten(step), *_facts(step), *_untrue(step)):
        file.problem(path, fault)


_Placed = tuple[tuple[str | int, ...], Fault]


def _unwritten(step: Step) -> Iterator[_Placed]:
    said = step.ledger["summary"]
    last = step.before.ledger if step.before else None
    fix = "write what is new in this version"
    if said == NOT_WRITTEN:
        yield ("summary",), Fault("was not written yet", fix)
    elif last is not None and said == last["summary"]:
        yield ("summary",), Fault("is the one of the last release", fix)
    for path, text in _texts(step.ledger, ()):
        if text == TO_WRITE:
            yield path, Fault("was not written yet", "write it")


def _texts(value: Any, path: tuple[str | int, ...]) -> Iterator[tuple[tuple[str | int, ...], Any]]:
    """Yield every value of a tree with the path that leads to it."""
    if isinstance(value, Mapping):
        for key, inner in value.items():
            yield from _texts(inner, (*path, key))
    elif isinstance(value, list):
        for index, inner in enumerate(value):
            yield from _texts(inner, (*path, index))
    else:
        yield path, value


def _facts(step: Step) -> Iterator[_Placed]:
    if step.last is None or step.last < STABLE:
        return
    for record, columns in needed(step.changes, step.ledger).corrections:
        was = {field.name: field for field in record.fields}
        facts = "; ".join(f"{c} was {was[c].old} and is {was[c].new}" for c in columns)
        said = f"{record.id} of {record.collection} changes what {text_of(step.last)} stated: "
        fix = (
            f"add to corrections: {{collection: {record.collection}, ids: [{record.id}], "
            f"columns: [{', '.join(columns)}], wrong: {{zh: …, en: …}}, "
            "reason: {zh: …, en: …}}, or put the old value back"
        )
        yield ("corrections",), Fault(said + facts, fix)


def _untrue(step: Step) -> Iterator[_Placed]:
    """Find corrections of what did not change."""
    changed = {(record.collection, record.id): record for record in step.changes.records}
    for index, correction in enumerate(step.ledger["corrections"]):
        place, part = ("corrections", index), correction["collection"]
        names = [_changed_names(changed.get((part, name))) for name in correction["ids"]]
        for at, name in enumerate(correction["ids"]):
            if not names[at] & set(correction["columns"]):
                columns = ", ".join(correction["columns"])
                fix = "remove it, or name what did change (opendata diff)"
                yield (
                    (*place, "ids", at),
                    Fault(f"{columns} of {name} did not change{_since(step)}", fix),
                )
        for at, column in enumerate(correction["columns"]):
            if not any(column in of for of in names):
                fix = "remove it, or name what did change (opendata diff)"
                fault = Fault(f"{column} did not change{_since(step)} in any of these", fix)
                yield (*place, "columns", at), fault


def _since(step: Step) -> str:
    return f" since {text_of(step.last)}" if step.last else ": there is no release before"


def _changed_names(record: RecordChange | None) -> set[str]:
    fields = record.fields if record else ()
    return {name for changed in fields for name in names_of(changed.path)}
