"""A deadline is stated exactly where the sentence prints one."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.audit import made_up_report
from tests.audit.finding import audit_of, edit

STATED = ("implied_by_report_year", "stated")
OF = "does not agree with the sentence"
BEFORE = "规上企业达到120家,"


def _said(datasets: Path) -> list[tuple[str, str, str]]:
    found = audit_of(datasets)[1]
    return [(p.record, p.field, p.message) for p in found if "deadline" in p.field]


@pytest.mark.parametrize(
    "word", ["年内", "6月底前", "12月31日前", "十月底", "上半年", "三季度末", "年底", "9月前"]
)
def test_a_printed_deadline_governs_its_clause_and_those_after_it(
    word: str, tmp_path: Path
) -> None:
    """To the full stop, not the clause before it nor the next sentence."""
    datasets = made_up_report.write(tmp_path, (f"{BEFORE}数字化", f"{BEFORE}{word}数字化"))
    said = f"implied_by_report_year {OF}: {word} is printed in it"
    assert _said(datasets) == [
        ("coverage", "deadline_basis", said),
        ("floor-space", "deadline_basis", said),
    ]
    for record in ("coverage", "floor-space"):
        edit(datasets, "targets.yaml", record, STATED)
    assert _said(datasets) == []


@pytest.mark.parametrize("word", ["三年内", "1年内", "全年", "每年", "近年"])
def test_other_years_are_no_deadline(word: str, tmp_path: Path) -> None:
    """三年内 is another deadline than the year's end, 全年 a period."""
    datasets = made_up_report.write(tmp_path, (f"{BEFORE}数字化", f"{BEFORE}{word}数字化"))
    assert _said(datasets) == []


def test_a_deadline_stated_without_being_printed_is_found(datasets: Path) -> None:
    """Of targets and of projects."""
    edit(datasets, "targets.yaml", "lantern-fair", STATED)
    edit(datasets, "projects.yaml", "waterworks", STATED)
    said = f"stated {OF}: no deadline is printed in it"
    assert _said(datasets) == [
        ("waterworks", "deadline_basis", said),
        ("lantern-fair", "deadline_basis", said),
    ]


@pytest.mark.parametrize("word", ["年内", "6月底前"])
def test_within_the_year_is_its_last_day(word: str, tmp_path: Path) -> None:
    """A printed date may be another."""
    datasets = made_up_report.write(tmp_path, ("建成双桥", f"{word}建成双桥"))
    edit(datasets, "projects.yaml", "waterworks", STATED, ("line: 2031-12-31", "line: 2031-06-30"))
    said = "2031-06-30 is not the last day of the report's year"
    assert _said(datasets) == ([("waterworks", "deadline", said)] if word == "年内" else [])


def test_only_what_is_completed_has_a_deadline(datasets: Path) -> None:
    """推进 promises no completion."""
    deadline = "  deadline: 2031-12-31\n  deadline_basis: implied_by_report_year\n  source:"
    edit(datasets, "projects.yaml", "road-102", ("  source:", deadline))
    said = "stands beside advance, which promises no completion"
    assert _said(datasets) == [("road-102", "deadline", said)]
