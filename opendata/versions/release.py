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
from opendata.reader import OpenLists, Version, read_shared_lists, used_codes
from opendata.reader.version import AUDIT, DESCRIPTION
from opendata.records.patterns import VersionNumber
from opendata.versions.audited import read_source
from opendata.versions.compared import number_fault
from opendata.versions.digests import SUMS, sums_of
from opendata.versions.folders import (
    DRAFT,
    FROZEN_LISTS,
    VOCABULARIES,
    VersionFolder,
    find_versions,
    latest_release,
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
    new = VersionFolder(dataset, datasets / dataset / version, number)
    _check_step(latest_release(folders), new, content, shared, problems)
    if problems:
        raise InvalidDataError(problems)
    figures = None
    if source is not None:
        figures = audit(content, read_source(content, source), on)
        if problems:
            raise InvalidDataError(problems)
    return _freeze(draft.path, new, content, on, figures)


def _check_number(
    dataset: Path, version: str, folders: list[VersionFolder], problems: list[Problem]
) -> tuple[int, int, int] | None:
    match = re.fullmatch(VersionNumber.pattern, version, re.ASCII)
    number = (int(match[1]), int(match[2]), int(match[3])) if match else None
    latest = latest_release(folders)
    if number is None:
        fault = Fault(VersionNumber.fault_message, VersionNumber.fault_fix)
    elif latest and latest.number and number <= latest.number:
        said = f"does not come after {latest.version}"
        fault = Fault(said, "give the draft a later version")
    else:
        return number
    place = Place(str(dataset / version))
    problems.append(Problem(place, "-", "-", fault.message, fault.fix))
    return None


def _check_step(
    latest: VersionFolder | None,
    new: VersionFolder,
    content: Version,
    shared: OpenLists,
    problems: list[Problem],
) -> None:
    """Check that the number of ``new`` is honest about what changed since ``latest``."""
    if latest is None or latest.number is None or new.number is None:
        return
    before = read_folder(latest, shared, problems)
    if problems:
        return
    fault = number_fault(latest.number, before, new.number, content)
    if fault:
        place = Place(str(new.path))
        problems.append(Problem(place, "-", "-", fault.message, fault.fix))


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
    used = used_codes(version)
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


def _plain(entry: dict[str, Any]) -> dict[str, Any]:
    """Return an entry as YAML scalars, without its empty fields."""
    return {
        key: format(value, "f") if isinstance(value, Decimal) else value
        for key, value in entry.items()
        if value not in (None, [])
    }
