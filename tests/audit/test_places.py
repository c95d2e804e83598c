"""Every quote stands at its offsets, in the paragraph and the section it claims."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.audit.finding import audit_of, edit, only_finding, said_of, unaccounted
from tests.audit.made_up_report import DRAFT, REPORT
from tests.validate.broken import MARK

TARGETS = "targets.yaml"


def _shift(datasets: Path, record: str, by: int) -> Path:
    """Shift a target's offsets, with the mark where that must be found."""
    path = edit(datasets, TARGETS, record, ("    quote:", f"    {MARK}quote:"))
    text = path.read_text("utf-8")
    place = re.search(rf"id: {record}\n(?s:.*?)start: (\d+)\n +end: (\d+)", text)
    assert place
    start, end = int(place[1]), int(place[2])
    edit(
        datasets,
        TARGETS,
        record,
        (f"start: {start}", f"start: {start + by}"),
        (f"end: {end}", f"end: {end + by}"),
    )
    return path


@pytest.mark.parametrize(
    ("by", "message"),
    [
        (1, "is not what stands from 284 to 289; it stands at 283"),
        (-1, "is not what stands from 282 to 287; it stands at 283"),
    ],
)
def test_offsets_shifted_by_one_are_found(by: int, message: str, datasets: Path) -> None:
    """In either direction, with the place where the quote does stand."""
    finding = only_finding(_shift(datasets, "lantern-fair", by))
    assert (finding.record, finding.field) == ("lantern-fair", "source.quote")
    assert finding.message == message
    assert finding.fix == "give the offsets of the quote in the source document"


def test_a_figure_that_is_shifted_out_of_its_place_is_no_evidence(datasets: Path) -> None:
    """So its numeral is not accounted for either."""
    path = _shift(datasets, "occupancy", -1)
    path.write_text(path.read_text("utf-8").replace(MARK, ""), "utf-8")
    found = audit_of(datasets)[1]
    assert unaccounted(found) == [("numeral", "75", 6)]
    assert [(p.record, p.field) for p in found] == [
        ("report", "-"),
        ("occupancy", "source.quote"),
    ]


def test_an_invented_quote_is_found(datasets: Path) -> None:
    """One that stands nowhere."""
    change = ('quote: "办好桥灯会"', 'quote: "办好河灯会"')
    assert said_of(datasets, TARGETS, "lantern-fair", change=change) == (
        "source.quote",
        "is not what stands from 283 to 288; it does not stand in the source at all",
        "give the offsets of the quote in the source document",
    )


@pytest.mark.parametrize("wrong", [6, 8, 14, 1000])
def test_a_wrong_paragraph_is_found(wrong: int, datasets: Path) -> None:
    """Also one that the report does not have; the right one is named."""
    change = ("paragraph: 7", f"paragraph: {wrong}")
    assert said_of(datasets, TARGETS, "lantern-fair", change=change) == (
        "source.paragraph",
        f"{wrong} does not hold the span",
        "write 7",
    )


def test_a_wrong_section_is_found(datasets: Path) -> None:
    """One that has other paragraphs."""
    path = edit(
        datasets,
        TARGETS,
        "lantern-fair",
        ("section: 2.2", "section: 2.3"),
        ("  source:", f"  {MARK}source:"),
    )
    finding = only_finding(path)
    assert (finding.record, finding.field) == ("lantern-fair", "source")
    assert finding.message == "is not in its section: 2.3 has paragraphs 8 to 8, not 7"
    assert finding.fix == "correct the section or the span"


def test_the_section_above_is_not_a_records_own(datasets: Path) -> None:
    """The deepest section that holds the paragraph is."""
    edit(datasets, TARGETS, "lantern-fair", ("section: 2.2", "section: 2"))
    said = ("source", "is in 2, but 2.2 in it holds paragraph 7", "write section: 2.2")
    assert [(p.field, p.message, p.fix) for p in audit_of(datasets)[1]] == [said]


def test_a_wrong_length_of_the_document_is_found(datasets: Path) -> None:
    """``characters`` is what the file has."""
    path = datasets / DRAFT / "dataset.yaml"
    length = len(REPORT)
    text = path.read_text("utf-8")
    assert f"characters: {length}" in text
    path.write_text(text.replace(f"characters: {length}", "characters: 9999"), "utf-8")
    said = (f"is 9999, but the document has {length}", f"write {length}")
    assert [(p.message, p.fix) for p in audit_of(datasets)[1]] == [said]


def test_a_mention_in_a_wrong_paragraph_is_found(datasets: Path) -> None:
    """As a quote is."""
    change = ("paragraph: 6", "paragraph: 5")
    found = said_of(datasets, "glossary.yaml", "three-products", change=change)
    assert found == ("mentions.0.paragraph", "5 does not hold the span", "write 6")


def test_an_exclusion_with_a_wrong_quote_is_found(datasets: Path) -> None:
    """By its place in the list, since it has no id."""
    path = datasets / DRAFT / "exclusions.yaml"
    text = path.read_text("utf-8")
    path.write_text(text.replace('quote: "2000万"', f'{MARK}quote: "3000万"'), "utf-8")
    finding = only_finding(path)
    assert (finding.record, finding.field) == ("#9", "quote")
    assert finding.message == (
        "is not what stands from 385 to 390; it does not stand in the source at all"
    )


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ("first_paragraph: 8\n        ▶last_paragraph: 99", "sections.2.last_paragraph"),
        ("first_paragraph: 8", "sections.2.last_paragraph"),
    ],
)
def test_a_section_with_paragraphs_the_report_has_not_is_found(
    typed: str, field: str, datasets: Path
) -> None:
    """Too high or none at all: nobody could tell what the section holds."""
    path = datasets / DRAFT / "dataset.yaml"
    old = "first_paragraph: 8\n        last_paragraph: 8"
    text = path.read_text("utf-8")
    assert old in text
    text = text.replace(old, typed)
    if MARK not in typed:
        text = text.replace("      - id: 2.3\n", f"      - {MARK}id: 2.3\n")
    path.write_text(text, "utf-8")
    finding = only_finding(path)
    assert (finding.record, finding.field) == ("2", field)
    assert finding.message == "is no paragraph of the source, which has 13"
