"""A draft that is true to its report audits clean, with figures that say how much was held."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from opendata.audit import WrongSourceError
from opendata.errors import InvalidDataError
from opendata.versions import audit_version
from tests.audit.finding import DAY, audit_of
from tests.audit.made_up_report import DATASET, REPORT

DIGEST = "050fda3e6d655ee0062d2bc6e4816a2edbbca539115543a9ece33be0df1f778b"


def test_every_figure_of_the_clean_draft(datasets: Path) -> None:
    """43 places, 16 values, all of 37 numerals, 18 sentences, 40 clauses; what was left out."""
    figures, problems = audit_of(datasets)
    assert [str(problem) for problem in problems] == []
    assert figures == {
        "document": "report",
        "sha256": DIGEST,
        "on": DAY,
        "quotes": {"checked": 43, "agreeing": 43},
        "values": {"checked": 16, "agreeing": 16},
        "names": {"checked": 22, "agreeing": 22},
        "links": {"checked": 1, "agreeing": 1},
        "numerals": {
            "total": 37,
            "evidence": 25,
            "excluded": 12,
            "reasons": [
                {"reason": "capacity", "count": 1},
                {"reason": "footer", "count": 3},
                {"reason": "injected_text", "count": 1},
                {"reason": "name", "count": 2},
                {"reason": "ordinal", "count": 3},
                {"reason": "word", "count": 1},
                {"reason": "year", "count": 1},
            ],
        },
        "sentences": {
            "total": 18,
            "evidence": 11,
            "excluded": 7,
            "reasons": [
                {"reason": "general_aim", "count": 4},
                {"reason": "heading", "count": 3},
            ],
        },
        "clauses": {
            "total": 40,
            "evidence": 25,
            "excluded": 15,
            "reasons": [
                {"reason": "general_aim", "count": 8},
                {"reason": "heading", "count": 5},
                {"reason": "preamble", "count": 2},
            ],
        },
        "enumerations": {"checked": 1, "agreeing": 1},
        "damage": {"checked": 2, "agreeing": 2},
        "sections_without_records": ["3"],
    }


@pytest.mark.parametrize(
    "change", [("300亿元", "30亿元"), ("\n", "\r\n"), ("石桥", "\ufeff石桥"), ("%左右,", "%左右，")]
)
def test_another_source_is_refused_whatever_the_difference(
    change: tuple[str, str], datasets: Path
) -> None:
    """A figure, a line end, a mark that does not show: both digests are named."""
    source = datasets.parent / "report.txt"
    content = REPORT.replace(*change, 1).encode()
    source.write_bytes(content)
    with pytest.raises(WrongSourceError) as refused:
        audit_of(datasets)
    assert str(refused.value) == (
        f"{source} is not the source document: its SHA-256 is "
        f"{hashlib.sha256(content).hexdigest()}, but dataset.yaml names {DIGEST}; "
        "give the file that was read, unchanged to the byte"
    )


@pytest.mark.parametrize("position", [0, 500, -1])
def test_one_changed_bit_of_the_source_is_caught(position: int, datasets: Path) -> None:
    """Wherever it is, also where the bytes are no longer UTF-8."""
    source = datasets.parent / "report.txt"
    content = bytearray(source.read_bytes())
    content[position] ^= 1
    source.write_bytes(content)
    with pytest.raises(WrongSourceError, match=DIGEST):
        audit_of(datasets)


def test_a_missing_source_is_refused(datasets: Path) -> None:
    """By its name."""
    source = datasets.parent / "report.txt"
    source.unlink()
    with pytest.raises(WrongSourceError) as refused:
        audit_of(datasets)
    assert str(refused.value) == f"{source} cannot be read: No such file or directory"


def test_a_draft_that_is_not_valid_is_not_audited(datasets: Path) -> None:
    """An invented ``as_printed`` already fails as it does not stand in the quote."""
    path = datasets / DATASET / "draft/targets.yaml"
    text = path.read_text("utf-8").replace("as_printed: 突破300亿元", "as_printed: 突破30亿元")
    path.write_text(text, "utf-8")
    with pytest.raises(InvalidDataError, match="'突破30亿元' does not stand in the quote"):
        audit_of(datasets)


@pytest.mark.parametrize(
    ("dataset", "version", "said"),
    [
        (DATASET, "1.0.0", "is no version; use one of draft"),
        ("nowhere", "draft", "is no dataset; use one of bridge-2031"),
    ],
)
def test_what_is_not_there_is_not_audited(
    dataset: str, version: str, said: str, datasets: Path
) -> None:
    """A version or a dataset; those there are, are named."""
    source = datasets.parent / "report.txt"
    with pytest.raises(InvalidDataError, match=said):
        audit_version(datasets, dataset, version, source, DAY)
