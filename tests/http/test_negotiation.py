"""Which representation a request gets: by suffix, else by Accept, else JSON (RFC 9110 §12.5.1)."""

from __future__ import annotations

import pytest
from flask.testing import FlaskClient

from tests.serving import get

_ADDRESSES = ["/v1/targets", "/v1/datasets", "/v1/datasets/demo-2030/targets/gdp-growth"]


@pytest.mark.parametrize("address", _ADDRESSES)
@pytest.mark.parametrize(
    ("accept", "expected"),
    [
        ("", "application/json"),
        ("*/*", "application/json"),
        ("application/*", "application/json"),
        ("application/json", "application/json"),
        ("text/csv", "text/csv"),
        ("text/*", "text/csv"),
        ("TEXT/CSV", "text/csv"),
        ("text/csv; charset=utf-8", "text/csv"),
        ("text/csv, application/json", "application/json"),  # equal: the default comes first
        ("application/json;q=0.8, text/csv;q=0.9", "text/csv"),
        ("application/json;q=0.9, text/csv;q=0.8", "application/json"),
        ("text/csv;q=0.001", "text/csv"),
        ("text/csv;q=0.5, */*;q=0.1", "text/csv"),
        ("text/csv;q=0, */*", "application/json"),
        ("application/json;q=0, */*", "text/csv"),
        ("text/*;q=0.9, text/csv;q=0.1, application/json;q=0.5", "application/json"),
        ("text/html, application/xhtml+xml, */*;q=0.8", "text/html"),
        ("application/json, text/html", "application/json"),
        ("text/html;q=0.5, application/json;q=0.4", "text/html"),
        ("text/html;q=0.1, */*", "application/json"),
        ("image/png, text/csv;q=0.2", "text/csv"),
    ],
)
def test_accept_chooses(client: FlaskClient, address: str, accept: str, expected: str) -> None:
    """Quality values are honoured, the most specific range wins, and no wish means JSON."""
    response = get(client, address, Accept=accept)
    assert (response.status_code, response.mimetype) == (200, expected)


def test_without_accept_there_is_json(client: FlaskClient) -> None:
    """A client that says nothing gets the default."""
    assert client.get("/v1/targets").mimetype == "application/json"


@pytest.mark.parametrize("address", _ADDRESSES)
@pytest.mark.parametrize("accept", ["image/*", "application/json;q=0", "*/*;q=0"])
def test_nothing_acceptable_names_what_there_is(
    client: FlaskClient, address: str, accept: str
) -> None:
    """406 lists the media types that can be had."""
    response = get(client, address, Accept=accept)
    assert (response.status_code, response.mimetype) == (406, "application/problem+json")
    for text in response.get_json()["detail_i18n"].values():
        assert "application/json, text/csv" in text
        assert "text/html" in text


@pytest.mark.parametrize("address", ["/v1", "/v1/vocabularies"])
def test_documents_are_json_and_pages_only(client: FlaskClient, address: str) -> None:
    """The index and the list of code lists have one form for programs."""
    assert get(client, address, Accept="*/*").mimetype == "application/json"
    refused = get(client, address, Accept="text/csv")
    assert refused.status_code == 406
    assert "text/csv" not in refused.text
    assert get(client, f"{address}.csv").status_code == 404


@pytest.mark.parametrize(
    ("accept", "expected"),
    [
        ("*/*", "application/json"),
        ("text/turtle", "text/turtle"),
        ("text/*", "text/turtle"),
        ("application/ld+json", "application/ld+json"),
        ("text/turtle, application/ld+json", "text/turtle"),
        ("application/ld+json, text/turtle;q=0.5, */*;q=0.1", "application/ld+json"),
        ("application/json;q=0, */*", "text/turtle"),
    ],
)
@pytest.mark.parametrize("name", ["units", "strengths"])
def test_code_lists_are_rdf_too(client: FlaskClient, name: str, accept: str, expected: str) -> None:
    """JSON unless a client of the semantic web asks; the suffix gives the same bytes."""
    response = get(client, f"/v1/vocabularies/{name}", Accept=accept)
    assert (response.status_code, response.mimetype) == (200, expected)
    assert response.headers["Vary"] == "Accept, Accept-Encoding"
    suffix = {"application/json": "json", "text/turtle": "ttl"}.get(expected, "jsonld")
    alike = get(client, f"/v1/vocabularies/{name}.{suffix}", Accept="image/png")
    assert (alike.data, alike.content_type) == (response.data, response.content_type)
    assert alike.headers["ETag"] == response.headers["ETag"]
    assert alike.headers["Vary"] == "Accept-Encoding"


def test_code_lists_name_all_they_can_be_had_as(client: FlaskClient) -> None:
    """In both languages, and as links; Turtle says that it is UTF-8."""
    address = "/v1/vocabularies/units"
    refused = get(client, address, Accept="text/csv")
    assert refused.status_code == 406
    for text in refused.get_json()["detail_i18n"].values():
        assert "application/json, text/turtle, application/ld+json" in text
    links = get(client, address).get_json()["links"]
    assert get(client, links["ttl"]).content_type == "text/turtle; charset=utf-8"
    assert get(client, links["jsonld"]).content_type == "application/ld+json"
    assert get(client, f"{address}.csv").status_code == 404
    assert get(client, "/v1/vocabularies/colours.ttl").status_code == 404


@pytest.mark.parametrize("accept", ["text/csv", "image/png", "application/json;q=0"])
def test_a_suffix_wins_over_accept(client: FlaskClient, accept: str) -> None:
    """A link names what it leads to, whatever the browser prefers."""
    assert get(client, "/v1/targets.json", Accept=accept).mimetype == "application/json"
    assert get(client, "/v1/targets.csv", Accept="application/json").mimetype == "text/csv"


@pytest.mark.parametrize("suffix", ["xml", "JSON", "csv.csv", "json.csv", ""])
def test_other_suffixes_are_not_there(client: FlaskClient, suffix: str) -> None:
    """What is not offered is not found, rather than answered in another form."""
    assert get(client, f"/v1/targets.{suffix}").status_code == 404


@pytest.mark.parametrize(
    ("accept_language", "first"),
    [
        ("", "标识"),
        ("zh-CN,zh;q=0.9,en;q=0.8", "标识"),
        ("en-GB,en;q=0.9,zh;q=0.1", "Identifier"),
        ("en", "Identifier"),
        ("fr, en;q=0.5", "Identifier"),
        ("fr", "标识"),
    ],
)
def test_the_excel_profile_speaks_the_readers_language(
    client: FlaskClient, accept_language: str, first: str
) -> None:
    """Accept-Language chooses the headers; Chinese where it helps nothing."""
    response = get(client, "/v1/targets.csv?profile=excel", Accept_Language=accept_language)
    assert response.text.startswith(f"\ufeff{first},")


@pytest.mark.parametrize(("lang", "first"), [("zh", "标识"), ("en", "Identifier")])
def test_lang_wins_over_accept_language(client: FlaskClient, lang: str, first: str) -> None:
    """A download button gives the page's language."""
    other = {"zh": "en", "en": "zh"}[lang]
    address = f"/v1/targets.csv?profile=excel&lang={lang}"
    assert get(client, address, Accept_Language=other).text.startswith(f"\ufeff{first},")


def test_the_machine_profile_is_the_default(client: FlaskClient) -> None:
    """No mark before the first column name, in no language."""
    plain = get(client, "/v1/targets.csv")
    assert plain.text.startswith("id,dataset,version,")
    for address in ("/v1/targets.csv?profile=machine", "/v1/targets.csv?lang=en"):
        assert get(client, address, Accept_Language="en").data == plain.data


@pytest.mark.parametrize(
    ("address", "vary"),
    [
        ("/v1/targets", {"Accept"}),
        ("/v1/targets.json", set()),
        ("/v1/targets.csv", set()),
        ("/v1/targets.csv?profile=excel", {"Accept-Language"}),
        ("/v1/targets.csv?profile=excel&lang=en", set()),
        ("/v1/datasets/demo-2030", {"Accept"}),
        ("/v1/datasets/demo-2030.csv", set()),
        ("/v1", {"Accept"}),
        ("/v1.json", set()),
        ("/v1/vocabularies/units", {"Accept"}),
        ("/openapi.json", set()),
        ("/", {"Accept-Language"}),
    ],
)
def test_vary_names_what_was_looked_at(client: FlaskClient, address: str, vary: set[str]) -> None:
    """Caches keep apart what differs, and nothing else; everything here can be coded."""
    response = get(client, address)
    assert response.status_code == 200
    assert set(response.headers["Vary"].split(", ")) == {*vary, "Accept-Encoding"}


def test_vary_covers_a_negotiated_excel_table(client: FlaskClient) -> None:
    """Chosen by Accept and by Accept-Language: both are named."""
    response = get(client, "/v1/targets?profile=excel", Accept="text/csv")
    assert response.text.startswith("\ufeff标识")
    assert response.headers["Vary"] == "Accept, Accept-Language, Accept-Encoding"
