"""Equality filters on every field of every collection."""

from __future__ import annotations

from itertools import chain
from typing import Any
from urllib.parse import quote

import pytest
from flask.testing import FlaskClient

from opendata.records import COLLECTIONS, DATASETS, Collection, Column
from tests.serving import get, ids, walk

_ALL = (*COLLECTIONS.values(), DATASETS)
_FILTERS = [
    pytest.param(collection, column, id=f"{collection.name}-{column.name}")
    for collection in _ALL
    for column in collection.columns
]


def _rows(client: FlaskClient, address: str) -> list[dict[str, Any]]:
    return list(chain.from_iterable(page["data"] for page in walk(client, address)))


#: Columns that no record of this world has a value in.
_EMPTY = ("baseline", "caveats", "contact_url", "corrections", "previous_ids", "released_at")


@pytest.mark.parametrize(("collection", "column"), _FILTERS)
def test_every_filter_gives_the_rows_that_have_the_value(
    client: FlaskClient, collection: Collection, column: Column
) -> None:
    """Members of lists match too; the filtered rows are exactly those a reader would pick."""
    address = f"/v1/{collection.name}"
    every = _rows(client, address)
    values = {value for row in every for value in column.values(row) if value is not None}
    for value in values:
        expected = [row for row in every if value in column.values(row)]
        asked = f"?{column.name}={quote(str(value))}"
        body = get(client, f"{address}{asked}").get_json()
        assert body["data"] == expected
        assert body["meta"]["total"] == len(expected)
        table = get(client, f"{address}.csv{asked}")
        assert table.data.count(b"\r\n") == 1 + len(expected)
    assert values or column.name.startswith(_EMPTY)


@pytest.mark.parametrize("collection", _ALL, ids=lambda collection: collection.name)
def test_what_can_be_filtered_on(client: FlaskClient, collection: Collection) -> None:
    """Every column of the table, in its order, then the settings; an unknown parameter is told."""
    expected = get(client, f"/v1/{collection.name}.csv?limit=1").text.split("\r\n")[0].split(",")
    others = ["q", "sort", "fields", "limit", "cursor", "facet"]
    others += ["expand"] if collection.links else []
    errors = get(client, f"/v1/{collection.name}?no-such-filter=1").get_json()["errors"]
    assert errors[0]["allowed"] == [*expected, *others]
    pinned = f"/v1/datasets/demo-2030/versions/1.0.0/{collection.name}"
    if collection is not DATASETS:
        errors = get(client, f"{pinned}?no-such-filter=1").get_json()["errors"]
        own = [name for name in expected if name not in ("dataset", "version")]
        assert errors[0]["allowed"] == [*own, *others]


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("/v1/targets?kind=qualitative&dataset=demo-2030", ["dragon-boat-race", "lantern-fair"]),
        ("/v1/targets?id=new-jobs&dataset=hill-2031", ["new-jobs"]),
        ("/v1/targets?version=0.10.0&comparator=more_than", ["industrial-output"]),
        ("/v1/targets?projects=pump-factory&terms=green-industry", ["industrial-output"] * 2),
        ("/v1/targets?kind=qualitative&comparator=about", []),
        ("/v1/targets?version=0.9.0", []),  # not the latest version of its dataset
        ("/v1/targets?section=9.9", []),
        ("/v1/datasets/demo-2030/targets?unit=percent", ["gdp-growth"]),
        ("/v1/datasets/demo-2030/versions/1.0.0/targets?kind=qualitative", ["dragon-boat-race"]),
        ("/v1/projects?quantities_unit=item&dataset=demo-2030", ["pump-factory"]),
        ("/v1/glossary?kind=list&dataset=lake-2029", ["river-and-banks"]),
        ("/v1/glossary?used_by_targets=industrial-output&version=1.1.0", ["green-industry"]),
        ("/v1/glossary?used_by_projects=river-banks&dataset=hill-2031", ["river-and-banks"]),
    ],
)
def test_filters_together(client: FlaskClient, address: str, expected: list[str]) -> None:
    """All of them must hold; a value that no row has gives an empty page, not an error."""
    assert [name.split("/")[1] for name in ids(get(client, address).get_json())] == expected


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("area=990103", ["hill-2031"]),
        ("themes=heal", ["hill-2031"]),
        ("themes=econ", ["demo-2030", "hill-2031", "lake-2029"]),
        ("period=2030", ["demo-2030", "lake-2029"]),
        ("licence=CC-BY-4.0&period=2031", ["hill-2031"]),
        ("id=lake-2029", ["lake-2029"]),
        ("area=990100", []),
    ],
)
def test_datasets_can_be_filtered(client: FlaskClient, query: str, expected: list[str]) -> None:
    """By area, theme, period and licence."""
    data = get(client, f"/v1/datasets?{query}").get_json()["data"]
    assert [row["id"] for row in data] == expected


def test_versions_can_be_filtered(client: FlaskClient) -> None:
    """The versions of a dataset are rows like others."""
    base = "/v1/datasets/hill-2031/versions"
    assert get(client, f"{base}?themes=heal").get_json()["meta"]["total"] == 2
    assert get(client, f"{base}?area=990102").get_json()["meta"]["total"] == 0


def test_versions_can_be_told_apart(client: FlaskClient) -> None:
    """They are what the rows of that address differ in."""
    data = get(client, "/v1/datasets/hill-2031/versions?version__lt=0.10.0").get_json()["data"]
    assert [row["version"] for row in data] == ["0.9.0"]


def test_dataset_and_version_filter_only_across_datasets(client: FlaskClient) -> None:
    """Where the address names them, they are no parameters."""
    response = get(client, "/v1/datasets/demo-2030/targets?dataset=demo-2030&version=1.0.0")
    assert [error["parameter"] for error in response.get_json()["errors"]] == [
        "dataset",
        "version",
    ]
