"""Terms, members, links, figures, measures, names, caveats and reasons: what each fault says."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.audit import made_up_report
from tests.audit.finding import audit_of, edit

YEAR = "period: 2031\n  deadline: 2031-12-31\n  deadline_basis: implied_by_report_year"
STATED = "period: 2032\n  deadline: 2031-12-31\n  deadline_basis: stated"
ROAD = ("projects.yaml", "road-102")
TERM = ("glossary.yaml", "three-products")
WATER = ("projects.yaml", "waterworks")


@pytest.mark.parametrize(
    ("file", "record", "old", "new", "field", "message"),
    [
        (*TERM, "number: 1", "number: 18", "number", "18 is not the printed 1"),
        (
            *("targets.yaml", "firms", "  terms: [large-firms]\n", "", "terms"),
            "leave out large-firms, which the quote prints",
        ),
        (
            *("targets.yaml", "exports", "  source:", "  terms: [large-firms]\n  source:"),
            "terms.0",
            "large-firms is not printed in the record's sentence",
        ),
        (
            *("targets.yaml", "coverage", "measure: level", "measure: amount", "measure"),
            "amount does not agree with the printed 数字化覆盖率提升至97%",
        ),
        (
            *("targets.yaml", "gdp", "as_printed: 增长", "as_printed: 长", "as_printed"),
            "长6.5%左右 begins within or behind 增长, which belongs to it",
        ),
        (
            *("targets.yaml", "lantern-fair", YEAR, STATED, "period"),
            "2032 is not the report's period, nor printed",
        ),
        (
            *("targets.yaml", "lantern-fair", "title: {zh: 办好桥灯会"),
            *("title: {zh: 办好桥灯节", "title.zh", "holds 节, which the sentence does not print"),
        ),
        (
            *ROAD,
            "name: {zh: 102国道",
            "name: {zh: 102道",
            "name.zh",
            "102道改造 is not",
        ),
        (
            *WATER,
            "action_as_printed: 建成",
            "action_as_printed: 建",
            "action_as_printed",
            "建 leav",
        ),
        (*WATER, "能力还是产量不明。", "能力35万吨不明。", "caveats.0.text.zh", "holds 35, which"),
        (*WATER, "Whether capacity", "Whether 35 capacity", "caveats.0.text.en", "holds 35, which"),
    ],
)
def test_one_wrong_field_is_named(
    file: str, record: str, old: str, new: str, field: str, message: str, datasets: Path
) -> None:
    """With its record, its field and what is wrong with it."""
    edit(datasets, file, record, (old, new))
    found = [(p.record, p.field, p.message[: len(message)]) for p in audit_of(datasets)[1]]
    assert (record, field, message) in found


def test_a_known_reason_is_that_of_the_place(datasets: Path) -> None:
    """A footer is none in the sections, an ordinal stands in front, a year before 年."""
    path = datasets / made_up_report.DRAFT / "exclusions.yaml"
    text = path.read_text("utf-8")
    changes = (("year", "name"), ("ordinal", "year"), ("footer", "ordinal"), ("capacity", "year"))
    for old, new in changes:
        wrong = text.replace(f"reason: {old}\n", f"reason: {new}\n", 1)
        assert wrong != text
        path.write_text(wrong, "utf-8")
        [found] = audit_of(datasets)[1]
        assert found.field == "reason"
        assert found.message.startswith(f"{new} does not agree with where ")


def test_two_targets_do_not_share_a_figure(datasets: Path) -> None:
    """Another record of the same words."""
    path = datasets / made_up_report.DRAFT / "targets.yaml"
    text = path.read_text("utf-8")
    start = text.index("- id: exports")
    copy = text[start : text.index("- id: ", start + 1)].replace("id: exports", "id: sales")
    path.write_text(text + "\n" + copy, "utf-8")
    [found] = audit_of(datasets)[1]
    assert (found.record, found.field) == ("sales", "as_printed")
    assert found.message == "突破300亿元 is the figure of exports already"


def test_a_longer_unit_that_is_printed_is_the_unit(tmp_path: Path) -> None:
    """1,200人次 are no persons where person-times are a unit."""
    datasets = made_up_report.write(tmp_path, ("1,200人", "1,200千户"))
    path = datasets / "vocabularies/units.yaml"
    text = path.read_text("utf-8").replace('zh: "人"', 'zh: "千"')
    path.write_text(text, "utf-8")
    assert [(p.record, p.field) for p in audit_of(datasets)[1]] == [("new-jobs", "unit")]


def test_every_place_of_a_term_is_a_mention(tmp_path: Path) -> None:
    """A second one that is not listed is found."""
    datasets = made_up_report.write(tmp_path, ("办好桥灯会", "办好规上企业会"))
    found = [p.message for p in audit_of(datasets)[1] if p.record == "large-firms"]
    assert found == ["leave out 规上企业 of paragraph 7"]


@pytest.mark.parametrize(
    ("note", "message"),
    [
        ("指品种、品质、品位、品牌和特色", "leave out 品位 of the note"),
        ("指品种、品质、品牌和特色和名气", "leave out what 和 joins to 特色"),
        ("指品种、品质、品牌和特色产业", "特色 is cut out of "),
        ("指品种、品质、品牌加工和特色", "品牌 is cut out of "),
    ],
)
def test_members_cover_the_note(note: str, message: str, tmp_path: Path) -> None:
    """Each stretch, what 和 joins, and each to its end; one as long as its neighbour may go on."""
    datasets = made_up_report.write(tmp_path, ("指品种、品质、品牌和特色", note))
    found = [p.message for p in audit_of(datasets)[1] if p.field.startswith("members")]
    expected = [] if "cut" in message else [message]
    assert [m[: len(message)] for m in found] == expected
    edit(datasets, *TERM, ("zh: 特色", "zh: 特"))
    assert any("特 is cut out of" in p.message for p in audit_of(datasets)[1])


def test_a_project_that_a_targets_quote_names_is_linked(tmp_path: Path) -> None:
    """举办甲会 names 甲会."""
    rows = ("fair 甲会 complete 举办 举办甲会",)
    datasets = made_up_report.write_projects(tmp_path, "举办甲会", *rows)
    assert audit_of(datasets)[1] == []
    source = (datasets.parent / "report.txt").read_text("utf-8").index("举办甲会")
    place = f"start: {source}\n    end: {source + 4}\n    quote: 举办甲会"
    path = datasets / made_up_report.DRAFT / "targets.yaml"
    text = path.read_text("utf-8")
    head, name, tail = text.partition("- id: lantern-fair")
    tail = tail.replace("section: 2.2", "section: 2.3").replace("办好桥灯会,", "举办甲会,")
    before, _, _ = tail.partition("    paragraph:")
    path.write_text(f"{head}{name}{before}    paragraph: 8\n    {place}\n", "utf-8")
    found = [(p.record, p.field, p.message) for p in audit_of(datasets)[1]]
    assert ("lantern-fair", "projects", "leave out fair, which the quote names") in found
