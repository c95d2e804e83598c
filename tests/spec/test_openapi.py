"""The OpenAPI document is valid, complete, and as committed."""

from __future__ import annotations

import json
import re
import shutil
from collections import Counter
from pathlib import Path

import pytest
import yaml
from flask.testing import FlaskClient
from openapi_spec_validator import OpenAPIV31SpecValidator

from opendata.formats import TSV, XLSX
from opendata.spec.dictionary import PAGES, to_markdown
from opendata.spec.resources import ZIP
from opendata.store import Store
from opendata.vocabularies import CLOSED, OPEN
from tests.serving import World, build_store, client_of, get
from tests.spec.described import Description

_ROOT = Path(__file__).parents[2]
_REACHES = ("", "Dataset", "Version")
#: Media types of answers that a description cannot show, or that one like them shows.
_NOT_SHOWN = {XLSX.media_type, TSV, "text/html", ZIP}


@pytest.fixture
def description(client: FlaskClient) -> Description:
    """The description the world is served with."""
    return Description(get(client, "/openapi.json").get_json())


def test_the_committed_description_is_that_of_the_datasets(tmp_path: Path) -> None:
    """``openapi/openapi.yaml`` has not drifted; ``make spec`` writes it anew."""
    store = Store(build_store(_ROOT / "datasets", tmp_path / "build").path)
    described = store.document("/openapi.yaml")
    store.close()
    assert described is not None
    assert (_ROOT / "openapi/openapi.yaml").read_bytes() == described.body


@pytest.mark.parametrize(("language", "name"), PAGES.items())
def test_the_committed_dictionary_is_that_of_the_records(language: str, name: str) -> None:
    """``docs/fields.md`` and its translation have not drifted; ``make spec`` writes them anew."""
    assert (_ROOT / "docs" / name).read_text("utf-8") == to_markdown(language)


def test_it_is_valid_openapi(description: Description) -> None:
    """The validator of the OpenAPI 3.1 specification has nothing to say."""
    assert description.document["openapi"] == "3.1.0"
    assert list(OpenAPIV31SpecValidator(description.document).iter_errors()) == []


def test_yaml_and_json_say_the_same(client: FlaskClient, description: Description) -> None:
    """Both addresses give one document."""
    response = get(client, "/openapi.yaml")
    assert response.content_type == "application/yaml"
    assert yaml.safe_load(response.text) == description.document
    assert "&id" not in response.text


def test_chinese_is_not_escaped(client: FlaskClient) -> None:
    """People read the document too."""
    for address in ("/openapi.json", "/openapi.yaml"):
        text = get(client, address).text
        assert "柳溪县2030年工作安排" in text
        assert "\\u" not in text


def test_every_operation_is_documented(description: Description) -> None:
    """Each has its own id, a summary, a description, a known tag and explained responses."""
    operations = list(description.operations())
    ids = Counter(operation.about["operationId"] for operation in operations)
    assert max(ids.values()) == 1
    tags = {tag["name"] for tag in description.document["tags"]}
    for path, about in operations:
        assert re.fullmatch(r"[a-z][A-Za-z]+", about["operationId"]), path
        assert about["summary"].strip(), path
        assert about["description"].strip(), path
        assert set(about["tags"]) <= tags, path
        for response in about["responses"].values():
            assert description.follow(response)["description"].strip(), path


def test_every_parameter_is_documented(description: Description) -> None:
    """Each says what it means and what may stand there."""
    seen = set()
    for operation in description.operations():
        for parameter in description.parameters(operation):
            assert parameter["description"].strip()
            schema = description.follow(parameter["schema"])
            schema = description.follow(schema.get("items", schema))
            limits = {"enum", "pattern", "minimum", "maxLength", "format"} & schema.keys()
            assert limits or schema["type"] == "boolean", parameter["name"]
            seen.add(parameter["name"])
    assert {"limit", "cursor", "profile", "lang", "indicator", "version", "expand"} <= seen


def test_expand_is_a_list_of_names_in_one_value(description: Description) -> None:
    """As OpenAPI writes ``expand=terms,projects``; JSON only, so no table has it."""
    found = {}
    for operation in description.operations():
        for parameter in description.parameters(operation):
            if parameter["name"] == "expand":
                assert (parameter["style"], parameter["explode"]) == ("form", False)
                assert parameter["schema"]["uniqueItems"] is True
                found[operation.about["operationId"]] = parameter["schema"]["items"]["enum"]
                assert description.faults(parameter["schema"], parameter["example"]) == []
    names = {
        "Targets": ["projects", "terms"],
        "Projects": ["targets", "terms"],
        "Glossary": ["used_by_targets", "used_by_projects"],
    }
    ones = {"Targets": "Target", "Projects": "Project", "Glossary": "Term"}
    assert found == {
        **{f"list{at}{plural}": names[plural] for plural in names for at in _REACHES},
        **{f"get{at}{ones[plural]}": names[plural] for plural in names for at in _REACHES[1:]},
    }


def test_every_operation_has_an_example(description: Description) -> None:
    """What an address answers with can be seen before it is asked."""
    for operation in description.operations():
        answer = operation.about["responses"]["200"]
        assert answer["content"], operation.path
        for media_type, content in answer["content"].items():
            # no version here was audited: tests/http/test_quality.py has one that was
            unaudited = operation.path.endswith("/quality")
            bare = unaudited or media_type in _NOT_SHOWN
            assert ("example" in content) is not bare, (operation.path, media_type)


def test_every_example_keeps_its_schema(description: Description) -> None:
    """No example shows what the schema forbids, in any response."""
    checked = 0
    for operation in description.operations():
        for response in operation.about["responses"].values():
            for content in description.follow(response).get("content", {}).values():
                if "example" in content:
                    found = description.faults(content["schema"], content["example"])
                    assert found == [], operation.path
                    checked += 1
    assert checked > 40


def test_examples_are_real(client: FlaskClient, description: Description) -> None:
    """The example of a record is the record that its address gives."""
    for operation in description.operations():
        content = operation.about["responses"]["200"]["content"].get("application/json", {})
        if "Answer" in content.get("schema", {}).get("$ref", "") and "example" in content:
            answered = get(client, description.address(operation)).get_json()
            shown = content["example"]
            assert shown["links"] == answered["links"]
            assert shown["meta"] == answered["meta"]
            named = "id" if "id" in shown["data"] else "name"
            assert shown["data"][named] == answered["data"][named]


def test_a_collection_without_records_is_described_too(world: World, tmp_path: Path) -> None:
    """Where no dataset has a project yet, no example contradicts its schema."""
    for name in ("vocabularies", "lake-2029"):
        shutil.copytree(world.datasets / name, tmp_path / "datasets" / name)
    build_store(tmp_path / "datasets", tmp_path / "build")
    document = get(client_of(tmp_path / "build"), "/openapi.json").get_json()
    test_every_example_keeps_its_schema(Description(document))


def test_it_names_every_code_of_every_list(description: Description) -> None:
    """Clients can check a code before they send it."""
    schemas = description.document["components"]["schemas"]
    assert schemas["IndicatorsCode"]["enum"] == [
        "gross-regional-product",
        "industrial-output",
        "new-jobs",
    ]
    vocabulary = description.document["paths"]["/v1/vocabularies/{vocabulary}"]["parameters"][0]
    assert vocabulary["schema"]["enum"] == sorted([*CLOSED, *OPEN])


def test_its_servers_are_the_base_address(released: Path, tmp_path: Path) -> None:
    """A description of another installation sends clients there."""
    build_store(released, tmp_path / "build", "https://data.example.org/open")
    text = get(client_of(tmp_path / "build"), "/openapi.json").text
    assert json.loads(text)["servers"][0]["url"] == "https://data.example.org/open"
    assert "127.0.0.1" not in text


def test_the_data_dictionary_has_what_editors_alone_write() -> None:
    """Each key of changes.yaml and of every code list's entries, once."""
    page = to_markdown("en")
    for key in ("withdrawals.successor", "corrections.columns", "alt_labels", "multiplier", "ucum"):
        assert page.count(f"\n| `{key}`") == 1, key
    assert page.count("\n| `exact_match`") == 1
