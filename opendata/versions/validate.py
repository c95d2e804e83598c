"""Validating everything below ``datasets/``, one version at a time, on all cores."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import partial
from itertools import takewhile
from pathlib import Path
from typing import NamedTuple

from opendata.errors import Problem
from opendata.reader import OpenLists, read_shared_lists
from opendata.versions.checking import number_of
from opendata.versions.digests import check_digests
from opendata.versions.folders import VOCABULARIES, VersionFolder, find_versions, read_folder
from opendata.versions.lineage import Ids, check_lineage, ids_of

#: Wraps an iterable of so many versions to show how far it has come.
Progress = Callable[[Iterable[VersionFolder], int], Iterable[VersionFolder]]

#: Fewer versions are not worth starting processes for.
_WORTH_PROCESSES = 8


@dataclass(frozen=True, slots=True)
class Validated:
    """What was read, and everything that is wrong with it."""

    versions: int
    records: int
    problems: list[Problem]


def validate(datasets: Path, only: str | None, progress: Progress) -> Validated:
    """Check every version below ``datasets``.

    Memory does not grow with the number of datasets: a version is let go when it was checked.

    :param only: the id of one dataset to check.
    """
    problems: list[Problem] = []
    shared = read_shared_lists(datasets / VOCABULARIES, problems)
    folders = list(find_versions(datasets, problems, only))
    records = 0
    doubtful = _doubtful(datasets, problems)
    checked = _check_all(folders, shared, doubtful)
    lineage = _Lineage(problems)
    for folder, one in zip(progress(folders, len(folders)), checked, strict=True):
        records += one.records
        problems.extend(one.problems)
        lineage.add(folder.dataset, None if _follows(folder, doubtful) else one.ids)
    lineage.end()
    return Validated(len(folders), records, problems)


class _Checked(NamedTuple):
    """What is left of a version that was checked; its ids where it is valid."""

    records: int
    problems: list[Problem]
    ids: Ids | None


class _Lineage:
    """Checks the ids of each dataset when its last version came by; holds those of one."""

    def __init__(self, problems: list[Problem]) -> None:
        self._problems = problems
        self._dataset = ""
        self._versions: list[Ids | None] = []

    def add(self, dataset: str, ids: Ids | None) -> None:
        """Take the next version, ``None`` where it has faults: what follows it is not judged."""
        if dataset != self._dataset:
            self.end()
            self._dataset, self._versions = dataset, []
        self._versions.append(ids)

    def end(self) -> None:
        """Check the last dataset."""
        sound = takewhile(lambda ids: ids is not None, self._versions)
        check_lineage([ids for ids in sound if ids is not None], self._problems)


#: Released versions that are missing or not as they were released, by dataset.
_Doubtful = dict[str, set[tuple[int, int, int]]]


def _doubtful(datasets: Path, problems: list[Problem]) -> _Doubtful:
    """Return the versions that a dataset's own SHA256SUMS found fault with."""
    found: _Doubtful = {}
    for problem in problems:
        path = Path(problem.place.file)
        if path.is_relative_to(datasets) and len(parts := path.relative_to(datasets).parts) > 1:
            number = number_of(parts[1])
            if number is not None:
                found.setdefault(parts[0], set()).add(number)
    return found


def _follows(folder: VersionFolder, doubtful: _Doubtful) -> bool:
    """Tell whether a version comes after a doubtful one of its dataset, or is it."""
    numbers = doubtful.get(folder.dataset, set())
    return any(folder.number is None or folder.number >= number for number in numbers)


def _check_all(
    folders: list[VersionFolder], shared: OpenLists, doubtful: _Doubtful
) -> Iterator[_Checked]:
    check = partial(_check, shared=shared, doubtful=doubtful)
    if len(folders) < _WORTH_PROCESSES:
        yield from map(check, folders)
        return
    with ProcessPoolExecutor(os.cpu_count()) as pool:
        yield from pool.map(check, folders, chunksize=_WORTH_PROCESSES)


def _check(folder: VersionFolder, shared: OpenLists, doubtful: _Doubtful) -> _Checked:
    problems: list[Problem] = []
    if folder.number in doubtful.get(folder.dataset, ()):
        check_digests(folder.path, problems)
        return _Checked(0, problems, None)
    version = read_folder(folder, shared, problems)
    ids = None if problems else ids_of(folder, version)
    return _Checked(sum(map(len, version.collections.values())), problems, ids)
