"""The response cache: it answers as the application does, and never from another store."""

from __future__ import annotations

import random
import time
from collections.abc import Iterable
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from hypothesis import given, settings
from hypothesis import strategies as st
from werkzeug.test import Client, TestResponse

from opendata.store import Folder
from opendata.web import create_app
from opendata.web.cache import ResponseCache
from tests import made_up
from tests.serving import World, build_store, head, stored

_DEMO = "/v1/datasets/demo-2030"
ADDRESSES = [
    *("/", "/v1", "/v1/schema", "/v1/vocabularies/units", "/v1/vocabularies/units.ttl"),
    *("/openapi.yaml", "/docs", "/healthz", "/readyz", "/v1/datasets", "/v1/nowhere"),
    *(_DEMO, f"{_DEMO}/versions", f"{_DEMO}/versions/1.0.0", f"{_DEMO}/targets"),
    *(f"{_DEMO}/targets.csv", f"{_DEMO}/targets.csv?profile=excel", f"{_DEMO}/targets.xlsx"),
    *("/v1/targets?limit=2&sort=-value", "/v1/targets?q=%E5%B7%A5", "/v1/targets?facet=unit"),
    *("/v1/targets?colour=red", "/v1/projects.ndjson", "/v1/search?q=a", "/v1/glossary.csv"),
    f"{_DEMO}/targets.csv-metadata.json",
    *("/catalog", "/catalog.rdf?lang=en", "/data.json", f"{_DEMO}.html", f"{_DEMO}.zip"),
    *("/bulk.zip", "/bulk.zip.sha256", "/feed.atom", "/sitemap.xml", "/v1/changes"),
    *("/api/3/action/package_list", "/api/3/action/package_show?id=demo-2030"),
]
_HELD = "held"  # stands for the tag that the application gave
HEADERS = {
    "Accept": ["text/csv", "application/json", "text/html, */*;q=0.1", "image/png", ""],
    "Accept-Encoding": ["gzip", "br;q=0.5, zstd", "identity;q=0, gzip", "*;q=0", "identity"],
    "Accept-Language": ["en-GB, zh;q=0.5", "zh", "fr"],
    "Range": ["bytes=0-99", "bytes=-7", "bytes=5-", "bytes=99999999-", "lines=1-2", "bytes=3-1"],
    "If-None-Match": [_HELD, f'"x", {_HELD}', "*", '"x"'],
    "If-Modified-Since": ["Wed, 01 Jan 2020 00:00:00 GMT", "Wed, 01 Jan 2098 00:00:00 GMT"],
    "If-Match": [_HELD, '"x"'],
    "If-Range": [_HELD, '"x"'],
}


@pytest.fixture(scope="module")
def pair(world: World) -> tuple[FlaskClient, FlaskClient]:
    """One application that keeps answers and one that does not, on the same store."""
    return create_app(world.folder).test_client(), create_app(world.folder, cache=0).test_client()


@st.composite
def _requests(draw: st.DrawFn) -> tuple[str, str, dict[str, str]]:
    names = draw(st.sets(st.sampled_from(sorted(HEADERS)), max_size=4))
    headers = {name: draw(st.sampled_from(HEADERS[name])) for name in sorted(names)}
    method = draw(st.sampled_from(["GET", "GET", "GET", "HEAD", "OPTIONS", "POST"]))
    return method, draw(st.sampled_from(ADDRESSES)), headers


def _ask(client: FlaskClient, method: str, address: str, headers: dict[str, str]) -> TestResponse:
    return client.open(address, method=method, headers=headers)


def _told(response: TestResponse) -> tuple[int, list[tuple[str, str]], bytes]:
    fields = sorted((n, v) for n, v in response.headers if n != "Cache-Status")
    return response.status_code, fields, response.data


@pytest.mark.no_cover  # what smaller tests cover already
@settings(max_examples=200)
@given(requests=st.lists(_requests(), min_size=1, max_size=4))
def test_it_answers_as_the_application_does(
    pair: tuple[FlaskClient, FlaskClient], requests: list[tuple[str, str, dict[str, str]]]
) -> None:
    """Status, every field and every byte, the first time and again, in any order of asking."""
    cached, plain = pair
    for method, address, asked in requests:
        tag = _ask(plain, "GET", address, {}).headers.get("ETag", '"none"')
        headers = {name: value.replace(_HELD, tag) for name, value in asked.items()}
        expected = _told(_ask(plain, method, address, headers))
        for _ in range(2):
            assert _told(_ask(cached, method, address, headers)) == expected


def _status(client: FlaskClient, address: str, **headers: str) -> str:
    fields = {name.replace("_", "-"): value for name, value in headers.items()}
    return client.get(address, headers=fields).headers["Cache-Status"]


def test_it_says_what_it_did(released: Path, tmp_path: Path) -> None:
    """``Cache-Status`` (RFC 9211) tells a hit from a miss and from what went through."""
    stored(released, tmp_path / "build")
    client = create_app(tmp_path / "build").test_client()
    address = f"{_DEMO}/targets"
    assert _status(client, address) == "opendata; fwd=miss; stored"
    assert _status(client, address) == "opendata; hit"
    assert head(client, address).headers["Cache-Status"] == "opendata; hit"
    tag = client.get(address).headers["ETag"]
    assert _status(client, address, If_None_Match=tag) == "opendata; hit"
    assert _status(client, address, Range="bytes=0-9") == "opendata; hit"
    assert _status(client, address, If_Match=tag) == "opendata; fwd=bypass"
    assert _status(client, address, Accept="text/csv") == "opendata; fwd=miss; stored"
    assert _status(client, "/v1/nowhere") == "opendata; fwd=miss"
    assert _status(client, "/v1/nowhere") == "opendata; fwd=miss"
    assert _status(client, "/readyz") == "opendata; fwd=miss"


@pytest.mark.no_cover  # what smaller tests cover already
def test_another_store_is_never_answered_from_the_last(released: Path, tmp_path: Path) -> None:
    """Swapped forth and back a hundred times, each answer is of the store that is current."""
    folder = tmp_path / "build"
    stores = [build_store(released, folder).path]
    made_up.release_demo(released, "1.1.0")
    stores.append(build_store(released, folder).path)
    client = create_app(folder).test_client()
    draw = random.Random(7)
    for turn in range(100):
        link = folder / "next"
        link.symlink_to(stores[turn % 2].name)
        link.replace(folder / "current")
        for _ in range(draw.randrange(1, 4)):
            body = client.get(_DEMO).get_json()
            assert body["meta"]["version"] == ("1.0.0", "1.1.0")[turn % 2]


class _Made:
    """An application that answers with so many bytes, and counts how often it was asked."""

    def __init__(self, length: int, caching: str = "public, max-age=60") -> None:
        self.asked = 0
        self._body = b"x" * length
        self._caching = caching

    def __call__(self, environ: dict[str, object], start_response: object) -> Iterable[bytes]:
        self.asked += 1
        headers = [
            ("ETag", '"a"'),
            ("Cache-Control", self._caching),
            ("Content-Length", str(len(self._body))),
        ]
        start_response("200 OK", headers)  # type: ignore[operator]
        return [self._body]


def _client(made: _Made, folder: Path, capacity: int) -> Client:
    (folder / "current").symlink_to("store")
    return Client(ResponseCache(made, Folder(folder).state, capacity))


def test_it_keeps_no_more_than_it_may(tmp_path: Path) -> None:
    """What was asked for longest ago goes first; too large an answer is not kept."""
    made = _Made(10_000)
    client = _client(made, tmp_path, 50_000)
    for number in range(100):
        client.get(f"/{number}")
    assert made.asked == 100
    client.get("/99")
    assert made.asked == 100
    client.get("/0")
    assert made.asked == 101


@pytest.mark.parametrize("caching", ["no-store", "private, max-age=60", "public, max-age=0"])
def test_it_keeps_nothing_that_may_not_be_kept(tmp_path: Path, caching: str) -> None:
    """Nor longer than its time."""
    made = _Made(10, caching)
    client = _client(made, tmp_path, 50_000)
    client.get("/")
    client.get("/")
    assert made.asked == 2


def test_varieties_of_a_field_that_mean_the_same_find_the_same(world: World) -> None:
    """Browsers say in many ways which codings they take; the cache keeps one answer for all."""
    client = create_app(world.folder).test_client()
    address = f"{_DEMO}/targets"
    assert _status(client, address, Accept_Encoding="br").endswith("stored")
    for said in ("br", "BR", "br;q=0.9, gzip;q=0.5", "gzip;q=0.1,br", "identity;q=0.5, br;q=1.0"):
        assert _status(client, address, Accept_Encoding=said) == "opendata; hit"
    assert _status(client, address, Accept_Encoding="br, identity;q=0").endswith("stored")
    excel = f"{_DEMO}/targets.csv?profile=excel"
    assert _status(client, excel, Accept_Language="en").endswith("stored")
    assert _status(client, excel, Accept_Language="en-GB, fr;q=0.3") == "opendata; hit"


def test_lists_of_tags_are_weighed_here(world: World) -> None:
    """A tag among others, weak or not, or any: 304; none of them: the whole.

    One of another coding the application weighs, since the client can use what it holds.
    """
    client = create_app(world.folder).test_client()
    address = f"{_DEMO}/targets"
    tag = client.get(address).headers["ETag"]
    for asked, status in ((f'"x", {tag}', 304), (f'W/{tag} , "y"', 304), ("*", 304), ('"x"', 200)):
        answer = client.get(address, headers={"If-None-Match": asked})
        assert (answer.status_code, answer.headers["Cache-Status"]) == (status, "opendata; hit")
    for asked in (f'{tag[:-1]}-br"', f"{tag},,", "x"):
        assert _status(client, address, If_None_Match=asked) == "opendata; fwd=bypass"


def test_what_was_kept_too_long_is_kept_anew_by_whoever_asks(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Also by clients that only ever ask whether something changed, or for a part."""
    client = create_app(world.folder).test_client()
    address, now = f"{_DEMO}/targets", time.monotonic()
    tag = client.get(address).headers["ETag"]
    for hour, asked in enumerate(({"If-None-Match": tag}, {"Range": "bytes=0-9"}), 1):
        monkeypatch.setattr(time, "monotonic", lambda hour=hour: now + hour * 3600)
        answer = client.get(address, headers=asked)
        assert answer.headers["Cache-Status"] == "opendata; fwd=stale"
        assert answer.status_code in (304, 206)
        assert client.get(address, headers=asked).headers["Cache-Status"] == "opendata; hit"


def test_an_order_of_parameters_has_a_tag_of_its_own(client: FlaskClient) -> None:
    """``links.self`` repeats the order, so that the bytes differ."""
    first = client.get("/v1/targets?limit=2&sort=-value")
    other = client.get("/v1/targets?sort=-value&limit=2")
    assert (first.data == other.data) == (first.headers["ETag"] == other.headers["ETag"])


def test_what_is_asked_for_stays_and_the_rest_goes(tmp_path: Path) -> None:
    """Second chance: an answer that was asked for again outlives newer ones that were not."""
    made = _Made(10_000)
    client = _client(made, tmp_path, 50_000)
    client.get("/often")
    for number in range(100):
        client.get(f"/{number}")
        assert client.get("/often").headers["Cache-Status"] == "opendata; hit"
    assert made.asked == 101
