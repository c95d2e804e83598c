"""The JSON Schemas hold of every record that is served, and of no broken one."""

from __future__ import annotations

import copy
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient
from jsonschema import Draft202012Validator, FormatChecker

from opendata.records import COLLECTIONS, DATASETS
from tests.serving import World, client_of, get, stored

_KUIWEN = Path(__file__).parents[2] / "datasets"
_NAMES = [*COLLECTIONS, DATASETS.name]


@pytest.fixture(scope="module")
def kuiwen(tmp_path_factory: pytest.TempPathFactory) -> FlaskClient:
    """A client of the project's own datasets."""
    folder = tmp_path_factory.mktemp("kuiwen")
    stored(_KUIWEN, folder)
    return client_of(folder)


def _validator(client: FlaskClient, name: str) -> Draft202012Validator:
    schema = get(client, f"/v1/schema/{name}.json").get_json()
    Draft202012Validator.check_schema(schema)
    return Draft202012Validator(schema, format_checker=FormatChecker())


def _records(client: FlaskClient, name: str) -> Iterator[dict[str, Any]]:
    datasets = get(client, "/v1/datasets.ndjson").text.splitlines()
    for dataset in map(json.loads, datasets):
        base = f"/v1/datasets/{dataset['id']}/versions"
        versions = get(client, f"{base}.ndjson").text.splitlines()
        for version in map(json.loads, versions):
            if name == DATASETS.name:
                yield version
            else:
                lines = get(client, f"{base}/{version['version']}/{name}.ndjson").text
                yield from map(json.loads, lines.splitlines())


@pytest.mark.parametrize("name", _NAMES)
def test_every_record_of_kuiwen_is_valid(kuiwen: FlaskClient, name: str) -> None:
    """In each of its versions."""
    validator, count = _validator(kuiwen, name), 0
    for record in _records(kuiwen, name):
        assert [error.message for error in validator.iter_errors(record)] == []
        count += 1
    assert count >= 3


@pytest.mark.parametrize("name", _NAMES)
def test_every_record_of_the_made_up_world_is_valid(client: FlaskClient, name: str) -> None:
    """With the fields that Kuiwen does not use."""
    validator = _validator(client, name)
    for record in _records(client, name):
        assert [error.message for error in validator.iter_errors(record)] == []


@pytest.mark.parametrize("name", _NAMES)
def test_a_broken_record_is_not_valid(kuiwen: FlaskClient, name: str) -> None:
    """A key that is gone, one too many, or a value of another kind, wherever it stands."""
    validator = _validator(kuiwen, name)
    record = next(_records(kuiwen, name))
    assert validator.is_valid(record)
    broken = list(_broken(record))
    assert [what for what, other in broken if validator.is_valid(other)] == []
    assert len(broken) > 3 * len(record)


def _broken(record: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    for path in _objects(record, ()):
        for key in _at(record, path):
            for what, change in (("gone", None), ("kind", {"x": 1})):
                other = copy.deepcopy(record)
                holder = _at(other, path)
                if change is None:
                    del holder[key]
                else:
                    holder[key] = change
                yield f"{'.'.join(map(str, path))}.{key} {what}", other
        other = copy.deepcopy(record)
        _at(other, path)["not_a_key"] = 1
        yield f"{'.'.join(map(str, path))} more", other
    for key, wrong in (("version", "1"), ("id", "Not an id"), ("dataset", "")):
        if key in record:
            yield f"{key} form", {**record, key: wrong}


def _objects(value: Any, path: tuple[str | int, ...]) -> Iterator[tuple[str | int, ...]]:
    if isinstance(value, dict):
        yield path
        for key, member in value.items():
            yield from _objects(member, (*path, key))
    elif isinstance(value, list) and value:
        yield from _objects(value[0], (*path, 0))


def _at(value: Any, path: tuple[str | int, ...]) -> Any:
    for step in path:
        value = value[step]
    return value


def test_a_code_that_no_closed_list_has_is_not_valid(kuiwen: FlaskClient) -> None:
    """Closed lists are enumerated; open ones are named."""
    validator = _validator(kuiwen, "targets")
    record = next(_records(kuiwen, "targets"))
    assert not validator.is_valid({**record, "kind": "neither"})
    assert validator.is_valid({**record, "indicator": "one-that-comes-later"})


def test_a_schema_says_what_it_is(world: World, client: FlaskClient) -> None:
    """Dialect, absolute name, both languages, units and code lists."""
    response = get(client, "/v1/schema/targets.json")
    assert response.mimetype == "application/schema+json"
    schema = response.get_json()
    assert schema["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    assert schema["$id"] == "http://127.0.0.1:8000/v1/schema/targets.json"
    value = schema["properties"]["value"]
    assert value["x-title"] == {"zh": "数值", "en": "Value"}
    assert value["x-unit-field"] == "unit"
    assert schema["properties"]["unit"]["x-vocabulary"].endswith("/v1/vocabularies/units")
    assert schema["properties"]["deadline"]["format"] == "date"
    assert schema["$defs"]["Baseline"]["properties"]["value"]["x-unit-field"] == "unit"
