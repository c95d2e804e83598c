"""``sort``, ``fields`` and ``facet``: the order of rows, their columns, and what is counted."""

from __future__ import annotations

import csv
import io
from typing import Any

import pytest
from flask.testing import FlaskClient

from tests.serving import get

_TARGETS = "/v1/datasets/demo-2030/versions/1.1.0/targets"
_GROWTH, _OUTPUT, _JOBS = "gdp-growth", "industrial-output", "new-jobs"
_RACE, _FAIR = "dragon-boat-race", "lantern-fair"


def _table(client: FlaskClient, address: str) -> list[list[str]]:
    text = get(client, address).text.removeprefix("\ufeff")
    return list(csv.reader(io.StringIO(text, newline="")))


@pytest.mark.parametrize(
    ("sort", "expected"),
    [
        ("id", [_RACE, _GROWTH, _OUTPUT, _FAIR, _JOBS]),
        ("-id", [_JOBS, _FAIR, _OUTPUT, _GROWTH, _RACE]),
        ("value", [_GROWTH, _OUTPUT, _JOBS, _RACE, _FAIR]),
        ("-value", [_JOBS, _OUTPUT, _GROWTH, _RACE, _FAIR]),  # nulls last here as well
        ("kind,-value", [_RACE, _FAIR, _JOBS, _OUTPUT, _GROWTH]),
        ("-kind,value", [_GROWTH, _OUTPUT, _JOBS, _RACE, _FAIR]),
        ("strength", [_OUTPUT, _RACE, _FAIR, _GROWTH, _JOBS]),  # ties as in the file
        ("-strength", [_JOBS, _GROWTH, _OUTPUT, _RACE, _FAIR]),
        ("-value_max", [_JOBS, _GROWTH, _OUTPUT, _RACE, _FAIR]),
        ("deadline,-title_en", [_RACE, _FAIR, _JOBS, _OUTPUT, _GROWTH]),
        ("dataset,version,-source_start", [_RACE, _FAIR, _JOBS, _OUTPUT, _GROWTH]),
    ],
)
def test_sorted(client: FlaskClient, sort: str, expected: list[str]) -> None:
    """In every format; nulls last both ways, ties by the order of the file."""
    rows = get(client, f"{_TARGETS}?sort={sort}").get_json()["data"]
    assert [row["id"] for row in rows] == expected
    for address in (f"{_TARGETS}.csv?sort={sort}", f"{_TARGETS}.csv?profile=excel&sort={sort}"):
        assert [line[0] for line in _table(client, address)[1:]] == expected


def test_versions_sort_as_numbers(client: FlaskClient) -> None:
    """0.9.0 before 0.10.0 before 1.0.0."""
    rows = get(client, "/v1/datasets/hill-2031/versions?sort=version").get_json()["data"]
    assert [row["version"] for row in rows] == ["0.9.0", "0.10.0"]
    rows = get(client, "/v1/datasets?sort=-version").get_json()["data"]
    assert [row["version"] for row in rows] == ["1.1.0", "1.0.0", "0.10.0"]


@pytest.mark.parametrize(
    ("fields", "expected", "columns"),
    [
        ("id", {"id": _OUTPUT}, ["id"]),
        ("value,id", {"value": 300, "id": _OUTPUT}, ["value", "id"]),
        (
            "title",
            {"title": {"zh": "工业产值", "en": "Industrial output"}},
            ["title_zh", "title_en"],
        ),
        ("title_en", {"title": {"en": "Industrial output"}}, ["title_en"]),
        (
            "title_en,id,title",
            {"title": {"en": "Industrial output", "zh": "工业产值"}, "id": _OUTPUT},
            ["title_en", "id", "title_zh"],
        ),
        (
            "source_quote,source_start",
            {"source": {"quote": "工业产值突破300亿元", "start": 38}},
            ["source_quote", "source_start"],
        ),
        ("terms,caveats_code", {"terms": ["green-industry"], "caveats": []}, None),
        ("baseline_value,value_base", {"baseline": None, "value_base": "30000000000"}, None),
    ],
)
def test_fields(
    client: FlaskClient, fields: str, expected: dict[str, Any], columns: list[str] | None
) -> None:
    """In the order they are named, nested as ever in JSON; the columns of the table."""
    query = f"id={_OUTPUT}&fields={fields}"
    [row] = get(client, f"{_TARGETS}?{query}").get_json()["data"]
    assert repr(row) == repr(expected)  # the order too
    single = get(client, f"{_TARGETS}/{_OUTPUT}?fields={fields}").get_json()
    assert repr(single["data"]) == repr(expected)
    assert single["meta"]["version"] == "1.1.0"
    head, _ = _table(client, f"{_TARGETS}.csv?{query}")
    assert head == (columns or fields.split(","))
    assert _table(client, f"{_TARGETS}/{_OUTPUT}.csv?fields={fields}")[0] == head


@pytest.mark.parametrize(
    ("query", "head"),
    [
        ("fields=title&lang=zh", ["标题"]),
        ("fields=title&lang=en", ["Title"]),
        ("fields=title_en&lang=zh", ["标题"]),  # a table for people has one language
        ("fields=unit,title_zh,id&lang=en", ["Unit", "Title", "Identifier"]),
        ("fields=title&lang=en&header=id", ["title_en"]),
        ("fields=title,id&lang=en&header=zh", ["标题", "标识"]),
        ("fields=dataset,version&lang=en", []),  # on every row anyway
    ],
)
def test_fields_of_a_table_for_people(client: FlaskClient, query: str, head: list[str]) -> None:
    """One language; dataset, version, licence and permalink stay on every row."""
    lines = _table(client, f"{_TARGETS}.csv?profile=excel&{query}")
    assert lines[0][: len(head)] == head
    assert {len(line) for line in lines} == {len(head) + 4}
    assert lines[1][-1].endswith(f"/targets/{_GROWTH}")


def test_fields_leave_what_is_joined(client: FlaskClient) -> None:
    """What a search matched and what links lead to are no fields: both stay, whole."""
    query = "q=工业&fields=id&expand=terms&limit=1"
    [row] = get(client, f"{_TARGETS}?{query}").get_json()["data"]
    assert list(row) == ["id", "matches", "expanded"]
    [term] = row["expanded"]["terms"]
    whole = get(client, f"/v1/datasets/demo-2030/glossary/{term['id']}").get_json()["data"]
    assert term == whole
    single = get(client, f"{_TARGETS}/{_OUTPUT}?fields=id&expand=terms").get_json()["data"]
    assert single == {"id": _OUTPUT, "expanded": {"terms": [whole]}}


def test_links_keep_the_fields(client: FlaskClient) -> None:
    """Pages and downloads have the fields, the order and the search of the page they are of."""
    query = "q=工业&sort=-value&fields=id,title"
    links = get(client, f"{_TARGETS}?{query}&limit=1&facet=kind").get_json()["links"]
    for name in ("csv", "ndjson", "xlsx", "csv_excel", "first"):
        for part in ("q=%E5%B7%A5%E4%B8%9A", "sort=-value", "fields=id%2Ctitle"):
            assert part in links[name]
        assert ("limit" in links[name], "facet" in links[name]) == (name == "first",) * 2
        assert get(client, links[name]).status_code == 200
    assert _table(client, links["csv"])[0] == ["id", "title_zh", "title_en"]


def _counts(facet: dict[str, Any]) -> list[tuple[Any, int]]:
    return [(value["value"], value["count"]) for value in facet["values"]]


def test_facets(client: FlaskClient) -> None:
    """Values with labels, the most frequent first, then by value; null where there is none."""
    query = "facet=strength,unit,terms,value,deadline,version"
    facets = get(client, f"{_TARGETS}?{query}&limit=1").get_json()["facets"]
    assert list(facets) == query.partition("=")[2].split(",")
    assert _counts(facets["strength"]) == [("commit", 3), ("expect", 1), ("strive", 1)]
    strengths = get(client, "/v1/vocabularies/strengths").get_json()["data"]
    named = {entry["code"]: entry["label"] for entry in strengths}
    for value in facets["strength"]["values"]:
        assert list(value) == ["value", "label", "count"]
        assert value["label"] == named[value["value"]]
    assert facets["strength"]["total_values"] == 3
    assert _counts(facets["unit"]) == [(None, 2), ("cny-100m", 1), ("item", 1), ("percent", 1)]
    assert [value["label"] for value in facets["unit"]["values"]][:2] == [
        None,
        {"zh": "亿元", "en": "100 million yuan"},
    ]
    assert _counts(facets["terms"]) == [(None, 4), ("green-industry", 1)]
    assert facets["terms"]["values"][1]["label"] == {"zh": "绿色工业", "en": "Green industry"}
    assert _counts(facets["value"]) == [(None, 2), (6.1, 1), (300, 1), (1200, 1)]
    body = get(client, f"{_TARGETS}?facet=value_base").get_json()
    own = {row["value_base"] for row in body["data"]}
    assert own == {value for value, _ in _counts(body["facets"]["value_base"])}
    assert _counts(body["facets"]["value_base"])[0] == (None, 2)
    assert "30000000000" in own
    assert _counts(facets["deadline"]) == [("2030-12-31", 3), ("2030-06-30", 2)]
    assert _counts(facets["version"]) == [("1.1.0", 5)]


def test_facets_count_what_is_asked_for(client: FlaskClient) -> None:
    """Under conditions and search, whatever page is shown; members of lists one by one."""
    facets = get(client, f"{_TARGETS}?kind=qualitative&facet=unit,kind").get_json()["facets"]
    assert _counts(facets["kind"]) == [("qualitative", 2)]
    assert _counts(facets["unit"]) == [(None, 2)]
    facets = get(client, f"{_TARGETS}?q=工业&facet=id").get_json()["facets"]
    assert _counts(facets["id"]) == [(_OUTPUT, 1)]
    first = get(client, "/v1/targets?facet=kind&limit=5").get_json()
    second = get(client, first["links"]["next"]).get_json()
    assert first["facets"] == second["facets"]
    assert sum(count for _, count in _counts(first["facets"]["kind"])) == 12
    facets = get(client, f"{_TARGETS}?q=。&facet=kind").get_json()["facets"]
    assert facets == {"kind": {"total_values": 0, "values": []}}
    themes = get(client, "/v1/datasets?facet=themes").get_json()["facets"]["themes"]
    assert _counts(themes) == [("econ", 3), ("heal", 1)]
