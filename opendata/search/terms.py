"""Terms: what a search asks for, each of which a record must have."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from opendata.search.folding import fold
from opendata.search.tokens import HAN, words

#: White space, and the punctuation of lists where it does not stand within a number (1,200).
_BETWEEN_TERMS = re.compile(r"\s+|(?<!\d)[,，､、;；/／|｜]|[,，､、;；/／|｜](?!\d)")
_READING = re.compile(r"[a-z]{2,}")


@dataclass(frozen=True, slots=True)
class Term:
    """One thing to look for, in any of three ways.

    ``chinese`` is looked for within Chinese texts, anywhere; ``words`` (none where the term has
    Han characters) at the start of English words, or as their stems, all of them; ``reading``
    at the start of how any part of a Chinese name reads, ``None`` where it cannot be pinyin.
    """

    chinese: str
    words: tuple[str, ...]
    reading: str | None


def terms(q: str) -> tuple[Term, ...]:
    """Return the terms of a search; none where it has neither letter nor digit.

    White space and the punctuation of lists (commas, enumeration commas, semicolons, slashes,
    bars) separate terms. All other punctuation is ignored in what is searched as in what is
    searched for, so that 5%左右 and “双提升” are found as they are printed.
    """
    composed = unicodedata.normalize("NFC", q)  # as the texts of records are
    found = (_term(part) for part in _BETWEEN_TERMS.split(composed))
    return tuple(dict.fromkeys(term for term in found if term.chinese))


def _term(part: str) -> Term:
    chinese = fold(part).text
    reading = chinese.replace("ü", "v")
    return Term(
        chinese,
        () if HAN.search(chinese) else tuple(dict.fromkeys(words(part))),
        reading if _READING.fullmatch(reading) else None,
    )
