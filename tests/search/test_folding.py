"""Folding makes one of what a reader takes for the same, and knows where each part comes from."""

from __future__ import annotations

import re
import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from opendata.search import Folded, fold


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("潍坊市", "潍坊市"),
        ("濰坊市奎文區", "潍坊市奎文区"),
        ("ＧＤＰ　３００", "gdp300"),
        ("“双提升”、5%左右！", "双提升5左右"),
        ("Straße", "strasse"),
        ("ｶﾞｽ", "ガス"),
        ("cafe\u0301", "café"),
        ("㎞①", "km1"),
        ("\uf9db", "率"),  # a compatibility ideograph
        ("——！? \n", ""),
        ("3.5、１２．５０%", "3.512.50"),
        ("1.2.3", "1.2.3"),
        ("第3.重点。.5 3…5 3·5 a.b %.5", "第3重点53535ab5"),
        ("", ""),
    ],
)
def test_what_is_folded(text: str, folded: str) -> None:
    """Width, case, script and punctuation are folded away."""
    assert fold(text).text == folded


def test_each_character_knows_its_place() -> None:
    """Places count the characters of the original, whatever these were folded into."""
    assert fold("“5㎞”ｶﾞ！濰") == Folded("5kmガ潍", (1, 2, 2, 4, 7), (2, 3, 3, 6, 8))


@given(st.text(max_size=30) | st.text("15.．。⒈²濰a\u0301", max_size=12))
@example("a\u0301\u0323x")
@example("a\u0315\u0323x")
@example("\u1100\u1161\u11a8")
@example("ǰ\u0345")
def test_folding_agrees_with_normalising_the_whole(text: str) -> None:
    """Going by clusters gives what NFKC and case folding give at once, and ordered places."""
    whole = unicodedata.normalize("NFKC", text).casefold()
    kept = re.findall(r"(?<=[0-9])\.(?=[0-9])|[^\W_]", whole)
    folded = fold(text)
    assert folded.text == "".join(c if c == "." else fold(c).text for c in kept)
    assert len(folded.text) == len(folded.starts) == len(folded.ends)
    assert list(folded.starts) == sorted(folded.starts)
    assert all(0 <= s < e <= len(text) for s, e in zip(folded.starts, folded.ends, strict=True))


def test_every_han_character_folds_to_one() -> None:
    """Traditional characters become simplified one for one, in every block of Han."""
    blocks = (range(0x3400, 0x4DC0), range(0x4E00, 0xA000), range(0x20000, 0x323B0))
    lengths = {len(fold(chr(c)).text) for block in blocks for c in block if chr(c).isalpha()}
    assert lengths == {1}
