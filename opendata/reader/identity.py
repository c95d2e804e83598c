"""Ids of one version: those that addresses reserve, and those that records had before."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from opendata.errors import Fault
from opendata.reader.file import DataFile
from opendata.records import COLLECTIONS
from opendata.records.base import RESERVED_IDS


def check_identity(files: Mapping[str, DataFile], records: Mapping[str, list[Any]]) -> None:
    """Check ids and previous ids within a version; their past is checked across versions."""
    for name in COLLECTIONS:
        if name in files:
            _check(files[name], records[name])


def _check(file: DataFile, records: list[dict[str, Any]]) -> None:
    current = {record.get("id") for record in records}
    claimed: dict[str, str] = {}
    for index, record in enumerate(records):
        name = record.get("id")
        if name in RESERVED_IDS:
            fix = f"choose another id; {', '.join(sorted(RESERVED_IDS))} are parts of addresses"
            file.problem((index, "id"), Fault(f"{name} is reserved", fix))
        for at, former in enumerate(record.get("previous_ids") or ()):
            if former is None:
                continue
            place = (index, "previous_ids", at)
            if former in current:
                fix = "an id is never used again: rename that record, or remove it here"
                file.problem(place, Fault(f"{former} is the id of a record", fix))
            elif former in claimed:
                said = f"{former} is a previous id of {claimed[former]} too"
                file.problem(place, Fault(said, "keep it with the one record that had it"))
            claimed.setdefault(former, str(name))


def ids_of(
    records: Mapping[str, list[dict[str, Any]]], description: Mapping[str, Any], sections: list[Any]
) -> dict[str, dict[str, bool]]:
    """Return the ids of each part of a version, former ones marked ``True``."""
    ids: dict[str, dict[str, bool]] = {}
    for name, found in records.items():
        former = {old: True for r in found for old in r.get("previous_ids") or () if old}
        ids[name] = {**former, **{r["id"]: False for r in found if "id" in r}}
    ids["dataset"] = {"dataset": False}
    documents = description.get("documents", [])
    ids["documents"] = {d["id"]: False for d in documents if "id" in d}
    ids["sections"] = {s["id"]: False for _, s in sections if "id" in s}
    return ids
