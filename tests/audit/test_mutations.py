"""A single field that is wrong is found, whichever it is."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from opendata.audit import SourceText
from opendata.reader import Version, read_shared_lists
from opendata.versions import DRAFT, find_versions, read_folder
from tests.audit import made_up_report
from tests.audit.finding import Findings, finds_more
from tests.audit.mutations import MUTATIONS, mutants

#: What smaller tests cover already; counting lines would double the time it takes.
pytestmark = pytest.mark.no_cover

ROOT = Path(__file__).parents[2]
REPORT = ROOT.parent / "shared" / "source" / "kuiwen-2025-report.txt"
#: So many records of the Kuiwen draft are changed in each way: all would take minutes.
SAMPLE = 2


def _read(datasets: Path, dataset: str) -> tuple[Version, Findings]:
    problems = Findings()
    shared = read_shared_lists(datasets / "vocabularies", problems)
    folders = find_versions(datasets, problems, only=dataset)
    folder = next(folder for folder in folders if folder.version == DRAFT)
    version = read_folder(folder, shared, problems)
    assert problems == []
    return version, problems


def _unnoticed(
    version: Version, problems: Findings, report: Path, most: int | None
) -> list[tuple[str, str]]:
    """Return kind and record of the changes that nothing finds, of ``most`` records a kind."""
    source = SourceText(report.read_text("utf-8"))
    assert not finds_more(version, source, problems)
    missed = []
    for (collection, kind), mutation in MUTATIONS.items():
        found = list(mutants(version, collection, mutation))
        step = max(1, len(found) // most) if most else 1
        for record, mutant in found[::step][:most]:
            if not finds_more(mutant, source, problems):
                missed.append((kind, record))
    return missed


def test_no_change_in_the_made_up_draft_is_unnoticed(datasets: Path) -> None:
    """Of any record, in any of the ways."""
    version, problems = _read(datasets, made_up_report.DATASET)
    assert _unnoticed(version, problems, datasets.parent / "report.txt", None) == []


def test_no_change_in_the_kuiwen_draft_is_unnoticed() -> None:
    """Of a few records for each way, the same ones every time."""
    if not REPORT.is_file():
        said = f"the source text is not at {REPORT}"
        if os.environ.get("CI"):
            pytest.fail(f"{said}, and CI must check that mistakes are found")
        pytest.skip(said)
    version, problems = _read(ROOT / "datasets", "kuiwen-2025")
    assert _unnoticed(version, problems, REPORT, SAMPLE) == []
