"""Terms: what a search asks for, each of which a record must have."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

from opendata.search.folding import fold
from opendata.search.tokens import HAN, words

#: White space, and the punctuation of lists where it does not stand within a number (1,200).
_BETWEEN_TERMS = re.compile(r"\s+|(?<!\d)[,，､、;；/／|｜]|[,，､、;；/／|｜](?!\d)")
_READING = re.compile(r"[a-z]{2,}")
#: What shows the tones of pinyin, apart from its letters.
_TONES = str.maketrans("", "", "\u0300\u0301\u0304\u0306\u030c")
#: What stands between Han characters and has two letters, or one beside a digit: 5G.
_LETTER, _NO_HAN = "[A-Za-z\u00c0-\u024f]", f"[^{HAN.pattern[1:]}"
_LATIN = re.compile(f"({_NO_HAN}*(?:{_LETTER}{{2}}|{_LETTER}[0-9]|[0-9]{_LETTER}){_NO_HAN}*)")


@dataclass(frozen=True, slots=True)
class Term:
    """One thing to look for, in any of four ways.

    ``chinese`` is looked for within Chinese texts, anywhere; ``words`` (none where the term has
    Han characters) at the start of English words, or as their stems, all of them; ``reading``
    at the start of how any part of a Chinese name reads, ``None`` where it cannot be pinyin.
    ``parts`` are looked for one by one, all of them: the scripts of a term that was written
    without spaces (文化路drainage); none where it has one script. Figures go with either.
    """

    chinese: str
    words: tuple[str, ...]
    reading: str | None
    parts: tuple[Term, ...] = ()

    @property
    def with_parts(self) -> tuple[Term, ...]:
        """The term and its parts: whatever of a text may have been found by it."""
        return (self, *self.parts)


def terms(q: str) -> tuple[Term, ...]:
    """Return the terms of a search; none where it has neither letter nor digit.

    White space and the punctuation of lists (commas, enumeration commas, semicolons, slashes,
    bars) separate terms. All other punctuation is ignored in what is searched as in what is
    searched for, so that 5%左右 and “双提升” are found as they are printed.
    """
    composed = unicodedata.normalize("NFC", q)  # as the texts of records are
    return _terms(_BETWEEN_TERMS.split(composed))


def _terms(texts: Iterable[str]) -> tuple[Term, ...]:
    found = map(_term, texts)
    return tuple(dict.fromkeys(term for term in found if term.chinese))


def _term(text: str) -> Term:
    chinese = fold(text).text
    has_han = HAN.search(chinese)
    reading = _untoned(chinese).replace("ü", "v")
    return Term(
        chinese,
        () if has_han else tuple(dict.fromkeys(words(text))),
        reading if _READING.fullmatch(reading) else None,
        _parts(text) if has_han else (),
    )


def _parts(text: str) -> tuple[Term, ...]:
    apart = _LATIN.split(unicodedata.normalize("NFKC", text))
    return _terms(apart) if len(apart) > 1 else ()


def _untoned(pinyin: str) -> str:
    """Return pinyin without the marks of tones: wéifāng → weifang, nǚ → nü."""
    plain = unicodedata.normalize("NFD", pinyin).translate(_TONES)
    return unicodedata.normalize("NFC", plain)
