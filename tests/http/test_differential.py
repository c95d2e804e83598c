"""Random queries over HTTP, held against plain Python over the parsed NDJSON of everything.

Nothing of the package evaluates here: values are found by walking the JSON, numbers compare as
decimals, versions as numbers, all else as text by code point.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from decimal import Decimal
from functools import partial
from itertools import chain
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.http.asking import Asked, Query, Record, leaves, parse, queries
from tests.serving import get

#: What smaller tests cover already; counting lines would double the time it takes.
pytestmark = pytest.mark.no_cover

_NUMBERS = {
    *("value", "value_max", "value_base", "value_max_base", "baseline_value", "number"),
    *("baseline_value_base", "quantities_value", "quantities_value_base", "mentions_paragraph"),
    *("mentions_start", "mentions_end", "source_paragraph", "source_start", "source_end"),
}
_COUNTS = {"targets", "projects", "glossary"}  # of a dataset; elsewhere they are links

_COMPARE: dict[str, Callable[[Any, list[Any]], bool]] = {
    "": lambda own, given: own == given[0],
    "in": lambda own, given: own in given,
    "gt": lambda own, given: own > given[0],
    "gte": lambda own, given: own >= given[0],
    "lt": lambda own, given: own < given[0],
    "lte": lambda own, given: own <= given[0],
    "contains": lambda own, given: given[0] in own,
    "startswith": lambda own, given: own.startswith(given[0]),
}


def _natural(collection: str, name: str, value: Any) -> Any:
    if name in _NUMBERS or (collection == "datasets" and name in _COUNTS):
        return Decimal(value)
    return tuple(map(int, value.split("."))) if name == "version" else value


def _own(collection: str, name: str, record: Record) -> list[Any]:
    return [
        _natural(collection, name, value)
        for key, value in leaves(record)
        if key == name and value is not None
    ]


def _meets(collection: str, parameter: str, text: str, record: Record) -> bool:
    name, _, operator = parameter.partition("__")
    own = _own(collection, name, record)
    if operator == "isnull":
        return (text == "true") is (not own)
    texts = text.split(",") if operator == "in" else [text]
    given = [_natural(collection, name, member) for member in texts]
    if operator == "ne":
        return given[0] not in own
    return any(_COMPARE[operator](value, given) for value in own)


def _found(asked: Asked, query: Query) -> list[Record]:
    found = [
        record
        for record in asked.everything[query.path]
        if all(_meets(query.collection, *one, record) for one in query.conditions.items())
    ]
    for signed in reversed(query.sort):
        name, own = signed.lstrip("-"), partial(_own, query.collection, signed.lstrip("-"))
        some = [record for record in found if own(record)]
        none = [record for record in found if not own(record)]
        assert all(len(own(record)) == 1 for record in some), name
        found = sorted(some, key=own, reverse=signed.startswith("-")) + none
    return found


def _counts(query: Query, name: str, records: list[Record]) -> Iterator[tuple[Any, int]]:
    """Yield values and counts, the most frequent first, then by value, null last."""
    counted: Counter[Any] = Counter()
    for record in records:
        counted.update(set(_own(query.collection, name, record)) or [None])
    for count in sorted(set(counted.values()), reverse=True):
        values = [value for value, times in counted.items() if times == count]
        for value in sorted(v for v in values if v is not None):
            yield value, count
        if None in values:
            yield None, count


def _pages(asked: Asked, address: str) -> Iterator[dict[str, Any]]:
    following: str | None = address
    while following:
        response = get(asked.client, following)
        assert response.status_code == 200, response.text
        page = parse(response.data)
        yield page
        following = page["links"]["next"]


@settings(max_examples=300)
@given(data=st.data())
def test_every_query_gives_what_plain_python_finds(asked: Asked, data: st.DataObject) -> None:
    """Rows, order, total and facets, over pages of any size."""
    query = data.draw(queries(asked).filter(lambda query: query.q is None))
    limit = data.draw(st.sampled_from([7, 20, 100]))
    pages = list(_pages(asked, query.address("", "facet", limit=limit)))
    expected = _found(asked, query)
    assert list(chain.from_iterable(page["data"] for page in pages)) == expected
    for page in pages:
        assert page["meta"]["total"] == len(expected)
        assert list(page.get("facets", {})) == list(query.facet)
        for name, facet in page.get("facets", {}).items():
            shown = [(entry["value"], entry["count"]) for entry in facet["values"]]
            own = [
                (None if value is None else _natural(query.collection, name, value), count)
                for value, count in shown
            ]
            assert own == list(_counts(query, name, expected))
            assert facet["total_values"] == len(own)


def test_the_queries_find_something(asked: Asked) -> None:
    """What is drawn is worth asking: rows are left, and left out, and each operator is used."""
    seen: Counter[str] = Counter()

    @settings(max_examples=300)
    @given(data=st.data())
    def look(data: st.DataObject) -> None:
        query = data.draw(queries(asked))
        some, every = len(_found(asked, query)), len(asked.everything[query.path])
        seen["part" if 0 < some < every else "all" if some else "none"] += 1
        seen.update(name.partition("__")[2] for name in query.conditions)

    look()
    assert seen["part"] > 50
    assert {*_COMPARE, "ne", "isnull"} <= set(seen)
