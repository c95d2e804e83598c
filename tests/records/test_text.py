"""What passes as text can be published as it is, in any table, page or terminal."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from opendata.errors import Fault
from opendata.records.text import mostly_han, text_faults

#: Every character, and those that matter more often than chance would have it.
TEXTS = st.text(
    st.one_of(
        st.characters(),
        st.sampled_from("增长a1 =+-@|＝＋－＠\t\r\n\u00ad\u200b\u202e\u2028\ufeff\u3164\U000e0041"),
    )
)


@given(TEXTS)
@example("=1+1")
@example("＠cmd")
@example("a\u00adb")
@example("a\u180eb")
@example("a\ufdd0b")
@example("a\U000e0041b")
@example("a\U000f0000b")
@example("a\ue000b")
@example("a\u2028b")
def test_text_that_passes_holds_nothing_that_would_have_to_be_altered(text: str) -> None:
    """No formula start, line break, list separator, control, invisible or unassigned character."""
    if list(text_faults(text)):
        return
    assert text == text.strip() != ""
    assert unicodedata.normalize("NFKC", text[0])[0] not in "=+-@"
    assert "|" not in text
    hidden = {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}
    assert not [c for c in text if unicodedata.category(c) in hidden]
    assert unicodedata.is_normalized("NFC", text)


@given(st.text(st.characters(categories=["L", "N"], max_codepoint=0x9FFF), min_size=1))
def test_words_and_figures_pass(text: str) -> None:
    """Composed letters and digits of any script, but for fillers that do not show."""
    text = unicodedata.normalize("NFC", text)
    if {"\u115f", "\u1160", "\u3164"}.isdisjoint(text):
        assert list(text_faults(text)) == []


@pytest.mark.parametrize(
    "text",
    [
        "增长6%左右",
        "“6+3”楼宇",
        "A=B",
        "3-5人",
        "a@b",
        "No. 3 (a; b)",
        "《规划》",
        "6.10",
        "'=1",
        "−5",
    ],
)
def test_ordinary_text_passes(text: str) -> None:
    """What starts formulas may stand within a text."""
    assert list(text_faults(text)) == []


@pytest.mark.parametrize(
    ("text", "messages"),
    [
        ("", ["is blank"]),
        ("\u3000 \t", ["is blank"]),
        ("@x", ["starts with '@', which a spreadsheet would run as a formula"]),
        ("＋x", ["starts with '＋', which a spreadsheet would run as a formula"]),
        ("x\u3000", ["has white space at its start or end"]),
        ("x\ny", ["runs over several lines"]),
        ("x\r\ny", ["runs over several lines"]),
        ("x\ty", ["holds characters that do not show or are damaged (U+0009)"]),
        ("x\u200b\u00ad", ["holds characters that do not show or are damaged (U+00AD, U+200B)"]),
        ("x\ufe0f", ["holds characters that do not show or are damaged (U+FE0F)"]),
        ("x\u3164", ["holds characters that do not show or are damaged (U+3164)"]),
        ("e\u0301", ["is not in Unicode NFC"]),
        (
            "=a|b\u202e ",
            [
                "starts with '=', which a spreadsheet would run as a formula",
                "has white space at its start or end",
                "holds '|', which separates list members in tables",
                "holds characters that do not show or are damaged (U+202E)",
            ],
        ),
    ],
)
def test_every_reason_is_given_at_once(text: str, messages: list[str]) -> None:
    """In a fixed order, each with a fix."""
    faults = list(text_faults(text))
    assert [fault.message for fault in faults] == messages
    assert all(isinstance(fault, Fault) and fault.fix for fault in faults)


@pytest.mark.parametrize(
    ("text", "chinese"),
    [
        ("增长率", True),
        ("GDP增长率为", True),
        ("Growth (增长率)", False),
        ("6%", False),
        ("", False),
    ],
)
def test_chinese_is_told_from_english_that_cites_it(text: str, chinese: bool) -> None:
    """More Han characters than Latin letters make a text Chinese."""
    assert mostly_han(text) is chinese
