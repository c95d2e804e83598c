"""Phrases: what the full-text index is asked for terms, whichever engine keeps the index.

The engines have to find the same rows and to rank them alike, so what is asked is decided here;
how it is written is theirs.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple, TypeAlias

from opendata.search import Term, chinese_tokens, stem, token
from opendata.search.tokens import INITIAL_LETTERS, READING_LETTERS

#: How much a place in each column of the index weighs: a name ten times as much as another text.
WEIGHTS = {"names_zh": 10.0, "names_en": 10.0, "texts_zh": 1.0, "texts_en": 1.0, "pinyin": 5.0}

_CHINESE = ("names_zh", "texts_zh")
_ENGLISH = ("names_en", "texts_en")
_PINYIN = ("pinyin",)


class Phrase(NamedTuple):
    """Tokens that stand in a row in one of some columns; of one token maybe its start only."""

    columns: tuple[str, ...]
    tokens: tuple[str, ...]
    prefix: bool = False


class All(NamedTuple):
    """What has all of its members."""

    of: tuple[Node, ...]


class Some(NamedTuple):
    """What has any of its members."""

    of: tuple[Node, ...]


Node: TypeAlias = Phrase | All | Some


def asked(terms: Iterable[Term]) -> All:
    """Return what finds the rows that have every one of ``terms``."""
    return All(tuple(Some(tuple(_ways(term))) for term in terms))


def phrases(node: Node) -> Iterator[Phrase]:
    """Yield the phrases of a node in their order, in which their scores are added up."""
    if isinstance(node, Phrase):
        yield node
    else:
        for member in node.of:
            yield from phrases(member)


def _ways(term: Term) -> Iterator[Node]:
    yield _within(term.chinese)
    if term.words:
        yield All(tuple(map(_word, term.words)))
    if term.reading:
        yield Some(tuple(_readings(term.reading)))
    if term.parts:
        yield asked(term.parts)


def _within(text: str) -> Phrase:
    """Ask for ``text`` anywhere: a row of pairs, or pairs that start with the one character."""
    pairs = tuple(chinese_tokens(text))[:-1]
    return Phrase(_CHINESE, pairs) if pairs else Phrase(_CHINESE, (token(text),), prefix=True)


def _word(word: str) -> Node:
    start = Phrase(_ENGLISH, (token(word),), prefix=True)
    stemmed = stem(word)
    return start if stemmed == word else Some((Phrase(_ENGLISH, (token(stemmed),)), start))


def _readings(reading: str) -> Iterator[Phrase]:
    """Ask for a reading as far as the tokens go, and for the initials where they end sooner."""
    yield Phrase(_PINYIN, (token(reading[:READING_LETTERS]),), prefix=True)
    if len(reading) > INITIAL_LETTERS:
        yield Phrase(_PINYIN, (reading[:INITIAL_LETTERS],))
