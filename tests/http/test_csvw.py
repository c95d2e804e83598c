"""CSV on the Web: each whole CSV leads to metadata that are true of its every cell."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from urllib.parse import urljoin

import pytest
from flask.testing import FlaskClient

from opendata.records import COLLECTIONS
from tests.http.links import links, related
from tests.serving import BASE, get

_DATASET = "/v1/datasets/demo-2030"
_PINNED = f"{_DATASET}/versions/1.1.0"
_CSVM = "application/csvm+json"

_TABLES = [
    "/v1/datasets.csv",
    f"{_DATASET}/versions.csv",
    *(f"{base}/{name}.csv" for base in ("/v1", _DATASET, _PINNED) for name in COLLECTIONS),
]

_READ: dict[str, Callable[[str], object]] = {
    "string": str,
    "anyURI": lambda text: text.index("://"),
    "integer": int,
    "decimal": Decimal,
    "date": date.fromisoformat,
}


@pytest.mark.parametrize("path", _TABLES)
def test_a_table_leads_to_what_describes_it(client: FlaskClient, path: str) -> None:
    """By the first link of its header, and by the address that validators try of themselves."""
    table = get(client, path)
    described = (f"{BASE}{path}-metadata.json", "describedby", _CSVM)
    assert links(table)[0] == described
    assert related(table, "describedby") == described[0]
    answer = get(client, described[0])
    assert (answer.status_code, answer.content_type) == (200, _CSVM)
    assert (f"{BASE}{path}", "describes", "text/csv") in links(answer)
    body = answer.get_json()
    assert body["@context"][0] == "http://www.w3.org/ns/csvw"
    assert urljoin(described[0], body["url"]) == f"{BASE}{path}"


@pytest.mark.parametrize("path", _TABLES)
def test_it_is_true_of_every_cell(client: FlaskClient, path: str) -> None:
    """Headers, kinds of values, lists, what is never empty, and what tells rows apart."""
    body = get(client, f"{path}-metadata.json").get_json()
    schema, columns = body["tableSchema"], body["tableSchema"]["columns"]
    dialect = body["dialect"]
    text = get(client, path).data.decode(dialect["encoding"])
    assert text.endswith(dialect["lineTerminators"][0])
    source = io.StringIO(text, newline="")
    reader = csv.DictReader(source, delimiter=dialect["delimiter"], strict=True)
    rows = list(reader)
    assert (
        reader.fieldnames == [c["name"] for c in columns] == [c["titles"]["und"] for c in columns]
    )
    for row in rows:
        for column in columns:
            cell = row[column["name"]]
            assert cell or not column["required"], column["name"]
            separator = column.get("separator")
            kind = column["datatype"]
            for value in cell.split(separator) if separator else [cell]:
                if value:
                    _READ[kind if isinstance(kind, str) else kind["base"]](value)
        about = get(client, schema["aboutUrl"].format_map(row))
        assert about.get_json()["data"]["id"] == row["id"]
    keys = [tuple(row[name] for name in schema["primaryKey"]) for row in rows]
    assert len(set(keys)) == len(rows)
    never_empty = {column["name"] for column in columns if column["required"]}
    assert set(schema["primaryKey"]) <= never_empty


def test_columns_say_what_they_hold(client: FlaskClient) -> None:
    """As exactly as the record type does, in both languages."""
    body = get(client, f"{_PINNED}/targets.csv-metadata.json").get_json()
    columns = {column["name"]: column for column in body["tableSchema"]["columns"]}
    assert columns["title_zh"] == {
        "name": "title_zh",
        "titles": {"und": "title_zh", "zh": "标题（中文）", "en": "Title (Chinese)"},
        "dc:description": [
            {"@value": "记录的简短名称。", "@language": "zh"},
            {"@value": "Short name of the record.", "@language": "en"},
        ],
        "datatype": "string",
        "null": "",
        "required": True,
        "lang": "zh",
    }
    assert columns["deadline"]["datatype"] == {"base": "date", "format": "yyyy-MM-dd"}
    assert columns["source_start"]["datatype"] == "integer"
    for name in ("value", "value_base"):
        assert columns[name]["datatype"] == "decimal"
        assert not columns[name]["required"]
    assert not columns["baseline_value"]["required"]  # required of a baseline, which may be absent
    assert columns["terms"]["separator"] == "|"
    assert "separator" not in columns["unit"]
    versions = get(client, f"{_DATASET}/versions.csv-metadata.json").get_json()
    kinds = {c["name"]: c["datatype"] for c in versions["tableSchema"]["columns"]}
    assert kinds["publisher_url"] == "anyURI"


@pytest.mark.parametrize(
    ("path", "key"),
    [
        ("/v1/targets", ["dataset", "version", "id"]),
        (f"{_DATASET}/targets", ["id"]),
        (f"{_PINNED}/targets", ["id"]),
        ("/v1/datasets", ["id", "version"]),
        (f"{_DATASET}/versions", ["id", "version"]),
    ],
)
def test_keys(client: FlaskClient, path: str, key: list[str]) -> None:
    """No more columns than tell rows apart: an id is its dataset's own."""
    body = get(client, f"{path}.csv-metadata.json").get_json()
    assert body["tableSchema"]["primaryKey"] == key


def test_a_version_names_licence_and_publisher(client: FlaskClient) -> None:
    """What spans several versions has a title only, as these may differ."""
    body = get(client, f"{_PINNED}/targets.csv-metadata.json").get_json()
    assert body["dc:title"][1] == {
        "@value": "Work plan of Liuxi County for 2030: Targets",
        "@language": "en",
    }
    assert body["dc:license"] == {"@id": "https://creativecommons.org/licenses/by/4.0/"}
    assert body["schema:version"] == "1.1.0"
    across = get(client, "/v1/targets.csv-metadata.json").get_json()
    assert [title["@value"] for title in across["dc:title"]] == ["目标", "Targets"]
    assert "dc:license" not in across


def test_the_latest_names_the_pinned_address(client: FlaskClient) -> None:
    """The same, which may be kept less long; a client that holds it is told so."""
    latest = get(client, f"{_DATASET}/targets.csv-metadata.json")
    pinned = get(client, f"{_PINNED}/targets.csv-metadata.json")
    assert latest.data == pinned.data
    assert latest.headers["Content-Location"] == f"{BASE}{_PINNED}/targets.csv-metadata.json"
    assert "max-age=60," in latest.headers["Cache-Control"]
    assert pinned.headers["Cache-Control"] == "public, max-age=86400"
    again = get(client, latest.request.path, If_None_Match=latest.headers["ETag"])
    assert again.status_code == 304


@pytest.mark.parametrize(
    "address",
    [
        "/v1/targets.csv?profile=excel",
        "/v1/targets.csv?fields=id",
        "/v1/targets.csv?delimiter=tab",
        f"{_DATASET}/targets/gdp-growth.csv",
        "/v1/targets.json",
        "/v1/targets",
    ],
)
def test_nothing_else_is_described_by_it(client: FlaskClient, address: str) -> None:
    """The data dictionary describes whatever else there is."""
    assert related(get(client, address), "describedby") == f"{BASE}/v1/schema"


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("/v1/datasets/nowhere/targets.csv-metadata.json", 404),
        ("/v1/datasets/nowhere/versions.csv-metadata.json", 404),
        (f"{_DATASET}/versions/9.9.9/targets.csv-metadata.json", 404),
        ("/v1/search.csv-metadata.json", 404),
        ("/v1/targets.csv-metadata.json?fields=id", 400),
    ],
)
def test_what_is_not_there(client: FlaskClient, address: str, status: int) -> None:
    """As everywhere else."""
    response = get(client, address)
    assert (response.status_code, response.mimetype) == (status, "application/problem+json")
