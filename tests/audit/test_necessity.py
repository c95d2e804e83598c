"""No record can be taken out without the audit finding it."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from opendata.audit import SourceText
from opendata.records import COLLECTIONS
from tests.audit.made_up_report import DATASET
from tests.audit.necessary import unnoticed

#: What smaller tests cover already; counting lines would double the time it takes.
pytestmark = pytest.mark.no_cover

ROOT = Path(__file__).parents[2]
REPORT = ROOT.parent / "shared" / "source" / "kuiwen-2025-report.txt"


@pytest.mark.parametrize("collection", COLLECTIONS)
def test_no_record_of_the_made_up_draft_can_be_left_out(collection: str, datasets: Path) -> None:
    """Nor with its links."""
    source = SourceText((datasets.parent / "report.txt").read_text("utf-8"))
    assert list(unnoticed(datasets, DATASET, source, collection)) == []


@pytest.mark.parametrize("collection", COLLECTIONS)
def test_no_record_of_the_kuiwen_draft_can_be_left_out(collection: str) -> None:
    """Each stands for something that nothing else in the dataset answers for."""
    if not REPORT.is_file():
        said = f"the source text is not at {REPORT}"
        if os.environ.get("CI"):
            pytest.fail(f"{said}, and CI must check that every record is necessary")
        pytest.skip(said)
    source = SourceText(REPORT.read_text("utf-8"))
    assert list(unnoticed(ROOT / "datasets", "kuiwen-2025", source, collection)) == []


def test_a_record_that_nobody_would_miss_is_named(datasets: Path) -> None:
    """A second record of the same words, under another id."""
    path = datasets / DATASET / "draft/projects.yaml"
    text = path.read_text("utf-8")
    path.write_text(text + text[text.index("- id: road") :].replace("road-", "street-"), "utf-8")
    source = SourceText((datasets.parent / "report.txt").read_text("utf-8"))
    assert list(unnoticed(datasets, DATASET, source, "projects")) == ["road-102", "street-102"]
