"""What was audited is published: the compiled quality document of a version."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from opendata.store import CurrentStore
from opendata.versions import release
from tests.audit.finding import DAY
from tests.audit.made_up_report import DATASET
from tests.serving import BASE, build_store

PATH = f"/v1/datasets/{DATASET}/versions/1.0.0/quality"


def _quality(datasets: Path, source: Path | None) -> Any:
    """Release, build, and return the document, ``None`` where there is none."""
    release(datasets, DATASET, "1.0.0", DAY, source)
    build_store(datasets, datasets.parent / "build")
    found = CurrentStore(datasets.parent / "build").get().document(PATH)
    return found and json.loads(found.body)


def test_the_quality_of_an_audited_version(datasets: Path) -> None:
    """Its figures, all that was excluded, and the ambiguous readings alone of its caveats."""
    found = _quality(datasets, datasets.parent / "report.txt")
    assert found["links"]["self"] == BASE + PATH
    data = found["data"]
    assert list(data) == ["audit", "exclusions", "ambiguities"]
    assert data["audit"]["on"] == "2031-03-01"
    assert data["audit"]["quotes"] == {"checked": 43, "agreeing": 43}
    assert data["audit"]["numerals"]["total"] == 37
    assert data["audit"]["numerals"]["reasons"][1] == {"reason": "footer", "count": 3}
    assert data["audit"]["clauses"]["total"] == 40
    assert data["audit"]["sections_without_records"] == ["3"]
    assert len(data["exclusions"]) == 21
    assert data["exclusions"][8] == {
        "kind": "numeral",
        "reason": "capacity",
        "document": "report",
        "paragraph": 12,
        "start": 385,
        "end": 390,
        "quote": "2000万",
        "note": None,
    }
    assert data["ambiguities"] == [
        {
            "collection": "projects",
            "id": "waterworks",
            "caveat": {
                "code": "ambiguous_unit",
                "text": {
                    "zh": "能力还是产量不明。",
                    "en": "Whether capacity or output is unclear.",
                },
            },
        }
    ]


def test_a_version_that_was_not_audited_has_no_quality_document(datasets: Path) -> None:
    """Nothing is claimed of it."""
    assert _quality(datasets, None) is None
