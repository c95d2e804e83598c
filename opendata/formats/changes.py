"""Changes as CSV for programs: a line for each field, or for a record that has none to tell."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

from opendata.formats.csv import LINE_END
from opendata.records.text import LIST_SEPARATOR

_FIELD = ("field", "old", "new", "own_words", "defining")
#: The columns of changes.
CHANGE_COLUMNS = (
    *("collection", "id", "previous_id", "kind", "title_zh", "title_en"),
    *_FIELD,
    *("reason_zh", "reason_en", "successor"),
)
#: The columns of corrections.
CORRECTION_COLUMNS = (
    *("version", "released", "since", "collection", "id", "columns"),
    *("field", "old", "new"),
    *("wrong_zh", "wrong_en", "reason_zh", "reason_en"),
)


def change_lines(change: Mapping[str, Any]) -> bytes:
    """Return the lines of one change, given as JSON has it."""
    title, reason = change["title"], change["reason"] or {}
    head = [*(change[n] for n in ("collection", "id", "previous_id", "kind"))]
    head += [title["zh"], title["en"]]
    tail = [reason.get("zh"), reason.get("en"), change["successor"]]
    fields = change["fields"] or [dict.fromkeys(_FIELD)]
    return lines([*head, *(field[name] for name in _FIELD), *tail] for field in fields)


def correction_lines(correction: Mapping[str, Any]) -> bytes:
    """Return the lines of one correction: one for each value, or for a record without any."""
    names = ("version", "released", "since", "collection")
    head = [correction[name] for name in names]
    tail = [correction[name][language] for name in ("wrong", "reason") for language in ("zh", "en")]
    rows = []
    for record in correction["ids"]:
        values = [value for value in correction["values"] if value["id"] == record]
        for value in values or [{"field": None, "old": None, "new": None}]:
            told = (value["field"], value["old"], value["new"])
            rows.append([*head, record, correction["columns"], *told, *tail])
    return lines(rows)


def lines(rows: Iterable[Iterable[Any]]) -> bytes:
    """Return rows of values as CSV (RFC 4180)."""
    written = io.StringIO()
    writer = csv.writer(written, lineterminator=LINE_END)
    writer.writerows([shown(value) for value in row] for row in rows)
    return written.getvalue().encode()


def shown(value: Any) -> str:
    """Return a value as a cell shows it."""
    if isinstance(value, list):
        return LIST_SEPARATOR.join(map(shown, value))
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).lower()
    return format(value, "f") if isinstance(value, Decimal) else str(value)
