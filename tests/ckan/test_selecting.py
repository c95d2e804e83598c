"""Queries select, sort and count the packages that they should."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Any

import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import Engine, create_engine

from opendata.ckan import Expression, Known, SolrError, package, parse, sorts
from opendata.ckan.syntax import Everything
from opendata.compiler.ckan import PackageWriter
from opendata.store import Asked, Packages
from opendata.store.layout import metadata
from tests.ckan.evaluation import selected
from tests.ckan.expressions import ORGANIZATIONS, TAGS, TIMES, TITLES, expressions

_BASE = "https://data.example.org"


def _record(at: int) -> dict[str, Any]:
    """Return the record of a dataset; which values it has is told by its number."""
    both = {"zh": "柳溪县", "en": "Liuxi"}
    return {
        "id": f"set-{at:02}",
        "version": "1.0.0",
        "title": {"zh": TITLES[at % 5], "en": TITLES[at // 5 % 5]},
        "description": both,
        "publisher": {"name": both, "url": None},
        "area": "990102",
        "period": "2030",
        "themes": ["econ", "heal"][: 1 + at % 2],
        "keywords": [{"zh": tag, "en": tag} for tag in TAGS[at % 4 : at % 4 + at % 3]],
        "languages": ["zh"],
        "licence": "CC-BY-4.0",
        "contact": {"name": both, "email": None, "url": None},
        "notes": both,
        "distributions": [],
    }


def _packages() -> Iterator[tuple[dict[str, Any], dict[str, Any]]]:
    for at in range(40):
        record, time = _record(at), TIMES[at % 3]
        found = package(record, Known(_BASE, time, time, {}, {}, None))
        found["metadata_modified"] = time
        found["organization"]["name"] = ORGANIZATIONS[at % 5]
        yield record, found


PACKAGES = [found for _, found in _packages()]


@pytest.fixture(scope="module")
def store() -> Packages:
    """The packages of the tests, in tables."""
    engine: Engine = create_engine("sqlite+pysqlite://")
    metadata.create_all(engine)
    writer = PackageWriter()
    with engine.begin() as connection:
        for row, (record, found) in enumerate(_packages(), 1):
            writer.write(connection, row, record, found)
    return Packages(engine)


@given(expressions())
def test_exactly_what_an_expression_says_is_selected(store: Packages, of: Expression) -> None:
    """An evaluator that knows the packages alone selects the same."""
    expected = [p["name"] for p in PACKAGES if selected(of, p)]
    asked = Asked(of)
    assert store.count(asked) == len(expected)
    page = store.page(asked, sorts("name asc"), 0, 1000)
    assert [_name(fragment) for fragment in page] == expected


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("organization:{a TO b-1}", {"aa"}),
        ("organization:[a TO b-1}", {"a", "aa"}),
        ("organization:{a TO b-1]", {"aa", "b-1"}),
        ("organization:[* TO a}", {"AND"}),
        ("organization:{b-1 TO *]", {"o[x]*"}),
        ("organization:o\\[x*", {"o[x]*"}),
        ("organization:*\\*", {"o[x]*"}),
        ("organization:?", {"a"}),
        ("organization:a?", {"aa"}),
        ("organization:and", set()),
        ("organization:\\AND", {"AND"}),
        ("organization:(a OR aa) -organization:a", {"aa"}),
    ],
)
def test_ends_and_wildcards_are_exact(store: Packages, query: str, expected: set[str]) -> None:
    """Ends are in or out as the brackets say; case counts; what is escaped is no wildcard."""
    found = store.facet(Asked(parse(query)), "organization", None, 1)
    assert {value for value, _ in found} == expected


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("{2026-01-01T00:00:00Z TO 2027-12-31T23:59:59Z}", {TIMES[1]}),
        ("[2026-01-01T00:00:00.000000Z TO 2027-12-31T23:59:59Z}", {TIMES[0], TIMES[1]}),
        ("{2026-01-01T00:00:00 TO *]", {TIMES[1], TIMES[2]}),
        ('"2026-01-01T00:00:00.000001Z"', {TIMES[1]}),
    ],
)
def test_times_are_exact(store: Packages, query: str, expected: set[str]) -> None:
    """To the microsecond, with or without a fraction or a Z."""
    page = store.page(Asked(parse(f"metadata_modified:{query}")), sorts("name asc"), 0, 100)
    assert {orjson.loads(fragment)["metadata_modified"] for fragment in page} == expected


@given(expressions(), expressions(), st.sampled_from(["tags", "organization", "groups"]))
def test_facets_count_what_is_selected(
    store: Packages, q: Expression, fq: Expression, field: str
) -> None:
    """Every value is counted in the packages that q and fq select."""
    found = [p for p in PACKAGES if selected(q, p) and selected(fq, p)]
    expected: Counter[str] = Counter()
    for one in found:
        own = [one["organization"]] if field == "organization" else one[field]
        expected.update(member["name"] for member in own)
    assert dict(store.facet(Asked(q, (fq,)), field, None, 1)) == dict(expected)


def test_pages_follow_each_other_without_gaps(store: Packages) -> None:
    """Paging by start gives every package once, whatever the order ties at."""
    asked, order = Asked(Everything()), sorts("metadata_modified desc")
    pages = [store.page(asked, order, start, 7) for start in range(0, 49, 7)]
    names = [_name(fragment) for page in pages for fragment in page]
    assert sorted(names) == [p["name"] for p in PACKAGES]
    assert pages[-1] == []


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("organisation:a", "undefined field 'organisation'; did you mean organization?"),
        ("-(name:a OR zzzz:b)", "undefined field 'zzzz'"),
        ("metadata_modified:[yesterday TO *]", "'yesterday' is no time"),
        ("metadata_modified:[2026-02-30T00:00:00Z TO *]", "'2026-02-30T00:00:00Z' is no time"),
        ("metadata_modified:2026*", "'metadata_modified' is a time; wildcards are for texts"),
        ("num_tags:many", "'many' is no whole number"),
        ("title:[a TO b]", "'title' is searched by words"),
        ("title:a*b", "'title' is searched by words"),
    ],
)
def test_what_a_field_cannot_be_asked_is_refused(store: Packages, query: str, said: str) -> None:
    """Unknown fields and values that no package could have are errors, not empty answers."""
    with pytest.raises(SolrError) as told:
        store.count(Asked(parse(query)))
    assert str(told.value).startswith(said)


@pytest.mark.parametrize(
    "order", ["name", "name up", "tags asc", "notes asc", "nothing desc", "name asc desc", "a,b"]
)
def test_an_order_that_there_is_not_is_refused(order: str) -> None:
    """A field that cannot be sorted by, or no direction, is an error."""
    with pytest.raises(SolrError):
        sorts(order)


def _name(fragment: bytes) -> str:
    return str(orjson.loads(fragment)["name"])
