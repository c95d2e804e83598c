"""What descriptors say of tables is true of the tables that are served."""

from __future__ import annotations

import csv
import hashlib
import io
import re
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from flask.testing import FlaskClient

from opendata.package.tables import table_schema
from opendata.records import COLLECTIONS, DATASETS
from opendata.vocabularies import CLOSED, Label
from tests.serving import get

_BASE = "https://data.example.org"
_PACKAGES = (
    *("/datapackage.json", "/datapackage-v1.json"),
    *("/v1/datasets/demo-2030/datapackage.json", "/v1/datasets/lake-2029/datapackage-v1.json"),
    "/v1/datasets/hill-2031/versions/0.9.0/datapackage.json",
)


def _rows(client: FlaskClient, package: str, resource: dict[str, Any]) -> list[dict[str, str]]:
    body = get(client, f"{package.rpartition('/')[0]}/{resource['path']}").data
    assert resource["bytes"] == len(body)
    assert resource["hash"] == f"sha256:{hashlib.sha256(body).hexdigest()}"
    return list(csv.DictReader(io.StringIO(body.decode(), newline="")))


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
        rows, schema = _rows(client, package, resource), resource["schema"]
        known = {field["name"]: field for field in schema["fields"]}
        for row in rows:
            assert list(row) == list(known)
            wrong = {name: cell for name, cell in row.items() if not _fits(cell, known[name])}
            assert wrong == {}
            cells += len(row)
        keys = [tuple(row[name] for name in schema["primaryKey"]) for row in rows]
        assert len(set(keys)) == len(keys)
    assert cells > 100


@pytest.mark.parametrize("package", _PACKAGES)
def test_keys_lead_to_rows_that_are_there(client: FlaskClient, package: str) -> None:
    """Each record of the catalogue belongs to a version; each code of a version has a row."""
    body = get(client, package).get_json()
    tables = {r["name"]: r for r in body["resources"]}
    followed = set()
    for name, resource in tables.items():
        for key in resource["schema"].get("foreignKeys", []):
            target = tables[key["reference"].get("resource") or name]
            assert key["reference"]["fields"] == target["schema"]["primaryKey"]
            there = {
                tuple(row[n] for n in key["reference"]["fields"])
                for row in _rows(client, package, target)
            }
            for row in _rows(client, package, resource):
                held = tuple(row[column] for column in key["fields"])
                assert held in there or not any(held)
                followed.update([(name, *key["fields"])] if any(held) else [])
    if len(tables) > 4:
        assert followed >= {("targets", "section"), ("targets", "unit"), ("sections", "parent")}
    else:
        assert len(followed) == 3


def test_every_column_of_one_code_leads_to_its_table(client: FlaskClient) -> None:
    """What holds codes of a list of which the package has a table, or ids of its sections."""
    body = get(client, _PACKAGES[2]).get_json()
    names = {r["name"] for r in body["resources"]}
    assert {"sections", "units", "indicators", "categories"} <= names
    for collection in COLLECTIONS.values():
        [schema] = [r["schema"] for r in body["resources"] if r["name"] == collection.name]
        keys = {key["fields"][0]: key["reference"]["resource"] for key in schema["foreignKeys"]}
        coded = {c.name: c.vocabulary for c in collection.columns if not c.many}
        assert keys == {name: listed for name, listed in coded.items() if listed in names}


@pytest.mark.parametrize("package", _PACKAGES[2:4])
def test_tables_of_a_package_say_what_codes_mean(client: FlaskClient, package: str) -> None:
    """Labels in both languages and definitions, of codes in use and no others."""
    body = get(client, package).get_json()
    tables = {r["name"]: _rows(client, package, r) for r in body["resources"]}
    known = get(client, "/v1/vocabularies/units").get_json()["data"]
    labels = {entry["code"]: entry["label"] for entry in known}
    used = {row[name] for row in tables["targets"] for name in ("unit", "baseline_unit")}
    assert {row["code"] for row in tables["units"]} == used - {""}
    for row in tables["units"]:
        assert {"zh": row["label_zh"], "en": row["label_en"]} == labels[row["code"]]
        assert row["definition_zh"] and row["definition_en"]
    of_table = {row["id"]: row for row in tables["sections"]}
    assert all(row["title_zh"] and row["title_en"] for row in of_table.values())
    for row in tables["targets"]:
        above = row["section"]
        path: list[str] = []
        while above:
            path, above = [above, *path], of_table[above]["parent"]
        assert "|".join(path) == row["section_path"]


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
    codes = {
        "units": {"percent": Label("%", "per cent")},
        "indicators": {f"i-{n}": Label("指标", "Indicator") for n in range(301)},
        **{name: {c.code: c.label for c in codes.codes} for name, codes in CLOSED.items()},
    }
    schema = table_schema(_BASE, targets, codes, everywhere=False)
    fields = {field["name"]: field for field in schema["fields"]}
    assert fields["unit"]["constraints"]["enum"] == ["percent"]
    assert fields["unit"]["categories"] == [{"value": "percent", "label": "per cent"}]
    [first, *_] = fields["kind"]["categories"]
    assert first["labels"] == CLOSED["kinds"].codes[0].label._asdict()
    assert fields["kind"]["constraints"]["enum"] == list(CLOSED["kinds"])
    assert "enum" not in fields["indicator"]["constraints"]
    assert "categories" not in fields["indicator"]
    assert fields["indicator"]["vocabulary"] == f"{_BASE}/v1/vocabularies/indicators"
    members = fields["caveats_code"]["constraints"]["pattern"]
    assert re.search(members, "ambiguous_scope|ambiguous_scope")
    assert not re.search(members, "ambiguous scope")
