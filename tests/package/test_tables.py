"""What descriptors say of tables is true of the tables that are served."""

from __future__ import annotations

import csv
import io
import re
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from flask.testing import FlaskClient

from opendata.package.tables import table_schema
from opendata.records import COLLECTIONS, DATASETS
from opendata.vocabularies import CLOSED
from tests.serving import get

_BASE = "https://data.example.org"
_PACKAGES = (
    *("/datapackage.json", "/datapackage-v1.json"),
    *("/v1/datasets/demo-2030/datapackage.json", "/v1/datasets/lake-2029/datapackage-v1.json"),
    "/v1/datasets/hill-2031/versions/0.9.0/datapackage.json",
)


def _rows(client: FlaskClient, package: str, path: str) -> list[dict[str, str]]:
    body = get(client, f"{package.rpartition('/')[0]}/{path}").data.decode()
    return list(csv.DictReader(io.StringIO(body, newline="")))


def _fits(cell: str, field: dict[str, Any]) -> bool:
    rules = field["constraints"]
    if not cell:
        return not rules["required"]
    if field["type"] in ("number", "integer"):
        return Decimal(cell) >= Decimal(rules.get("minimum", "-Infinity"))
    if field["type"] == "date":
        return bool(date.fromisoformat(cell))
    listed = cell in rules.get("enum", [cell])
    return listed and bool(re.search(rules.get("pattern", ""), cell))


@pytest.mark.parametrize("package", _PACKAGES)
def test_every_cell_is_as_described(client: FlaskClient, package: str) -> None:
    """Names, types, codes, patterns, keys and what may be empty."""
    body = get(client, package).get_json()
    assert {r["name"] for r in body["resources"]} >= {"targets", "projects", "glossary"}
    cells = 0
    for resource in body["resources"]:
        rows, schema = _rows(client, package, resource["path"]), resource["schema"]
        known = {field["name"]: field for field in schema["fields"]}
        for row in rows:
            assert list(row) == list(known)
            wrong = {name: cell for name, cell in row.items() if not _fits(cell, known[name])}
            assert wrong == {}
            cells += len(row)
        keys = [tuple(row[name] for name in schema["primaryKey"]) for row in rows]
        assert len(set(keys)) == len(keys)
    assert cells > 100


def test_keys_lead_to_rows_that_are_there(client: FlaskClient) -> None:
    """Each record of the catalogue's tables belongs to a version in the table of datasets."""
    body = get(client, "/datapackage.json").get_json()
    tables = {r["name"]: r for r in body["resources"]}
    followed = 0
    for resource in tables.values():
        for key in resource["schema"].get("foreignKeys", []):
            target = tables[key["reference"]["resource"]]
            there = {
                tuple(row[n] for n in key["reference"]["fields"])
                for row in _rows(client, "/datapackage.json", target["path"])
            }
            for row in _rows(client, "/datapackage.json", resource["path"]):
                assert tuple(row[name] for name in key["fields"]) in there
                followed += 1
    assert followed > 10


@pytest.mark.parametrize("collection", [*COLLECTIONS.values(), DATASETS], ids=lambda c: c.name)
def test_the_unit_of_a_figure_is_a_column_beside_it(collection: Any) -> None:
    """Wherever a field names one, also within groups."""
    schema = table_schema(_BASE, collection, {}, everywhere=False)
    known = {field["name"]: field for field in schema["fields"]}
    units = {name: f["unitField"] for name, f in known.items() if "unitField" in f}
    assert set(units.values()) <= known.keys()
    if collection.name == "targets":
        assert units["value"] == "unit"
        assert units["baseline_value_base"] == "baseline_unit_base"


def test_codes_are_listed_unless_they_are_too_many() -> None:
    """Short lists are enumerated, long ones named by their address."""
    targets = COLLECTIONS["targets"]
    codes = {"units": ["percent"], "indicators": [f"i-{n}" for n in range(301)]}
    schema = table_schema(_BASE, targets, codes, everywhere=False)
    fields = {field["name"]: field for field in schema["fields"]}
    assert fields["unit"]["constraints"]["enum"] == ["percent"]
    assert fields["kind"]["constraints"]["enum"] == list(CLOSED["kinds"])
    assert "enum" not in fields["indicator"]["constraints"]
    assert fields["indicator"]["vocabulary"] == f"{_BASE}/v1/vocabularies/indicators"
    members = fields["caveats_code"]["constraints"]["pattern"]
    assert re.search(members, "ambiguous_scope|ambiguous_scope")
    assert not re.search(members, "ambiguous scope")
