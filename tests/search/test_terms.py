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
        ("3D建模", Term("3d建模", (), None)),
    ],
)
def test_ways_to_look(q: str, term: Term) -> None:
    """A term without Han may be words, and pinyin where it is letters, two or more."""
    assert terms(q) == (term,)
