"""Releasing: a valid draft becomes a frozen, self-contained version, all or nothing."""

from __future__ import annotations

import re
import shutil
import tempfile
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import yaml

from opendata.audit import audit
from opendata.errors import Fault, InvalidDataError, Place, Problem
from opendata.reader import OpenLists, Version, read_shared_lists
from opendata.reader.version import AUDIT, DESCRIPTION
from opendata.records import COLLECTIONS, DATASETS
from opendata.records.columns import Column, columns_of
from opendata.records.document import Document
from opendata.records.exclusion import Exclusion
from opendata.records.patterns import Code, VersionNumber
from opendata.records.section import Section
from opendata.versions.audited import read_source
from opendata.versions.digests import SUMS, sums_of
from opendata.versions.folders import (
    DRAFT,
    FROZEN_LISTS,
    VOCABULARIES,
    VersionFolder,
    find_versions,
    read_folder,
)


def release(
    datasets: Path, dataset: str, version: str, on: date, source: Path | None = None
) -> Path:
    """Freeze the draft of ``dataset`` as ``version``, released on the day ``on``.

    :param source: the document the dataset was read from; the draft is audited against it, and
        the figures become part of the version.
    :returns: the folder of the new version.
    :raises InvalidDataError: where the draft has faults or the version may not come next; then
        nothing is written.
    """
    problems: list[Problem] = []
    shared = read_shared_lists(datasets / VOCABULARIES, problems)
    folders = list(find_versions(datasets, problems, only=dataset))
    number = _check_number(datasets / dataset, version, folders, problems)
    draft = next((folder for folder in folders if folder.number is None), None)
    if draft is None:
        fault = Fault("is missing", "make a draft before releasing it")
        path = datasets / dataset / DRAFT
        problems.append(Problem(Place(str(path)), "-", "-", fault.message, fault.fix))
        raise InvalidDataError(problems)
    content = read_folder(draft, shared, problems)
    if problems or number is None:
        raise InvalidDataError(problems)
    figures = None
    if source is not None:
        figures = audit(content, read_source(content, source), on)
        if problems:
            raise InvalidDataError(problems)
    new = VersionFolder(dataset, datasets / dataset / version, number)
    return _freeze(draft.path, new, content, on, figures)


def _check_number(
    dataset: Path, version: str, folders: list[VersionFolder], problems: list[Problem]
) -> tuple[int, int, int] | None:
    match = re.fullmatch(VersionNumber.pattern, version, re.ASCII)
    number = (int(match[1]), int(match[2]), int(match[3])) if match else None
    last = max((folder.number for folder in folders if folder.number), default=None)
    if number is None:
        fault = Fault(VersionNumber.fault_message, VersionNumber.fault_fix)
    elif last and number <= last:
        said = f"does not come after {'.'.join(map(str, last))}"
        fault = Fault(said, "give the draft a later version")
    else:
        return number
    place = Place(str(dataset / version))
    problems.append(Problem(place, "-", "-", fault.message, fault.fix))
    return None


def _freeze(
    draft: Path,
    folder: VersionFolder,
    version: Version,
    on: date,
    figures: dict[str, Any] | None,
) -> Path:
    """Write the version beside its place and rename it, so that it appears whole or not at all.

    :raises InvalidDataError: where what was written does not read back as a released version.
    """
    target = folder.path
    with tempfile.TemporaryDirectory(prefix=".release-", dir=target.parent.parent) as beside:
        new = Path(beside) / target.name
        shutil.copytree(draft, new, ignore=shutil.ignore_patterns(".*"))
        described = (new / DESCRIPTION).read_bytes()
        ending = b"" if described.endswith(b"\n") else b"\n"
        dated = described + ending + f"released: {on.isoformat()}\n".encode()
        (new / DESCRIPTION).write_bytes(dated)
        (new / FROZEN_LISTS).write_text(_frozen_lists(version), "utf-8", newline="")
        if figures is not None:
            (new / AUDIT).write_text(_yaml(figures), "utf-8", newline="")
        (new / SUMS).write_text(sums_of(new), "utf-8", newline="")
        problems: list[Problem] = []
        read_folder(replace(folder, path=new), {}, problems)
        if problems:
            raise InvalidDataError(problems)
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
    return _yaml(frozen)


def _yaml(value: Any) -> str:
    dumped: str = yaml.dump(
        value, Dumper=yaml.CSafeDumper, allow_unicode=True, sort_keys=False, width=4000
    )
    return dumped


def _used_codes(version: Version) -> dict[str, set[str]]:
    used: dict[str, set[str]] = {}
    groups: list[tuple[tuple[Column, ...], list[dict[str, Any]]]] = [
        (COLLECTIONS[name].columns, records) for name, records in version.collections.items()
    ]
    groups.append((DATASETS.columns, [version.description]))
    groups.append((columns_of(Document), version.description["documents"]))
    groups.append((columns_of(Exclusion), version.exclusions))
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
        key: format(value, "f") if isinstance(value, Decimal) else value
        for key, value in entry.items()
        if value not in (None, [])
    }
