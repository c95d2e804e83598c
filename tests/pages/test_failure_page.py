"""Errors are pages where a browser asks, and problems for everyone else; the status is the same."""

from __future__ import annotations

from pathlib import Path

import pytest
from flask.testing import FlaskClient

from tests.pages.reading import BROWSER, page, parsed, visited
from tests.serving import client_of, get

_FAILING = [
    ("/v1/nothing", 404),
    ("/nothing", 404),
    ("/v1/datasets/nowhere", 404),
    ("/v1/datasets/demo-2030/targets/nobody", 404),
    ("/v1/datasets/demo-2030/quality", 404),
    ("/v1/schema?x=1", 400),
    ("/v1/datasets/hill-2031/targets/dragon-boat-race", 410),
    (f"/v1/{'a' * 8000}", 414),
]


@pytest.mark.parametrize(("address", "status"), _FAILING)
def test_a_browser_gets_a_page_and_a_program_the_problem(
    client: FlaskClient, address: str, status: int
) -> None:
    """Of one and the same error; caches know that Accept decides."""
    shown, told = visited(client, address), get(client, address)
    assert (shown.status_code, shown.mimetype) == (status, "text/html")
    assert (told.status_code, told.mimetype) == (status, "application/problem+json")
    for response in (shown, told):
        assert {"Accept", "Accept-Language"} <= set(response.headers["Vary"].split(", "))
    whole, problem = parsed(shown.text), told.get_json()
    assert whole.one("h1").text == problem["title_i18n"]["zh"]
    assert whole.one("p", class_="lead").text == problem["detail_i18n"]["zh"]
    assert "unsafe" not in shown.headers["Content-Security-Policy"]


@pytest.mark.parametrize(
    ("accept", "mimetype"),
    [
        (BROWSER, "text/html"),
        ("text/html", "text/html"),
        ("*/*", "application/problem+json"),
        ("application/json", "application/problem+json"),
        ("text/html;q=0.5, application/json", "application/problem+json"),
        ("text/csv", "application/problem+json"),
    ],
)
def test_only_who_prefers_a_page_gets_one(client: FlaskClient, accept: str, mimetype: str) -> None:
    """RFC 9110 §12.5.1."""
    assert get(client, "/v1/nothing", Accept=accept).mimetype == mimetype


@pytest.mark.parametrize(
    ("address", "fields", "language"),
    [
        ("/v1/nothing", {}, "zh"),
        ("/v1/nothing", {"Accept_Language": "en-GB"}, "en"),
        ("/v1/nothing?lang=en", {"Accept_Language": "zh"}, "en"),
    ],
)
def test_the_page_speaks_the_readers_language(
    client: FlaskClient, address: str, fields: dict[str, str], language: str
) -> None:
    """As every page does."""
    response = visited(client, address, **fields)
    assert response.headers["Content-Language"] == language
    assert parsed(response.text).one("html").given["lang"].startswith(language)


def test_every_fault_is_listed(client: FlaskClient) -> None:
    """With the nearest name, and a way to what it means."""
    response = visited(client, "/v1/datasets/demo-2030/changes?form=1.0.0&lang=en")
    assert response.status_code == 400
    whole = parsed(response.text)
    assert [one.text for one in whole.one("section", class_="faults").all("code")][:2] == [
        "form",
        "from",
    ]
    links = whole.one("main").links()
    explained = next(link for link in links if "/docs/errors" in link)
    assert page(client, explained.partition("#")[0]).all(id=explained.partition("#")[2])


def test_an_address_that_cannot_be_read_is_a_problem_all_the_same(client: FlaskClient) -> None:
    """Bytes that are not UTF-8 say nothing, of a language neither."""
    response = visited(client, "/v1/targets?q=%ff")
    assert response.status_code == 400


def test_before_anything_is_built_a_browser_is_told_so(tmp_path: Path) -> None:
    """503 with the time to come back, in words."""
    response = visited(client_of(tmp_path), "/v1/targets")
    assert (response.status_code, response.mimetype) == (503, "text/html")
    assert response.headers["Retry-After"] == "5"
    assert parsed(response.text).one("h1").text == "暂时没有可用的数据"
