"""Two versions of a dataset on disk compared, and the number their difference demands."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from opendata.changes import Changes, Demand, compare, demand, smallest_version
from opendata.versions.checking import text_of
from opendata.versions.folders import DRAFT, VersionFolder, read_chosen


@dataclass(frozen=True, slots=True)
class Compared:
    """The changes from one version to another.

    ``demand`` and ``smallest`` tell which number the later one must have at least; they are
    ``None`` where the comparison goes back, or begins at a draft. ``ledger`` is the later one's.
    """

    old: VersionFolder
    new: VersionFolder
    changes: Changes
    demand: Demand | None
    smallest: str | None
    ledger: Mapping[str, Any] | None


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
        return Compared(before, after, changes, None, None, second.ledger)
    demanded = demand(changes, second.ledger)
    smallest = smallest_version(before.number, demanded.bump)
    return Compared(before, after, changes, demanded, text_of(smallest), second.ledger)
