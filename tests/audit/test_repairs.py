"""Damage is not repaired silently: records and sections that it touches say so."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.audit.finding import audit_of, edit
from tests.audit.made_up_report import DRAFT

INJECTED = "{code: injected_text, text: {zh: 原文有损坏。, en: Damaged in print.}}"


def _said(datasets: Path) -> list[tuple[str, str, str]]:
    return [(p.record, p.field, p.message) for p in audit_of(datasets)[1]]


def _describe(datasets: Path, old: str, new: str) -> None:
    path = datasets / DRAFT / "dataset.yaml"
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), "utf-8")


def test_damage_in_a_records_clause_needs_its_caveat(datasets: Path) -> None:
    """点击查看2图 stands behind the quote, in its clause."""
    edit(datasets, "targets.yaml", "investment", (f"  caveats: [{INJECTED}]\n", ""))
    said = "leave out injected_text: 点击查看2图 is damage in its clause"
    assert _said(datasets) == [("investment", "caveats", said)]


@pytest.mark.parametrize(
    ("entry", "found"),
    [
        ("lowercased_letters", [("base-stations", "caveats")]),
        ("injected_text", [("#7", "reason"), ("investment", "caveats")]),
    ],
)
def test_an_entry_of_damage_is_missed(
    entry: str, found: list[tuple[str, str]], datasets: Path
) -> None:
    """By the caveats on it, and by the numerals in injected words."""
    path = datasets / DRAFT / "dataset.yaml"
    lines = path.read_text("utf-8").splitlines(keepends=True)
    kept = [line for line in lines if f"code: {entry}" not in line]
    assert len(kept) == len(lines) - 1
    path.write_text("".join(kept), "utf-8")
    assert sorted({(record, field) for record, field, _ in _said(datasets)}) == sorted(found)


def test_damage_stands_where_it_is_said_to(datasets: Path) -> None:
    """5g is not printed as 6g."""
    _describe(datasets, "printed: 5g", "printed: 6g")
    assert ("report", "damage.1.printed", "6g does not stand in paragraph 6") in _said(datasets)


def test_every_place_of_injected_words_is_listed(datasets: Path) -> None:
    """Once is not twice."""
    _describe(datasets, "printed: 点击查看2图}", "printed: 点击查看2图, tokens: [企业]}")
    said = [m for _, f, m in _said(datasets) if f == "damage"]
    assert "is listed 0 times for 企业 of paragraph 5, which prints it 2 times" in said


@pytest.mark.parametrize(
    ("title", "caveat", "found"),
    [
        ("作风建设", True, []),
        ("作风建设", False, ["caveats"]),
        ("自身建设", True, ["title.zh"]),
        ("全面加强自身建设", True, ["title.zh"]),
    ],
)
def test_a_cut_heading_has_its_caveat_and_is_not_made_whole(
    title: str, caveat: bool, found: list[str], datasets: Path
) -> None:
    """The title describes the section instead."""
    more = "\n    caveats: [{code: cut_heading, text: {zh: 缺字。, en: Cut.}}]" if caveat else ""
    _describe(
        datasets,
        "- id: 3\n    title: {zh: 章节, en: Section}",
        f"- id: 3\n    title: {{zh: {title}, en: Section}}\n    printed: 自身建设{more}",
    )
    assert [p.field for p in audit_of(datasets)[1]] == found
