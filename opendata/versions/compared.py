"""Two versions of a dataset on disk compared, and the number their difference demands."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from opendata.changes import Changes, Demand, compare, demand, needed, smallest_version
from opendata.changes.declared import Needed
from opendata.versions.checking import text_of
from opendata.versions.folders import DRAFT, VersionFolder, read_chosen
from opendata.versions.lineage import STABLE

_NOTHING = Needed((), ())


@dataclass(frozen=True, slots=True)
class Compared:
    """The changes from one version to another.

    ``demand`` and ``smallest`` tell which number the later one must have at least; they are
    ``None`` where the comparison goes back, or begins at a draft. ``ledger`` is the later one's.
    ``missing`` is what a draft has to declare still; its number is the one it has with that.
    """

    old: VersionFolder
    new: VersionFolder
    changes: Changes
    demand: Demand | None
    smallest: str | None
    ledger: Mapping[str, Any] | None
    missing: Needed = _NOTHING


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
    missing = _NOTHING
    if after.number is None and before.number >= STABLE:
        missing = needed(changes, second.ledger)
    demanded = demand(changes, _with(second.ledger, missing))
    smallest = smallest_version(before.number, demanded.bump)
    return Compared(before, after, changes, demanded, text_of(smallest), second.ledger, missing)


def _with(ledger: Mapping[str, Any] | None, missing: Needed) -> dict[str, Any]:
    """Return what is declared once what is missing is declared too."""
    declared = ledger or {}
    gone = [{"collection": record.collection, "id": record.id} for record in missing.withdrawals]
    wrong = [
        {"collection": record.collection, "ids": [record.id], "columns": columns}
        for record, columns in missing.corrections
    ]
    return {
        "withdrawals": [*declared.get("withdrawals", ()), *gone],
        "corrections": [*declared.get("corrections", ()), *wrong],
    }
