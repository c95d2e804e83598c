"""What leads to everything, as it is served: feeds, sitemap, well-known files, Link fields."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from opendata.web import create_app
from tests.discovery.made import parsed
from tests.serving import BASE, World, get, head

_ATOM = "{http://www.w3.org/2005/Atom}"
_LOC = "{http://www.sitemaps.org/schemas/sitemap/0.9}loc"

_FILES = {
    "/feed.atom": "application/atom+xml",
    "/feed.en.atom": "application/atom+xml",
    "/v1/datasets/hill-2031/feed.atom": "application/atom+xml",
    "/v1/datasets/hill-2031/feed.en.atom": "application/atom+xml",
    "/sitemap.xml": "application/xml",
    "/robots.txt": "text/plain; charset=utf-8",
    "/llms.txt": "text/plain; charset=utf-8",
    "/.well-known/api-catalog": "application/linkset+json; "
    'profile="https://www.rfc-editor.org/info/rfc9727"',
}


@pytest.mark.parametrize("path", _FILES)
def test_each_is_served_like_every_document(client: FlaskClient, path: str) -> None:
    """With its exact type, an entity tag that holds, HEAD, and nothing in the query."""
    response = get(client, path)
    assert (response.status_code, response.content_type) == (200, _FILES[path])
    assert response.headers["Access-Control-Allow-Origin"] == "*"
    assert get(client, path, If_None_Match=response.headers["ETag"]).status_code == 304
    same = head(client, path)
    assert (same.status_code, same.data) == (200, b"")
    assert same.headers["ETag"] == response.headers["ETag"]
    assert f'<{BASE}/.well-known/api-catalog>; rel="api-catalog"' in response.headers["Link"]
    assert get(client, f"{path}?x=1").status_code == 400


@pytest.mark.parametrize(
    "path",
    [
        *("/feed/1.atom", "/feed/x.atom", "/sitemap/site/1.xml", "/v1/datasets/hill/feed.atom"),
        *("/v1/datasets/hill-2031/feed/1.atom", "/.well-known/security.txt"),
    ],
)
def test_what_is_not_there_is_a_problem(client: FlaskClient, path: str) -> None:
    """Archives and shares that are not needed, datasets that there are not, nobody to tell."""
    response = get(client, path)
    assert (response.status_code, response.mimetype) == (404, "application/problem+json")


def test_the_feed_of_all_tells_of_every_version_once(client: FlaskClient) -> None:
    """The newest first, no two at one time, and the same time in the feed of the dataset."""
    told: dict[str, str] = {}
    moments: list[str] = []
    for entry in parsed(get(client, "/feed.atom").data).findall(f"{_ATOM}entry"):
        moments.append(entry.findtext(f"{_ATOM}updated") or "")
        told[(entry.findtext(f"{_ATOM}id") or "").removeprefix(BASE)] = moments[-1]
    assert moments == sorted(set(moments), reverse=True)
    assert len(told) == 5
    assert "/v1/datasets/hill-2031/versions/0.10.0" in told
    own = parsed(get(client, "/v1/datasets/hill-2031/feed.en.atom").data)
    for entry in own.findall(f"{_ATOM}entry"):
        path = (entry.findtext(f"{_ATOM}id") or "").removeprefix(BASE)
        assert told[path] == entry.findtext(f"{_ATOM}updated")


def test_every_link_of_a_feed_answers_with_the_type_it_says(client: FlaskClient) -> None:
    """Alternates and enclosures, and these with the length they say."""
    checked = 0
    for link in parsed(get(client, "/feed.atom").data).iter(f"{_ATOM}link"):
        response = get(client, str(link.get("href")))
        assert (response.status_code, response.mimetype) == (200, link.get("type"))
        if link.get("rel") == "enclosure":
            assert str(len(response.data)) == link.get("length")
            checked += 1
    assert checked == 5 * (3 * 2 + 1)


def test_every_address_of_the_sitemap_answers(client: FlaskClient) -> None:
    """With 200 and no detour; every record of a latest version is among them."""
    listed = [str(e.text) for e in parsed(get(client, "/sitemap.xml").data).iter(_LOC)]
    assert len(listed) == len(set(listed))
    for address in listed:
        assert address.startswith(BASE)
        assert head(client, address).status_code == 200, address
    records = [a for a in listed if re.search(r"/datasets/[^/]+/(targets|projects|glossary)/", a)]
    assert len(records) == (5 + 3 + 4) + (2 + 2 + 0) + 3 * 2
    assert f"{BASE}/v1/datasets/demo-2030/targets/lantern-fair" in records
    assert f"{BASE}/v1/datasets/demo-2030/versions/1.0.0" in listed
    assert {f"{BASE}/v1/vocabularies/units", f"{BASE}/v1/datasets/demo-2030.zip"} < set(listed)


def test_robots_may_read_everything_and_find_the_sitemap(client: FlaskClient) -> None:
    """RFC 9309 and sitemaps.org."""
    lines = get(client, "/robots.txt").text.splitlines()
    assert lines == ["User-agent: *", "Allow: /", "", f"Sitemap: {BASE}/sitemap.xml"]


def test_every_link_of_llms_txt_answers(client: FlaskClient) -> None:
    """A heading, a summary, then lists of links (llmstxt.org)."""
    text = get(client, "/llms.txt").text
    assert re.match(r"# .+\n\n> .+\n", text)
    links = re.findall(r"\]\((.+?)\)", text)
    assert f"{BASE}/v1/datasets/lake-2029" in links
    for link in links:
        assert head(client, link).status_code == 200, link


def test_every_link_of_the_catalogue_of_apis_answers(client: FlaskClient) -> None:
    """As a linkset: the API with its description, documentation and status (RFC 9727)."""
    linkset = get(client, "/.well-known/api-catalog").get_json(force=True)["linkset"]
    assert linkset[0] == {
        "anchor": f"{BASE}/.well-known/api-catalog",
        "item": [{"href": f"{BASE}{p}"} for p in ("/v1", "/api/3", "/catalog", "/data.json")],
    }
    for item in linkset[0]["item"]:
        assert head(client, item["href"]).status_code == 200, item
    api = linkset[1]
    assert api.pop("anchor") == f"{BASE}/v1"
    assert list(api) == ["service-desc", "service-doc", "status"]
    for target in [target for targets in api.values() for target in targets]:
        assert get(client, target["href"]).mimetype == target["type"]


@pytest.mark.parametrize(
    ("path", "feed"),
    [
        ("/", "/feed.atom"),
        ("/docs", "/feed.atom"),
        ("/docs/errors", "/feed.atom"),
        ("/v1", "/feed.atom"),
        ("/v1/datasets", "/feed.atom"),
        ("/v1/changes?limit=1", "/feed.atom"),
        ("/v1/search?q=GDP", None),
        ("/v1/vocabularies/units.ttl", None),
        ("/v1/datasets/hill-2031", "/v1/datasets/hill-2031/feed.atom"),
        ("/v1/datasets/hill-2031/versions", "/v1/datasets/hill-2031/feed.atom"),
        ("/v1/datasets/hill-2031/versions/0.9.0", "/v1/datasets/hill-2031/feed.atom"),
        ("/v1/datasets/hill-2031/targets", None),
        ("/v1/datasets/hill-2031/targets/new-jobs", None),
    ],
)
def test_every_page_leads_to_the_rest(client: FlaskClient, path: str, feed: str | None) -> None:
    """To the catalogue of APIs from anywhere, to a feed where it is about datasets."""
    link = get(client, path).headers["Link"]
    assert f'<{BASE}/.well-known/api-catalog>; rel="api-catalog"' in link
    found = re.findall(r'<([^>]+)>; rel="alternate"; type="application/atom\+xml"', link)
    assert found == ([f"{BASE}{feed}"] if feed else [])
    assert len(link) < 3000


def test_the_contact_for_weaknesses_is_named_where_there_is_one(world: World) -> None:
    """For half a year, from the day it is asked for (RFC 9116)."""
    app = create_app(Path(world.folder), security_contact="mailto:security@example.org")
    response = get(app.test_client(), "/.well-known/security.txt")
    assert response.content_type == "text/plain; charset=utf-8"
    lines = dict(line.split(": ", 1) for line in response.text.splitlines())
    assert lines["Contact"] == "mailto:security@example.org"
    assert lines["Canonical"] == f"{BASE}/.well-known/security.txt"
    left = datetime.fromisoformat(lines["Expires"]) - datetime.now(UTC)
    assert timedelta(days=140) < left < timedelta(days=190)
