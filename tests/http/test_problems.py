"""Every error is one RFC 9457 body, in English and Chinese, and tells nothing of the inside."""

from __future__ import annotations

import logging
import re
from pathlib import Path

import pytest
from flask import abort
from flask.testing import FlaskClient

from opendata.store import Store
from tests.serving import World, client_of, get

_MEMBERS = [
    *("type", "title", "title_zh", "status", "detail", "detail_zh", "instance", "errors"),
]
_HAN = re.compile(r"[\u4e00-\u9fff]")


def _check(response: object, status: int) -> dict[str, object]:
    """Check what all problems have in common; return the body."""
    assert response.status_code == status  # type: ignore[attr-defined]
    assert response.content_type == "application/problem+json"  # type: ignore[attr-defined]
    body: dict[str, object] = response.get_json()  # type: ignore[attr-defined]
    assert list(body) == _MEMBERS
    assert body["status"] == status
    for name in ("title", "detail"):
        assert str(body[name]).isascii() or "“" in str(body[name])
        assert _HAN.search(str(body[f"{name}_zh"])), name
    return body


def test_a_whole_problem(client: FlaskClient) -> None:
    """The body, as it is."""
    assert get(client, "/v1/nothing").get_json() == {
        "type": "about:blank",
        "title": "Not found",
        "title_zh": "没有这个资源",
        "status": 404,
        "detail": "There is nothing at this address. /v1 lists what there is.",
        "detail_zh": "地址不存在。/v1 列出全部资源。",
        "instance": "/v1/nothing",
        "errors": [],
    }


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("/v1/datasets/nowhere", "There is no dataset 'nowhere'"),
        ("/v1/datasets/nowhere/targets", "There is no dataset 'nowhere'"),
        ("/v1/datasets/nowhere/versions", "There is no dataset 'nowhere'"),
        ("/v1/datasets/nowhere/versions/1.0.0/targets/x", "There is no dataset 'nowhere'"),
        ("/v1/datasets/demo-2030/versions/9.9.9", "There is no version '9.9.9'"),
        ("/v1/datasets/demo-2030/versions/9.9.9/targets.csv", "There is no version '9.9.9'"),
        ("/v1/datasets/demo-2030/targets/nothing", "There is no target 'nothing'"),
        ("/v1/datasets/demo-2030/glossary/nothing.json", "There is no term 'nothing'"),
        ("/v1/vocabularies/colours", "There is no vocabulary 'colours'"),
        ("/v1/vocabularies/colours.json", "There is no vocabulary 'colours'"),
        ("/v1/datasets/demo-2030/versions/draft", "There is nothing at this address"),
        ("/v1/datasets/demo-2030/versions/1.0", "There is nothing at this address"),
        ("/v1/datasets/demo-2030/versions/01.0.0", "There is nothing at this address"),
        ("/v1/datasets/Demo-2030", "There is nothing at this address"),
        ("/v1/", "There is nothing at this address"),
        ("/v1/targets/", "There is nothing at this address"),
        ("/v1//targets", "There is nothing at this address"),
        ("//v1/targets", "There is nothing at this address"),
        ("/v1/targets/gdp-growth", "There is nothing at this address"),
        ("/v2", "There is nothing at this address"),
        ("/docs/../wsgi.py", "There is nothing at this address"),
        ("/docs/index.html", "There is nothing at this address"),
        ("/%00", "There is nothing at this address"),
        ("/%ff%fe", "There is nothing at this address"),
        ("/龙舟", "There is nothing at this address"),
    ],
)
def test_not_found(client: FlaskClient, address: str, said: str) -> None:
    """What is missing is named: the dataset, the version or the record."""
    body = _check(get(client, address), 404)
    assert str(body["detail"]).startswith(said)
    assert str(body["instance"]).isascii()


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE", "TRACE", "BREW"])
@pytest.mark.parametrize("address", ["/v1/targets", "/v1/datasets/demo-2030", "/", "/healthz"])
def test_method_not_allowed(client: FlaskClient, address: str, method: str) -> None:
    """The API is read-only and says which methods there are."""
    response = client.open(address, method=method)
    _check(response, 405)
    assert response.headers["Allow"] == "GET, HEAD, OPTIONS"


def test_not_acceptable(client: FlaskClient) -> None:
    """The body of a 406 is a problem too, whatever the client wanted."""
    _check(get(client, "/v1/targets", Accept="image/png"), 406)


def test_address_too_long(client: FlaskClient) -> None:
    """Addresses end at 8,000 characters, before anything reads them."""
    assert get(client, f"/v1/targets?section={'1' * 3900}").status_code == 400
    body = _check(get(client, f"/v1/targets?section={'1' * 8000}"), 414)
    assert "8000" in str(body["detail"])
    assert "8000" in str(body["detail_zh"])
    _check(get(client, f"/v1/{'a' * 8000}"), 414)


def test_a_failure_inside_is_logged_and_not_told(
    client: FlaskClient, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """500 says that it failed; why stands in the log only."""

    def fail(*_: object) -> None:
        raise RuntimeError("secret place /srv/hidden")

    monkeypatch.setattr(Store, "part", fail)
    with caplog.at_level(logging.ERROR):
        response = get(client, "/v1/targets?kind=qualitative")
    body = _check(response, 500)
    assert body["detail"] == "The server failed to answer; the failure has been logged."
    for inside in ("secret", "hidden", "RuntimeError", "Traceback", "opendata/"):
        assert inside not in response.text
    assert response.headers["Cache-Control"] == "no-store"
    assert "ETag" not in response.headers
    assert "secret place" in caplog.text


@pytest.mark.parametrize(
    "address", ["/", "/v1", "/v1/targets", "/v1/datasets/demo-2030.csv", "/openapi.json"]
)
def test_nothing_was_built_yet(tmp_path: Path, address: str) -> None:
    """503 asks to come back; no path of the server is told."""
    response = get(client_of(tmp_path / "nothing"), address)
    _check(response, 503)
    assert response.headers["Retry-After"] == "5"
    assert response.headers["Cache-Control"] == "no-store"
    assert str(tmp_path) not in response.text


def test_a_store_without_description_says_so(
    client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nothing is made up where a document is missing."""
    monkeypatch.setattr(Store, "document", lambda *_: None)
    _check(get(client, "/openapi.json"), 404)


@pytest.mark.parametrize(
    ("address", "method"),
    [("/v1/nothing", "GET"), ("/v1/targets?x=1", "GET"), ("/v1/targets", "POST")],
)
def test_problems_of_the_client_may_not_be_kept(
    client: FlaskClient, address: str, method: str
) -> None:
    """A cache asks again: what is wrong today may be there tomorrow."""
    assert client.open(address, method=method).headers["Cache-Control"] == "no-cache"


@pytest.mark.parametrize("query", ["\xff", "section=\xff", "%ff=%fe", "\x00=1", "a=%ed%a0%80"])
def test_bytes_that_are_no_text_are_refused(world: World, query: str) -> None:
    """Raw bytes in a query are an ordinary fault of the request."""
    response = client_of(world.folder).open(
        "/v1/targets", environ_overrides={"QUERY_STRING": query}
    )
    _check(response, 400)


@pytest.mark.parametrize(
    ("status", "title"), [(415, "Unsupported Media Type"), (418, "I'm a Teapot")]
)
def test_a_status_nobody_thought_of_is_a_problem_too(world: World, status: int, title: str) -> None:
    """What an extension or the framework may raise has the same form."""
    client = client_of(world.folder)
    client.application.add_url_rule("/odd", view_func=lambda: abort(status, "Odd."))
    response = get(client, "/odd")
    assert (response.status_code, response.mimetype) == (status, "application/problem+json")
    assert (response.get_json()["title"].lower(), response.get_json()["detail"]) == (
        title.lower(),
        "Odd.",
    )
