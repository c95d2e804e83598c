"""Fields that every response carries: open to every origin, safe in every browser."""

from __future__ import annotations

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from opendata.store import Store
from tests.http.links import links, related
from tests.serving import BASE, get

_EVERYWHERE = [
    *("/", "/v1", "/v1/targets", "/v1/targets.csv", "/v1/datasets/demo-2030", "/openapi.yaml"),
    *(
        "/docs",
        "/docs/errors",
        "/docs/swagger.js",
        "/docs/swagger-ui.css",
        "/docs/reference",
        "/healthz",
        "/readyz",
    ),
    *("/v1/nothing", "/v1/targets?x=1", f"/v1/targets?section={'1' * 8000}"),
]


def _check(headers: object) -> None:
    expected = {
        "Access-Control-Allow-Origin": "*",
        "Access-Control-Expose-Headers": (
            "Accept-Ranges, Content-Disposition, Content-Location, Content-Range, Deprecation, "
            "ETag, Last-Modified, Link, Repr-Digest, Retry-After, Sunset"
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
    assert allowed == "GET, HEAD, OPTIONS"


def _relations(response: TestResponse) -> set[tuple[str, str]]:
    return {(to.removeprefix(BASE), relation) for to, relation, _ in links(response)}


@pytest.mark.parametrize("address", ["/v1", "/v1/schema", "/v1/vocabularies"])
def test_documents_name_their_description(client: FlaskClient, address: str) -> None:
    """The index, the schema and the list of code lists."""
    found = _relations(get(client, address))
    assert found >= {("/openapi.json", "service-desc"), (f"{address}.json", "alternate")}


def test_code_lists_name_their_other_forms(client: FlaskClient) -> None:
    """Turtle, JSON-LD and the page, with their types; each answers."""
    base = "/v1/vocabularies/units"
    found = [
        (to, kind) for to, relation, kind in links(get(client, base)) if relation == "alternate"
    ]
    assert len(found) == 4
    assert (f"{BASE}{base}.ttl", "text/turtle") in found
    for to, kind in found:
        assert get(client, to).mimetype == kind
    assert "Link" in get(client, f"{base}.ttl").headers


@pytest.mark.parametrize(
    ("address", "latest", "predecessor"),
    [
        ("hill-2031/versions/0.9.0/targets/dragon-boat-race", None, None),
        ("hill-2031/versions/0.9.0/targets/new-jobs", "hill-2031/targets/new-jobs", None),
        (
            "hill-2031/versions/0.10.0/targets/new-jobs",
            "hill-2031/targets/new-jobs",
            "hill-2031/versions/0.9.0/targets/new-jobs",
        ),
        ("demo-2030/targets/lantern-fair", None, None),
        ("demo-2030/targets/lantern-fair.csv", None, None),
        ("demo-2030/targets/new-jobs", None, "demo-2030/versions/1.0.0/targets/new-jobs"),
        ("demo-2030", None, "demo-2030/versions/1.0.0"),
        ("demo-2030/targets", None, "demo-2030/versions/1.0.0/targets"),
    ],
)
def test_other_versions_are_named_where_they_are(
    client: FlaskClient, address: str, latest: str | None, predecessor: str | None
) -> None:
    """What a version does not hold is no version of it."""
    response = get(client, f"/v1/datasets/{address}")
    for relation, expected in (("latest-version", latest), ("predecessor-version", predecessor)):
        assert related(response, relation) == (expected and f"{BASE}/v1/datasets/{expected}")
        if expected:
            assert get(client, f"/v1/datasets/{expected}").status_code == 200


def test_every_collection_names_its_description(client: FlaskClient) -> None:
    """The Link field leads programs to the OpenAPI document."""
    link = '<http://127.0.0.1:8000/openapi.json>; rel="service-desc"'
    for address in ("/v1/targets", "/v1/targets.csv", "/v1/datasets/demo-2030/versions"):
        assert link in get(client, address).headers["Link"]


@pytest.mark.parametrize(
    "address",
    [
        *("/", "/docs", "/docs/errors", "/openapi.json", "/v1/datasets/demo-2030.html"),
        *("/v1/datasets/demo-2030/targets.html", "/v1/datasets/demo-2030/targets/new-jobs.html"),
        *("/api/3/action/package_list", "/v1/targets?q=nothing", "/docs/reference"),
        *("/v1/datasets/demo-2030/schema-org.jsonld", "/data.json", "/bulk.zip", "/feed.atom"),
    ],
)
def test_any_answer_leads_to_the_rest(client: FlaskClient, address: str) -> None:
    """Pages, actions of CKAN, documents and files lead to what lists all APIs, and to the feed."""
    found = {relation: to for to, relation, _ in links(get(client, address))}
    assert found["api-catalog"] == f"{BASE}/.well-known/api-catalog"
    assert get(client, found["api-catalog"]).status_code == 200
