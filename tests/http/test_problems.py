"""Every error is one RFC 9457 body, in English and Chinese, and tells nothing of the inside."""

from __future__ import annotations

import logging
import re
from pathlib import Path

import pytest
from flask import abort
from flask.testing import FlaskClient

from opendata.query.faults import RequestFault
from opendata.store import Store
from opendata.vocabularies import Label
from opendata.web.problems import ProblemError
from tests.http.small import application
from tests.serving import World, client_of, get

_MEMBERS = [
    *("type", "title", "status", "detail", "instance", "title_i18n", "detail_i18n", "errors"),
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
        texts = body[f"{name}_i18n"]
        assert isinstance(texts, dict)
        assert list(texts) == ["zh", "en"]
        assert _HAN.search(texts["zh"]), name
        assert not _HAN.search(texts["en"]), name
        assert body[name] == texts["en"]
    assert response.headers["Content-Language"] == "en"  # type: ignore[attr-defined]
    assert response.headers["Vary"] == "Accept-Language, Accept"  # type: ignore[attr-defined]
    return body


def test_a_whole_problem(client: FlaskClient) -> None:
    """The body, as it is."""
    assert get(client, "/v1/nothing").get_json() == {
        "type": "http://127.0.0.1:8000/docs/errors#not-found",
        "title": "Not found",
        "status": 404,
        "detail": "There is nothing at this address. /v1 lists what there is.",
        "instance": "/v1/nothing",
        "title_i18n": {"zh": "没有这个资源", "en": "Not found"},
        "detail_i18n": {
            "zh": "地址不存在。/v1 列出全部资源。",
            "en": "There is nothing at this address. /v1 lists what there is.",
        },
        "errors": [],
    }


def test_a_whole_fault() -> None:
    """Each fault names its parameter and code, what may stand there, and where to read on."""
    message = Label("没有“greenn”。", "There is no 'greenn'.")
    faults = [
        RequestFault("colour", "unknown_value", message, ("green", "red"), "green"),
        RequestFault("size", "repeated", message),
    ]

    def fail() -> bytes:
        raise ProblemError(400, Label("有误。", "Wrong."), faults)

    response = get(application(fail).test_client(), "/")
    assert _check(response, 400)["errors"] == [
        {
            "parameter": "colour",
            "code": "unknown_value",
            "message": {"zh": "没有“greenn”。", "en": "There is no 'greenn'."},
            "allowed": ["green", "red"],
            "nearest": "green",
            "documentation": "/docs/errors#unknown-value",
        },
        {
            "parameter": "size",
            "code": "repeated",
            "message": {"zh": "没有“greenn”。", "en": "There is no 'greenn'."},
            "allowed": [],
            "nearest": None,
            "documentation": "/docs/errors#repeated",
        },
    ]
    assert "ETag" not in response.headers
    assert "Repr-Digest" not in response.headers


@pytest.mark.parametrize(
    ("query", "accept_language", "language"),
    [
        ("", "", "en"),
        ("", "zh", "zh"),
        ("", "zh-CN,zh;q=0.9,en;q=0.8", "zh"),
        ("", "en-GB, zh;q=0.5", "en"),
        ("", "en-GB, zh", "en"),
        ("", "zh-Hant-TW, en;q=0.9", "zh"),
        ("", "en;q=0, zh;q=0.1", "zh"),
        ("", "zh;q=0", "en"),
        ("", "*", "en"),
        ("", "fr", "en"),
        ("", "fr, zh;q=0.1", "zh"),
        ("?lang=zh", "en", "zh"),
        ("?lang=en", "zh", "en"),
        ("?lang=fr", "zh", "zh"),
        ("?lang=%ff", "zh", "zh"),
    ],
)
def test_the_language_of_a_problem(
    client: FlaskClient, query: str, accept_language: str, language: str
) -> None:
    """As ``lang`` or Accept-Language asks, English where neither helps; always both beside."""
    response = get(client, f"/v1/nothing{query}", Accept_Language=accept_language)
    body = response.get_json()
    assert response.headers["Content-Language"] == language
    for name in ("title", "detail"):
        assert body[name] == body[f"{name}_i18n"][language]


@pytest.mark.parametrize("method", ["GET", "HEAD"])
@pytest.mark.parametrize("address", ["/v1/targets", "/", "/openapi.json", "/v1/nothing"])
def test_a_body_is_refused(client: FlaskClient, address: str, method: str) -> None:
    """Conditions in the body of a GET would be ignored; that is told."""
    response = client.open(address, method=method, json={"kind": "qualitative"})
    assert (response.status_code, response.mimetype) == (415, "application/problem+json")
    chunked = {"Transfer-Encoding": "chunked"}
    assert client.open(address, method=method, headers=chunked).status_code == 415
    typed = client.open(address, method=method, content_type="application/json")
    assert typed.status_code == (404 if address == "/v1/nothing" else 200)
    if method == "GET":
        _check(response, 415)


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
        ("/v1/datasets/demo-2030/versions/draft", "There is no version 'draft'"),
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
    assert "8000" in str(body["detail_i18n"])
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
    ("query", "parameter"),
    [
        ("q=%CE%AB%B7%BB", "q"),
        ("kind=qualitative&title_zh__contains=%D4%F6%B3%A4", "title_zh__contains"),
        ("%B7%BB=1", "query"),
        ("q=\xce\xab\xb7\xbb", "q"),
    ],
)
@pytest.mark.parametrize("path", ["/v1/targets", "/v1/targets.csv", "/v1/search", "/"])
def test_gbk_is_told(world: World, path: str, query: str, parameter: str) -> None:
    """It would find nothing, as though there were nothing."""
    response = client_of(world.folder).open(path, environ_overrides={"QUERY_STRING": query})
    body = _check(response, 400)
    [error] = response.get_json()["errors"]
    assert (error["parameter"], error["code"]) == (parameter, "wrong_form")
    assert "GBK" in str(body["detail"])


@pytest.mark.parametrize("status", [411, 418])
def test_a_status_nobody_thought_of_is_a_problem_too(world: World, status: int) -> None:
    """What an extension or the framework may raise has the same form."""
    client = client_of(world.folder)
    client.application.add_url_rule("/odd", view_func=lambda: abort(status, "Odd."))
    response = get(client, "/odd")
    assert (response.status_code, response.mimetype) == (status, "application/problem+json")
    body = response.get_json()
    assert body["type"] == "http://127.0.0.1:8000/docs/errors#other-error"
    assert (body["title"], body["status"], body["detail"]) == ("Other error", status, "Odd.")
