"""Tokens are words to every tokenizer, and parts of a text are rows of its tokens."""

from __future__ import annotations

import sqlite3
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from opendata.search import fold, token
from opendata.search.tokens import (
    HAN,
    chinese_tokens,
    english_tokens,
    pinyin_tokens,
    syllable_lengths,
)


@pytest.mark.parametrize(
    ("text", "tokens"),
    [
        ("潍坊市", "潍坊 坊市 市"),
        ("第3轮", "第3 3轮 轮"),
        ("3D建模", "3d d建 建模 模"),
        ("3.5亩", "3\ue00000002e \ue00000002e5 5亩 亩"),
        ("市", "市"),
        ("，", ""),
        ("дa", "\ue000000434a a"),
    ],
)
def test_chinese(text: str, tokens: str) -> None:
    """Pairs of neighbours and the last character; what is neither Han nor ASCII is numbered."""
    assert " ".join(chinese_tokens(text)) == tokens


def test_english() -> None:
    """Each word's stem, and the word where it differs."""
    found = " ".join(english_tokens("Schools for 300 new-built houses"))
    assert found == "school schools for 300 new built hous houses"


@pytest.mark.parametrize(
    ("text", "tokens"),
    [
        ("潍坊市", "weifangshi wfs fangshi fs shi s"),
        ("银行行长", "yinhanghangzhang yhhz hanghangzhang hhz hangzhang hz zhang z"),
        ("重庆A女", "chongqing cq qing q nv n"),
        ("濰坊", "weifang wf fang f"),
        ("Plan 2025", ""),
    ],
)
def test_pinyin(text: str, tokens: str) -> None:
    """Readings go on to the end of a run of Han characters, chosen by the words there."""
    assert " ".join(pinyin_tokens(text)) == tokens


def test_long_readings_are_cut() -> None:
    """A reading has 24 letters at most, initials 12."""
    found = list(pinyin_tokens("高质量完成十四五规划目标任务"))
    assert found[:2] == ["gaozhiliangwanchengshisi", "gzlwcsswghmb"]


@pytest.mark.parametrize("run", ["高质量完成十四五规划目标任务", "西安", "二", "妈妈妈妈"])
def test_syllables_are_known_from_readings(run: str) -> None:
    """How long each syllable is follows from the readings that are kept."""
    syllables = [next(pinyin_tokens(character)) for character in run]
    assert syllable_lengths(list(pinyin_tokens(run))[::2]) == list(map(len, syllables))


def test_every_han_character_has_a_reading() -> None:
    """Each gives two tokens, so that readings stay beside their characters."""
    han = "".join(c for c in map(chr, range(0x3000, 0xA000)) if HAN.match(c))
    assert len(han) > 27_000
    folded = fold(han).text
    assert len(list(pinyin_tokens(han))) == 2 * sum(bool(HAN.match(c)) for c in folded)


def _kept(tokens: list[str]) -> list[str]:
    """Return what FTS5 makes of a text of tokens."""
    database = sqlite3.connect(":memory:")
    tokenize = "unicode61 remove_diacritics 0"
    database.execute(f"CREATE VIRTUAL TABLE one USING fts5(x, tokenize='{tokenize}')")
    database.execute("CREATE VIRTUAL TABLE terms USING fts5vocab(one, instance)")
    database.execute("INSERT INTO one(x) VALUES (?)", [" ".join(tokens)])
    found = database.execute("SELECT term, offset FROM terms").fetchall()
    return [term for term, _ in sorted(found, key=lambda row: row[1])]


@pytest.mark.no_cover  # what smaller tests cover already
def test_every_character_is_one_token() -> None:
    """FTS5 keeps each character of Unicode that is left after folding, as one token, unaltered."""
    every = (chr(c) for c in range(sys.maxunicode + 1) if not 0xD800 <= c < 0xE000)
    found = sorted({token(c) for character in every for c in fold(character).text})
    assert len(found) > 100_000
    assert _kept(found) == found


@given(st.text(max_size=40))
def test_every_pair_is_one_token(text: str) -> None:
    """FTS5 keeps each token of a text as it is."""
    found = [*chinese_tokens(text), *english_tokens(text)]
    assert _kept(found) == found
