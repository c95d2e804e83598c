"""A store answers any query as plain Python answers it, page by page and streamed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Any
from unittest.mock import patch

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from opendata.query import Condition, Kind, Operator, Order, Query, QueryField, fields_of
from opendata.query.values import encode
from opendata.records import COLLECTIONS, DATASETS, Collection
from opendata.store import Scope, Start, Store
from tests.store import evaluation
from tests.store.evaluation import Asked, Record, Sorted, natural
from tests.store.varied import TEXTS, VERSIONS, build_varied

#: What smaller tests cover already; counting lines would double the time it takes.
pytestmark = pytest.mark.no_cover

_COLLECTIONS: dict[str, Collection] = {**COLLECTIONS, DATASETS.name: DATASETS}
_EXAMPLES = settings(max_examples=60)
_FEWER = settings(max_examples=25)

#: Scopes: a version, a dataset, or everything.
_SCOPES = [
    *((d, v) for d, versions in VERSIONS.items() for v in versions),
    *((d, None) for d in VERSIONS),
    *([(None, None)] * 6),
]


@dataclass(frozen=True)
class Case:
    """A query of a collection, as the store and as plain Python are asked."""

    collection: str
    scope: tuple[str | None, str | None]
    conditions: tuple[Asked, ...]
    order: tuple[Sorted, ...]

    @property
    def query(self) -> Query:
        """As the store is asked."""
        return Query(
            tuple(
                Condition(c.field, c.operator, tuple(_form(c, value) for value in c.values))
                for c in self.conditions
            ),
            tuple(Order(by.field, by.descending) for by in self.order),
        )

    @property
    def fields(self) -> list[QueryField]:
        """All fields of the collection."""
        return list(fields_of(_COLLECTIONS[self.collection]).values())


def _form(asked: Asked, value: Any) -> str:
    if asked.operator is Operator.ISNULL:
        return str(value).lower()
    if asked.field.kind is Kind.VERSION:
        value = ".".join(map(str, value))
    return encode(asked.field.kind, value)


class World:
    """The store, and its records by version."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self.records: dict[tuple[str, str, str], list[Record]] = {}
        for name in _COLLECTIONS:
            for dataset, versions in VERSIONS.items():
                for version in versions:
                    held = store.version(dataset, version)
                    part = store.part(name, "json", Scope(held), Query(), None, 10_000)
                    parsed = [evaluation.parse(fragment) for fragment in part.fragments]
                    self.records[name, dataset, version] = parsed

    def scope(self, case: Case) -> Scope:
        """Return the scope the store is asked in."""
        dataset, version = case.scope
        held = self.store.version(dataset, version) if dataset and version else None
        return Scope(held, dataset)

    def within(self, case: Case) -> list[Record]:
        """Return all records of a case's scope."""
        dataset, version = case.scope
        return [
            record
            for (name, of, at), records in self.records.items()
            if name == case.collection
            and (of == dataset if dataset else at == VERSIONS[of][-1])
            and version in (None, at)
            for record in records
        ]

    def expected(self, case: Case) -> list[Record]:
        """Return the answer of plain Python."""
        return evaluation.answer(self.within(case), case.conditions, case.order)


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    """A store of varied records, built once."""
    store = Store(build_varied(tmp_path_factory.mktemp("varied")))
    yield World(store)
    store.close()


_ALIEN: dict[Kind, list[Any]] = {
    Kind.NUMBER: [Decimal(n) for n in ("-1e30", "-0.049", "6.1000", "1e30", "0.0500000000001")],
    Kind.VERSION: [(1, 1, 0), (0, 10, 0), (999999, 0, 0)],
    Kind.DATE: ["2030-06-15", "0001-01-01", "9999-12-31"],
    Kind.PERIOD: ["2030/2032", "1999"],
    Kind.NAME: ["nothing", "AMBIGUOUS_SCOPE", "targets-1", "glossary-2", "projects-3"],
    Kind.TEXT: [
        *TEXTS,
        *("", "业", "产", "nd", "ND", "%", "_", "\ud7fe", "\x00", "工业产值增长率"),
    ],
}


@st.composite
def _cases(draw: st.DrawFn) -> Case:
    name = draw(st.sampled_from([*COLLECTIONS, *COLLECTIONS, DATASETS.name]))
    fields = list(fields_of(_COLLECTIONS[name]).values())
    conditions = draw(st.lists(st.sampled_from(fields).flatmap(_conditions), max_size=3))
    sortable = st.sampled_from([field for field in fields if field.sortable])
    order = draw(st.lists(st.builds(Sorted, sortable, st.booleans()), max_size=3))
    return Case(name, draw(st.sampled_from(_SCOPES)), tuple(conditions), tuple(order))


def _conditions(field: QueryField) -> st.SearchStrategy[Asked]:
    return st.sampled_from(field.operators).flatmap(
        lambda operator: st.builds(
            Asked, st.just(field), st.just(operator), _given(field, operator)
        )
    )


def _given(field: QueryField, operator: Operator) -> st.SearchStrategy[tuple[Any, ...]]:
    if operator is Operator.ISNULL:
        return st.tuples(st.booleans())
    value = st.sampled_from(_KNOWN[field.kind, field.name] + _ALIEN[field.kind])
    if operator is Operator.IN:
        return st.lists(value, min_size=1, max_size=4).map(tuple)
    return st.tuples(value)


#: Some values that records have, by field.
_KNOWN: dict[tuple[Kind, str], list[Any]] = {}


@pytest.fixture(scope="module", autouse=True)
def _known(world: World) -> None:
    for case in (Case(name, (None, None), (), ()) for name in _COLLECTIONS):
        for field in case.fields:
            found = {v for record in world.within(case) for v in evaluation.values(field, record)}
            known = _KNOWN.setdefault((field.kind, field.name), [])
            known += sorted(found - set(known))[:60]


@_EXAMPLES
@given(case=_cases())
def test_rows_and_count_are_those_of_plain_python(world: World, case: Case) -> None:
    """The same records in the same order, and as many as are counted."""
    scope, expected = world.scope(case), world.expected(case)
    part = world.store.part(case.collection, "json", scope, case.query, None, 10_000)
    assert [evaluation.parse(fragment) for fragment in part.fragments] == expected
    assert part.more is False
    assert world.store.count(case.collection, scope, case.query) == len(expected)


@_EXAMPLES
@given(case=_cases(), data=st.data())
def test_facets_are_those_of_plain_python(world: World, case: Case, data: st.DataObject) -> None:
    """Each value as often as records have it, the most frequent first."""
    fields = data.draw(st.lists(st.sampled_from(case.fields), min_size=1, max_size=3))
    found = world.store.facets(case.collection, world.scope(case), case.query, fields)
    expected = world.expected(case)
    for field, facet in zip(fields, found, strict=True):
        assert facet.field == field
        counted = [
            (None if v.value is None else natural(field.kind, v.value), v.count)
            for v in facet.values
        ]
        assert counted == evaluation.counts(field, expected)
        assert facet.total_values == len(counted)


@pytest.mark.parametrize("operator", [Operator.STARTSWITH, Operator.CONTAINS])
@pytest.mark.parametrize("text", TEXTS)
def test_parts_of_texts_are_exact(world: World, operator: Operator, text: str) -> None:
    """Every character stands for itself alone, to the last code point before the surrogates."""
    field = fields_of(COLLECTIONS["targets"])["title_zh"]
    case = Case("targets", (None, None), (Asked(field, operator, (text,)),), ())
    expected = world.expected(case)
    part = world.store.part("targets", "json", Scope(), case.query, None, 10_000)
    assert [evaluation.parse(fragment) for fragment in part.fragments] == expected != []


def test_links_are_labelled_where_datasets_agree(world: World) -> None:
    """An id that stands for something else in another dataset has a label in a version only."""
    case = Case("targets", (None, None), (), ())
    [field] = [field for field in case.fields if field.name == "terms"]
    titles: dict[str, set[str]] = {}
    for dataset, versions in VERSIONS.items():
        linked = {v for r in world.within(case) for v in r["terms"] if r["dataset"] == dataset}
        for record in world.records["glossary", dataset, versions[-1]]:
            if record["id"] in linked:
                titles.setdefault(record["id"], set()).add(record["title"]["zh"])
    [facet] = world.store.facets("targets", Scope(), Query(), [field])
    shown = {v.value: v.label.zh for v in facet.values if v.label}
    assert shown.keys() < titles.keys()
    assert all({title} == titles[name] for name, title in shown.items())
    held = world.store.version("aa-2030", "1.2.0")
    [facet] = world.store.facets("targets", Scope(held), Query(), [field])
    own = {r["id"]: r["title"]["zh"] for r in world.records["glossary", "aa-2030", "1.2.0"]}
    assert {v.value: v.label and v.label.zh for v in facet.values if v.value} == {
        v.value: own[v.value] for v in facet.values if v.value
    }


@pytest.mark.parametrize("order", [False, True])
def test_a_stream_that_is_broken_off_gives_its_connection_back(world: World, order: bool) -> None:
    """A client that goes away in the middle holds nothing."""
    by = (Order(fields_of(COLLECTIONS["targets"])["value"]),) if order else ()
    with patch("opendata.store.reading.FIRST_BLOCK", 10):
        for _ in range(30):  # more than there are connections
            blocks = world.store.blocks("targets", "json", Scope(), Query(order=by))
            assert len(next(iter(blocks))) == 10
            blocks.close()  # type: ignore[attr-defined]
    assert world.store._engine.pool.checkedout() == 0  # type: ignore[attr-defined]


@_FEWER
@given(case=_cases(), limit=st.integers(1, 80))
def test_pages_forward_and_backward_are_the_whole(world: World, case: Case, limit: int) -> None:
    """Any limit gives each row once, from either end; the way back leads over the same rows."""
    store, scope = world.store, world.scope(case)
    whole = store.part(case.collection, "json", scope, case.query, None, 10_000)
    forward: list[int] = []
    start: Start | None = None
    more = True
    while more:
        part = store.part(case.collection, "json", scope, case.query, start, limit)
        assert len(part.rows) == len(part.fragments) <= limit
        forward += part.rows
        more = part.more
        assert not more or len(part.rows) == limit
        start = Start(forward[-1]) if forward else None
    assert forward == whole.rows
    if not forward:
        return
    backward = [forward[-1]]
    more = True
    while more:
        start = Start(backward[0], backward=True)
        part = store.part(case.collection, "json", scope, case.query, start, limit)
        assert part.fragments == [whole.fragments[forward.index(row)] for row in part.rows]
        backward = part.rows + backward
        more = part.more
        assert not more or len(part.rows) == limit
    assert backward == forward


@_EXAMPLES
@given(case=_cases(), data=st.data())
def test_a_start_need_not_be_selected(world: World, case: Case, data: st.DataObject) -> None:
    """A row of another version, or that meets no condition, still has its place in the order."""
    everything = world.records.items()
    rows = [record for (name, *_), of in everything if name == case.collection for record in of]
    at = data.draw(st.integers(1, len(rows)))
    whole, scope = evaluation.answer(rows, (), case.order), world.scope(case)
    place = next(i for i, record in enumerate(whole) if record is rows[at - 1])
    kept = {id(record) for record in world.expected(case)}
    for backward in (False, True):
        part = world.store.part(
            case.collection, "json", scope, case.query, Start(at, backward), 10_000
        )
        span = slice(0, place) if backward else slice(place + 1, None)
        expected = [record for record in whole[span] if id(record) in kept]
        assert [evaluation.parse(fragment) for fragment in part.fragments] == expected


@_FEWER
@given(case=_cases(), first=st.integers(1, 20), block=st.integers(1, 50))
def test_streams_are_the_whole(world: World, case: Case, first: int, block: int) -> None:
    """Blocks of any size hold the rows of a page that holds all, and none is empty."""
    scope = world.scope(case)
    whole = world.store.part(case.collection, "csv", scope, case.query, None, 10_000)
    with (
        patch("opendata.store.reading.FIRST_BLOCK", first),
        patch("opendata.store.reading.BLOCK", block),
    ):
        blocks = list(world.store.blocks(case.collection, "csv", scope, case.query))
    assert [fragment for block in blocks for fragment in block] == whole.fragments
    sizes = [first, *(block for _ in blocks[1:])]
    assert [len(held) for held in blocks[:-1]] == sizes[: len(blocks) - 1]
    assert all(1 <= len(held) <= size for held, size in zip(blocks, sizes, strict=False))
