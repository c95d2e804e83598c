"""Walks forth and back, in any order and size; cursors that are foreign, altered or lost."""

from __future__ import annotations

import json
from collections.abc import Iterator
from itertools import chain
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient
from hypothesis import given, settings
from hypothesis import strategies as st
from werkzeug.test import TestResponse

from opendata.query.settings import settings as settings_of
from tests import made_up
from tests.http.asking import ALL, Asked
from tests.http.links import links, related
from tests.serving import BASE, build_store, client_of, get, stored, walk

#: Preconditions come after what is wrong with a request (RFC 9110 §13.2.1).
_CONDITIONS = [{"If_None_Match": "*"}, {"If_Match": '"x"'}]
_ELSEWHERE = ("license", "service-desc", "service-doc")


def _follow(client: FlaskClient, address: str, name: str) -> Iterator[TestResponse]:
    """Yield the answers that the links ``name`` lead through, from ``address`` on."""
    following: str | None = address
    while following:
        response = get(client, following)
        assert response.status_code == 200, response.text
        yield response
        following = related(response, name)


def _plain(row: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in row.items() if name != "matches"}


@pytest.mark.no_cover  # what smaller tests cover already
@settings(max_examples=40)
@given(data=st.data())
def test_walks_forth_and_back(asked: Asked, data: st.DataObject) -> None:
    """Each row once and in order, whatever the order, search and size; the Link field agrees."""
    name = data.draw(st.sampled_from(list(ALL)))
    orders = settings_of(ALL[name])["sort"].item["enum"]
    sort = data.draw(st.lists(st.sampled_from(orders), max_size=2, unique=True))
    more = data.draw(st.sampled_from(["", "&q=a", "&q=工&id__ne=targets-1", "&version__ne=2.0.0"]))
    limit = data.draw(st.sampled_from([1, 3, 8, 60]) if more == "&q=a" else st.just(17))
    query = (f"&sort={','.join(sort)}" if sort else "") + more
    whole = get(asked.client, f"/v1/{name}.ndjson?{query.removeprefix('&')}").text.split("\n")
    forth = list(_follow(asked.client, f"/v1/{name}?limit={limit}{query}", "next"))
    found = list(chain.from_iterable(page.get_json()["data"] for page in forth))
    assert [_plain(row) for row in found] == [json.loads(line) for line in whole[:-1]]
    for response in forth:
        body = response.get_json()["links"]
        for relation in ("first", "prev", "next"):
            assert related(response, relation) == body[relation]
    back = list(_follow(asked.client, f"{BASE}{forth[-1].request.full_path}", "prev"))
    rows = [page.get_json()["data"] for page in reversed(back)]
    assert list(chain.from_iterable(rows)) == found
    first = forth[-1].get_json()["links"]["first"]
    assert get(asked.client, first).get_json()["data"] == forth[0].get_json()["data"]


def test_there_and_back_again(client: FlaskClient) -> None:
    """``prev`` of the second page is the first page; neither end leads further."""
    first, second, third = walk(client, "/v1/targets?limit=5&sort=-value")
    assert first["links"]["prev"] is third["links"]["next"] is None
    before = get(client, third["links"]["prev"]).get_json()
    assert before["data"] == second["data"]
    assert before["links"]["next"] == second["links"]["next"]
    before = get(client, second["links"]["prev"]).get_json()
    assert (before["data"], before["links"]["prev"]) == (first["data"], None)
    assert before["links"]["next"] == first["links"]["next"]


def _errors(response: TestResponse, status: int) -> list[tuple[str, str]]:
    assert (response.status_code, response.mimetype) == (status, "application/problem+json")
    body: dict[str, Any] = response.get_json()
    return [(error["code"], error["parameter"]) for error in body["errors"]]


def _cursor(client: FlaskClient, address: str) -> str:
    found: str = get(client, address).get_json()["links"]["next"]
    return found.rpartition("cursor=")[2]


@pytest.mark.parametrize("suffix", ["", ".csv", ".ndjson", ".xlsx"])
@pytest.mark.parametrize(
    "query",
    [
        "",
        "kind=quantitative",
        "kind__ne=qualitative&sort=-value",
        "kind=qualitative&sort=value",
        "kind=qualitative&sort=-value,id",
        "kind=qualitative&sort=-value&q=赛",
        "kind__in=qualitative&sort=-value",
    ],
)
def test_a_cursor_of_another_query(client: FlaskClient, query: str, suffix: str) -> None:
    """Other conditions, another order or text: refused in every format, not silently wrong."""
    cursor = _cursor(client, "/v1/targets?kind=qualitative&sort=-value&limit=1")
    response = get(client, f"/v1/targets{suffix}?{query}&cursor={cursor}")
    assert _errors(response, 400) == [("foreign_cursor", "cursor")]


def test_a_cursor_of_another_address(client: FlaskClient) -> None:
    """Another collection, dataset or version; all datasets are a different walk than one."""
    cursor = _cursor(client, "/v1/datasets/demo-2030/targets?limit=1")
    others = ["/v1/targets", "/v1/projects", "/v1/datasets/lake-2029/targets"]
    others.append("/v1/datasets/demo-2030/versions/1.0.0/targets")
    for address in others:
        errors = _errors(get(client, f"{address}?cursor={cursor}"), 400)
        assert errors == [("foreign_cursor", "cursor")]


@pytest.mark.parametrize(
    "asked", ["targets?", "targets.csv?", "targets.ndjson?sort=-id&", "targets?q=业&", "glossary?"]
)
def test_latest_and_pinned_share_their_cursors(client: FlaskClient, asked: str) -> None:
    """All links and Content-Location of a second page lead to the same rows."""
    base = "/v1/datasets/demo-2030"
    first = get(client, f"{base}/{asked}limit=1")
    following = related(first, "next")
    assert following
    for address in (following, following.replace(base, f"{base}/versions/1.1.0")):
        page = get(client, address)
        leading = [to for to, relation, _ in links(page) if relation not in _ELSEWHERE]
        leading += [page.headers.get("Content-Location", address)]
        assert len(leading) > 5
        for to in leading:
            assert get(client, to).status_code == 200, to
        for to in (related(page, "canonical") or "", leading[-1]):
            assert "/versions/1.1.0/" in to
            same = get(client, to)
            assert same.mimetype == page.mimetype
            if page.is_json:
                assert same.get_json()["data"] == page.get_json()["data"]
            else:
                assert same.data == page.data


def test_a_release_loses_the_cursors_of_the_latest(released: Path, tmp_path: Path) -> None:
    """The pinned address goes on; at the latest there are other rows now, and 409 says so."""
    folder = tmp_path / "build"
    stored(released, folder)
    base = "/v1/datasets/demo-2030"
    cursor = _cursor(client_of(folder), f"{base}/targets?limit=1")
    made_up.release_demo(released, "1.1.0")
    build_store(released, folder)
    client = client_of(folder)
    for suffix in ("", ".csv", ".xlsx"):
        response = get(client, f"{base}/targets{suffix}?cursor={cursor}")
        assert _errors(response, 409) == [("lost_cursor", "cursor")]
        pinned = f"{base}/versions/1.0.0/targets{suffix}?cursor={cursor}"
        assert get(client, pinned).status_code == 200
        response = get(client, pinned.replace("1.0.0/", "1.1.0/"))
        assert _errors(response, 400) == [("foreign_cursor", "cursor")]


def test_what_does_not_matter_to_a_cursor(client: FlaskClient) -> None:
    """Page size, fields, facets, format and the order of the parameters may change on the way."""
    cursor = _cursor(client, "/v1/targets?kind=quantitative&unit__ne=km&sort=-value&limit=2")
    rest = get(client, f"/v1/targets?cursor={cursor}&sort=-value&unit__ne=km&kind=quantitative")
    names = [row["id"] for row in rest.get_json()["data"]]
    assert len(names) == 7
    query = "fields=id&unit__ne=km&kind=quantitative&sort=-value"
    for more in ("facet=kind", "limit=7", "expand=terms"):
        body = get(client, f"/v1/targets?{query}&{more}&cursor={cursor}").get_json()
        assert [row["id"] for row in body["data"]] == names
    table = get(client, f"/v1/targets.csv?{query}&cursor={cursor}").text
    assert table.split("\r\n") == ["id", *names, ""]
    table = get(client, f"/v1/targets.csv?{query}&header=none&limit=3&cursor={cursor}").text
    assert table.split("\r\n") == [*names[:3], ""]


def test_altered_cursors(client: FlaskClient) -> None:
    """Each character counts: another row, another direction or check is noticed."""
    cursor = _cursor(client, "/v1/targets?limit=5")
    for at, character in enumerate(cursor):
        altered = cursor[:at] + ("1" if character != "1" else "2") + cursor[at + 1 :]
        response = get(client, f"/v1/targets?cursor={altered}")
        if response.status_code == 409:  # names a version that is not there
            assert _errors(response, 409) == [("lost_cursor", "cursor")]
            assert altered.split("~")[1:3] != cursor.split("~")[1:3]
        else:
            code, parameter = _errors(response, 400)[0]
            assert (code in ("foreign_cursor", "wrong_form"), parameter) == (True, "cursor")
    turned = cursor.replace("~n", "~p")
    assert _errors(get(client, f"/v1/targets?cursor={turned}"), 400)[0][0] == "foreign_cursor"


@pytest.mark.parametrize("suffix", ["", ".csv", ".ndjson", ".xlsx"])
@pytest.mark.parametrize("place", ["nowhere~1.0.0", "demo-2030~9.9.9"])
def test_lost_cursors(client: FlaskClient, place: str, suffix: str) -> None:
    """What a cursor names is gone: 409 says so before anything is sent, in every format."""
    for query in ("", "&limit=3", "&sort=-id", "&q=业"):
        address = f"/v1/targets{suffix}?cursor=targets~{place}~1~n00000000{query}"
        response = get(client, address)
        assert _errors(response, 409) == [("lost_cursor", "cursor")]
        assert response.headers["Cache-Control"] == "no-cache"
        for condition in _CONDITIONS:
            assert get(client, address, **condition).status_code == 409


def test_lost_places_of_a_search_come_before_conditions(client: FlaskClient) -> None:
    """As in a collection."""
    address = "/v1/search?q=业&cursor=targets~nowhere~1.0.0~1~n00000000"
    for condition in ({}, *_CONDITIONS):
        assert _errors(get(client, address, **condition), 409) == [("lost_cursor", "cursor")]


def test_alternates_and_canonical_hold_the_same_rows(client: FlaskClient) -> None:
    """Links to other formats and to the pinned address keep what was asked, as far as it goes."""
    base = "/v1/datasets/demo-2030/targets"
    query = "kind=quantitative&sort=-value&fields=id&limit=2"
    cursor = _cursor(client, f"{base}?{query}")
    asked = f"{base}?{query}&facet=kind&expand=terms&cursor={cursor}"
    response = get(client, asked)
    [name] = [row["id"] for row in response.get_json()["data"]]
    types = {
        kind: address for address, relation, kind in links(response) if relation == "alternate"
    }
    assert len(types) == 5
    for media_type, address in types.items():
        other = get(client, address)
        assert (other.status_code, other.mimetype) == (200, media_type)
        if media_type == "application/json":
            assert [row["id"] for row in other.get_json()["data"]] == [name]
        elif media_type == "text/csv":
            assert other.text == f"id\r\n{name}\r\n"
        elif media_type == "application/x-ndjson":
            assert other.text == f'{{"id":"{name}"}}\n'
    for suffix, more in ((".csv", "profile=excel&header=none&delimiter=tab"), ("", "facet=kind")):
        shown = get(client, f"{base}{suffix}?{query}&{more}")
        canonical = related(shown, "canonical")
        assert canonical
        assert "/versions/1.1.0/" in canonical
        pinned = get(client, canonical)
        assert pinned.mimetype == shown.mimetype
        if suffix:
            assert pinned.data == shown.data
        else:
            assert pinned.get_json()["data"] == shown.get_json()["data"]


def test_the_link_field_stays_short(client: FlaskClient) -> None:
    """Clients refuse fields of 64 kB: a long query is not repeated for each format."""
    names = ",".join(f"n{number:05}" * 4 for number in range(25))
    fields = ("title_zh", "title_en", "as_printed", "source_quote", "caveats_text_zh")
    text = "&".join(f"{field}__in={names}" for field in fields)
    response = get(client, f"/v1/datasets/demo-2030/targets?sort=-id&limit=1&{text}")
    assert response.status_code == 200
    assert len(response.headers["Link"]) < 2000
    assert get(client, response.get_json()["links"]["csv"]).status_code == 200
    excluded = "&".join(f"title_{x}__ne={'长' * 200}" for x in ("zh", "en"))
    page = get(client, f"/v1/datasets/demo-2030/targets?limit=1&{excluded}")
    assert related(page, "next") == page.get_json()["links"]["next"] is not None
    assert len(page.headers["Link"]) < 8000
    assert get(client, related(page, "next") or "").status_code == 200
