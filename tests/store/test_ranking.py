"""PostgreSQL finds what FTS5 finds and gives it the same rank, to the last bit."""

from __future__ import annotations

import math
import random
from collections import Counter
from collections.abc import Iterator

import pytest
from sqlalchemy import Connection, create_engine, insert, select
from sqlalchemy.schema import CreateTable

from opendata.search import SearchTexts, chinese_tokens, terms
from opendata.search.tokens import english_tokens, pinyin_tokens
from opendata.store.engines.postgresql.indexing import indexed_row
from opendata.store.engines.postgresql.tables import search, search_totals
from opendata.store.matching import RANK, match_expression
from opendata.store.phrases import WEIGHTS, All, Node, Phrase, Some, asked, phrases
from opendata.store.searching import best_first, index, matching
from tests.postgresql import Server
from tests.search.index import Index

_HAN = "产值业园"
_WORDS = ("new", "jobs", "job", "growing", "growth", "industry", "wf", "chan", "5", "6.1")
#: Phrases that begin before they have ended, words that have to be there together, scripts that
#: are written without spaces, readings with their initials, what is longer than a lexeme.
_ASKED = (
    *("产产", "产产产", "产值产值", "值产值产值", "业", "园园园园", "产值 业园", "产5值", "x"),
    *("new jobs", "new-jobs", "growing-industry", "growth", "grow", "industrial", "5", "6.1"),
    *("jobs 产", "产值growth", "业new产值", "产值5new-jobs业", "chanzhi", "czy", "chan"),
    *("chanzhichanzhiyeyuan", "a" * 250, "a" * 199, "ж" * 30, "ж", "".join(_HAN * 4), "c" * 14),
)


def _made(draw: random.Random) -> SearchTexts:
    def chinese() -> list[str]:
        signs = [*_HAN * 2, "new", "jobs", "5"]
        return ["".join(draw.choices(signs, k=draw.randrange(9))) for _ in range(draw.randrange(3))]

    def english() -> str:
        words = [*_WORDS, "a" * 250, "a" * 240 + "b", "ж" * 30]
        return " ".join(draw.choices(words, k=draw.randrange(8)))

    names = chinese()
    return SearchTexts(
        " ".join(token for text in names for token in chinese_tokens(text)),
        " ".join(english_tokens(english())),
        " ".join(token for text in chinese() for token in chinese_tokens(text)),
        " ".join(english_tokens(english())),
        " ".join(token for text in names for token in pinyin_tokens(text)),
    )


@pytest.fixture(scope="module")
def rows() -> list[SearchTexts]:
    """Texts of few signs, so that the same neighbours come up again and again."""
    draw = random.Random(20300301)
    return [_made(draw) for _ in range(400)]


@pytest.fixture(scope="module")
def fts5(rows: list[SearchTexts]) -> Index:
    """The rows in SQLite."""
    return Index(rows)


@pytest.fixture(scope="module")
def gin(server: Server, rows: list[SearchTexts]) -> Iterator[Connection]:
    """A connection to the same rows in PostgreSQL."""
    engine = create_engine(server.database())
    with engine.connect() as connection:
        for table in (search, search_totals):
            connection.execute(CreateTable(table))
        names = [column.name for column in search.columns]
        made = [dict(zip(names, indexed_row(n, row), strict=True)) for n, row in enumerate(rows, 1)]
        connection.execute(insert(search), made)
        counts = {"texts": len(made), "tokens": sum(row["size"] for row in made)}
        connection.execute(insert(search_totals), counts)
        yield connection
    engine.dispose()


def _queries() -> Iterator[str]:
    yield from _ASKED
    draw = random.Random(20300302)
    for _ in range(90):
        parts = ["".join(draw.choices(_HAN, k=draw.randrange(1, 6))), draw.choice(_WORDS)]
        draw.shuffle(parts)
        yield draw.choice(["", " ", "-"]).join(parts[: draw.randrange(1, 3)])


def _nested(q: str) -> bool:
    """Whether something has to be there together that is one way of several to find a term."""
    ways = (way for term in asked(terms(q)).of if isinstance(term, Some) for way in term.of)
    return any(isinstance(way, All) and len(way.of) > 1 for way in ways)


class Plain:
    """BM25 in plain Python, over the same rows."""

    def __init__(self, rows: list[SearchTexts]) -> None:
        self._rows = [{name: text.split() for name, text in row._asdict().items()} for row in rows]
        self._sizes = [sum(map(len, row.values())) for row in self._rows]

    def ranks(self, q: str) -> dict[int, float]:
        """Return the rank of each row that is found, from 1."""
        node = asked(terms(q))
        every = {phrase: self._rarity(phrase) for phrase in phrases(node)}
        return {
            n + 1: self._rank(n, node, every)
            for n, row in enumerate(self._rows)
            if self._has(row, node)
        }

    def _rank(self, n: int, node: All, every: dict[Phrase, float]) -> float:
        size = 0.25 + 0.75 * self._sizes[n] / (sum(self._sizes) / len(self._sizes))
        places = [
            (phrase, self._places(self._rows[n], phrase))
            for phrase in self._counted(self._rows[n], node)
        ]
        return -sum(every[p] * (found * 2.2 / (found + 1.2 * size)) for p, found in places)

    def _rarity(self, phrase: Phrase) -> float:
        hits = sum(self._has(row, phrase) for row in self._rows)
        worth = math.log((len(self._rows) - hits + 0.5) / (hits + 0.5))
        return worth if worth > 0 else 1e-6

    def _counted(self, row: dict[str, list[str]], node: Node) -> Iterator[Phrase]:
        """Yield the phrases whose places count: all that is with them is there."""
        if isinstance(node, Phrase):
            yield node
        elif isinstance(node, Some) or self._has(row, node):
            for member in node.of:
                yield from self._counted(row, member)

    def _has(self, row: dict[str, list[str]], node: Node) -> bool:
        if isinstance(node, Phrase):
            return self._places(row, node) > 0
        found = (self._has(row, member) for member in node.of)
        return all(found) if isinstance(node, All) else any(found)

    def _places(self, row: dict[str, list[str]], phrase: Phrase) -> float:
        length = len(phrase.tokens)
        return sum(
            WEIGHTS[name]
            for name in phrase.columns
            for at in range(len(row[name]) - length + 1)
            if tuple(row[name][at : at + length]) == phrase.tokens
            or (phrase.prefix and row[name][at].startswith(phrase.tokens[0]))
        )


def test_ranks_are_those_of_fts5(fts5: Index, gin: Connection, rows: list[SearchTexts]) -> None:
    """The same rows with the same numbers; but FTS5 forgets places where it looks ahead.

    It clears the places of all that is asked for together where one member does not match, those
    of a member that is ahead already too, which then counts for nothing in its row.
    """
    plain = Plain(rows)
    seen: Counter[bool] = Counter()
    for q in dict.fromkeys(_queries()):
        statement = f"SELECT rowid, {RANK} FROM search WHERE search MATCH ?"  # noqa: S608
        expected = dict(fts5.database.execute(statement, [match_expression(terms(q))]))
        ranked = select(index.c.rowid, best_first(gin, q).column).where(matching(gin, q))
        found = {row[0]: row[1] for row in gin.execute(ranked)}
        assert found.keys() == expected.keys(), q
        if _nested(q):
            assert found == pytest.approx(plain.ranks(q), rel=1e-12), q
            assert all(found[row] <= expected[row] for row in found), q
        else:
            assert found == expected, q
        seen[_nested(q)] += bool(found)
    assert min(seen[True], seen[False]) > 10
