"""Served from PostgreSQL, every address answers with the same bytes as from the SQLite file."""

from __future__ import annotations

import re
from collections import Counter, deque
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote, urlencode

import pytest
from flask.testing import FlaskClient
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import URL
from werkzeug.test import TestResponse

from opendata.web import create_app
from tests import postgresql
from tests.http.asking import Asked, queries
from tests.serving import BASE, get

_LINK = re.compile(rf"{BASE}(/[^\s\"'<>{{}}\\]*)")
#: What tells addresses of the same form apart: ids, versions, languages, numbers of pages.
_NAMES = re.compile(r"(?<=/)(demo|hill|lake)-\d+|\d+\.\d+\.\d+|(?<==)[^&]+")
#: So many addresses of a form are asked for.
_ENOUGH = 2
#: What depends on when a store was put in its place.
_OF_TIME = {"Date", "Last-Modified"}

_SEEDS = (
    *("/", "/v1", "/docs", "/docs/errors", "/openapi.yaml", "/robots.txt", "/llms.txt"),
    *("/catalog.ttl", "/data.json", "/sitemap.xml", "/feed.atom", "/datapackage.json"),
    *("/.well-known/api-catalog", "/bulk.zip", "/bulk.zip.sha256", "/nowhere", "/v1/nowhere"),
)
_SEARCHES = (
    *(
        "产值",
        "增长",
        "水泵厂",
        "工",
        "weifang",
        "liuxi",
        "lx",
        "growth",
        "industrial output",
        "gdp",
    ),
    *("柳溪 gdp", "文化路drainage", "2030", "6.1", "县县县", "。", "", "nothing-like-this"),
)


def _queries() -> Iterator[str]:
    """Yield queries of every kind, some of them refused."""
    for text in _SEARCHES:
        yield f"/v1/search?{urlencode({'q': text, 'limit': 3})}"
        for form in ("", ".csv"):
            yield f"/v1/targets{form}?{urlencode({'q': text})}"
    for name in ("value", "-value", "deadline,-id", "-unit,title_zh"):
        yield f"/v1/targets?sort={name}&limit=2"
        yield f"/v1/projects.ndjson?sort={name}"
    yield "/v1/targets?facet=unit,kind,projects,value,section_path&limit=1"
    yield "/v1/targets.csv?profile=excel&lang=zh&sort=-value"
    yield "/v1/targets.xlsx?value__gte=5&value__isnull=false"
    yield f"/v1/targets?title_zh__contains={quote('产')}&expand=projects"
    yield "/v1/targets?title_zh__contains=%00&title_en__startswith=%00"
    yield "/v1/targets?id__in=gdp-growth,new-jobs&section_path=1"
    yield "/v1/targets?valeu=5&sort=nothing&cursor=abc&limit=0"
    yield "/v1/datasets/demo-2030/changes?from=1.0.0&to=1.1.0"
    yield "/v1/publications?since=2030-01-01"
    for action in _ACTIONS:
        yield f"/api/3/action/{action}"


_ACTIONS = (
    *("package_list", "package_show?id=demo-2030", "status_show", "site_read", "nothing"),
    *("package_search", "package_search?q=liuxi&sort=score+desc,name+asc&rows=2"),
    "package_search?q=*:*&facet.field=%5B%22tags%22,%22organization%22,%22res_format%22%5D",
    *(
        "package_search?q=name:demo*",
        "package_search?q=name:%3Femo-2030",
        "package_search?q=-tags:x",
    ),
    *("package_search?fq=metadata_modified:%5B2030-01-01T00:00:00Z%20TO%20*%5D", "tag_list"),
    "package_search?q=num_resources:%5B1%20TO%2099999999999%5D&sort=metadata_modified+desc",
    *("package_search?q=title:work&sort=author+desc", "package_search?q=author:%5B*%20TO%20*%5D"),
    *("package_search?start=9999999999", "organization_list?all_fields=true", "license_list"),
    *("resource_search?query=format:CSV&limit=3", "package_autocomplete?q=DEMO", "group_list"),
    *("recently_changed_packages_activity_list", "current_package_list_with_resources?limit=2"),
)


@pytest.fixture(scope="module")
def database(loaded: URL, tmp_path_factory: pytest.TempPathFactory) -> FlaskClient:
    """A client of the application that has a database and no folder."""
    nowhere = tmp_path_factory.mktemp("nowhere")
    return create_app(nowhere, database=loaded, cache=0).test_client()


def _alike(one: TestResponse, other: TestResponse) -> None:
    assert other.status_code == one.status_code, one.request.url
    assert other.get_data() == one.get_data(), one.request.url
    fields, others = (sorted(f for f in r.headers if f[0] not in _OF_TIME) for r in (one, other))
    assert others == fields, one.request.url


def test_every_address_answers_alike(client: FlaskClient, database: FlaskClient) -> None:
    """All that links lead to from pages, catalogues and the API; of each form some."""
    left, seen, asked = deque(_SEEDS), set(_SEEDS), Counter[str]()
    while left:
        address = left.popleft()
        form = _NAMES.sub(
            "*", re.sub(r"(/(targets|projects|glossary))/[a-z0-9-]+", r"\1/*", address)
        )
        asked[form] += 1
        if asked[form] > _ENOUGH:
            continue
        one = get(client, address)
        _alike(one, get(database, address))
        if one.content_type.startswith(("text/", "application/")) and "zip" not in one.content_type:
            links = dict.fromkeys(_LINK.findall(one.get_data().decode("utf-8", "replace")))
            left.extend(link for link in links if link not in seen)
            seen.update(links)
    assert len(asked) > 200


@pytest.mark.parametrize("address", list(_queries()))
def test_queries_answer_alike(client: FlaskClient, database: FlaskClient, address: str) -> None:
    """Filters, orders, searches, facets, forms and faults; pages to the end by their cursors."""
    for _ in range(20):
        one = get(client, address)
        _alike(one, get(database, address))
        following = one.is_json and "/v1" in address and one.get_json().get("links", {}).get("next")
        if not following:
            return
        address = following


class Both:
    """A world of varied records, served from a file and from a database."""

    def __init__(self, folder: Path, url: URL) -> None:
        self.asked = Asked(folder)
        postgresql.loaded(folder, url)
        self.client = create_app(folder, database=url, cache=0).test_client()

    def compare(self, address: str) -> None:
        """Ask both for an address."""
        _alike(get(self.asked.client, address), get(self.client, address))


@pytest.fixture(scope="module")
def both(server: postgresql.Server, tmp_path_factory: pytest.TempPathFactory) -> Both:
    """The varied world, twice; for reading only."""
    return Both(tmp_path_factory.mktemp("varied"), server.database())


@pytest.mark.no_cover  # what smaller tests cover already
@settings(max_examples=60)
@given(data=st.data())
def test_any_query_answers_alike(both: Both, data: st.DataObject) -> None:
    """Whatever is asked for, in whichever form."""
    query = data.draw(queries(both.asked))
    suffix = data.draw(st.sampled_from(["", "", ".csv", ".ndjson"]))
    parts = ("fields", "facet") if suffix == "" else ("fields",)
    both.compare(query.address(suffix, *parts, limit=data.draw(st.sampled_from([3, 50]))))
