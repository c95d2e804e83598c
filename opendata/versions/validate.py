"""Validating everything below ``datasets/``, one version at a time, on all cores."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from opendata.errors import Problem
from opendata.reader import OpenLists, read_shared_lists
from opendata.versions.folders import VOCABULARIES, VersionFolder, find_versions, read_folder

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
    checked = _check_all(folders, shared)
    for _, (count, found) in zip(progress(folders, len(folders)), checked, strict=True):
        records += count
        problems.extend(found)
    return Validated(len(folders), records, problems)


def _check_all(
    folders: list[VersionFolder], shared: OpenLists
) -> Iterator[tuple[int, list[Problem]]]:
    check = partial(_check, shared=shared)
    if len(folders) < _WORTH_PROCESSES:
        yield from map(check, folders)
        return
    with ProcessPoolExecutor(os.cpu_count()) as pool:
        yield from pool.map(check, folders, chunksize=_WORTH_PROCESSES)


def _check(folder: VersionFolder, shared: OpenLists) -> tuple[int, list[Problem]]:
    problems: list[Problem] = []
    version = read_folder(folder, shared, problems)
    return sum(map(len, version.collections.values())), problems
