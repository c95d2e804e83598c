"""Releasing: a valid draft becomes a frozen, self-contained version, all or nothing."""

from __future__ import annotations

import re
import shutil
import tempfile
from datetime import date
from pathlib import Path
from typing import Any

import yaml

from opendata.errors import Fault, InvalidDataError, Place, Problem
from opendata.reader import OpenLists, Version, read_shared_lists
from opendata.reader.version import DESCRIPTION
from opendata.records import COLLECTIONS, DATASETS
from opendata.records.columns import Column, columns_of
from opendata.records.dataset import Document, Section
from opendata.records.fields import Code, VersionNumber
from opendata.versions.digests import SUMS, sums_of
from opendata.versions.folders import (
    DRAFT,
    FROZEN_LISTS,
    VOCABULARIES,
    VersionFolder,
    find_versions,
    read_folder,
)


def release(datasets: Path, dataset: str, version: str, on: date) -> Path:
    """Freeze the draft of ``dataset`` as ``version``, released on the day ``on``.

    :returns: the folder of the new version.
    :raises InvalidDataError: where the draft has faults or the version may not come next; then
        nothing is written.
    """
    problems: list[Problem] = []
    shared = read_shared_lists(datasets / VOCABULARIES, problems)
    folders = list(find_versions(datasets, problems, only=dataset))
    _check_number(datasets / dataset / version, folders, problems)
    draft = next((folder for folder in folders if folder.number is None), None)
    if draft is None:
        fault = Fault("is missing", "make a draft before releasing it")
        path = datasets / dataset / DRAFT
        problems.append(Problem(Place(str(path)), "-", "-", fault.message, fault.fix))
        raise InvalidDataError(problems)
    content = read_folder(draft, shared, problems)
    if problems:
        raise InvalidDataError(problems)
    return _freeze(draft.path, datasets / dataset / version, content, on)


def _check_number(path: Path, folders: list[VersionFolder], problems: list[Problem]) -> None:
    match = re.fullmatch(VersionNumber.pattern, path.name)
    numbers = [folder.number for folder in folders if folder.number]
    if not match:
        fault = Fault(VersionNumber.fault_message, VersionNumber.fault_fix)
    elif numbers and tuple(map(int, match.groups())) <= max(numbers):
        last = ".".join(map(str, max(numbers)))
        fault = Fault(f"does not come after {last}", "give the draft a later version")
    else:
        return
    problems.append(Problem(Place(str(path)), "-", "-", fault.message, fault.fix))


def _freeze(draft: Path, target: Path, version: Version, on: date) -> Path:
    """Write the version beside its place and rename it, so that it appears whole or not at all."""
    with tempfile.TemporaryDirectory(prefix=".release-", dir=target.parent.parent) as beside:
        new = Path(beside) / target.name
        shutil.copytree(draft, new)
        with (new / DESCRIPTION).open("a", encoding="utf-8", newline="") as file:
            file.write(f"released: {on.isoformat()}\n")
        (new / FROZEN_LISTS).write_text(_frozen_lists(version), "utf-8", newline="")
        (new / SUMS).write_text(sums_of(new), "utf-8", newline="")
        new.rename(target)
    return target


def _frozen_lists(version: Version) -> str:
    """Write the code-list entries that ``version`` uses, in the order of the shared lists."""
    used = _used_codes(version)
    frozen = {}
    for name, entries in version.lists.items():
        kept = [_plain(entry) for code, entry in entries.items() if code in used.get(name, ())]
        if kept:
            frozen[name] = kept
    dumped: str = yaml.dump(
        frozen, Dumper=yaml.CSafeDumper, allow_unicode=True, sort_keys=False, width=4000
    )
    return dumped


def _used_codes(version: Version) -> dict[str, set[str]]:
    used: dict[str, set[str]] = {}
    groups: list[tuple[tuple[Column, ...], list[dict[str, Any]]]] = [
        (COLLECTIONS[name].columns, records) for name, records in version.collections.items()
    ]
    groups.append((DATASETS.columns, [version.description]))
    groups.append((columns_of(Document), version.description["documents"]))
    groups.append((columns_of(Section), [section for _, section in version.sections()]))
    for columns, records in groups:
        for column in columns:
            if isinstance(column.field, Code):
                codes = used.setdefault(column.field.vocabulary, set())
                codes.update(code for record in records for code in column.values(record) if code)
    _add_broader(used, version.lists)
    return used


def _add_broader(used: dict[str, set[str]], lists: OpenLists) -> None:
    areas = used.get("areas", set())
    waiting = list(areas)
    while waiting:
        parent = lists["areas"][waiting.pop()].get("broader")
        if parent and parent not in areas:
            areas.add(parent)
            waiting.append(parent)


def _plain(entry: dict[str, Any]) -> dict[str, Any]:
    """Return an entry as YAML scalars, without its empty fields."""
    return {
        key: str(value) if not isinstance(value, dict | list) else value
        for key, value in entry.items()
        if value not in (None, [])
    }
