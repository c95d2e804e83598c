"""Open code lists, shared by all drafts or frozen with a released version."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from opendata.errors import Fault, Problem
from opendata.reader.file import DataFile
from opendata.records import ENTRY_TYPES, Entry
from opendata.vocabularies import OPEN

#: Open lists by name; each maps a code to its entry, in the order of the file.
OpenLists = Mapping[str, Mapping[str, dict[str, Any]]]

_SCHEMAS = {name: ENTRY_TYPES.get(name, Entry)() for name in OPEN}


def read_shared_lists(folder: Path, problems: list[Problem]) -> OpenLists:
    """Read ``datasets/vocabularies/{name}.yaml``, one file a list."""
    lists = {}
    for name in OPEN:
        file = DataFile(folder / f"{name}.yaml", problems)
        lists[name] = _entries(file, name, ())
    return lists


def read_frozen_lists(path: Path, problems: list[Problem]) -> OpenLists:
    """Read ``vocabularies.yaml`` of a released version: the entries that version uses."""
    file = DataFile(path, problems)
    if file.readable and not isinstance(file.value, dict):
        file.problem((), Fault("is not a mapping", "restore the released file"))
        return {}
    return {
        name: _entries(file, name, (name,)) for name in OPEN if file.readable and name in file.value
    }


def _entries(file: DataFile, name: str, under: tuple[str, ...]) -> dict[str, dict[str, Any]]:
    entries: dict[str, dict[str, Any]] = {}
    found = file.load_many(_SCHEMAS[name], under)
    for index, entry in enumerate(found):
        code = entry.get("code")
        if code in entries:
            fault = Fault(f"{code} stands twice in {name}", "remove one of the two entries")
            file.problem((*under, index, "code"), fault)
        elif code is not None:
            entries[code] = entry
    for index, entry in enumerate(found):
        broader = entry.get("broader")
        if broader is not None and broader not in entries:
            fault = Fault(f"{broader} is not a code of {name}", "add it or correct the code")
            file.problem((*under, index, "broader"), fault)
        elif broader is not None and entry.get("code") in _and_above(broader, entries):
            fault = Fault(f"{broader} lies within {entry['code']}", "correct the code")
            file.problem((*under, index, "broader"), fault)
    return entries


def _and_above(code: str, entries: Mapping[str, Mapping[str, Any]]) -> set[str]:
    """Return ``code`` and every code above it."""
    found: set[str] = set()
    while code in entries and code not in found:
        found.add(code)
        code = entries[code].get("broader") or ""
    return found
