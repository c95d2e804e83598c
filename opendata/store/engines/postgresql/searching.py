"""Searching in PostgreSQL: lexemes under a GIN index, and ranks as SQLite's FTS5 computes them.

The table ``search`` keeps the tokens of each column as text, a space before and one behind every
token, so that a phrase is a part of the text and its places are counted by taking it out; and in
``tokens`` the lexemes of all columns, each behind a letter that tells which columns it stands in.
The index finds what has the lexemes, the texts tell what has them in a row.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Double,
    Text,
    and_,
    case,
    cast,
    column,
    false,
    func,
    literal,
    or_,
    select,
    table,
    true,
)
from sqlalchemy import literal_column as literally
from sqlalchemy.dialects.postgresql import TSQUERY

from opendata.ckan import syntax
from opendata.search import terms
from opendata.store.engines.place import Place
from opendata.store.phrases import WEIGHTS, All, Node, Phrase, asked

#: The letter before the lexemes of each column.
LETTERS = {"names_zh": "z", "texts_zh": "z", "names_en": "e", "texts_en": "e", "pinyin": "p"}
#: Characters of a token that its lexeme has; a lexeme must not be longer than 2 kB.
LEXEME = 200
#: How many rows the index has, and how many tokens they have together.
totals = table("search_totals", column("texts"), column("tokens"))

#: The parameters of BM25, as FTS5 has them.
_K1, _B = 1.2, 0.75
#: What a phrase is worth that more than half of the rows have.
_LEAST = 1e-6
_COUNTED = "counted"


class PostgresqlDialect:
    """tsvector and LIKE."""

    def matching(self, text: str) -> ColumnElement[bool]:
        sought = terms(text)
        if not sought:
            return false()
        node = asked(sought)
        exact = () if _by_index(node) else (_has(node, "search"),)
        return and_(_indexed(node, "search"), *exact)

    def rank(self, text: str) -> ColumnElement[float]:
        sought = terms(text)
        score: ColumnElement[float] = _number(0)
        for term in asked(sought).of:
            for phrase, terms_of_it in _scored(term, ()):
                score = score + _score(phrase, terms_of_it)
        return -score

    def fits(
        self, column: ColumnElement[Any], parts: Sequence[str | syntax.Joker]
    ) -> ColumnElement[bool]:
        return column.like("".join(map(_like, parts)), escape="\\")


def lexeme(name: str, token: str) -> str:
    """Return the lexeme of a token in the column ``name``."""
    return f"{LETTERS[name]}{token[:LEXEME]}"


def _like(part: str | syntax.Joker) -> str:
    if isinstance(part, syntax.Joker):
        return "%" if part is syntax.Joker.MANY else "_"
    return "".join(f"\\{c}" if c in "%_\\" else c for c in part)


def _number(value: float) -> ColumnElement[float]:
    return literally(f"{value!r}::double precision", Double)


def _part(name: str, of: str) -> ColumnElement[str]:
    return literally(f"{of}.{name}", Text)


def _by_index(node: Node) -> bool:
    """Whether the lexemes alone tell what has a node."""
    if isinstance(node, Phrase):
        return len(node.tokens) == 1 and len(node.tokens[0]) <= LEXEME
    return all(map(_by_index, node.of))


def _indexed(node: Node, of: str) -> ColumnElement[bool]:
    """Return the expression that a row of the table ``of`` has the lexemes that a node needs."""
    query = cast(literal(_query(node), Text), TSQUERY)
    found: ColumnElement[bool] = literally(f"{of}.tokens").op("@@", is_comparison=True)(query)
    return found


def _query(node: Node) -> str:
    """Return what the index is asked: quoted tokens only, so no input can alter its form."""
    if isinstance(node, Phrase):
        start = ":*" if node.prefix else ""
        return " & ".join(f"'{lexeme(node.columns[0], token)}'{start}" for token in node.tokens)
    between = " & " if isinstance(node, All) else " | "
    return between.join(f"({_query(member)})" for member in node.of)


def _has(node: Node, of: str) -> ColumnElement[bool]:
    """Return the expression that a row of the table ``of`` has a node, to the row of tokens."""
    if _by_index(node):
        return _indexed(node, of)
    if isinstance(node, Phrase):
        places = (Place(_part(name, of), _written(node)) > 0 for name in node.columns)
        return and_(_indexed(node, of), or_(*places))
    members = (_has(member, of) for member in node.of)
    return and_(true(), *members) if isinstance(node, All) else or_(false(), *members)


def _written(phrase: Phrase) -> str:
    """Return a phrase as it stands in the texts."""
    if phrase.prefix:
        return f" {phrase.tokens[0]}"
    return "".join(f" {token} " for token in phrase.tokens)


def _scored(
    node: Node, terms_of_it: tuple[ColumnElement[bool], ...]
) -> Iterator[tuple[Phrase, tuple[ColumnElement[bool], ...]]]:
    """Yield each phrase of a node, and on what terms its places count: all that is with it."""
    if isinstance(node, Phrase):
        yield node, terms_of_it
        return
    if isinstance(node, All) and len(node.of) > 1:
        terms_of_it = (*terms_of_it, _has(node, "search"))
    for member in node.of:
        yield from _scored(member, terms_of_it)


def _score(phrase: Phrase, terms_of_it: tuple[ColumnElement[bool], ...]) -> ColumnElement[float]:
    """Return what a phrase adds to the score, with the operations in FTS5's order."""
    found: ColumnElement[float] = cast(
        sum(
            (_places(name, phrase) * int(WEIGHTS[name]) for name in phrase.columns),
            literally("0"),
        ),
        Double,
    )
    if terms_of_it:
        found = case((and_(*terms_of_it), found), else_=_number(0))
    average = select(cast(totals.c.tokens, Double) / cast(totals.c.texts, Double))
    size = literally("search.size::double precision", Double)
    length = _number(1 - _B) + (_number(_B) * size) / average.scalar_subquery()
    return _rarity(phrase) * ((found * _number(_K1 + 1)) / (found + _number(_K1) * length))


def _places(name: str, phrase: Phrase) -> ColumnElement[int]:
    """Return how often a phrase stands in a column."""
    text, written = _part(name, "search"), _written(phrase)
    if _overlaps(phrase):
        pattern = f" {phrase.tokens[0]} (?={written[len(phrase.tokens[0]) + 2 :]})"
        found = func.regexp_matches(text, pattern, "g").table_valued("found")
        return select(func.count()).select_from(found).scalar_subquery()
    rest = func.octet_length(func.replace(text, literal(written, Text), literal("", Text)))
    taken: ColumnElement[int] = func.octet_length(text) - rest
    return taken.op("/", precedence=8)(literally(str(len(written.encode()))))


def _overlaps(phrase: Phrase) -> bool:
    """Whether a phrase can begin before it has ended (哈哈哈 in 哈哈哈哈)."""
    tokens = phrase.tokens
    return any(tokens[:n] == tokens[-n:] for n in range(1, len(tokens)))


def _rarity(phrase: Phrase) -> ColumnElement[float]:
    """Return the inverse document frequency; the database computes it once a statement."""
    counted = table("search").alias(_COUNTED)
    hits = select(func.count().label("n")).select_from(counted).where(_has(phrase, _COUNTED))
    number = hits.subquery()
    has, lacks = cast(number.c.n, Double), cast(totals.c.texts - number.c.n, Double)
    half = _number(0.5)
    worth = func.ln((lacks + half) / (has + half), type_=Double).label("worth")
    found = select(worth).select_from(totals.join(number, true())).subquery()
    least = case((found.c.worth <= _number(0), _number(_LEAST)), else_=found.c.worth)
    return select(least).scalar_subquery()
