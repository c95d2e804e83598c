"""The folders of ``datasets/``: which datasets and versions there are."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from opendata.errors import Fault, InvalidDataError, Place, Problem, choose_from
from opendata.reader import (
    OpenLists,
    Version,
    read_frozen_lists,
    read_shared_lists,
    read_version,
)
from opendata.reader.ledger import CHANGES
from opendata.reader.version import AUDIT, DESCRIPTION, EXCLUSIONS
from opendata.records import COLLECTIONS, patterns
from opendata.records.patterns import Slug, VersionNumber
from opendata.versions.digests import SUMS, check_digests
from opendata.versions.releases import CHANGELOG, INTERRUPTED, check_releases

DRAFT = patterns.DRAFT
#: Name of the folder of shared code lists, and of the file of frozen ones.
VOCABULARIES = "vocabularies"
FROZEN_LISTS = f"{VOCABULARIES}.yaml"

_LICENCE = "LICENSE.md"
#: What stands in a dataset's folder beside its versions.
_BESIDE = frozenset({SUMS, CHANGELOG, INTERRUPTED})
_FILES = frozenset({DESCRIPTION, EXCLUSIONS, CHANGES, *(c.file for c in COLLECTIONS.values())})
_FROZEN_FILES = _FILES | {FROZEN_LISTS, SUMS, AUDIT}
_SLUG = re.compile(Slug.pattern)
_VERSION = re.compile(VersionNumber.pattern)


@dataclass(frozen=True, slots=True)
class VersionFolder:
    """One version of a dataset on disk; ``number`` is ``None`` for the draft."""

    dataset: str
    path: Path
    number: tuple[int, int, int] | None

    @property
    def version(self) -> str:
        """The version as text, ``draft`` for a draft."""
        return ".".join(map(str, self.number)) if self.number else DRAFT


def find_versions(
    datasets: Path, problems: list[Problem], only: str | None = None
) -> Iterator[VersionFolder]:
    """Yield the versions below ``datasets`` by dataset, oldest first, a draft last.

    What does not belong there is appended to ``problems``.

    :param only: the id of one dataset to look at.
    """
    if not datasets.is_dir():
        fault = Fault("is not a folder", "name the folder of the datasets with --datasets")
        problems.append(_problem(datasets, fault))
        return
    known = sorted(p.name for p in datasets.iterdir() if p.is_dir() and _SLUG.fullmatch(p.name))
    known = [name for name in known if name != VOCABULARIES]
    if only is not None and only not in known:
        fault = Fault("is no dataset", choose_from(only, known))
        problems.append(_problem(datasets / only, fault))
        return
    for path in [datasets / only] if only is not None else sorted(datasets.iterdir()):
        if path.name in (VOCABULARIES, _LICENCE) or path.name.startswith("."):
            continue
        if path.is_symlink() or not path.is_dir() or not _SLUG.fullmatch(path.name):
            fix = "keep only folders named with lower-case letters, digits and hyphens here"
            problems.append(_problem(path, Fault("is no dataset folder", fix)))
            continue
        yield from _versions_of(path, problems)


def _versions_of(dataset: Path, problems: list[Problem]) -> Iterator[VersionFolder]:
    found = []
    for path in sorted(dataset.iterdir()):
        if path.name in _BESIDE and not path.is_symlink():
            continue  # written by the release; checked below
        match = _VERSION.fullmatch(path.name)
        if path.is_symlink() or not path.is_dir() or not (match or path.name == DRAFT):
            fix = f"keep only draft/, folders named MAJOR.MINOR.PATCH, {SUMS} and {CHANGELOG} here"
            problems.append(_problem(path, Fault("is no version folder", fix)))
            continue
        number = (int(match[1]), int(match[2]), int(match[3])) if match else None
        found.append(VersionFolder(dataset.name, path, number))
    if not found:
        fix = f"add {DRAFT}/ with dataset.yaml and the record files"
        problems.append(_problem(dataset, Fault("holds no version", fix)))
    found.sort(key=lambda folder: (folder.number is None, folder.number or ()))
    check_releases(dataset, [f.path for f in found if f.number is not None], problems)
    yield from found


def latest_release(folders: Iterable[VersionFolder]) -> VersionFolder | None:
    """Return the released version with the highest number, if there is any."""
    released = (folder for folder in folders if folder.number is not None)
    return max(released, key=lambda folder: folder.number or (), default=None)


def read_chosen(
    datasets: Path, dataset: str, names: Sequence[str | None], problems: list[Problem]
) -> list[tuple[VersionFolder, Version]]:
    """Read the versions of ``dataset`` with these names; ``None`` stands for its latest release.

    :param problems: none yet; what a check of the versions finds later is appended to it.
    :raises InvalidDataError: where there is no such version, or one is not valid.
    """
    shared = read_shared_lists(datasets / VOCABULARIES, problems)
    folders = list(find_versions(datasets, problems, only=dataset))
    known = {folder.version: folder for folder in folders}
    chosen = [latest_release(folders) if name is None else known.get(name) for name in names]
    if not problems:
        for name, folder in zip(names, chosen, strict=True):
            if folder is None:
                path = datasets / dataset / (name or "")
                problems.append(_problem(path, _no_version(name, list(known))))
    if problems:
        raise InvalidDataError(problems)
    found = [(folder, read_folder(folder, shared, problems)) for folder in chosen if folder]
    if problems:
        raise InvalidDataError(problems)
    return found


def _no_version(name: str | None, known: list[str]) -> Fault:
    if name is None:
        return Fault("has no release", "release its draft first")
    return Fault("is no version", f"use one of {', '.join(known)}")


def read_folder(folder: VersionFolder, shared: OpenLists, problems: list[Problem]) -> Version:
    """Read and check one version; a released one also against its digests.

    :param shared: the code lists that drafts use; none where drafts do not matter.
    """
    if folder.number is None:
        _check_files(folder, _FILES, problems)
        version = read_version(folder.path, lambda _: shared, problems, released=False)
        _check_successor(folder, version)
        return version
    before = len(problems)
    check_digests(folder.path, problems)
    if len(problems) > before:
        problems = []  # what else is wrong with it was not released
    _check_files(folder, _FROZEN_FILES, problems)
    frozen = partial(read_frozen_lists, folder.path / FROZEN_LISTS)
    version = read_version(folder.path, frozen, problems, released=True)
    if shared:
        _check_kept(folder, version.lists, shared, problems)
    return version


def _check_files(folder: VersionFolder, allowed: frozenset[str], problems: list[Problem]) -> None:
    """Check that a version has no files but its own."""
    for path in sorted(folder.path.iterdir()):
        if folder.number is None and path.name.startswith("."):
            continue  # what editors and desktops leave behind
        if path.name not in allowed or path.is_symlink():
            fix = f"keep only {', '.join(sorted(allowed))} here, as plain files"
            problems.append(_problem(path, Fault("does not belong in a version", fix)))


def _check_successor(draft: VersionFolder, version: Version) -> None:
    """Check that a dataset is replaced by one that is there."""
    successor = (version.description.get("deprecation") or {}).get("successor")
    if successor is None:
        return
    datasets = draft.path.parents[1]
    names = (path.name for path in datasets.iterdir() if path.is_dir())
    others = {name for name in names if _SLUG.fullmatch(name)} - {VOCABULARIES, draft.dataset}
    if successor not in others:
        fault = Fault(f"{successor} is no other dataset here", choose_from(successor, others))
        version.files[DESCRIPTION].problem(("deprecation", "successor"), fault)


def _check_kept(
    folder: VersionFolder, frozen: OpenLists, shared: OpenLists, problems: list[Problem]
) -> None:
    """Check that the shared lists still have every code of a released version."""
    for name, entries in frozen.items():
        for code in entries.keys() - shared.get(name, {}).keys():
            path = folder.path.parents[1] / VOCABULARIES / f"{name}.yaml"
            message = f"lacks {code}, which {folder.dataset} {folder.version} uses"
            problems.append(_problem(path, Fault(message, "restore it; codes are never removed")))


def _problem(path: Path, fault: Fault) -> Problem:
    return Problem(Place(str(path)), "-", "-", fault.message, fault.fix)
