"""``changes.yaml``: that what a version withdraws and corrects fits the version itself."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from marshmallow import Schema

from opendata.errors import Fault, Problem, choose_from
from opendata.reader.file import DataFile
from opendata.records import COLLECTIONS, DATASETS
from opendata.records.document import Document
from opendata.records.groups import Group, Many
from opendata.records.ledger import Ledger
from opendata.records.section import Section

CHANGES = "changes.yaml"

_TO_ADD = "add it; under summary: it says what is new, in zh: and en: (docs/editing.md)"
_SCHEMA = Ledger()
_RECORDS: dict[str, Schema] = {
    **{name: collection.schema() for name, collection in COLLECTIONS.items()},
    "dataset": DATASETS.schema(),
    "documents": Document(),
    "sections": Section(),
}

#: Of each part of a version the ids in it, with whether the id was a former one.
Ids = Mapping[str, Mapping[str, bool]]


def read_ledger(
    folder: Path, problems: list[Problem], *, released: bool
) -> tuple[DataFile | None, dict[str, Any] | None]:
    """Read ``changes.yaml``; ``None`` for a version released before there were such files."""
    path = folder / CHANGES
    if released and not path.exists():
        return None, None
    file = DataFile(path, problems, _TO_ADD)
    if not file.readable:
        return file, None
    ledger = file.load_one(_SCHEMA)
    for index, correction in enumerate(ledger.get("corrections", ())):
        if (correction.get("since") is not None) != released and correction:
            file.problem(("corrections", index, "since"), _since_fault(released))
    return file, ledger


def _since_fault(released: bool) -> Fault:
    if released:
        return Fault("is missing in a released version", "restore the released file")
    return Fault("stands in a draft", "remove it; the release writes since when it was wrong")


def check_ledger(file: DataFile, ledger: Mapping[str, Any], ids: Ids) -> None:
    """Check the withdrawals and corrections against the records of the version."""
    _check_withdrawals(file, ledger.get("withdrawals") or [], ids)
    _check_corrections(file, ledger.get("corrections") or [], ids)


def _check_withdrawals(file: DataFile, withdrawals: list[dict[str, Any]], ids: Ids) -> None:
    seen: set[tuple[str, str]] = set()
    for index, withdrawal in enumerate(withdrawals):
        part, name = withdrawal.get("collection"), withdrawal.get("id")
        if part not in COLLECTIONS or name is None:
            continue
        successor = withdrawal.get("successor")
        place = ("withdrawals", index)
        if (part, name) in seen:
            file.problem((*place, "id"), Fault(f"{name} is withdrawn twice", "keep one of the two"))
        elif name in ids[part]:
            file.problem((*place, "id"), _present(name, part, former=ids[part][name]))
        seen.add((part, name))
        current = _current(ids, part)
        if successor is not None and successor not in current:
            fault = Fault(f"{successor} is no record of {part}", choose_from(successor, current))
            file.problem((*place, "successor"), fault)


def _present(name: str, part: str, *, former: bool) -> Fault:
    if former:
        said = f"{name} was renamed: it stands in previous_ids of {part}"
        return Fault(said, "remove the withdrawal, or the id from previous_ids")
    fix = f"remove it from {COLLECTIONS[part].file}, or remove the withdrawal"
    return Fault(f"{name} still is a record of {part}", fix)


def _check_corrections(file: DataFile, corrections: list[dict[str, Any]], ids: Ids) -> None:
    seen: set[tuple[str, str, str]] = set()
    for index, correction in enumerate(corrections):
        part = correction.get("collection")
        if part is None:
            continue
        place = ("corrections", index)
        names, columns = correction.get("ids") or [], correction.get("columns") or []
        known, allowed = _current(ids, part), stated_columns(part)
        for at, name in enumerate(names):
            if name is not None and name not in known:
                fault = Fault(f"{name} is no record of {part}", choose_from(name, known))
                file.problem((*place, "ids", at), fault)
            twice = [c for c in columns if c is not None and (part, name, c) in seen]
            if twice:
                said = f"{name} is corrected twice in {', '.join(twice)}"
                file.problem((*place, "ids", at), Fault(said, "make one correction of the two"))
            seen.update((part, name, column) for column in columns)
        for at, column in enumerate(columns):
            if column is not None and column not in allowed:
                fault = Fault(f"{column} is no column of {part}", choose_from(column, allowed))
                file.problem((*place, "columns", at), fault)


def _current(ids: Ids, part: str) -> list[str]:
    return [name for name, former in ids[part].items() if not former]


@cache
def stated_columns(part: str) -> frozenset[str]:
    """Return what a correction of ``part`` may name: written columns, and groups of them."""
    return frozenset(_names(_RECORDS[part], ()))


def _names(schema: Schema, above: tuple[str, ...]) -> Iterator[str]:
    for name, field in schema.load_fields.items():
        path = (*above, name)
        yield "_".join(path)
        below = field.group if isinstance(field, Many) else None
        if isinstance(field, Group):
            below = field.schema
        if below is not None and not (isinstance(field, Many) and "id" in below.fields):
            yield from _names(below, path)
