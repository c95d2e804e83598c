"""Two versions of a dataset on disk compared, and the number their difference demands."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from opendata.changes import Changes, Demand, compare, demand, smallest_version
from opendata.errors import Fault, listed
from opendata.reader import Version
from opendata.versions.folders import DRAFT, VersionFolder, read_chosen


@dataclass(frozen=True, slots=True)
class Compared:
    """The changes from one version to another.

    ``demand`` and ``smallest`` tell which number the later one must have at least; they are
    ``None`` where the comparison goes back, or begins at a draft.
    """

    old: VersionFolder
    new: VersionFolder
    changes: Changes
    demand: Demand | None
    smallest: str | None


def compare_versions(
    datasets: Path, dataset: str, old: str | None = None, new: str = DRAFT
) -> Compared:
    """Compare two versions of ``dataset`` by their names, of which one may be the draft.

    :param old: the latest release, where it is not given.
    :raises InvalidDataError: where there is no such version, or one is not valid.
    """
    [(before, first), (after, second)] = read_chosen(datasets, dataset, [old, new], [])
    changes = compare(first, second)
    if before.number is None or (after.number is not None and after.number <= before.number):
        return Compared(before, after, changes, None, None)
    demanded = demand(changes)
    smallest = smallest_version(before.number, demanded.bump)
    return Compared(before, after, changes, demanded, _text(smallest))


def number_fault(
    last: tuple[int, int, int], old: Version, number: tuple[int, int, int], new: Version
) -> Fault | None:
    """Tell what is wrong with releasing ``new`` as ``number`` after ``old``, released as ``last``.

    A number may be greater than the changes demand, never smaller.
    """
    demanded = demand(compare(old, new))
    smallest = smallest_version(last, demanded.bump)
    if number >= smallest:
        return None
    reasons = listed(demanded.reasons())
    message = f"is too small a step from {_text(last)} for a {demanded.bump} change: {reasons}"
    return Fault(message, f"release it as {_text(smallest)} or later (opendata diff shows it all)")


def _text(number: tuple[int, int, int]) -> str:
    return ".".join(map(str, number))
