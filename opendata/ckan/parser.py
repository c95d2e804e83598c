"""Reading a Solr query: the part of Lucene's syntax that catalogues are harvested with.

Lucene has no precedence: in ``a OR b AND c`` each word changes how its neighbours count, and
``a`` then filters nothing. A harvester that gets other packages than it meant loses data without
an error, so what Lucene would read otherwise than it looks is refused here, and parentheses are
asked for. One such form is in use and is read as it is meant: in ``organization:a OR
organization:b metadata_modified:[… TO *]`` (ckanext-harvest) both halves have to hold.
"""

from __future__ import annotations

from opendata.ckan.lexer import Kind, Token, tokens, unescaped
from opendata.ckan.syntax import (
    DEFAULT_FIELD,
    All,
    Any,
    Everything,
    Exists,
    Expression,
    Joker,
    Not,
    Phrase,
    Range,
    SolrError,
    Wildcard,
    Word,
)

#: Parentheses within each other, and words of a query.
DEEPEST = 20
MOST = 500


def parse(query: str) -> Expression:
    """Return what a query says; an empty one selects everything.

    Names of fields are not looked at (:mod:`opendata.ckan.fields`).

    :raises SolrError: where it is not of the supported syntax, saying where and what to write.
    """
    reader = _Reader(query)
    if reader.at(Kind.END):
        return Everything()
    found = reader.several(DEFAULT_FIELD, 0)
    if not reader.at(Kind.END):
        raise SolrError(f"at character {reader.next.at}: the ) closes nothing")
    return found


class _Reader:
    """The tokens still to be read."""

    def __init__(self, query: str) -> None:
        self._tokens = tokens(query)
        self.next = next(self._tokens)
        self._left = MOST

    def at(self, *kinds: Kind) -> bool:
        """Whether the next token is of one of these kinds."""
        return self.next.kind in kinds

    def several(self, field: str, depth: int) -> Expression:
        """Read clauses up to the end or a closing parenthesis: all of them hold."""
        found = [self._clause(field, depth)]
        while not self.at(Kind.END, Kind.CLOSE):
            found.append(self._clause(field, depth))
        return found[0] if len(found) == 1 else All(tuple(found))

    def _clause(self, field: str, depth: int) -> Expression:
        """Read members joined by AND or by OR."""
        signed = [self.next] if self.at(Kind.NOT, Kind.MUST) else []
        found, joined = [self._member(field, depth)], None
        while self.at(Kind.AND, Kind.OR):
            at, kind = self.next.at, self._take().kind
            if joined not in (None, kind):
                raise SolrError(f"at character {at}: put parentheses where AND meets OR")
            joined = kind
            if self.at(Kind.NOT, Kind.MUST):
                signed.append(self.next)
            found.append(self._member(field, depth))
        if joined is Kind.OR and signed:
            advice = "put parentheses around what has NOT, - or + beside OR"
            raise SolrError(f"at character {signed[0].at}: {advice}")
        if joined is None:
            return found[0]
        return Any(tuple(found)) if joined is Kind.OR else All(tuple(found))

    def _member(self, field: str, depth: int) -> Expression:
        token = self.next
        if token.kind is Kind.NOT:
            self._take()
            return Not(self._member(field, self._deeper(depth, token)))
        if token.kind is Kind.MUST:
            self._take()
            return self._member(field, self._deeper(depth, token))
        if token.kind is Kind.FIELD:
            if field != DEFAULT_FIELD:
                raise SolrError(f"at character {token.at}: a field within the field {field!r}")
            return self._named(depth)
        return self._value(field, depth)

    def _named(self, depth: int) -> Expression:
        name = self._take().units[0]
        if name is not Joker.MANY:
            return self._value(str(name), depth)
        token = self._take()
        if token.kind is Kind.WORD and token.units == (Joker.MANY,):
            return Everything()
        raise SolrError(f"at character {token.at}: behind *: only * can stand")

    def _value(self, field: str, depth: int) -> Expression:
        token = self._take()
        if token.kind is Kind.OPEN:
            found = self.several(field, self._deeper(depth, token))
            if self._take().kind is not Kind.CLOSE:
                raise SolrError(f"at character {token.at}: the ( is never closed")
            return found
        self._left -= 1
        if self._left < 0:
            raise SolrError(f"the query has more than {MOST} words; ask in several requests")
        if token.kind is Kind.PHRASE:
            return Phrase(field, str(token.units[0]))
        if token.kind is Kind.RANGE:
            return _range(field, token)
        if token.kind is Kind.WORD:
            return _word(field, token)
        raise SolrError(f"at character {token.at}: {token.kind.value} stands where a value should")

    def _take(self) -> Token:
        token = self.next
        if token.kind is not Kind.END:
            self.next = next(self._tokens)
        return token

    def _deeper(self, depth: int, token: Token) -> int:
        if depth == DEEPEST:
            raise SolrError(f"at character {token.at}: nested more than {DEEPEST} deep")
        return depth + 1


def _word(field: str, token: Token) -> Expression:
    if token.units == (Joker.MANY,):
        return Everything() if field == DEFAULT_FIELD else Exists(field)
    if len(token.units) == 1 and isinstance(token.units[0], str):
        return Word(field, token.units[0])
    return Wildcard(field, token.units)


def _range(field: str, token: Token) -> Expression:
    opening, low, high, closing = map(str, token.units)
    ends = _end(low), _end(high)
    if ends == (None, None):
        return Exists(field)
    return Range(field, *ends, with_low=opening == "[", with_high=closing == "]")


def _end(text: str) -> str | None:
    if text == "*":
        return None
    return unescaped(text[1:-1] if text.startswith('"') else text)
