"""A Solr query cut into tokens (the standard query parser of Lucene, without its rarer parts)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from enum import Enum
from typing import NamedTuple

from opendata.ckan.syntax import Joker, SolrError

#: Characters of a query; a harvester that names hundreds of organizations needs a few thousand.
LONGEST = 20_000

_SPACE = re.compile(r"[\s\u3000]+")
#: Characters of a word; a backslash takes the one behind it as it is.
_WORD = re.compile(r'(?:\\.|[^\s\u3000()\[\]{}"^~:\\])+', re.DOTALL)
_PHRASE = re.compile(r'"((?:\\.|[^"\\])*)"', re.DOTALL)
_RANGE = re.compile(
    r'([\[{])\s*("(?:\\.|[^"\\])*"|[^\s"\]}]+)\s+TO\s+("(?:\\.|[^"\\])*"|[^\s"\]}]+)\s*([\]}])',
    re.DOTALL,
)
_UNITS = re.compile(r"\\(.)|([*?])|([^\\*?]+)", re.DOTALL)
_NAME = re.compile(r"[A-Za-z_][\w.-]*", re.ASCII)
_JOINING = {"AND": "AND", "&&": "AND", "OR": "OR", "||": "OR", "NOT": "NOT", "!": "NOT"}
_SIGNS = {"-": "NOT", "!": "NOT", "+": "MUST"}
_NO_SUCH = {
    "^": "boosts (^) are not supported; results can be sorted instead",
    "~": "fuzzy and near searches (~) are not supported",
    "{": "a { begins a range: {low TO high}; local parameters ({!…}) are not supported",
    "[": "a [ begins a range: [low TO high], with * for an open end",
    '"': "the quotation mark is never closed",
    "]": "the ] closes nothing",
    "}": "the } closes nothing",
    "\\": "the backslash at the end takes nothing",
    ":": "no field's name stands before the colon; put text with a colon in quotation marks",
}


class Kind(Enum):
    """What a token is."""

    FIELD = "a field's name"
    WORD = "a word"
    PHRASE = "a phrase"
    RANGE = "a range"
    OPEN = "an opening parenthesis"
    CLOSE = "a closing parenthesis"
    AND = "AND"
    OR = "OR"
    NOT = "NOT"
    MUST = "+"
    END = "the end"


class Token(NamedTuple):
    """A token and where it begins, in characters from 1.

    ``units`` are the texts and wildcards of a word, the text of a phrase or the name of a
    field; of a range its brackets and ends.
    """

    kind: Kind
    at: int
    units: tuple[str | Joker, ...] = ()


def tokens(query: str) -> Iterator[Token]:
    """Yield the tokens of a query, the end last.

    :raises SolrError: where it has something that is no part of the supported syntax.
    """
    if len(query) > LONGEST:
        raise SolrError(f"the query has {len(query)} characters; {LONGEST} are the most")
    at = 0
    while at < len(query):
        if space := _SPACE.match(query, at):
            at = space.end()
            continue
        token, at = _token(query, at)
        yield token
    yield Token(Kind.END, len(query) + 1)


def _token(query: str, at: int) -> tuple[Token, int]:
    """Return the token at a place and where it ends."""
    sign, place = query[at], at + 1
    if sign in "()":
        return Token(Kind.OPEN if sign == "(" else Kind.CLOSE, place), place
    if found := _PHRASE.match(query, at):
        return Token(Kind.PHRASE, place, (unescaped(found[1]),)), found.end()
    if found := _RANGE.match(query, at):
        return Token(Kind.RANGE, place, found.groups()), found.end()
    if sign in _NO_SUCH and not (sign == "\\" and at + 1 < len(query)):
        raise SolrError(f"at character {place}: {_NO_SUCH[sign]}")
    if sign == "/":
        raise SolrError(f"at character {place}: regular expressions (/…/) are not supported")
    found = _WORD.match(query, at)
    assert found is not None
    return _word(query, found, place)


def _word(query: str, found: re.Match[str], place: int) -> tuple[Token, int]:
    text, end = found[0], found.end()
    if text in _JOINING:
        return Token(Kind[_JOINING[text]], place), end
    if text[0] in _SIGNS:
        if end == place and query[end : end + 1] in ("", " "):
            raise SolrError(f"at character {place}: nothing stands behind {text}")
        return Token(Kind[_SIGNS[text[0]]], place), place
    if query[end : end + 1] == ":":
        if text == "*":
            return Token(Kind.FIELD, place, (Joker.MANY,)), end + 1
        if not _NAME.fullmatch(text):
            raise SolrError(f"at character {place}: {text!r} is not the name of a field")
        return Token(Kind.FIELD, place, (text,)), end + 1
    return Token(Kind.WORD, place, _units(text)), end


def _units(text: str) -> tuple[str | Joker, ...]:
    """Return the texts and the wildcards of a word, in their order."""
    units: list[str | Joker] = []
    for escaped, joker, plain in _UNITS.findall(text):
        if joker:
            units.append(Joker(joker))
        elif units and isinstance(units[-1], str):
            units[-1] += escaped + plain
        else:
            units.append(escaped + plain)
    return tuple(units)


def unescaped(text: str) -> str:
    """Return a text without the backslashes that protect characters."""
    return re.sub(r"\\(.)", r"\1", text, flags=re.DOTALL)
