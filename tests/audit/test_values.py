"""Figure, unit, comparator and strength agree with the printed wording."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.audit import made_up_report
from tests.audit.finding import audit_of, edit, said_of, unaccounted
from tests.audit.made_up_report import DRAFT

TARGETS = "targets.yaml"

#: Record, its comparator, what is typed instead, what is printed.
COMPARATORS = [
    ("gdp", "about", "equal", "增长6.5%左右"),
    ("revenue", "at_least", "more_than", "增长4%以上"),
    ("grain", "at_least", "maintain", "保持30万吨以上"),
    ("exports", "more_than", "at_least", "突破300亿元"),
    ("firms", "reach", "at_least", "达到120家"),
    ("coverage", "reach", "equal", "提升至97%"),
    ("floor-space", "equal", "about", "12.5万平方米"),
    ("occupancy", "more_than", "reach", "超75%"),
    ("base-stations", "reach", "more_than", "扩增至2000个"),
    ("unemployment", "at_most", "less_than", "保持4.5%以下"),
    ("clean-air", "maintain", "at_least", "保持85%"),
    ("districts", "equal", "reach", "十二大片区"),
]


@pytest.mark.parametrize(("record", "right", "wrong", "printed"), COMPARATORS)
def test_a_wrong_comparator_is_found(
    record: str, right: str, wrong: str, printed: str, datasets: Path
) -> None:
    """Of 左右, 以上, 突破, 达到, 提升至, 保持, 保持…以上, 以下, 超, and of a bare figure."""
    change = (f"comparator: {right}", f"comparator: {wrong}")
    assert said_of(datasets, TARGETS, record, change=change) == (
        "comparator",
        f"{wrong} does not agree with the printed {printed}",
        f"write {right}",
    )


@pytest.mark.parametrize(
    ("printed", "comparator"),
    [
        ("不低于75%", "at_least"),
        ("不少于75%", "at_least"),
        ("75%以内", "at_most"),
        ("不超过75%", "at_most"),
        ("不高于75%", "at_most"),
        ("约75%", "about"),
        ("超过75%", "more_than"),
        ("突破75%", "more_than"),
        ("不足75%", "less_than"),
        ("低于75%", "less_than"),
        ("保持在75%以上", "at_least"),
        ("达75%", "reach"),
        ("提高至75%", "reach"),
        ("增至75%", "reach"),
        ("升至75%", "reach"),
        ("75%", "equal"),
    ],
)
def test_every_printed_wording_has_its_comparator(
    printed: str, comparator: str, tmp_path: Path
) -> None:
    """Written so it is clean; written otherwise it is found."""
    datasets = made_up_report.write(tmp_path, ("超75%", printed))
    change = ("comparator: more_than", f"comparator: {comparator}")
    edit(datasets, TARGETS, "occupancy", change)
    assert audit_of(datasets)[1] == []
    wrong = "reach" if comparator == "equal" else "equal"
    change = (f"comparator: {comparator}", f"comparator: {wrong}")
    assert said_of(datasets, TARGETS, "occupancy", change=change) == (
        "comparator",
        f"{wrong} does not agree with the printed {printed}",
        f"write {comparator}",
    )


@pytest.mark.parametrize(
    ("record", "value", "wrong", "printed", "right"),
    [
        ("exports", "300", "30", "突破300亿元", "300"),
        ("exports", "300", "30000000000", "突破300亿元", "300"),
        ("gdp", "6.5", "6.05", "增长6.5%左右", "6.5"),
        ("floor-space", "12.5", "125", "12.5万平方米", "12.5"),
        ("new-jobs", "1200", "1.2", "1,200人", "1200"),
        ("districts", "12", "10", "十二大片区", "12"),
        ("new-firms", "1", "1000", "1千户", "1"),
    ],
)
def test_a_wrong_value_is_found(
    record: str, value: str, wrong: str, printed: str, right: str, datasets: Path
) -> None:
    """A digit, a point, a magnitude: the printed number is named."""
    change = (f"value: {value}\n", f"value: {wrong}\n")
    said = said_of(datasets, TARGETS, record, change=change)
    assert said == ("value", f"{wrong} is not the printed {printed}", f"write {right}")


def test_a_value_may_have_more_digits_than_are_printed(datasets: Path) -> None:
    """6.50 is 6.5."""
    edit(datasets, TARGETS, "gdp", ("value: 6.5\n", "value: 6.50\n"))
    assert audit_of(datasets)[1] == []


@pytest.mark.parametrize(
    ("record", "unit", "wrong", "said"),
    [
        ("exports", "cny-100m", "cny-10k", "cny-10k is 万元, but 突破300亿元 is printed"),
        ("grain", "t-10k", "m2-10k", "m2-10k is 万平方米, but 保持30万吨以上 is printed"),
        ("firms", "enterprise", "person", "person is 人, but 达到120家 is printed"),
        ("districts", "district", "item", "item is 个, but 十二大片区 is printed"),
        ("new-jobs", "person", "household-k", "household-k is 千户, but 1,200人 is printed"),
    ],
)
def test_a_wrong_unit_is_found(
    record: str, unit: str, wrong: str, said: str, datasets: Path
) -> None:
    """Also one of another magnitude."""
    found = said_of(datasets, TARGETS, record, change=(f"unit: {unit}", f"unit: {wrong}"))
    assert found == ("unit", said, "use the unit whose Chinese label is printed")


def test_quantities_of_projects_are_held_to_the_same(datasets: Path) -> None:
    """By their place in the project."""
    path = datasets / DRAFT / "projects.yaml"
    text = path.read_text("utf-8")
    path.write_text(text.replace("value: 2, unit: t-10k", "value: 20, unit: m2-10k"), "utf-8")
    figures, found = audit_of(datasets)
    assert [(p.record, p.field, p.message, p.fix) for p in found] == [
        ("waterworks", "quantities.0.value", "20 is not the printed 2万吨", "write 2"),
        (
            "waterworks",
            "quantities.0.unit",
            "m2-10k is 万平方米, but 2万吨 is printed",
            "use the unit whose Chinese label is printed",
        ),
    ]
    assert figures["values"] == {"checked": 16, "agreeing": 15}


def test_an_invented_figure_is_found_however_consistent_it_is(datasets: Path) -> None:
    """Quote, printed wording and value agree with each other, but not with the report."""
    path = datasets / DRAFT / "targets.yaml"
    text = path.read_text("utf-8").replace("突破300亿元", "突破380亿元")
    path.write_text(text.replace("value: 300\n", "value: 380\n"), "utf-8")
    figures, found = audit_of(datasets)
    assert unaccounted(found) == [("numeral", "300亿", 3)]
    assert [(p.record, p.field) for p in found[1:]] == [("exports", "source.quote")]
    assert "does not stand in the source at all" in found[1].message
    assert figures["quotes"] == {"checked": 43, "agreeing": 42}
    assert (figures["numerals"]["evidence"], figures["numerals"]["excluded"]) == (24, 12)


@pytest.mark.parametrize(
    ("record", "comparator", "printed", "cut", "rest", "shown"),
    [
        ("gdp", "about", "增长6.5%左右", "增长6.5%", "equal", "总值增长6.5%左右"),
        ("grain", "at_least", "保持30万吨以上", "30万吨以上", "at_least", "量保持30万吨以上,公"),
        ("grain", "at_least", "保持30万吨以上", "保持30万吨", "maintain", "食产量保持30万吨以上"),
        ("exports", "more_than", "突破300亿元", "300亿元", "equal", "额突破300亿元。\n"),
        ("firms", "reach", "达到120家", "120家", "equal", "业达到120家,数"),
        ("coverage", "reach", "提升至97%", "97%", "equal", "提升至97%,新"),
        ("occupancy", "more_than", "超75%", "75%", "equal", "驻率超75%,5"),
        ("base-stations", "reach", "扩增至2000个", "2000个", "equal", "扩增至2000个,投"),
        ("unemployment", "at_most", "保持4.5%以下", "保持4.5%", "maintain", "失业率保持4.5%以下"),
        ("clean-air", "maintain", "保持85%", "85%", "equal", "率保持85%,新"),
    ],
)
def test_printed_wording_cut_short_of_its_comparator_is_found(
    record: str, comparator: str, printed: str, cut: str, rest: str, shown: str, datasets: Path
) -> None:
    """Even where the comparator was chosen to suit what is left."""
    change = (f"comparator: {comparator}", f"comparator: {rest}")
    edit(datasets, TARGETS, record, change)
    field, message, fix = said_of(
        datasets, TARGETS, record, change=(f"as_printed: {printed}", f"as_printed: {cut}")
    )
    assert (field, fix) == ("as_printed", "copy the comparator too")
    assert message.startswith(f"{cut} stops short of the comparator in ")
    assert shown.strip(",。\n公数新5投") in message


def test_growth_without_a_word_of_growth_is_found(datasets: Path) -> None:
    """A share of 75 % is no growth of 75 %."""
    change = ("measure: level", "measure: growth")
    assert said_of(datasets, TARGETS, "occupancy", change=change) == (
        "measure",
        "growth does not agree with the printed 园区入驻率超75%",
        "write level",
    )


@pytest.mark.parametrize(
    ("record", "right", "wrong", "quote"),
    [
        ("gdp", "expect", "commit", "地区生产总值增长6.5%左右"),
        ("new-firms", "strive", "commit", "力争全年新增企业1千户"),
        ("new-firms", "strive", "expect", "力争全年新增企业1千户"),
        ("occupancy", "commit", "strive", "园区入驻率超75%"),
        ("lantern-fair", "commit", "expect", "办好桥灯会"),
    ],
)
def test_a_wrong_strength_is_found(
    record: str, right: str, wrong: str, quote: str, datasets: Path
) -> None:
    """Of figures and of outcomes: 预期目标 expects, 力争 strives, all else commits."""
    change = (f"strength: {right}", f"strength: {wrong}")
    assert said_of(datasets, TARGETS, record, change=change) == (
        "strength",
        f"{wrong} does not agree with the printed {quote}",
        f"write {right}",
    )


@pytest.mark.parametrize("word", ["力争", "争创", "争取"])
def test_every_word_of_striving_strives(word: str, tmp_path: Path) -> None:
    """Not 力争 alone."""
    datasets = made_up_report.write(tmp_path, ("力争", word))
    assert audit_of(datasets)[1] == []


@pytest.mark.parametrize("word", ["下降", "降低", "减少"])
def test_a_decrease_is_a_value_below_zero(word: str, tmp_path: Path) -> None:
    """失业率下降5% is growth of -5 per cent; 5 is found, and 5% without the word."""
    datasets = made_up_report.write(tmp_path, ("保持4.5%以下", f"{word}4.5%"))
    changes = (("comparator: at_most", "comparator: equal"), ("measure: level", "measure: growth"))
    edit(datasets, TARGETS, "unemployment", *changes)
    assert said_of(datasets, TARGETS, "unemployment", change=("value: 4.5", "value: 4.5")) == (
        "value",
        f"4.5 is not the printed {word}4.5%",
        "write -4.5",
    )
    edit(datasets, TARGETS, "unemployment", ("value: 4.5", "value: -4.5"))
    assert audit_of(datasets)[1] == []
    edit(datasets, TARGETS, "unemployment", (f"as_printed: {word}4.5%", "as_printed: 4.5%"))
    assert {p.field for p in audit_of(datasets)[1]} >= {"as_printed", "value"}


def test_what_something_falls_to_is_not_below_zero(tmp_path: Path) -> None:
    """降低至4.5% is a level of 4.5."""
    datasets = made_up_report.write(tmp_path, ("保持4.5%以下", "降低至4.5%以下"))
    assert audit_of(datasets)[1] == []
