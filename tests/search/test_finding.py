"""The index finds what plain substring search finds in Chinese texts, and more ways to say it."""

from __future__ import annotations

from functools import cache
from typing import Any

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from pypinyin import Style, lazy_pinyin

from opendata.records import COLLECTIONS, Collection
from opendata.search import fold, terms, texts_of
from opendata.search.texts import chinese_names, searched
from opendata.search.tokens import HAN
from opendata.store.matching import match_expression
from tests.search.index import Index, kuiwen

#: What smaller tests cover already; counting lines would double the time it takes.
pytestmark = pytest.mark.no_cover

#: Made-up Chinese texts, with what makes folding and pairing hard.
TEXTS = (
    "潍坊市奎文区2025年政府工作报告",
    "“双提升”行动、第三轮3D建模",
    "GDP增长5%左右，突破1,200亿元",
    "濰坊㎞ｶﾞ𠮷野家café①",
    "市",
    "区区小事",
    "3.5万亩、１２．５０%、第3.5节3.",
)


@cache
def _index() -> Index:
    return Index(texts_of(collection, record) for collection, record in kuiwen())


def _chinese(collection: Collection, record: dict[str, Any]) -> list[str]:
    return [t for one in searched(collection) if not one.english for t in one.texts(record)]


@cache
def _folded() -> list[list[str]]:
    return [[fold(text).text for text in _chinese(*placed)] for placed in kuiwen()]


def _plainly(part: str) -> list[int]:
    return [row for row, texts in enumerate(_folded(), 1) if any(part in text for text in texts)]


def _term(title: str, **more: Any) -> dict[str, Any]:
    return {"id": "x", "title": {"zh": title, "en": "English"}, **more}


def _of(*titles: str) -> Index:
    return Index(texts_of(COLLECTIONS["glossary"], _term(title)) for title in titles)


@pytest.mark.parametrize("length", range(1, 7))
def test_every_part_of_every_text_is_found(length: int) -> None:
    """Of each real text each part of one to six Han characters finds just what holds it."""
    parts = {
        text[at : at + length]
        for texts in _folded()
        for text in texts
        for at in range(len(text) - length + 1)
    }
    han = sorted(part for part in parts if all(map(HAN.match, part)))
    assert len(han) > 700
    for part in han[:: max(1, len(han) // 1500)]:
        assert sorted(_index().find(part)) == _plainly(part), part


@settings(suppress_health_check=[HealthCheck.filter_too_much])
@given(st.data())
def test_parts_as_printed_are_found(data: st.DataObject) -> None:
    """Any part of a real text, with its punctuation, letters and digits, finds the record."""
    row = data.draw(st.integers(1, len(kuiwen())))
    text = data.draw(st.sampled_from(_chinese(*kuiwen()[row - 1])))
    start = data.draw(st.integers(0, len(text) - 1))
    part = text[start : start + data.draw(st.integers(1, 6))]
    found = _index().find(part)
    if terms(part):
        assert row in found
    else:
        assert found == []


@given(st.lists(st.sampled_from(TEXTS) | st.text(max_size=20), max_size=4), st.data())
def test_parts_of_any_text_are_found(titles: list[str], data: st.DataObject) -> None:
    """The same of any text of Unicode; without list punctuation nothing else is found."""
    index, folded = _of(*titles), [fold(title).text for title in titles]
    whole = data.draw(st.sampled_from(["", *folded]))
    start = data.draw(st.integers(0, max(0, len(whole) - 1)))
    part = whole[start : start + data.draw(st.integers(1, 6))]
    found = index.find(part)
    asked = fold(part).text
    expected = [row for row, text in enumerate(folded, 1) if asked and asked in text]
    assert set(found) >= set(expected)
    if HAN.search(part) and not any(term.parts for term in terms(part)):
        assert sorted(found) == expected


def test_nothing_runs_from_one_text_into_the_next() -> None:
    """The end of one text and the start of another are no part of either."""
    members = [{"zh": "奎文", "en": "A"}, {"zh": "东", "en": "B"}, {"zh": "关街", "en": "C"}]
    index = Index([texts_of(COLLECTIONS["glossary"], _term("潍坊", members=members))])
    asked = "坊", "奎文", "东", "关街", "坊奎", "文东", "东关", "奎文东关街"
    assert [q for q in asked if index.find(q)] == ["坊", "奎文", "东", "关街"]


def test_pairs_must_follow_each_other() -> None:
    """A text that holds the pairs of another, but not in a row, is not found."""
    assert _of("区市区", "市区市").find("市区市") == [2]


@pytest.mark.parametrize(
    ("q", "rows"),
    [
        ("濰坊", [1]),
        ("後勤", [2]),
        ("后勤", [2]),
        ("ｇｄｐ", [3]),
        ("1200亿", [3]),
        ("１，２００亿元", [3]),
        ("5%左右", [3]),
        ("潍坊,报告", [1]),
        ("潍坊 左右", []),
        ("DP增", [3]),
        ("wf", [1]),
        ("weifang", [1]),
        ("weif", [1]),
        ("gongzuobaogao", [1]),
        ("zuobaogao", [1]),
        ("eifang", []),
        ("hq", [2]),
        ("nvgong", [2]),
        ("nügong", [2]),
        ("wéifāng", [1]),
        ("nǚgōng", [2]),
        ("5%突破", []),
        ("GDP突破", [3]),
        ("突破gdp", [3]),
        ("女工weifang", []),
        ("weifang报告", [1]),
    ],
)
def test_ways_to_say_it(q: str, rows: list[int]) -> None:
    """Scripts, widths, cases, lists and pinyin."""
    index = _of("潍坊市工作报告", "後勤女工", "GDP增长5%左右，突破1,200亿元")
    assert index.find(q) == rows


@pytest.mark.parametrize(
    ("q", "rows"),
    [
        ("schools", [1]),
        ("School", [1]),
        ("scho", [1]),
        ("housing", [2]),
        ("hous", [2]),
        ("houses", [2]),
        ("new schools", [1]),
        ("new-school", [1]),
        ("chools", []),
        ("café", [2]),
        ("CAFE\u0301S", [2]),
    ],
)
def test_english(q: str, rows: list[int]) -> None:
    """Words are found by their stem and by how they start."""
    titles = "New school buildings", "Housing and cafés"
    records = [{"id": "x", "title": {"zh": "无", "en": title}} for title in titles]
    index = Index(texts_of(COLLECTIONS["glossary"], record) for record in records)
    assert index.find(q) == rows


@pytest.mark.parametrize(
    ("q", "rows"),
    [
        ("3.5", [1, 5]),
        ("３．５", [1, 5]),
        ("35", [2, 6]),
        ("3.", [1, 2, 3, 5, 6]),
        (".5", [1, 2, 3, 4]),
        ("5.3", [3]),
        ("3", [1, 2, 3, 5, 6]),
        ("5", [1, 2, 3, 4]),
    ],
)
def test_a_point_between_digits_counts(q: str, rows: list[int]) -> None:
    """In Chinese, and in English, where a number is a word that is found by its beginning."""
    chinese = ("增长3.5%", "增长35%", "增长5.3%", "增长5.")
    english = ("Growth of 3.5%", "35 growth", "Growth of 30 in 50 places.")
    records = [{"id": "x", "title": {"zh": zh, "en": "None"}} for zh in chinese]
    records += [{"id": "x", "title": {"zh": "无", "en": en}} for en in english]
    index = Index(texts_of(COLLECTIONS["glossary"], record) for record in records)
    assert set(index.find(q)) - {7} == set(rows)
    assert (7 in index.find(q)) is (q in ("3", "3.", "5", ".5"))


def test_scripts_that_stand_apart_are_found_together() -> None:
    """文化路drainage finds the Chinese and the English of one record, never of two."""
    titles = ("文化路排水", "Drainage"), ("文化路", "Paving"), ("人民路", "Drainage")
    records = [{"id": "x", "title": {"zh": zh, "en": en}} for zh, en in titles]
    index = Index(texts_of(COLLECTIONS["glossary"], record) for record in records)
    assert index.find("文化路drainage") == index.find("drainage文化路") == [1]


def test_every_name_is_found_by_pinyin() -> None:
    """The whole reading and the initials of each run of each real name find its record."""
    for row, (collection, record) in enumerate(kuiwen(), 1):
        for name in chinese_names(collection, record):
            folded = fold(name).text
            for run in "".join(c if HAN.match(c) else " " for c in folded).split():
                full = "".join(lazy_pinyin(run, v_to_u=False))
                assert row in _index().find(full), name
                if len(run) > 1:
                    initials = lazy_pinyin(run, style=Style.FIRST_LETTER, v_to_u=False)
                    assert row in _index().find("".join(initials)), name


def test_names_come_first() -> None:
    """A record that is named so comes before those that only mention it, which keep their order."""
    told = {"zh": "说到潍坊", "en": "Told"}
    records = [
        _term("其一", definition=told),
        _term("其二", definition=told),
        _term("潍坊"),
        *(_term(f"其他{n}") for n in range(5)),
    ]
    index = Index(texts_of(COLLECTIONS["glossary"], record) for record in records)
    assert index.find("潍坊") == [3, 1, 2]


#: What FTS5's own language would take for more than text.
_OPERATORS = ["OR", "AND", "NOT", "NEAR(", "a", "市", "a市", *"\"')*^:-+{},\0"]


@given(st.lists(st.sampled_from(_OPERATORS)).map(" ".join) | st.text())
@example('" OR 1 NEAR( * ^ : -')
@example("names_zh : 市")
@example(",".join(map(chr, range(0x4E00, 0x4E64))))
@example("a," * 100)
@example("区ab" * 66)
@example("\ufdfa" * 200)
@example("\ue000")
def test_no_input_breaks_it(q: str) -> None:
    """Quotes, operators and any other text are searched for, never obeyed."""
    _index().find(q)


def test_operators_are_no_operators() -> None:
    """Words that FTS5 knows are words."""
    index = _of("市 or 区", "市", "区")
    assert index.find("市 OR 区") == [1]
    assert index.find("区 NOT 市") == []
    assert index.find("市*") == index.find('"市"') == [2, 1]


def test_an_expression_needs_terms() -> None:
    """Nothing but punctuation asks for nothing."""
    with pytest.raises(ValueError, match="no terms"):
        match_expression(terms("！"))


def test_the_same_rows_give_the_same_index() -> None:
    """Two indexes of the same rows hold the same bytes."""
    rows = [texts_of(collection, record) for collection, record in kuiwen()]
    first, second = ("".join(Index(rows).database.iterdump()) for _ in range(2))
    assert len(first) > 100_000
    assert first == second
