"""What changed, in words: kinds of change, and fields with their values before and after."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from opendata.formats.changes import shown
from opendata.records import Column
from opendata.vocabularies import CHANGE_KINDS, Label
from opendata.web.pages.codes import Codes

#: Of a version that did nothing to a record.
_UNCHANGED = Label("未变", "Unchanged")
_KINDS = {code.code: code.label for code in CHANGE_KINDS.codes}


@dataclass(frozen=True, slots=True)
class Difference:
    """A field that was changed, with its values before and after: none where it was empty."""

    label: Label
    old: Sequence[Label | str]
    new: Sequence[Label | str]


def status_of(kind: str) -> Label:
    """Return what a kind of change is called."""
    return _KINDS.get(kind, _UNCHANGED)


def differences(
    columns: Iterable[Column], fields: Sequence[Mapping[str, Any]], codes: Codes
) -> list[Difference]:
    """Return the fields that a change names, by what they and their codes are called."""
    known = {column.name: column for column in columns}
    return [_difference(known.get(field["field"]), field, codes) for field in fields]


def _difference(column: Column | None, field: Mapping[str, Any], codes: Codes) -> Difference:
    label = column.label if column else Label(field["field"], field["field"])
    values = [_values(column, field[name], codes) for name in ("old", "new")]
    return Difference(label, *values)


def _values(column: Column | None, value: Any, codes: Codes) -> list[Label | str]:
    """Return values as they are shown; none where there is nothing."""
    listed = value if isinstance(value, list) else [value]
    vocabulary = column.vocabulary if column else None
    return [
        codes.code(vocabulary, one).label if vocabulary and isinstance(one, str) else shown(one)
        for one in listed
        if one is not None
    ]
