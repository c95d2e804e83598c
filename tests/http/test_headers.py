"""Fields that every response carries: open to every origin, safe in every browser."""

from __future__ import annotations

import pytest
from flask.testing import FlaskClient

from opendata.store import Store
from tests.serving import get

_EVERYWHERE = [
    *("/", "/v1", "/v1/targets", "/v1/targets.csv", "/v1/datasets/demo-2030", "/openapi.yaml"),
    *(
        "/docs",
        "/docs/errors",
        "/docs/swagger.js",
        "/docs/swagger-ui.css",
        "/home.css",
        "/healthz",
        "/readyz",
    ),
    *("/v1/nothing", "/v1/targets?x=1", f"/v1/targets?section={'1' * 8000}"),
]


def _check(headers: object) -> None:
    expected = {
        "Access-Control-Allow-Origin": "*",
        "Access-Control-Expose-Headers": (
            "Accept-Ranges, Content-Disposition, Content-Location, Content-Range, ETag, "
            "Last-Modified, Link, Repr-Digest, Retry-After"
        ),
        "Cross-Origin-Resource-Policy": "cross-origin",
        "Referrer-Policy": "no-referrer",
        "X-Content-Type-Options": "nosniff",
    }
    found = {name: headers.get(name) for name in expected}  # type: ignore[attr-defined]
    assert found == expected
    policy = headers["Content-Security-Policy"]  # type: ignore[index]
    assert policy.startswith("default-src 'none'; ")
    assert "frame-ancestors 'none'" in policy
    assert "unsafe" not in policy
    assert "Access-Control-Allow-Credentials" not in headers  # type: ignore[operator]
    assert "Set-Cookie" not in headers  # type: ignore[operator]


@pytest.mark.parametrize("address", _EVERYWHERE)
def test_every_answer_is_open_and_safe(client: FlaskClient, address: str) -> None:
    """Pages, data, assets and problems; with an origin or without."""
    _check(get(client, address).headers)
    _check(get(client, address, Origin="https://elsewhere.example").headers)
    _check(client.post(address).headers)


def test_failures_are_open_too(client: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
    """A script of another origin can read a 500."""
    monkeypatch.setattr(Store, "part", lambda *_: 1 / 0)
    response = get(client, "/v1/targets", Origin="https://elsewhere.example")
    assert response.status_code == 500
    _check(response.headers)


def test_preflight(client: FlaskClient) -> None:
    """Scripts may send the fields that conditional requests need."""
    response = client.options(
        "/v1/targets",
        headers={
            "Origin": "https://elsewhere.example",
            "Access-Control-Request-Method": "GET",
            "Access-Control-Request-Headers": "if-none-match",
        },
    )
    assert (response.status_code, response.data) == (204, b"")
    for name in ("Content-Type", "Content-Length"):
        assert name not in response.headers
    assert response.headers["Access-Control-Allow-Origin"] == "*"
    assert response.headers["Access-Control-Allow-Methods"] == "GET, HEAD, OPTIONS"
    assert response.headers["Access-Control-Allow-Headers"] == (
        "Accept, Accept-Language, If-Match, If-Modified-Since, If-None-Match, If-Range, "
        "If-Unmodified-Since, Range"
    )
    assert response.headers["Access-Control-Max-Age"] == "86400"
    assert "Access-Control-Allow-Methods" not in get(client, "/v1/targets").headers


def test_options_says_which_methods_there_are(client: FlaskClient) -> None:
    """As RFC 9110 §9.3.7 has it."""
    response = client.options("/v1/datasets/demo-2030")
    allowed = response.headers["Allow"]
    assert response.status_code == 204
    assert set(allowed.split(", ")) == {"GET", "HEAD", "OPTIONS"}


def test_every_collection_names_its_description(client: FlaskClient) -> None:
    """The Link field leads programs to the OpenAPI document."""
    link = '<http://127.0.0.1:8000/openapi.json>; rel="service-desc"'
    for address in ("/v1/targets", "/v1/targets.csv", "/v1/datasets/demo-2030/versions"):
        assert link in get(client, address).headers["Link"]
