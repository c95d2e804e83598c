"""An export behind a real nginx: the bodies, types and validators of the service."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree

import pytest
from flask.testing import FlaskClient
from werkzeug.serving import make_server

from opendata.export import manifest
from opendata.export.manifest import GONE, MOVED, OK, Entry
from opendata.web import create_app
from tests.export.serving import Server, nginx
from tests.export.world import CONTACT
from tests.serving import BASE, get

#: What smaller tests cover already; counting lines would double the time it takes.
pytestmark = pytest.mark.no_cover

_LOC = "{http://www.sitemaps.org/schemas/sitemap/0.9}loc"
_DEMO = "/v1/datasets/demo-2030"


@pytest.fixture(scope="module")
def server(site: Path) -> Iterator[Server]:
    """The export, served by nginx."""
    with nginx(site / "old", site / "nginx") as served:
        yield served


@pytest.fixture(scope="module")
def service(site: Path) -> FlaskClient:
    """The service with the same store."""
    return create_app(site / "store", security_contact=CONTACT).test_client()


def _entries(site: Path, status: int) -> list[Entry]:
    units = sorted((site / "old/.export/units").rglob("*.tsv"))
    found = [entry for unit in units for entry in manifest.read(unit)]
    return [entry for entry in found if entry.status == status]


def test_every_address_is_answered_as_by_the_service(
    site: Path, server: Server, service: FlaskClient
) -> None:
    """Body and type; HEAD without body; 304 for its own ETag; the part that is asked for."""
    entries = _entries(site, OK)
    assert len(entries) > 1000
    for entry in entries:
        live = get(service, entry.address, Accept_Encoding="identity")
        found = server.ask(entry.address)
        assert (found.status, found.body) == (200, live.data), entry.address
        assert found.headers["content-type"] == live.content_type, entry.address
        policy = live.headers["Content-Security-Policy"]
        assert found.headers["content-security-policy"] == policy, entry.address
        assert found.headers["access-control-allow-origin"] == "*"
        asked = server.ask(entry.address, "HEAD")
        assert (asked.status, asked.body) == (200, b"")
        assert asked.headers["etag"] == found.headers["etag"]
        assert asked.headers["content-length"] == str(len(live.data))
        again = server.ask(entry.address, If_None_Match=found.headers["etag"])
        assert (again.status, again.body) == (304, b""), entry.address
        if entry.size:  # there is no part of nothing
            part = server.ask(entry.address, Range="bytes=2-9")
            assert (part.status, part.body) == (206, live.data[2:10]), entry.address


def test_json_is_the_same_with_its_suffix(site: Path, server: Server, service: FlaskClient) -> None:
    """One file serves both addresses because the service answers both alike."""
    plain = [e for e in _entries(site, OK) if e.file == f"{e.address[1:]}.json"]
    assert len(plain) > 300
    for entry in plain:
        address = f"{entry.address}.json"
        live = get(service, address, Accept_Encoding="identity")
        assert live.status_code == 200, address
        assert server.ask(address).body == live.data, address


def test_all_that_the_sitemap_names_is_there(server: Server) -> None:
    """And all that the sitemaps that it leads to name."""
    todo, done = ["/sitemap.xml"], set()
    while todo:
        address = todo.pop()
        found = server.ask(address)
        assert found.status == 200, address
        done.add(address)
        if "sitemap" in address:
            root = ElementTree.fromstring(found.body)  # noqa: S314 - our own
            named = {str(loc.text).removeprefix(BASE) or "/" for loc in root.iter(_LOC)}
            todo += sorted(named - done)
    assert f"{_DEMO}/targets.csv" in done


def test_every_download_of_the_catalogue_is_there(server: Server) -> None:
    """With the queries that are part of their addresses."""
    catalogue = json.loads(server.ask("/data.json").body)
    found = {d["downloadURL"] for s in catalogue["dataset"] for d in s["distribution"]}
    assert any("profile=excel&lang=en" in address for address in found)
    for address in sorted(found):
        assert server.ask(address.removeprefix(BASE)).status == 200, address


def test_pages_follow_each_other(server: Server) -> None:
    """A collection of several pages can be read to its end."""
    address, names = f"{_DEMO}/targets", []
    while address:
        page = json.loads(server.ask(address).body)
        names += [row["id"] for row in page["data"]]
        address = (page["links"]["next"] or "").removeprefix(BASE)
    assert len(names) == len(set(names)) == page["meta"]["total"] == 103


def test_renamed_and_withdrawn_records_are_told(
    site: Path, server: Server, service: FlaskClient
) -> None:
    """As the service does, with and without a suffix."""
    moved, gone = _entries(site, MOVED), _entries(site, GONE)
    assert f"{_DEMO}/projects/pump-factory" in {entry.address for entry in moved}
    assert "/v1/datasets/hill-2031/targets/dragon-boat-race" in {e.address for e in gone}
    for entry in moved:
        for ending in ("", ".json", *(() if "history" in entry.address else ("?expand=targets",))):
            live = get(service, entry.address + ending)
            found = server.ask(entry.address + ending)
            assert (found.status, found.headers["location"]) == (308, live.location), entry
    for entry in gone:
        live, found = get(service, entry.address), server.ask(entry.address)
        assert (found.status, found.body) == (410, live.data)
        assert found.headers["content-type"] == "application/problem+json"
        assert server.ask(f"{entry.address}.csv").status == 410


def test_what_is_not_there_is_a_problem(server: Server, service: FlaskClient) -> None:
    """With the address that was asked, as the service says it."""
    for address in ("/nothing", "/v1/nothing.csv", "/nothing/%E5%B7%A5", "/v1/"):
        live, found = get(service, address), server.ask(address)
        assert (found.status, found.body) == (404, live.data), address
        assert found.headers["content-type"] == "application/problem+json"
        assert found.headers["access-control-allow-origin"] == "*"
    for address in ("/404.json", "/404.html", "/.export/405.json", "/.export/units/site.tsv"):
        assert server.ask(address).status == 404


def test_people_get_a_page_of_what_is_not_there(server: Server) -> None:
    """Outside the API."""
    for address in ("/api/3/action/package_list", "/api/3/action/package_search?rows=1"):
        for method in ("GET", "POST"):
            lost = server.ask(address, method)
            assert lost.status == 404
            assert lost.headers["content-type"] == "application/problem+json"
    found = server.ask("/nothing", Accept="text/html,application/xhtml+xml,*/*;q=0.8")
    assert (found.status, found.headers["content-type"]) == (404, "text/html; charset=utf-8")
    assert "没有这个地址" in found.body.decode()
    asked = server.ask("/v1/nothing", Accept="text/html,*/*;q=0.8")
    assert asked.headers["content-type"] == "application/problem+json"


def test_a_filter_is_never_ignored(server: Server) -> None:
    """What would need a service is not there, rather than something else."""
    for query in ("unit=percent", "q=%E5%B7%A5", "limit=1", "a/../b", 'x="y"'):
        assert server.ask(f"/v1/targets?{query.replace(' ', '+')}").status == 404, query
        assert server.ask(f"/catalog?{query}").status == 404, query


def test_other_methods_are_refused_and_preflights_answered(
    server: Server, service: FlaskClient
) -> None:
    """With the problem of the service."""
    refused = server.ask("/v1", "POST")
    assert (refused.status, refused.body) == (405, service.post("/v1").data)
    assert refused.headers["content-type"] == "application/problem+json"
    asked = server.ask("/v1/targets.csv", "OPTIONS", Origin="https://portal.example")
    assert asked.status == 204
    assert asked.headers["access-control-allow-methods"] == "GET, HEAD, OPTIONS"


def test_accept_chooses_a_file(server: Server) -> None:
    """Where an address has no suffix; JSON where nothing is preferred."""
    for accept, content_type in (
        ("*/*", "application/json"),
        ("text/csv", "text/csv; charset=utf-8; header=present"),
        ("image/png", "application/json"),
    ):
        found = server.ask(f"{_DEMO}/targets", Accept=accept)
        assert (found.status, found.headers["content-type"]) == (200, content_type)
        assert found.headers["vary"] == "Accept-Encoding, Accept"
    assert server.ask(f"{_DEMO}/targets.csv", "HEAD").headers["vary"] == "Accept-Encoding"
    graph = server.ask("/catalog", Accept="application/ld+json;q=0.9")
    assert graph.headers["content-type"] == "application/ld+json"


def test_text_is_compressed_and_still_validated(server: Server) -> None:
    """A weak tag, which If-None-Match compares as well as a strong one."""
    for address in ("/v1/targets.csv", "/", "/catalog.ttl", "/openapi.json"):
        found = server.ask(address, Accept_Encoding="gzip")
        assert found.headers["content-encoding"] == "gzip", address
        assert "accept-encoding" in found.headers["vary"].lower()
        tag = found.headers["etag"]
        assert server.ask(address, Accept_Encoding="gzip", If_None_Match=tag).status == 304
    assert "content-encoding" not in server.ask("/bulk.zip", Accept_Encoding="gzip").headers


def test_a_service_answers_what_files_do_not(site: Path) -> None:
    """With the lines that the configuration tells to write."""
    app = create_app(site / "store", security_contact=CONTACT)
    behind = make_server("127.0.0.1", 0, app)
    thread = threading.Thread(target=behind.serve_forever)
    thread.start()
    try:
        address = f"http://127.0.0.1:{behind.server_port}"
        with nginx(site / "old", site / "proxied", address) as server:
            found = server.ask("/v1/targets?limit=1")
            assert found.status == 200
            assert len(json.loads(found.body)["data"]) == 1
            assert found.headers["access-control-allow-origin"] == "*"
            assert server.ask("/v1/targets?nothing=1").status == 400
            assert server.ask("/api/3/action/package_list", "POST").status == 200
            assert "etag" in server.ask("/v1/targets.csv").headers
            assert "x-answered-by" not in server.ask("/v1/targets.csv").headers
    finally:
        behind.shutdown()
        thread.join()
        behind.server_close()
