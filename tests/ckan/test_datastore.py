"""datastore_search: the rows of a CSV resource, by the project's own queries."""

from __future__ import annotations

import csv
import io
from typing import Any
from urllib.parse import urlsplit

import pytest
from flask.testing import FlaskClient

from tests.ckan.asking import ask, error, post, result
from tests.serving import get


def _resource(client: FlaskClient, dataset: str = "demo-2030", at: int = 0) -> dict[str, Any]:
    found: dict[str, Any] = result(client, "package_show", id=dataset)["resources"][at]
    return found


def _rows(client: FlaskClient, **arguments: Any) -> Any:
    known = _resource(client)["id"]
    return result(client, "datastore_search", resource_id=known, **arguments)


def _ids(client: FlaskClient, **arguments: Any) -> list[str]:
    return [record["id"] for record in _rows(client, **arguments)["records"]]


def test_records_are_the_lines_of_the_csv(client: FlaskClient) -> None:
    """Every cell, with numbers as numbers; empty cells are null."""
    found = _rows(client)
    lines = list(csv.DictReader(io.StringIO(get(client, _resource(client)["url"]).text)))
    assert found["total"] == len(lines) == 5
    types = {field["id"]: field["type"] for field in found["fields"]}
    for place, (record, line) in enumerate(zip(found["records"], lines, strict=True), 1):
        assert record.pop("_id") == place
        for name, cell in line.items():
            number = types[name] in ("int", "numeric")
            expected = None if not cell else float(cell) if number else cell
            assert record[name] == expected, name


def test_numbers_are_copied_digit_by_digit(client: FlaskClient) -> None:
    """6.10 stays 6.10."""
    known = _resource(client)["id"]
    body = ask(client, "datastore_search", resource_id=known, limit=1, fields="value").text
    assert '"records":[{"value":6.10}]' in body


def test_filters_compare_columns(client: FlaskClient) -> None:
    """One value, several, none, and numbers in whichever form."""
    assert _ids(client, filters='{"strength": "strive"}') == ["new-jobs"]
    assert _ids(client, filters='{"value": 300.0}') == ["industrial-output"]
    both = '{"id": ["new-jobs", "gdp-growth"]}'
    assert _ids(client, filters=both) == ["gdp-growth", "new-jobs"]
    assert _ids(client, filters='{"value": null}') == ["dragon-boat-race", "lantern-fair"]
    assert _ids(client, filters='{"projects": "pump-factory"}') == ["industrial-output"]
    assert _ids(client, filters='{"deadline": "2030-06-30"}') == [
        "dragon-boat-race",
        "lantern-fair",
    ]


def test_text_is_searched(client: FlaskClient) -> None:
    """In a row, or in single columns of it."""
    assert _ids(client, q="工业") == ["industrial-output"]
    assert _ids(client, q='{"title_en": "jobs"}') == ["new-jobs"]


def test_rows_are_sorted_and_paged(client: FlaskClient) -> None:
    """By columns; _links.next leads through all."""
    expected = ["industrial-output", "gdp-growth", "dragon-boat-race", "lantern-fair", "new-jobs"]
    order = sorted(expected)
    assert _ids(client, sort="id asc") == order
    assert _ids(client, sort="strength desc, id") == _ids(client, sort=["strength desc", "id asc"])
    assert _ids(client, sort="id desc", limit=2, offset=1) == order[::-1][1:3]
    page = _rows(client, sort="id", limit=2)
    seen = [record["id"] for record in page["records"]]
    while page["records"]:
        address = urlsplit(page["_links"]["next"])
        assert not address.netloc
        page = client.get(f"{address.path}?{address.query}").get_json()["result"]
        seen += [record["id"] for record in page["records"]]
    assert seen == order


def test_records_come_in_four_forms(client: FlaskClient) -> None:
    """Objects, lists, and the text of CSV or TSV without a head."""
    asked = {"fields": "_id,id,value,title_zh", "limit": 1}
    assert _rows(client, **asked)["records"] == [
        {"_id": 1, "id": "gdp-growth", "value": 6.1, "title_zh": "地区生产总值增长率"}
    ]
    lists = _rows(client, records_format="lists", **asked)["records"]
    assert lists == [[1, "gdp-growth", 6.1, "地区生产总值增长率"]]
    line = _rows(client, records_format="csv", **asked)["records"]
    assert line == "1,gdp-growth,6.10,地区生产总值增长率\r\n"
    assert _rows(client, records_format="tsv", **asked)["records"] == line.replace(",", "\t")


def test_counting_can_be_left_out(client: FlaskClient) -> None:
    """include_total=false gives no total; the most rows are 32,000, as in CKAN."""
    assert "total" not in _rows(client, include_total="false")
    assert _rows(client, limit=99999)["limit"] == 32_000
    assert _rows(client, limit=0)["records"] == []


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ({"filters": '{"strenth": "x"}'}, 'field "strenth" not in table; did you mean strength?'),
        ({"filters": '{"value": "many"}'}, "filters: value:"),
        ({"filters": '{"value": true}'}, "neither a text nor a number"),
        ({"filters": '{"id": []}'}, "give 1 to 1000 values"),
        ({"filters": "[1]"}, "Must be an object"),
        ({"filters": "{"}, "Could not parse as valid JSON"),
        ({"q": '{"value": "3"}'}, "'value' is no column with text"),
        ({"sort": "nothing"}, "cannot sort by 'nothing'"),
        ({"sort": "projects asc"}, "cannot sort by 'projects'"),
        ({"sort": "id upwards"}, "write a column, then asc or desc"),
        ({"fields": "id,nothing"}, 'field "nothing" not in table'),
        ({"records_format": "xml"}, "Must be one of objects, lists, csv, tsv"),
        ({"distinct": "true"}, "Distinct rows are not supported"),
        ({"limt": "1"}, "There is no such parameter; did you mean limit?"),
        ({"offset": "-1"}, "Must be a natural number"),
    ],
)
def test_what_cannot_be_asked_is_refused(
    client: FlaskClient, arguments: dict[str, str], said: str
) -> None:
    """A condition that is not understood is never left out."""
    known = _resource(client)["id"]
    response = ask(client, "datastore_search", resource_id=known, **arguments)
    assert said in error(response, 409, "Validation Error")["message"]


def test_only_tables_for_programs_can_be_searched(client: FlaskClient) -> None:
    """A resource without datastore_active is not found."""
    resource = _resource(client, at=1)
    assert resource["datastore_active"] is False
    error(post(client, "datastore_search", {"resource_id": resource["id"]}), 404, "Not Found Error")


def test_columns_are_explained(client: FlaskClient) -> None:
    """datastore_info has their labels and how many rows there are."""
    found = result(client, "datastore_info", id=_resource(client)["id"])
    assert found["meta"]["count"] == 5
    fields = {field["id"]: field for field in found["fields"]}
    assert fields["value"]["type"] == "numeric"
    assert fields["title_zh"]["info"]["label_en"] == "Title (Chinese)"
    assert fields["deadline"]["type"] == "date"
