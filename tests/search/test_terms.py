"""A search is cut into terms as people write them."""

from __future__ import annotations

import pytest

from opendata.search import Term, terms


@pytest.mark.parametrize(
    ("q", "found"),
    [
        ("潍坊 奎文", ["潍坊", "奎文"]),
        ("潍坊，奎文、東關；a/b", ["潍坊", "奎文", "东关", "a", "b"]),
        ("潍坊\u3000潍坊", ["潍坊"]),
        ("“双提升”", ["双提升"]),
        ("5%左右", ["5左右"]),
        ("3.5%", ["3.5"]),
        ("．5 5.", ["5"]),
        ("1,200人", ["1200人"]),
        ("2025/2027", ["20252027"]),
        ("，5", ["5"]),
        ("  。——!? ", []),
        ("", []),
    ],
)
def test_where_terms_part(q: str, found: list[str]) -> None:
    """At white space and the punctuation of lists, but not within numbers."""
    assert [term.chinese for term in terms(q)] == found


@pytest.mark.parametrize(
    ("q", "term"),
    [
        ("weifang", Term("weifang", ("weifang",), "weifang")),
        ("ＷＦ", Term("wf", ("wf",), "wf")),
        ("w", Term("w", ("w",), None)),
        ("lü", Term("lü", ("lü",), "lv")),
        ("lu\u0308", Term("lü", ("lü",), "lv")),
        ("xi'an", Term("xian", ("xi", "an"), "xian")),
        ("gdp-growth", Term("gdpgrowth", ("gdp", "growth"), "gdpgrowth")),
        ("5g", Term("5g", ("5g",), None)),
        ("wéifāng", Term("wéifāng", ("wéifāng",), "weifang")),
        ("wéi", Term("wéi", ("wéi",), "wei")),
        ("nǚ", Term("nǚ", ("nǚ",), "nv")),
        ("LǙXĪNG", Term("lǜxīng".replace("ǜ", "ǚ"), ("lǚxīng",), "lvxing")),
        ("第3轮", Term("第3轮", (), None)),
        ("A股", Term("a股", (), None)),
        ("2.50亿元", Term("2.50亿元", (), None)),
    ],
)
def test_ways_to_look(q: str, term: Term) -> None:
    """A term without Han may be words, and pinyin where it is letters, two or more."""
    assert terms(q) == (term,)


@pytest.mark.parametrize(
    ("q", "parts"),
    [
        ("GDP增长5.5%", ["gdp", "增长5.5"]),
        ("文化路drainage", ["文化路", "drainage"]),
        ("文化路ｄｒａｉｎａｇｅ工程", ["文化路", "drainage", "工程"]),
        ("5G基站", ["5g", "基站"]),
        ("3D建模", ["3d", "建模"]),
        ("潍坊weifang潍坊", ["潍坊", "weifang"]),
        ("gdp-growth", []),
        ("第3轮5%左右", []),
    ],
)
def test_parts_of_a_term_in_several_scripts(q: str, parts: list[str]) -> None:
    """Words of Latin letters part from Han; figures and single letters stay where they are."""
    [term] = terms(q)
    assert [part.chinese for part in term.parts] == parts
    assert term.with_parts == (term, *term.parts)
