"""A comparison written out: as text for a terminal, as JSON and as CSV."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from decimal import Decimal
from itertools import takewhile
from typing import Any

import orjson

from opendata.changes import KINDS, Changes, FieldChange, Kind, RecordChange
from opendata.cli.report import counted
from opendata.records.text import LIST_SEPARATOR
from opendata.versions import Compared, counts_of

_SIGNS: dict[Kind, str] = {
    "removed": "-",
    "added": "+",
    "renamed": ">",
    "changed": "~",
    "reworded": "≈",
}
#: Longer values are cut to so many characters, around where they begin to differ.
_WIDTH = 60
#: So many characters before the first difference are shown.
_BEFORE = 12
_CUT = "…"

_CSV_COLUMNS = (
    *("collection", "id", "kind", "title_zh", "title_en"),
    *("field", "old", "new", "own_words", "defining"),
)


def text_of(compared: Compared) -> str:
    """Return the changes with a line for each record and, below it, each of its fields."""
    return "".join(f"{line}\n" for line in _lines(compared))


def _lines(compared: Compared) -> Iterator[str]:
    collection = None
    for record in compared.changes.records:
        if record.collection != collection:
            collection = record.collection
            yield collection
        was = f" (was {record.previous_id})" if record.previous_id else ""
        yield f"  {_SIGNS[record.kind]} {record.id}{was}  {_whole(record.title['zh'])}"
        for field in record.fields:
            old, new = _shortened(*_pair(field.old, field.new))
            yield f"      {field.name}: {old} → {new}"
    yield _summary(compared)
    if lacking := _lacking(compared):
        yield lacking


def _summary(compared: Compared) -> str:
    route = f"{compared.old.dataset} {compared.old.version} → {compared.new.version}"
    said = counts_of(compared.changes, "en")
    demanded = ""
    if compared.demand:
        demanded = f"; at least {compared.smallest} ({compared.demand.bump})"
    return f"{route}: {said}{demanded}"


def _lacking(compared: Compared) -> str | None:
    """Say what changes.yaml lacks still, and how to get it."""
    missing = compared.missing
    counts = {"withdrawal": len(missing.withdrawals), "correction": len(missing.corrections)}
    told = " and ".join(counted(count, noun) for noun, count in counts.items() if count)
    if not told:
        return None
    command = f"opendata diff {compared.old.dataset} {compared.old.version} --format changes"
    return f"changes.yaml lacks {told}, which that number takes for granted: {command}"


def _totals(changes: Changes) -> dict[Kind, int]:
    counts = changes.counts().values()
    return {kind: sum(count[kind] for count in counts) for kind in KINDS}


def _pair(old: Any, new: Any) -> tuple[str, str]:
    """Return both values as shown; of two lists only the members that are not in both."""
    if isinstance(old, list) and isinstance(new, list):
        gone, come = _without(old, new), _without(new, old)
        if gone or come:
            kept = [_CUT] if len(gone) < len(old) else []
            return _shown(kept + gone), _shown(kept + come)
    return _shown(old), _shown(new)


def _without(members: list[Any], others: list[Any]) -> list[Any]:
    left, rest = list(others), []
    for member in members:
        if member in left:
            left.remove(member)
        else:
            rest.append(member)
    return rest


def _shown(value: Any) -> str:
    """Return a value as a line of a terminal shows it: — for none, a list in brackets."""
    if value is None:
        return "—"
    if isinstance(value, list):
        return f"[{', '.join(map(_shown, value))}]"
    return _plain(value)


def _whole(text: str) -> str:
    return text if len(text) <= _WIDTH else text[: _WIDTH - 1] + _CUT


def _shortened(old: str, new: str) -> tuple[str, str]:
    """Cut both texts where one is long, so that where they begin to differ is shown."""
    if max(len(old), len(new)) <= _WIDTH:
        return old, new
    same = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(old, new, strict=False)))
    start = max(0, same - _BEFORE)
    first, second = (_CUT + text[start:] if start else text for text in (old, new))
    return _whole(first), _whole(second)


def json_of(compared: Compared) -> str:
    """Return the changes as one JSON object; decimals are written as they are."""
    demanded = compared.demand
    content = {
        "dataset": compared.old.dataset,
        "from": compared.old.version,
        "to": compared.new.version,
        "bump": demanded and demanded.bump,
        "smallest_version": compared.smallest,
        "reasons": demanded.reasons() if demanded else [],
        "undeclared": {
            "withdrawals": [f"{r.collection}/{r.id}" for r in compared.missing.withdrawals],
            "corrections": [f"{r.collection}/{r.id}" for r, _ in compared.missing.corrections],
        },
        "totals": _totals(compared.changes),
        "counts": compared.changes.counts(),
        "changes": [_object(record) for record in compared.changes.records],
    }
    option = orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE
    return orjson.dumps(content, default=_exact, option=option).decode()


def _exact(value: Decimal) -> orjson.Fragment:
    return orjson.Fragment(_plain(value))


def _object(record: RecordChange) -> dict[str, Any]:
    return {
        "collection": record.collection,
        "id": record.id,
        "kind": record.kind,
        "previous_id": record.previous_id,
        "title": record.title,
        "fields": [
            {
                "field": field.name,
                "old": field.old,
                "new": field.new,
                "own_words": field.own_words,
                "defining": field.defining,
            }
            for field in record.fields
        ],
    }


def csv_of(compared: Compared) -> str:
    """Return the changes as CSV (RFC 4180): a line for each field, or for a record without any."""
    written = io.StringIO()
    writer = csv.writer(written)
    writer.writerow(_CSV_COLUMNS)
    for record in compared.changes.records:
        named = (record.collection, record.id, record.kind, record.title["zh"], record.title["en"])
        writer.writerows([*named, *_cells(field)] for field in record.fields or (None,))
    return written.getvalue()


def _cells(field: FieldChange | None) -> list[str]:
    if field is None:
        return [""] * 5
    flags = [str(flag).lower() for flag in (field.own_words, field.defining)]
    return [field.name, _cell(field.old), _cell(field.new), *flags]


def _cell(value: Any) -> str:
    if isinstance(value, list):
        return LIST_SEPARATOR.join(map(_cell, value))
    return "" if value is None else _plain(value)


def _plain(value: Any) -> str:
    """Return a value as the tables write it: a decimal never in powers of ten, a date in ISO."""
    return format(value, "f") if isinstance(value, Decimal) else str(value)
