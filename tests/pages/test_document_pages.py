"""Pages of the API, the data dictionary, code lists and quality: the same documents, for people."""

from __future__ import annotations

import pytest
from flask.testing import FlaskClient

from opendata.query import fields_of
from opendata.records import COLLECTIONS, DATASETS
from opendata.spec import RESOURCES
from opendata.vocabularies import CLOSED
from tests.pages.reading import page, visited
from tests.serving import get


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_dictionary_has_every_field_as_it_is_declared(
    client: FlaskClient, language: str
) -> None:
    """Name, label and meaning, in the reader's language."""
    whole = page(client, f"/v1/schema?lang={language}")
    for collection in (*COLLECTIONS.values(), DATASETS):
        for field in fields_of(collection).values():
            shown = whole.one(id=f"{collection.name}.{field.name}").text
            assert shown.startswith(field.name)
            assert getattr(field.column.label, language) in shown
            assert getattr(field.column.note, language) in shown


def test_code_lists_lead_to_every_code_with_its_definition(client: FlaskClient) -> None:
    """From the list of lists; closed ones say the words of the model."""
    links = page(client, "/v1/vocabularies?lang=en").one("main").links()
    names = [one["name"] for one in get(client, "/v1/vocabularies").get_json()["data"]]
    for name in names:
        assert f"/v1/vocabularies/{name}?lang=en" in links
        whole = page(client, f"/v1/vocabularies/{name}?lang=en")
        for entry in get(client, f"/v1/vocabularies/{name}").get_json()["data"]:
            shown = whole.one(id=entry["code"]).text
            assert entry["label"]["en"] in shown
            assert entry["definition"]["en"] in shown
    assert {code.definition.en for code in CLOSED["comparators"].codes} <= {
        one.text for one in page(client, "/v1/vocabularies/comparators?lang=en").all("dd")
    }


def test_the_page_of_the_api_names_every_address(client: FlaskClient) -> None:
    """Those that stand in no path are links that answer."""
    whole = page(client, "/v1?lang=en")
    shown = {one.text for one in whole.one("main").all("code")}
    assert {resource.path for resource in RESOURCES} <= shown
    for link in whole.one("main").links():
        if link != "/v1/search":
            assert visited(client, link).status_code == 200, link


def test_a_language_that_is_missing_is_marked(client: FlaskClient) -> None:
    """Summaries are English; a Chinese reader's screen reader is told."""
    cells = page(client, "/v1?lang=zh").one("main").all("td", lang="en")
    assert len(cells) == len(RESOURCES)


def test_a_dataset_without_an_audit_has_no_page_of_it(client: FlaskClient) -> None:
    """404, for people."""
    response = visited(client, "/v1/datasets/demo-2030/quality")
    assert (response.status_code, response.mimetype) == (404, "text/html")


@pytest.mark.parametrize("address", ["/v1/schema", "/v1/vocabularies/units", "/v1"])
def test_data_stays_the_default(client: FlaskClient, address: str) -> None:
    """Whoever does not ask for a page gets JSON."""
    assert get(client, address).mimetype == "application/json"
    assert get(client, f"{address}.html").mimetype == "text/html"
