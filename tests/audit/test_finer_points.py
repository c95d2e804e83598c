"""Finer points: what a first version of the audit did not see."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from opendata.audit import SourceText
from opendata.audit.numerals import chinese_number, numerals, printed_numbers
from opendata.errors import InvalidDataError
from tests.audit import made_up_report
from tests.audit.finding import audit_of, drop, edit, records_of, unaccounted
from tests.audit.made_up_report import DRAFT

TARGETS = "targets.yaml"


def _numerals(text: str) -> list[str]:
    source = SourceText(text)
    return [source[span] for span in numerals(source)]


def test_ten_thousands_after_a_hundred_million() -> None:
    """一亿二千万 is 120,000,000."""
    assert chinese_number("一亿二千万") == 120_000_000


def test_a_percentage_in_words() -> None:
    """百分之五 is 5 per cent, not 100."""
    assert printed_numbers("增长百分之五左右") == [(Decimal(5), "%左右")]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("到2031,300家", ["2031", "300"]),
        ("行动1一批", ["1", "一"]),
        ("二○三一年", ["二○三一"]),
        ("行动①", ["①"]),
    ],
)
def test_what_is_one_numeral(text: str, found: list[str]) -> None:
    """A comma after a year, a marker before 一, ○ for 〇, circled markers."""
    assert _numerals(text) == found


@pytest.mark.parametrize(
    ("printed", "unit"), [("5%至8%", "percent"), ("5至8个", "item"), ("5个到8个", "item")]
)
def test_a_range_can_be_clean(printed: str, unit: str, tmp_path: Path) -> None:
    """With the unit after one bound or after both."""
    datasets = made_up_report.write(tmp_path, ("超75%", printed))
    _as_range(datasets, unit, 8)
    assert audit_of(datasets)[1] == []


def test_the_upper_bound_of_a_range_is_checked(tmp_path: Path) -> None:
    """9 is not the printed 8; the only finding."""
    datasets = made_up_report.write(tmp_path, ("超75%", "5至8%"))
    _as_range(datasets, "percent", 9)
    found = audit_of(datasets)[1]
    assert [(p.record, p.field) for p in found] == [("occupancy", "value_max")]


def _as_range(datasets: Path, unit: str, upper: int) -> None:
    edit(
        datasets,
        TARGETS,
        "occupancy",
        ("measure: level", f"measure: {'level' if unit == 'percent' else 'count'}"),
        ("comparator: more_than", "comparator: range"),
        ("value: 75", f"value: 5\n  value_max: {upper}"),
        ("unit: percent", f"unit: {unit}"),
    )


@pytest.mark.parametrize(
    ("record", "unit", "wrong"),
    [
        ("exports", "cny-100m", "cny"),
        ("floor-space", "m2-10k", "m2"),
        ("new-firms", "household-k", "household"),
    ],
)
def test_a_magnitude_left_out_of_the_unit_is_found(
    record: str, unit: str, wrong: str, datasets: Path
) -> None:
    """300 亿元 are not 300 元: the one character allowed before the label may be no 亿, 万, 千."""
    edit(datasets, TARGETS, record, (f"unit: {unit}\n", f"unit: {wrong}\n"))
    assert [(p.record, p.field) for p in audit_of(datasets)[1]] == [(record, "unit")]


@pytest.mark.parametrize(
    "word", ["提高至", "增至", "升至", "达", "不足", "低于", "不少于", "保持在", "超出", "降至"]
)
def test_every_comparator_left_out_of_the_printed_wording_is_found(
    word: str, tmp_path: Path
) -> None:
    """Not only the commonest words."""
    datasets = made_up_report.write(tmp_path, ("超75%", f"{word}75%"))
    edit(
        datasets,
        TARGETS,
        "occupancy",
        (f"as_printed: {word}75%", "as_printed: 75%"),
        ("comparator: more_than", "comparator: equal"),
    )
    assert [(p.record, p.field) for p in audit_of(datasets)[1]] == [("occupancy", "as_printed")]


def test_a_word_that_holds_a_comparator_is_none(tmp_path: Path) -> None:
    """节约 does not say 约."""
    datasets = made_up_report.write(tmp_path, ("入驻率超75%", "入驻率节约75%"), ("超75%", "75%"))
    change = ("comparator: more_than", "comparator: equal")
    edit(datasets, TARGETS, "occupancy", change)
    assert audit_of(datasets)[1] == []


def test_a_rate_of_growth_is_no_level(datasets: Path) -> None:
    """增长6.5% is growth, as a level of 6.5 % would be 达到."""
    edit(datasets, TARGETS, "gdp", ("measure: growth", "measure: share"))
    assert [(p.record, p.field) for p in audit_of(datasets)[1]] == [("gdp", "measure")]


def test_striving_is_found_where_the_quote_leaves_it_out(datasets: Path) -> None:
    """力争 stands right before the quote."""
    path = datasets / DRAFT / TARGETS
    start = int(path.read_text("utf-8").partition("- id: new-firms")[2].split("start: ")[1][:3])
    edit(
        datasets,
        TARGETS,
        "new-firms",
        (f"start: {start}", f"start: {start + 4}"),
        ("力争全年新增", "新增"),
        ("strength: strive", "strength: commit"),
    )
    assert [(p.record, p.field) for p in audit_of(datasets)[1]] == [("new-firms", "strength")]


@pytest.mark.parametrize("right", [True, False])
def test_a_baseline_is_evidence_and_checked(right: bool, tmp_path: Path) -> None:
    """Its numeral is accounted for; another value than is printed is found."""
    datasets = made_up_report.write(tmp_path, ("空气优良率保持85%", "空气优良率由80%提升至85%"))
    value = 80 if right else 70
    baseline = f"{{value: {value}, unit: percent, as_printed: 80%, period: 2030}}"
    edit(
        datasets,
        TARGETS,
        "clean-air",
        ("comparator: maintain", "comparator: reach"),
        ("as_printed: 保持85%", "as_printed: 提升至85%"),
        ("  source:", f"  baseline: {baseline}\n  source:"),
    )
    expected = [] if right else [("clean-air", "baseline.value")]
    assert [(p.record, p.field) for p in audit_of(datasets)[1]] == expected


def test_a_marker_answers_only_beside_its_term(tmp_path: Path) -> None:
    """A 1 elsewhere in the report is another numeral."""
    datasets = made_up_report.write(tmp_path, ("[1]", "1"), ("超75%", "超1%"))
    drop(datasets, TARGETS, "occupancy")
    left = [("clause", "园区入驻率超1%", 6), ("numeral", "1", 6)]
    assert unaccounted(audit_of(datasets)[1]) == left


def test_a_numeral_is_no_part_of_a_longer_one_in_a_name(tmp_path: Path) -> None:
    """10公里 is not accounted for by a project named 102国道."""
    change = ("推进102国道改造", "推进102国道10公里改造")
    datasets = made_up_report.write(tmp_path, change)
    assert unaccounted(audit_of(datasets)[1]) == [("numeral", "10", 8)]


def test_a_shifted_mention_is_found(datasets: Path) -> None:
    """What is mentioned must be the term."""
    path = datasets / DRAFT / "glossary.yaml"
    text = path.read_text("utf-8").partition("- id: large-firms")[2].partition("mentions:")[2]
    start = int(text.partition("start: ")[2].split()[0])
    edit(
        datasets,
        "glossary.yaml",
        "large-firms",
        (f"start: {start}", f"start: {start + 1}"),
        (f"end: {start + 4}", f"end: {start + 5}"),
    )
    assert [p.record for p in audit_of(datasets)[1]] == ["large-firms"]


@pytest.mark.parametrize("quote", ["75", "力争全年新增企业1千户。"])
def test_what_is_evidence_may_not_be_excluded(quote: str, datasets: Path) -> None:
    """Two answers for one numeral or sentence contradict each other."""
    kind, reason, paragraph = ("numeral", "name", 6) if quote == "75" else ("sentence", "name", 5)
    _exclude(datasets, kind, reason, paragraph, quote)
    assert [p.record for p in audit_of(datasets)[1]] == ["#22"]


def test_nothing_is_excluded_twice(datasets: Path) -> None:
    """For two reasons, only one of which is counted."""
    _exclude(datasets, "numeral", "capacity", 12, "2000万")
    assert [p.record for p in audit_of(datasets)[1]] == ["#22"]


def _exclude(datasets: Path, kind: str, reason: str, paragraph: int, quote: str) -> None:
    start = made_up_report.REPORT.index(quote)
    path = datasets / DRAFT / "exclusions.yaml"
    place = f"  paragraph: {paragraph}\n  start: {start}\n  end: {start + len(quote)}\n"
    entry = f"- kind: {kind}\n  reason: {reason}\n  document: report\n{place}  quote: {quote}\n"
    path.write_text(path.read_text("utf-8") + entry, "utf-8")


def test_an_exclusion_names_a_document_of_the_dataset(datasets: Path) -> None:
    """As a record does."""
    path = datasets / DRAFT / "exclusions.yaml"
    entries = records_of(path)
    entries[0] = entries[0].replace("document: report", "document: nowhere")
    path.write_text("".join(entries), "utf-8")
    with pytest.raises(InvalidDataError, match="#1 document nowhere is not a document"):
        audit_of(datasets)


def test_paragraphs_may_not_fall_out_of_the_sections(datasets: Path) -> None:
    """Else their sentences are not even counted: 2 holds 2.3, whose paragraph 8 it leaves out."""
    path = datasets / DRAFT / "dataset.yaml"
    old = "first_paragraph: 4\n    last_paragraph: 8"
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, old.replace("8", "7")), "utf-8")
    assert len(audit_of(datasets)[1]) > 0


@pytest.mark.parametrize("marks", [",,;", ";,,", ";;;", ";;,", ",;;", ";,;"])
def test_a_list_of_expected_targets_goes_on_behind_semicolons(marks: str, tmp_path: Path) -> None:
    """To its full stop, whatever parts its members."""
    ends = ("6.5%左右", "4%以上", "30万吨以上")
    changes = ((f"{end},", f"{end}{mark}") for end, mark in zip(ends, marks, strict=True))
    assert audit_of(made_up_report.write(tmp_path, *changes))[1] == []


def test_a_list_of_expected_targets_ends_at_its_full_stop(tmp_path: Path) -> None:
    """What begins right behind it is a commitment."""
    datasets = made_up_report.write(tmp_path, ("30万吨以上,", "30万吨以上。"))
    assert [(p.record, p.fix) for p in audit_of(datasets)[1]] == [("exports", "write commit")]
