"""Search over HTTP: ``q`` of a collection, and across all of them at ``/v1/search``."""

from __future__ import annotations

from itertools import chain
from typing import Any
from urllib.parse import quote

import pytest
from flask.testing import FlaskClient

from tests.http.links import related
from tests.serving import BASE, World, client_of, get, ids, walk


def _search(client: FlaskClient, q: str, more: str = "") -> dict[str, Any]:
    response = get(client, f"/v1/search?q={quote(q)}{more}")
    assert response.status_code == 200, response.text
    found: dict[str, Any] = response.get_json()
    return found


@pytest.mark.parametrize(
    ("q", "expected"),
    [
        ("业", ["industrial-output", "new-jobs"]),
        ("工业产值", ["industrial-output"]),
        ("工業產值", ["industrial-output"]),
        ("industry", ["industrial-output"]),  # stems
        ("zzzz", ["gdp-growth"]),  # 总值增长
        ("zzzzz", []),
        ("industrial", ["industrial-output"]),
        ("INDUS output", ["industrial-output"]),
        ("jobs", ["new-jobs"]),
        ("gongyechanzhi", ["industrial-output"]),
        ("gycz", ["industrial-output"]),
        ("工业 300", ["industrial-output"]),
        ("工业 就业", []),
        ("“龙舟”", ["dragon-boat-race", "lantern-fair"]),
        ("６.１０％", ["gdp-growth"]),
        ('"', []),
        ("，。", []),
        (" ", []),
        ("*", []),
        ("工业 OR 龙舟", []),
        ("title_zh:工业", []),
        ("NEAR(工业)", []),
        ("\x00", []),
        ("(工业", ["industrial-output"]),
        ("工业'--", ["industrial-output"]),
    ],
)
def test_a_collection_is_searched(client: FlaskClient, q: str, expected: list[str]) -> None:
    """Any stretch of Chinese, words, readings; punctuation breaks nothing, in any format."""
    base = "/v1/datasets/demo-2030/targets"
    body = get(client, f"{base}?q={quote(q)}").get_json()
    assert sorted(row["id"] for row in body["data"]) == sorted(expected)
    assert body["meta"]["total"] == len(expected)
    ranked = [row["id"] for row in body["data"]]
    table = get(client, f"{base}.csv?q={quote(q)}&fields=id").text
    assert table.split("\r\n") == ["id", *ranked, ""]
    lines = get(client, f"{base}.ndjson?q={quote(q)}&fields=id").text.splitlines()
    assert len(lines) == len(ranked)
    assert get(client, f"{base}.xlsx?q={quote(q)}").status_code == 200


def test_what_matched_is_shown(client: FlaskClient) -> None:
    """The field, the text around, and where in it; tables and lines hold plain records."""
    body = get(client, "/v1/targets?q=工业&dataset=demo-2030").get_json()
    [row] = body["data"]
    for match in row["matches"]:
        shown = [match["text"][start:end] for start, end in match["ranges"]]
        assert shown == ["工业"] * len(shown)
        assert shown
    assert [match["field"] for match in row["matches"]] == ["title_zh", "source_quote"]
    assert "matches" not in get(client, "/v1/targets.ndjson?q=工业").text
    assert "matches" not in get(client, "/v1/targets").text


def test_search_goes_with_conditions_and_order(client: FlaskClient) -> None:
    """Without ``sort`` the best come first; with it, its order stands."""
    assert ids(get(client, "/v1/targets?q=业&sort=dataset,-id&kind=quantitative").get_json()) == [
        f"{dataset}/{name}"
        for dataset in ("demo-2030", "hill-2031", "lake-2029")
        for name in ("new-jobs", "industrial-output")
    ]
    assert get(client, "/v1/targets?q=业&unit=percent").get_json()["meta"]["total"] == 0


def test_a_hit_tells_what_it_is(client: FlaskClient) -> None:
    """Collection, name, address and what matched; the address answers."""
    body = _search(client, "水泵厂", "&limit=1")
    [hit] = body["data"]
    assert list(hit) == ["collection", "id", "dataset", "version", "title", "url", "matches"]
    assert (hit["collection"], hit["id"]) == ("projects", "pump-factory")
    assert hit["url"] == f"{BASE}/v1/datasets/{hit['dataset']}/projects/pump-factory"
    record = get(client, hit["url"]).get_json()["data"]
    assert (record["title"], record["version"]) == (hit["title"], hit["version"])
    assert body["links"]["self"] == f"{BASE}/v1/search?q={quote('水泵厂')}&limit=1"


def test_everything_is_searched(client: FlaskClient) -> None:
    """Datasets, targets, projects and terms, of the latest versions only."""
    found = _search(client, "柳溪", "&limit=100")
    assert {hit["collection"] for hit in found["data"]} == {"datasets", "projects", "glossary"}
    assert {(hit["dataset"], hit["version"]) for hit in found["data"]} <= {
        ("demo-2030", "1.1.0"),
        ("hill-2031", "0.10.0"),
        ("lake-2029", "1.0.0"),
    }
    for hit in found["data"]:
        assert get(client, hit["url"]).status_code == 200
        assert hit["matches"]


def test_names_come_before_other_texts(client: FlaskClient) -> None:
    """A record called so is worth more than one that says so."""
    kinds = [hit["id"] for hit in _search(client, "绿色工业")["data"]]
    assert set(kinds[:3]) == {"green-industry"}


def test_collections_can_be_chosen(client: FlaskClient) -> None:
    """One or several; their totals add up."""
    total = _search(client, "柳溪")["meta"]["total"]
    parts = [
        _search(client, "柳溪", f"&collection={name}")["meta"]["total"]
        for name in ("datasets", "projects", "glossary", "targets")
    ]
    assert (sum(parts), parts[3]) == (total, 0)
    some = _search(client, "柳溪", "&collection=projects,glossary")
    assert {hit["collection"] for hit in some["data"]} == {"projects", "glossary"}
    assert some["meta"]["total"] == parts[1] + parts[2]


@pytest.mark.parametrize("limit", [1, 2, 5])
@pytest.mark.parametrize("more", ["", "&collection=glossary,projects"])
def test_a_search_is_walked(client: FlaskClient, limit: int, more: str) -> None:
    """Forth and back, each hit once; the Link field says the same."""
    q = quote("柳溪")
    whole = _search(client, "柳溪", f"{more}&limit=1000")["data"]
    pages = walk(client, f"/v1/search?q={q}{more}&limit={limit}")
    assert list(chain.from_iterable(page["data"] for page in pages)) == whole
    assert {page["meta"]["total"] for page in pages} == {len(whole)}
    for page, earlier in zip(reversed(pages[1:]), reversed(pages[:-1]), strict=True):
        response = get(client, page["links"]["prev"])
        assert response.get_json()["data"] == earlier["data"]
        for name in ("prev", "next"):
            assert response.get_json()["links"][name] == earlier["links"][name]
        for name in ("first", "prev", "next"):
            assert related(response, name) == response.get_json()["links"][name]
    assert pages[0]["links"]["prev"] is None
    assert get(client, pages[-1]["links"]["first"]).get_json()["data"] == pages[0]["data"]


@pytest.mark.parametrize("q", ["，。", "%00", "%20", "zzzzz", "*"])
def test_nothing_is_found(client: FlaskClient, q: str) -> None:
    """An empty answer, not an error."""
    body = get(client, f"/v1/search?q={q}").get_json()
    assert (body["data"], body["meta"]) == ([], {"total": 0})
    assert body["links"]["next"] is body["links"]["prev"] is None


@pytest.mark.parametrize(
    ("query", "code", "parameter"),
    [
        ("", "missing_parameter", "q"),
        ("?limit=5", "missing_parameter", "q"),
        ("?q=", "wrong_form", "q"),
        (f"?q={'a' * 201}", "too_long", "q"),
        ("?q=a&collection=target", "unknown_value", "collection"),
        ("?q=a&collection=targets,targets", "repeated", "collection"),
        ("?q=a&q=b", "repeated", "q"),
        ("?q=a&kind=b", "unknown_parameter", "kind"),
        ("?q=a&limit=1001", "out_of_range", "limit"),
        ("?q=a&cursor=b", "wrong_form", "cursor"),
    ],
)
def test_faults_of_a_search(client: FlaskClient, query: str, code: str, parameter: str) -> None:
    """As of every other query."""
    response = get(client, f"/v1/search{query}")
    assert response.status_code == 400
    errors = [(error["code"], error["parameter"]) for error in response.get_json()["errors"]]
    assert errors == [(code, parameter)]


def test_a_cursor_belongs_to_its_search(client: FlaskClient) -> None:
    """Another text or other collections: refused; the limit may change."""
    following = _search(client, "柳溪", "&limit=1")["links"]["next"]
    cursor = following.rpartition("=")[2]
    assert _search(client, "柳溪", f"&limit=7&cursor={cursor}")["data"]
    for query in (f"q={quote('柳')}", f"q={quote('柳溪')}&collection=projects,datasets"):
        response = get(client, f"/v1/search?{query}&cursor={cursor}")
        assert response.status_code == 400
        assert response.get_json()["errors"][0]["code"] == "foreign_cursor"
    response = get(client, f"/v1/targets?q={quote('柳溪')}&cursor={cursor}")
    assert response.get_json()["errors"][0]["code"] == "foreign_cursor"


def test_raw_bytes_of_a_terminal(world: World) -> None:
    """``curl 'http://…?q=柳溪'`` sends UTF-8 as it is; links and names are ASCII all the same."""
    client = client_of(world.folder)
    raw = "q=柳溪&limit=1".encode().decode("latin-1")
    for path in ("/v1/search", "/v1/projects", "/v1/datasets/demo-2030/projects.csv"):
        response = client.open(path, environ_overrides={"QUERY_STRING": raw})
        assert response.status_code == 200
        for name, value in response.headers:
            assert value.isascii(), name
        located = response.headers.get("Content-Location")
        assert located is None or get(client, located).data == response.data


def test_a_search_is_held_and_headed(client: FlaskClient) -> None:
    """304 and HEAD, as of collections; a search is JSON only."""
    address = f"/v1/search?q={quote('柳溪')}"
    first = get(client, address)
    again = get(client, address, If_None_Match=first.headers["ETag"])
    assert (again.status_code, again.data) == (304, b"")
    assert get(client, "/v1/search.json?q=x").status_code == 200
    assert get(client, "/v1/search.csv?q=x").status_code == 404
    assert get(client, address, Accept="text/csv").status_code == 406
    other = get(client, f"{address}&limit=1").headers["ETag"]
    assert other != first.headers["ETag"]
