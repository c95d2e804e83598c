"""Snippets show where terms stand in a found record."""

from __future__ import annotations

import subprocess
import sys
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from opendata.records import COLLECTIONS
from opendata.search import Snippet, matches, snippet, terms, texts_of
from tests.search.index import Index, kuiwen

PROJECTS = COLLECTIONS["projects"]
HOSPITAL: dict[str, Any] = {
    "id": "weifang-hospital",
    "title": {"zh": "潍坊市人民医院（二期）", "en": "Weifang People's Hospital, phase 2"},
    "name": {"zh": "人民医院", "en": "People's Hospital"},
    "aliases": ["濰坊人民医院"],
    "location": {"zh": "奎文区东关街", "en": "Dongguan Street, Kuiwen District"},
    "parties": [{"zh": "卫健局", "en": "Health Bureau"}, {"zh": "东关街道", "en": "Dongguan"}],
    "source": {"quote": "建成潍坊医院"},
}


def _marked(found: Snippet | None) -> str:
    """Write a snippet with its matches in brackets."""
    assert found is not None
    text = found.text
    for start, end in reversed(found.ranges):
        text = f"{text[:start]}[{text[start:end]}]{text[end:]}"
    return text


@pytest.mark.parametrize(
    ("q", "text", "marked"),
    [
        ("濰坊", "潍坊市，潍 坊", "[潍坊]市，[潍 坊]"),
        ("5左右", "增长5%左右", "增长[5%左右]"),
        ("3.5", "35、3.5、13.50", "35、[3.5]、1[3.5]0"),
        ("35", "35、3.5", "[35]、3.5"),
        ("GDP增长", "增长的GDP", "[增长]的[GDP]"),
        ("市区 区域", "市区域", "[市区域]"),
        ("区区", "区区区", "[区区区]"),
        ("潍 坊", "潍坊市", "[潍坊]市"),
        ("m", "长5㎞", "长5[㎞]"),
        ("ガ", "ｶﾞス", "[ｶﾞ]ス"),
    ],
)
def test_chinese_matches(q: str, text: str, marked: str) -> None:
    """Matches are marked in the text as it is written, overlapping ones as one."""
    assert _marked(snippet(text, terms(q), "zh")) == marked


@pytest.mark.parametrize(
    ("q", "marked"),
    [
        ("school", "New [schools] and [Schooling]; housing"),
        ("houses", "New schools and Schooling; [housing]"),
        ("new-hous", "[New] schools and Schooling; [housing]"),
    ],
)
def test_english_matches(q: str, marked: str) -> None:
    """Whole words are marked."""
    assert _marked(snippet("New schools and Schooling; housing", terms(q), "en")) == marked


def test_no_match_no_snippet() -> None:
    """A text without any of the terms gives nothing."""
    assert snippet("潍坊", terms("奎文"), "zh") is None
    assert snippet("schools", terms("学校 choo"), "en") is None


def test_long_texts_are_cut() -> None:
    """About 40 Chinese characters or 100 of English words stand around the first match."""
    chinese = snippet("前" * 60 + "潍坊" + "后" * 60 + "潍坊", terms("潍坊"), "zh")
    assert _marked(chinese) == "…" + "前" * 13 + "[潍坊]" + "后" * 25 + "…"
    assert _marked(snippet("前" * 60 + "潍坊", terms("潍坊"), "zh")) == "…" + "前" * 38 + "[潍坊]"
    crossing = snippet("潍坊" + "后" * 37 + "潍坊" * 2, terms("潍坊"), "zh")
    assert _marked(crossing) == "[潍坊]" + "后" * 37 + "[潍]…"
    english = snippet("before " * 20 + "match" + " after" * 20, terms("match"), "en")
    assert _marked(english) == "…" + "before " * 4 + "[match]" + " after" * 10 + "…"


@given(
    st.text(st.sampled_from("潍坊市a b，。"), max_size=200),
    st.text(st.sampled_from("潍坊市a"), min_size=1, max_size=50),
    st.sampled_from(["zh", "en"]),
)
def test_marks_are_within(text: str, q: str, language: str) -> None:
    """Ranges are in order, apart, not empty and within the snippet."""
    found = snippet(text, terms(q), language)
    if found:
        ends = [0, *(place for span in found.ranges for place in span)]
        assert found.ranges
        assert all(start < end for start, end in found.ranges)
        assert ends == sorted(ends)
        assert ends[-1] <= len(found.text)


def _shown(q: str) -> dict[str, str]:
    pinyin = texts_of(PROJECTS, HOSPITAL).pinyin
    return {n: _marked(s) for n, s in matches(PROJECTS, HOSPITAL, terms(q), pinyin)}


def test_which_columns_match() -> None:
    """Names come first, then other texts; of a list the first member that matches is shown."""
    assert list(_shown("潍坊 东关").items()) == [
        ("title_zh", "[潍坊]市人民医院（二期）"),
        ("aliases", "[濰坊]人民医院"),
        ("location_zh", "奎文区[东关]街"),
        ("parties_zh", "[东关]街道"),
        ("source_quote", "建成[潍坊]医院"),
    ]


@pytest.mark.parametrize(
    ("q", "marked"),
    [
        ("weifang", "[潍坊]市人民医院（二期）"),
        ("wéifāng", "[潍坊]市人民医院（二期）"),
        ("二期weifang", "[潍坊]市人民医院（[二期]）"),
        ("weifa", "[潍坊]市人民医院（二期）"),
        ("wf", "[潍坊]市人民医院（二期）"),
        ("yiyuanerqi", "潍坊市人民[医院（二期]）"),
        ("weifangshirenminyiyuanerqi", "[潍坊市人民医院（二期]）"),
    ],
)
def test_pinyin_matches(q: str, marked: str) -> None:
    """The characters that read so are marked."""
    assert _shown(q)["title_zh"] == marked


def test_pinyin_matches_are_found_in_every_name() -> None:
    """Readings are not mistaken for those of another name."""
    assert _shown("dongguan") == {
        "location_zh": "奎文区[东关]街",
        "location_en": "[Dongguan] Street, Kuiwen District",
        "parties_zh": "[东关]街道",
        "parties_en": "[Dongguan]",
    }
    assert _shown("ry") == {}


def test_what_is_found_is_shown() -> None:
    """Every record that a search finds has a column that tells why."""
    rows = [texts_of(collection, record) for collection, record in kuiwen()]
    index = Index(rows)
    for q in ("市", "wf", "weifang", "s", "5", "schools", "gdp", "建设 a", "项目"):
        found = index.find(q)
        assert found, q
        for row in found:
            assert matches(*kuiwen()[row - 1], terms(q), rows[row - 1].pinyin), (q, row)


def test_asking_does_not_load_readings() -> None:
    """The 50 MB of readings are loaded only where texts are cut up for an index."""
    asked = "from opendata.search import matches, terms; from opendata.records import COLLECTIONS"
    done = (
        "matches(COLLECTIONS['targets'], {'title': {'zh': '潍坊'}}, terms('wf 潍'), 'weifang wf')"
    )
    code = f"import sys; {asked}; assert {done}; print('pypinyin' in sys.modules)"
    found = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True)
    assert found.stdout == "False\n"
