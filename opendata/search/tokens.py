"""Tokens: texts cut up so that an index of whole words answers for parts of them.

A Chinese text gives the pairs of its neighbouring characters, an English one its words and their
stems, a Chinese name its readings. Every token is letters and digits of ASCII, common Han and
private-use characters, so that any tokenizer that knows words takes each for one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import pairwise

from snowballstemmer import stemmer

from opendata.search.folding import fold

#: A reading and the initials of readings are kept to this many letters.
READING_LETTERS = 24
INITIAL_LETTERS = 12

#: A word may be a number with a point.
_WORD = re.compile(r"[^\W_]+(?:(?<=[0-9０-９])[.．](?=[0-9０-９])[^\W_]+)*")
HAN = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff〇]")
_HAN_RUN = re.compile(f"{HAN.pattern}+")
_PLAIN = re.compile(r"[0-9a-z\u3400-\u4dbf\u4e00-\u9fff]+")
#: Stands before the number of a character that is not plain; no letter, so in no folded text.
_ESCAPE = "\ue000"
#: Stands for the reading of a character that has none; no query for readings holds digits.
_UNREAD = "0"


def token(text: str) -> str:
    """Return ``text``, folded, as one token; a part from its start is a start of the token."""
    if _PLAIN.fullmatch(text):
        return text
    return "".join(c if _PLAIN.match(c) else f"{_ESCAPE}{ord(c):06x}" for c in text)


def chinese_tokens(text: str) -> Iterator[str]:
    """Yield the pairs of neighbouring characters and the last character: 潍坊市 → 潍坊 坊市 市.

    Every token but the last overlaps with the next, so no row of pairs runs from one text on
    into another that follows it.
    """
    folded = fold(text).text
    for first, second in pairwise(folded):
        yield token(first + second)
    yield from map(token, folded[-1:])


def word_spans(text: str) -> Iterator[tuple[str, int, int]]:
    """Yield the words of an English text, folded, with where each starts and ends."""
    for match in _WORD.finditer(text):
        if word := fold(match[0]).text:
            yield word, match.start(), match.end()


def words(text: str) -> list[str]:
    """Return the words of an English text, folded."""
    return [word for word, _, _ in word_spans(text)]


def english_tokens(text: str) -> Iterator[str]:
    """Yield the stem of each word and, where it differs, the word."""
    for word in words(text):
        yield token(stem(word))
        if stem(word) != word:
            yield token(word)


@lru_cache(maxsize=1 << 14)
def stem(word: str) -> str:
    """Return the stem of an English word in lower case (Porter 2)."""
    stemmed: str = stemmer("english").stemWord(word)  # one has state, so threads share none
    return stemmed


def han_runs(folded: str) -> list[tuple[int, int]]:
    """Return where runs of Han characters start and end in a folded text."""
    return [run.span() for run in _HAN_RUN.finditer(folded)]


def pinyin_tokens(text: str) -> Iterator[str]:
    """Yield how a name reads on from each of its Han characters: in full, and the initials.

    潍坊市 → weifangshi wfs fangshi fs shi s. A reading goes on to the end of the run of Han
    characters, up to a number of letters.
    """
    folded = fold(text).text
    for start, end in han_runs(folded):
        syllables = _read(folded[start:end])
        initials = "".join(syllable[0] for syllable in syllables)
        for index in range(len(syllables)):
            yield "".join(syllables[index : index + READING_LETTERS])[:READING_LETTERS]
            yield initials[index : index + INITIAL_LETTERS]


def syllable_lengths(readings: Sequence[str]) -> list[int]:
    """Return how many letters each character of one run has, of its full readings.

    Each reading is one syllable followed by the next reading, cut off; the shortest syllable
    that agrees is taken.
    """
    return [_syllable(reading, after) for reading, after in pairwise((*readings, ""))]


def _syllable(reading: str, after: str) -> int:
    lengths = range(1, len(reading))
    fits = (n for n in lengths if (reading[:n] + after)[:READING_LETTERS] == reading)
    return next(fits, len(reading))


def _read(run: str) -> list[str]:
    """Return the reading of each character of a run, ü as v, chosen by the words of the run."""
    from pypinyin import lazy_pinyin  # 50 MB, which only compiling needs

    readings = lazy_pinyin(run, v_to_u=False)  # knows all Han of HAN, some with no sound
    return [reading if reading.isascii() and reading else _UNREAD for reading in readings]
