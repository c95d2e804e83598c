"""The Action API over HTTP: methods, bodies, prefixes, caching."""

from __future__ import annotations

import gzip

import pytest
from flask.testing import FlaskClient

from tests.serving import get, head

_SHOW = "/api/3/action/package_show?id=demo-2030"


@pytest.mark.parametrize("prefix", ["/api/3/action/", "/api/action/"])
@pytest.mark.parametrize("slash", ["", "/"])
def test_both_prefixes_answer_without_a_redirect(
    client: FlaskClient, prefix: str, slash: str
) -> None:
    """Ckanapi and udata follow none; a slash at the end makes no difference."""
    address = f"{prefix}package_list{slash}"
    assert client.get(address).status_code == 200
    assert client.post(address).status_code == 200


@pytest.mark.parametrize(
    ("body", "content_type"),
    [
        ('{"id": "demo-2030"}', "application/json"),
        ('{"id": "demo-2030"}', "application/json; charset=utf-8"),
        ('{"id": "demo-2030"}', "application/x-www-form-urlencoded"),
        ('{"id": "demo-2030"}', None),
        ("id=demo-2030", "application/x-www-form-urlencoded"),
        ('--x\r\nContent-Disposition: form-data; name="id"\r\n\r\ndemo-2030\r\n--x--\r\n',
         "multipart/form-data; boundary=x"),
    ],
)  # fmt: skip
def test_bodies_come_as_json_or_form(
    client: FlaskClient, body: str, content_type: str | None
) -> None:
    """As CKAN takes them, JSON under the type that curl gives it too."""
    response = client.post(
        "/api/3/action/package_show", data=body.encode(), content_type=content_type
    )
    assert response.get_json()["result"]["name"] == "demo-2030"


@pytest.mark.parametrize("body", ["{", "[1]", "null", '"id"'])
def test_a_body_that_is_no_object_is_a_bad_request(client: FlaskClient, body: str) -> None:
    """400 with a text, as in CKAN."""
    response = client.post("/api/action/package_show", data=body, content_type="application/json")
    assert response.status_code == 400
    assert response.get_json().startswith("Bad request - JSON Error: ")


def test_a_body_that_is_too_large_is_refused(client: FlaskClient) -> None:
    """Before it is read."""
    response = client.post("/api/action/package_show", data=b"{" + b" " * (1 << 20))
    assert response.status_code == 413
    assert response.get_json() == "Bad request - the body is too large"


def test_answers_to_get_are_cached_like_all_others(client: FlaskClient) -> None:
    """ETag, 304, HEAD, codings; a POST is stored nowhere."""
    response = get(client, _SHOW, Accept_Encoding="gzip")
    assert gzip.decompress(response.data) == get(client, _SHOW).data
    assert response.headers["Cache-Control"].startswith("public, max-age=60")
    again = get(client, _SHOW, Accept_Encoding="gzip", If_None_Match=response.headers["ETag"])
    assert (again.status_code, again.data) == (304, b"")
    only_head = head(client, _SHOW, Accept_Encoding="gzip")
    assert (only_head.status_code, only_head.data) == (200, b"")
    assert only_head.headers["ETag"] == response.headers["ETag"]
    posted = client.post(
        "/api/3/action/package_show",
        json={"id": "demo-2030"},
        headers={"Accept-Encoding": "gzip", "If-None-Match": "*"},
    )
    assert posted.headers["Cache-Control"] == "no-store"
    assert "ETag" not in posted.headers
    assert gzip.decompress(posted.data) == get(client, _SHOW).data


def test_scripts_of_other_origins_may_post(client: FlaskClient) -> None:
    """The preflight of a POST with JSON is answered for these addresses only."""
    response = client.options("/api/3/action/package_search")
    assert response.status_code == 204
    assert response.headers["Access-Control-Allow-Methods"] == "GET, HEAD, OPTIONS, POST"
    assert "Content-Type" in response.headers["Access-Control-Allow-Headers"]
    other = client.options("/v1/targets")
    assert other.headers["Access-Control-Allow-Methods"] == "GET, HEAD, OPTIONS"
    assert client.post("/v1/targets").status_code == 405
    for answer in (client.post("/api/3/action/site_read"), client.get("/api/3/action/nope")):
        assert answer.headers["Access-Control-Allow-Origin"] == "*"
