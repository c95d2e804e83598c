"""A changes.yaml to fill in: what is declared already, and all that still has to be."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from opendata.changes.model import RecordChange
from opendata.versions.compared import Compared
from opendata.versions.freezing import NOT_WRITTEN, TO_WRITE, yaml_of

_BLANK = {"zh": TO_WRITE, "en": TO_WRITE}
#: Stands for a successor until it is written as a comment; no record may be called so.
_NAMELESS = "-"
_SUCCESSOR = f"  successor: '{_NAMELESS}'\n"
_OPTIONAL = "  # successor: other-record   # 可不填 optional\n"


def skeleton_of(compared: Compared) -> str:
    """Return the text of a draft's changes.yaml with every entry that the changes need."""
    ledger: Mapping[str, Any] = compared.ledger or {}
    missing = compared.missing
    summary = ledger.get("summary")
    content = {
        "summary": dict(summary) if summary and summary != NOT_WRITTEN else _BLANK,
        "withdrawals": [
            *(_kept(entry) for entry in ledger.get("withdrawals", ())),
            *map(_withdrawal, missing.withdrawals),
        ],
        "corrections": [
            *(_kept(entry) for entry in ledger.get("corrections", ())),
            *_corrections(missing.corrections),
        ],
    }
    text = yaml_of({key: value for key, value in content.items() if value})
    return text.replace(_SUCCESSOR, _OPTIONAL)


def _kept(entry: Mapping[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in entry.items() if value is not None and key != "since"}


def _withdrawal(record: RecordChange) -> dict[str, Any]:
    entry = {"collection": record.collection, "id": record.id, "reason": _BLANK}
    return {**entry, "successor": _NAMELESS}


def _corrections(
    missing: tuple[tuple[RecordChange, tuple[str, ...]], ...],
) -> Iterator[dict[str, Any]]:
    """Yield an entry for all records of a collection that changed in the same columns."""
    grouped: dict[tuple[str, tuple[str, ...]], list[str]] = {}
    for record, columns in missing:
        grouped.setdefault((record.collection, columns), []).append(record.id)
    for (collection, columns), ids in grouped.items():
        entry = {"collection": collection, "ids": ids, "columns": list(columns)}
        yield {**entry, "wrong": _BLANK, "reason": _BLANK}
