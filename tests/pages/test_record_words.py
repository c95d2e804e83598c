"""What pages of records derive: pieces of quotes, words of codes, initials; and what is new."""

from __future__ import annotations

import pytest
from flask.testing import FlaskClient
from hypothesis import given
from hypothesis import strategies as st

from opendata.records.figure import GAP
from opendata.vocabularies import COMPARATORS, DEADLINE_BASES, STRENGTHS, CodeList
from opendata.web.pages.codes import printed_word
from opendata.web.pages.initials import from_a_to_z
from opendata.web.pages.reasons import pieces
from tests.pages.reading import page, visited
from tests.serving import get


@pytest.mark.parametrize(
    ("quote", "printed", "marked"),
    [
        ("工业产值突破300亿元", "突破300亿元", ["突破300亿元"]),
        ("支持文化馆争创一级馆", f"支持{GAP}争创", ["支持", "争创"]),
        ("高质量办好龙舟赛", "", []),
    ],
)
def test_the_printed_wording_is_marked_in_pieces(
    quote: str, printed: str, marked: list[str]
) -> None:
    """Words that the report breaks up stand where it has them."""
    found = list(pieces(quote, printed))
    assert "".join(text for text, _ in found) == quote
    assert [text for text, is_marked in found if is_marked] == marked


@given(st.text(), st.text())
def test_a_quote_is_never_altered(quote: str, printed: str) -> None:
    """Whatever is to be marked in it."""
    assert "".join(text for text, _ in pieces(quote, printed)) == quote


@pytest.mark.parametrize(
    ("codes", "name", "text", "word"),
    [
        (COMPARATORS, "more_than", "超75%", "超"),
        (COMPARATORS, "more_than", "突破300亿元", "突破"),
        (COMPARATORS, "reach", "扩增至50个", "扩增至"),
        (COMPARATORS, "equal", "10家", ""),
        (STRENGTHS, "strive", "争创义务教育优质均衡发展区", "争创"),
        (DEADLINE_BASES, "stated", "年内各项贷款余额突破1350亿元", "年内"),
    ],
)
def test_the_word_of_a_code_is_one_that_its_definition_quotes(
    codes: CodeList, name: str, text: str, word: str
) -> None:
    """There is no other dictionary."""
    code = next(code for code in codes.codes if code.code == name)
    assert printed_word(code, text) == word


def test_terms_stand_under_the_letter_they_are_said_with() -> None:
    """Chinese by pinyin, Latin letters by themselves, digits first."""
    terms = [
        {"title": {"zh": "“三高一核心”企业", "en": "Three-Highs enterprises"}},
        {"title": {"zh": "QFLP模式", "en": "QFLP model"}},
        {"title": {"zh": "“6+3”楼宇", "en": "6+3 model"}},
        {"title": {"zh": "八大行动", "en": "Eight Major Actions"}},
    ]
    readings = ["sangaoyihexinqiye sgyhxqy", "moshi ms", "louyu ly", "badaxingdong bdxd"]

    def found(language: str) -> list[tuple[str, list[str]]]:
        placed = from_a_to_z(terms, readings, language)
        return [(initial, [one["title"][language] for one in of]) for initial, of in placed]

    assert found("zh") == [
        ("#", ["“6+3”楼宇"]),
        ("B", ["八大行动"]),
        ("Q", ["QFLP模式"]),
        ("S", ["“三高一核心”企业"]),
    ]
    assert [initial for initial, _ in found("en")] == ["#", "E", "Q", "T"]


def test_what_was_published_last_stands_first(client: FlaskClient) -> None:
    """Each leads to its version."""
    told = get(client, "/v1/changes").get_json()["data"]
    shown = page(client, "/v1/changes").one("main").all("h2")
    assert [one.links()[0] for one in shown] == [
        f"/v1/datasets/{one['dataset']}/versions/{one['version']}" for one in reversed(told)
    ]
    assert visited(client, "/v1/changes?since=2030-01-01").mimetype == "application/json"
