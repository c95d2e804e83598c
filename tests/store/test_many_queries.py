"""Thousands of random queries and searches of 10,000 records, against plain Python."""

from __future__ import annotations

import random
import unicodedata
from collections.abc import Iterator, Sequence
from functools import cache
from typing import Any

import pytest

from opendata.query import Condition, Kind, Operator, Order, Query, QueryField, fields_of
from opendata.query.values import encode
from opendata.records import COLLECTIONS, DATASETS, Collection
from opendata.store import Scope, Start, Store
from tests.store import evaluation
from tests.store.evaluation import Asked, Record, Sorted
from tests.store.varied import SIGNS, TEXTS, VERSIONS, build_varied, sentence

#: What smaller tests cover already; counting lines would double the time it takes.
pytestmark = pytest.mark.no_cover

_MANY = {"targets": 800, "projects": 600, "glossary": 400}
_QUERIES = 2400
_SEARCHES = 2400

#: Where Chinese texts stand, by the last name on the way to them.
_CHINESE = {"zh", "aliases", "quote", "as_printed", "action_as_printed", "marker_in_text"}


class Rows:
    """The rows of a collection, from 0, with the values of each field taken out once."""

    def __init__(self, store: Store, collection: Collection) -> None:
        self.collection = collection
        self.fields = list(fields_of(collection).values())
        self.records: list[Record] = []
        self.extents: dict[tuple[str, str], range] = {}
        for dataset, versions in VERSIONS.items():
            for version in versions:
                scope = Scope(store.version(dataset, version))
                part = store.part(collection.name, "json", scope, Query(), None, 10_000)
                before = len(self.records)
                self.records += map(evaluation.parse, part.fragments)
                self.extents[dataset, version] = range(before, len(self.records))
        self._own: dict[str, list[list[Any]]] = {}

    def within(self, dataset: str | None, version: str | None) -> list[int]:
        """Return the rows of a scope."""
        return [
            row
            for (of, at), rows in self.extents.items()
            if (of == dataset if dataset else at == VERSIONS[of][-1]) and version in (None, at)
            for row in rows
        ]

    def own(self, field: QueryField) -> list[list[Any]]:
        """Return what each row has in ``field``."""
        if field.name not in self._own:
            self._own[field.name] = [evaluation.values(field, r) for r in self.records]
        return self._own[field.name]

    def answer(
        self, rows: Sequence[int], conditions: Sequence[Asked], order: Sequence[Sorted]
    ) -> list[int]:
        """Return those of ``rows`` that meet all conditions, in order."""
        found = list(rows)
        for asked in conditions:
            own = self.own(asked.field)
            found = [row for row in found if evaluation.meets(asked, own[row])]
        for by in reversed(order):  # a sort keeps what was sorted before among equals
            own = self.own(by.field)
            valued = [row for row in found if own[row]]
            valued.sort(key=lambda row: own[row][0], reverse=by.descending)
            found = valued + [row for row in found if not own[row]]
        return found

    @cache  # noqa: B019 - as long as the tests
    def texts(self, row: int) -> list[str]:
        """Return the letters and digits of each Chinese text of a row."""
        return [_plain(text) for text in _chinese(self.records[row])]


def _chinese(value: Any, name: str = "") -> Iterator[str]:
    if isinstance(value, dict):
        for key, member in value.items():
            yield from _chinese(member, key)
    elif isinstance(value, list):
        for member in value:
            yield from _chinese(member, name)
    elif isinstance(value, str) and name in _CHINESE:
        yield value


def _plain(text: str) -> str:
    return "".join(filter(str.isalnum, unicodedata.normalize("NFKC", text).casefold()))


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """A store of 10,000 records and more, built once."""
    store = Store(build_varied(tmp_path_factory.mktemp("many"), _MANY))
    yield store
    store.close()


@pytest.fixture(scope="module")
def world(store: Store) -> dict[str, Rows]:
    """The rows of each collection."""
    found = {c.name: Rows(store, c) for c in (*COLLECTIONS.values(), DATASETS)}
    assert sum(len(rows.records) for rows in found.values()) > 10_000
    return found


class Draw(random.Random):
    """Draws queries, the same ones for the same seed."""

    def scope(self) -> tuple[str | None, str | None]:
        """Return a version, a dataset, or everything."""
        if self.random() < 0.5:
            return None, None
        dataset = self.choice(list(VERSIONS))
        return dataset, self.choice([None, *VERSIONS[dataset]])

    def condition(self, rows: Rows) -> Asked:
        """Return a condition, most often on a value that some row has."""
        field = self.choice(rows.fields)
        operator = self.choice(field.operators)
        if operator is Operator.ISNULL:
            return Asked(field, operator, (self.choice([True, False]),))
        count = self.randrange(1, 5) if operator is Operator.IN else 1
        return Asked(
            field, operator, tuple(self.value(rows, field, operator) for _ in range(count))
        )

    def value(self, rows: Rows, field: QueryField, operator: Operator) -> Any:
        """Return a value to compare with."""
        own = self.choice(rows.own(field)) or self.choice(rows.own(field))
        if not own:
            return _MIDDLE.get(field.kind, "工业")
        value = self.choice(own)
        if operator in (Operator.CONTAINS, Operator.STARTSWITH):
            start = 0 if operator is Operator.STARTSWITH else self.randrange(len(value) + 1)
            return value[start : start + self.randrange(1, 7)]
        return value

    def order(self, rows: Rows) -> tuple[Sorted, ...]:
        """Return up to three fields to sort by."""
        sortable = [field for field in rows.fields if field.sortable]
        return tuple(
            Sorted(self.choice(sortable), self.random() < 0.5) for _ in range(self.randrange(4))
        )


_MIDDLE: dict[Kind, Any] = {
    Kind.NUMBER: 5,
    Kind.VERSION: (1, 1, 0),
    Kind.DATE: "2030-06-15",
    Kind.PERIOD: "2030",
}


def _form(asked: Asked, value: Any) -> str:
    if asked.operator is Operator.ISNULL:
        return str(value).lower()
    if asked.field.kind is Kind.VERSION:
        value = ".".join(map(str, value))
    return encode(asked.field.kind, value)


def _query(
    conditions: Sequence[Asked], order: Sequence[Sorted], search: str | None = None
) -> Query:
    return Query(
        tuple(
            Condition(c.field, c.operator, tuple(_form(c, value) for value in c.values))
            for c in conditions
        ),
        tuple(Order(by.field, by.descending) for by in order),
        search,
    )


def _scope(store: Store, dataset: str | None, version: str | None) -> Scope:
    held = store.version(dataset, version) if dataset and version else None
    return Scope(held, dataset)


@pytest.mark.parametrize("part", range(4))
def test_queries(store: Store, world: dict[str, Rows], part: int) -> None:
    """Rows, their number, and what follows any of them in either direction."""
    draw = Draw(part)
    for _ in range(_QUERIES // 4):
        rows = world[draw.choice([*COLLECTIONS, *COLLECTIONS, DATASETS.name])]
        named, name = draw.scope(), rows.collection.name
        conditions = [draw.condition(rows) for _ in range(draw.choice([0, 1, 1, 2, 3]))]
        order = draw.order(rows)
        query, scope = _query(conditions, order), _scope(store, *named)
        expected = rows.answer(rows.within(*named), conditions, order)
        told = (name, named, conditions, order)
        assert store.count(name, scope, query) == len(expected), told
        limit = draw.choice([1, 20, 100])
        for start, wanted in _places(draw, expected):
            found = store.part(name, "json", scope, query, start, limit)
            page = wanted[-limit:] if start and start.backward else wanted[:limit]
            assert [row - 1 for row in found.rows] == page, told
            assert found.more == (len(wanted) > limit), told


def _places(draw: random.Random, expected: list[int]) -> Iterator[tuple[Start | None, list[int]]]:
    """Yield starts, and what lies beyond each."""
    yield None, expected
    if expected:
        at = draw.randrange(len(expected))
        yield Start(expected[at] + 1), expected[at + 1 :]
        yield Start(expected[at] + 1, backward=True), expected[:at]


@pytest.mark.parametrize("length", range(1, 7))
def test_chinese_searches(store: Store, world: dict[str, Rows], length: int) -> None:
    """A search finds the rows that hold the text, and no others: nothing is missed."""
    draw = Draw(length)
    some = 0
    for _ in range(_SEARCHES // 6):
        rows = world[draw.choice(list(COLLECTIONS))]
        text = _part(draw, rows, length)
        named = draw.scope()
        within = rows.within(*named)
        expected = [row for row in within if any(text in own for own in rows.texts(row))]
        name, scope = rows.collection.name, _scope(store, *named)
        order = (Order(fields_of(rows.collection)["version"]),)
        ranked = store.part(name, "json", scope, Query(search=text), None, 20_000)
        found = sorted(row - 1 for row in ranked.rows)
        if any(sign.isascii() for sign in text):  # glued scripts are looked for apart too
            assert set(expected) <= set(found), text
            continue
        assert found == expected, text
        assert store.count(name, scope, Query(search=text)) == len(expected)
        first = store.part(name, "json", scope, Query(order=order, search=text), None, 20)
        assert {row - 1 for row in first.rows} <= set(expected)
        assert len(first.rows) == min(20, len(expected))
        some += bool(expected)
    assert some > _SEARCHES / 6 / 5


def _part(draw: random.Random, rows: Rows, length: int) -> str:
    """Return a text of Han characters, most often one that stands in a row."""
    while True:
        long = [t for t in rows.texts(draw.randrange(len(rows.records))) if len(t) >= length]
        text = draw.choice(long or [""])
        if draw.random() < 0.2:
            text = _plain(sentence(draw) + draw.choice(TEXTS))
        start = draw.randrange(max(1, len(text) - length + 1))
        found = text[start : start + length]
        if len(found) == length and any(sign in SIGNS[:28] for sign in found):
            return found


def test_searches_with_conditions(store: Store, world: dict[str, Rows]) -> None:
    """Conditions and an order of one's own hold for what is found."""
    draw = Draw(7)
    for _ in range(_SEARCHES // 10):
        rows = world[draw.choice(list(COLLECTIONS))]
        text, named = _part(draw, rows, draw.randrange(1, 4)), draw.scope()
        if any(sign.isascii() for sign in text):  # glued scripts are looked for apart too
            continue
        conditions, order = [draw.condition(rows)], draw.order(rows)
        within = [row for row in rows.within(*named) if any(text in t for t in rows.texts(row))]
        expected = rows.answer(within, conditions, order)
        query, scope = _query(conditions, order, text), _scope(store, *named)
        found = store.part(rows.collection.name, "json", scope, query, None, 20_000)
        numbers = [row - 1 for row in found.rows]
        assert (numbers if order else sorted(numbers)) == expected, (text, conditions, order)
