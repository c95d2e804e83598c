"""Chinese numerals, and how a text is cut into numerals and sentences."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from opendata.audit import SourceText, audit
from opendata.audit.numerals import chinese_number, numerals, printed_numbers
from opendata.errors import Problem
from opendata.reader import Version, read_shared_lists
from opendata.versions import find_versions, read_folder
from tests.audit import made_up_report
from tests.audit.finding import shifted

_DIGITS = "零一二三四五六七八九"
_TEXTS = st.text("零一二三十百千万亿〇两0123456789０５,.、。！？;；甲乙\n 　统", max_size=60)


def _first(printed: str) -> tuple[Decimal, str] | None:
    return next(iter(printed_numbers(printed)), None)


def _below_10k(number: int) -> str:
    """Write a number below 10,000 as Chinese does: one 零 for the zeros between digits."""
    written = ""
    for power, word in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit = number // power % 10
        if digit:
            written += _DIGITS[digit] + word
        elif written and number % power and not written.endswith("零"):
            written += "零"
    return written


def _chinese(number: int) -> str:
    """Write a number below 100,000,000; 10 to 19 without their first 一."""
    high, low = divmod(number, 10_000)
    written = _below_10k(high) + "万" if high else ""
    if high and 0 < low < 1000:
        written += "零"
    written += _below_10k(low)
    return written.removeprefix("一") if written.startswith("一十") else written


@pytest.mark.parametrize(
    ("number", "written"),
    [
        (10, "十"),
        (12, "十二"),
        (20, "二十"),
        (105, "一百零五"),
        (1200, "一千二百"),
        (30_000, "三万"),
        (100_500, "十万零五百"),
        (10_010_001, "一千零一万零一"),
    ],
)
def test_numbers_as_they_are_written(number: int, written: str) -> None:
    """By the writer of these tests, and read again."""
    assert _chinese(number) == written
    assert chinese_number(written) == number


@pytest.mark.parametrize(
    ("written", "number"),
    [
        ("零", 0),
        ("两", 2),
        ("两千", 2000),
        ("百", 100),
        ("万", 10_000),
        ("千万", 10_000_000),
        ("二〇三一", 2031),
        ("一亿", 100_000_000),
        ("三万亿", 3_000_000_000_000),
    ],
)
def test_numbers_written_otherwise(written: str, number: int) -> None:
    """A magnitude word alone, digits alone, 两 for 二, 亿."""
    assert chinese_number(written) == number


@given(st.integers(1, 99_999_999))
def test_a_number_is_read_as_it_was_written(number: int) -> None:
    """From 1 to 99,999,999."""
    assert chinese_number(_chinese(number)) == number


@given(st.integers(1, 9_999), st.sampled_from(["大片区", "家", "所"]))
def test_the_first_number_is_read_with_what_follows(number: int, after: str) -> None:
    """Whether Chinese or Arabic, with thousands or without."""
    assert _first(f"达到{_chinese(number)}{after}") == (Decimal(number), after)
    assert _first(f"达到{number}{after}") == (Decimal(number), after)
    assert _first(f"达到{number:,}{after}") == (Decimal(number), after)


@pytest.mark.parametrize(
    ("printed", "number"),
    [
        ("突破1350亿元", (Decimal(1350), "亿元")),
        ("增长6.50%左右", (Decimal("6.50"), "%左右")),
        ("1,200人", (Decimal(1200), "人")),
        ("５个", (Decimal(5), "个")),
        ("持续增长", None),
    ],
)
def test_what_is_read_of_printed_figures(printed: str, number: object) -> None:
    """The magnitude word belongs to the unit; where there is no number there is none."""
    assert _first(printed) == number


@given(_TEXTS)
def test_numerals_cover_every_digit_and_never_overlap(text: str) -> None:
    """In the order of the text, within the paragraph they name; nothing else is a numeral."""
    source = SourceText(text)
    spans = list(numerals(source))
    for before, after in pairwise(spans):
        assert before.end < after.end
        assert before.end <= after.start
    covered = {position for span in spans for position in range(span.start, span.end)}
    assert covered >= {
        at for at, c in enumerate(text) if c in "0123456789０５零一二三十百千万亿〇两"
    }
    assert {text[at] for at in covered} <= set("0123456789０５零一二三十百千万亿〇两,.")
    assert all(source.paragraphs[s.paragraph - 1].holds(s) for s in spans)


@given(_TEXTS)
def test_paragraphs_are_the_lines_that_are_not_blank(text: str) -> None:
    """Numbered from 1, without the white space around them."""
    source = SourceText(text)
    lines = [line.strip() for line in text.split("\n") if line.strip()]
    assert [source[span] for span in source.paragraphs] == lines
    assert [span.paragraph for span in source.paragraphs] == list(range(1, len(lines) + 1))


@given(_TEXTS)
def test_sentences_divide_every_paragraph(text: str) -> None:
    """In order, without overlap; only a final mark after a final mark is part of none."""
    source = SourceText(text)
    for paragraph in source.paragraphs:
        sentences = [s for s in source.sentences if s.paragraph == paragraph.paragraph]
        at = paragraph.start
        for sentence in sentences:
            assert set(source.text[at : sentence.start]) <= set("。！？!?；;")
            assert sentence.start < sentence.end
            at = sentence.end
        assert set(source.text[at : paragraph.end]) <= set("。！？!?；;")


def test_the_sentences_of_a_paragraph() -> None:
    """Final marks end them and belong to them; the last may have none."""
    source = SourceText("  甲。乙;丙？丁\n\n戊！")
    assert [source[s] for s in source.sentences] == ["甲。", "乙;", "丙？", "丁", "戊！"]
    assert [s.paragraph for s in source.sentences] == [1, 1, 1, 1, 2]


@pytest.fixture(scope="module")
def draft(
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[tuple[Version, list[Problem], Path]]:
    """The made-up draft, read once, and the list its findings are added to."""
    folder = tmp_path_factory.mktemp("draft")
    datasets = made_up_report.write(folder)
    problems: list[Problem] = []
    shared = read_shared_lists(datasets / "vocabularies", problems)
    [version] = find_versions(datasets, problems)
    yield read_folder(version, shared, problems), problems, folder / "report.txt"
    assert problems == []


@given(index=st.integers(0, 40), by=st.integers(-25, 25))
def test_any_shift_of_any_record_or_exclusion_is_found(
    draft: tuple[Version, list[Problem], Path], index: int, by: int
) -> None:
    """By any number of characters; put back it is clean."""
    version, problems, path = draft
    records = [record for records in version.collections.values() for record in records]
    places = [record["source"] for record in records] + version.exclusions
    assert len(places) == 41
    assume(by != 0 and places[index]["start"] + by >= 0)
    source = SourceText(path.read_text("utf-8"))
    with shifted(places[index], by):
        audit(version, source, date(2031, 3, 1))
    found = {(p.record, p.field) for p in problems}
    problems.clear()
    assert found
    if index < len(records):
        assert (records[index]["id"], "source.quote") in found
    audit(version, source, date(2031, 3, 1))
    assert problems == []
