"""Strong validators known before any work, and what caches and clients may do with them."""

from __future__ import annotations

from datetime import UTC, datetime
from itertools import combinations
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from werkzeug.http import http_date

from opendata.store import Store
from opendata.web.current import published
from tests import made_up
from tests.serving import World, build_store, client_of, get, head, stored

_ADDRESSES = [
    *("/v1", "/v1/datasets", "/v1/datasets/demo-2030", "/v1/datasets/demo-2030/versions"),
    *("/v1/datasets/demo-2030/versions/1.0.0", "/v1/targets", "/v1/targets.csv"),
    *("/v1/targets?limit=2", "/v1/targets.csv?profile=excel", "/v1/projects?action=advance"),
    *("/v1/datasets/demo-2030/targets", "/v1/datasets/demo-2030/targets/gdp-growth"),
    *("/v1/datasets/demo-2030/targets/gdp-growth.csv", "/v1/vocabularies/units"),
    *("/v1/datasets/demo-2030/versions/1.0.0/glossary.csv", "/openapi.json", "/openapi.yaml", "/"),
]
_PINNED = "public, max-age=86400"
_LATEST = "public, max-age=60, stale-while-revalidate=600"


@pytest.mark.parametrize("address", _ADDRESSES)
def test_what_is_held_is_not_sent_again(client: FlaskClient, address: str) -> None:
    """304 has no body and repeats the fields that a cache goes by (RFC 9110 §15.4.5)."""
    first = get(client, address)
    tag = first.headers["ETag"]
    assert first.status_code == 200
    assert tag.startswith('"')  # strong
    for held in (tag, f"W/{tag}", f'"other", {tag}', "*"):
        again = get(client, address, If_None_Match=held)
        assert (again.status_code, again.data) == (304, b"")
        for name in ("ETag", "Cache-Control", "Vary", "Content-Location"):
            assert again.headers.get(name) == first.headers.get(name)
        for name in ("Content-Type", "Link"):
            assert again.headers.get(name) in (None, first.headers.get(name))
        assert again.headers["Access-Control-Allow-Origin"] == "*"
    assert get(client, address, If_None_Match='"other"').data == first.data


@pytest.mark.parametrize("address", _ADDRESSES)
def test_head_equals_get(client: FlaskClient, address: str) -> None:
    """The same fields, Content-Length too, and no body; 304 as well."""
    answered = get(client, address)
    asked = head(client, address)
    assert (asked.status_code, asked.data) == (200, b"")
    assert dict(asked.headers) == dict(answered.headers)
    assert int(asked.headers["Content-Length"]) == len(answered.data)
    held = head(client, address, If_None_Match=answered.headers["ETag"])
    assert held.status_code == 304


@pytest.mark.parametrize("address", ["/v1/nothing", "/v1/targets?x=1", "/docs", "/docs/swagger.js"])
def test_head_equals_get_elsewhere(client: FlaskClient, address: str) -> None:
    """Problems and pages as well."""
    answered, asked = get(client, address), head(client, address)
    assert (asked.status_code, asked.data) == (answered.status_code, b"")
    for headers in (asked.headers, answered.headers):
        headers.pop("Date", None)
    assert dict(asked.headers) == dict(answered.headers)


@pytest.mark.parametrize(
    "address",
    [
        *("/v1/targets", "/v1/targets.csv?limit=3", "/v1/targets?kind=qualitative"),
        *("/v1/datasets", "/v1/datasets/demo-2030/targets.csv?profile=excel", "/"),
    ],
)
def test_no_row_is_read_for_what_is_held(
    client: FlaskClient, monkeypatch: pytest.MonkeyPatch, address: str
) -> None:
    """The validator is known before any work is done."""
    tag = get(client, address).headers["ETag"]

    def fail(*_: object) -> None:
        raise AssertionError("a row was read")

    for name in ("part", "count", "blocks", "position"):
        monkeypatch.setattr(Store, name, fail)
    assert get(client, address, If_None_Match=tag).status_code == 304


def test_workers_agree(world: World) -> None:
    """Two processes of one installation give the same tags, so caches work across them."""
    one, other = client_of(world.folder), client_of(world.folder)
    for address in _ADDRESSES:
        assert get(one, address).headers["ETag"] == get(other, address).headers["ETag"]


def test_installations_agree(world: World, tmp_path: Path) -> None:
    """A second machine that built the same data gives the same tags."""
    build_store(world.datasets, tmp_path / "build")
    one, other = client_of(world.folder), client_of(tmp_path / "build")
    for address in _ADDRESSES:
        assert get(one, address).headers["ETag"] == get(other, address).headers["ETag"]


def test_each_representation_has_its_own(client: FlaskClient) -> None:
    """What differs in its bytes differs in its tag; the reverse holds for one resource."""
    found = [
        get(client, f"/v1/targets{suffix}", Accept_Language=language)
        for suffix in (
            *(".json", ".json?limit=1", ".json?limit=2", ".csv", ".csv?profile=excel"),
            *(".csv?limit=2", ".json?kind=qualitative", ".json?limit=1&kind=qualitative"),
        )
        for language in ("zh", "en")
    ]
    assert len({response.data for response in found}) == 9
    for one, other in combinations(found, 2):
        if one.headers["ETag"] == other.headers["ETag"]:
            assert one.data == other.data


def test_tags_change_with_the_data(released: Path, tmp_path: Path) -> None:
    """After a release with other content every latest tag is new; pinned downloads keep theirs."""
    folder = tmp_path / "build"
    stored(released, folder)
    client = client_of(folder)
    latest = ["/v1", "/v1/targets", "/v1/datasets/demo-2030", "/v1/datasets/demo-2030/targets.csv"]
    pinned = [f"/v1/datasets/demo-2030/versions/1.0.0{rest}" for rest in (".csv", "/targets.csv")]
    before = {address: get(client, address).headers["ETag"] for address in (*latest[1:], *pinned)}
    made_up.change(
        released, "demo-2030/draft/targets.yaml", ("Industrial output", "Output of industry")
    )
    made_up.release_demo(released, "1.1.0")
    build_store(released, folder)
    for address in latest[1:]:
        response = get(client, address, If_None_Match=before[address])
        assert (response.status_code, response.headers["ETag"] != before[address]) == (200, True)
        assert b"1.1.0" in response.data
    for address in pinned:
        assert get(client, address, If_None_Match=before[address]).status_code == 304


def test_a_release_that_changes_nothing_changes_the_version(released: Path, tmp_path: Path) -> None:
    """The same files under a new number: bodies name the number, so tags are new."""
    folder = tmp_path / "build"
    stored(released, folder)
    client = client_of(folder)
    addresses = [f"/v1/datasets/demo-2030{rest}" for rest in ("", "/targets", "/targets/new-jobs")]
    before = {address: get(client, address) for address in addresses}
    made_up.release_demo(released, "1.1.0")
    build_store(released, folder)
    for address, old in before.items():
        new = get(client, address)
        assert (new.data != old.data, new.headers["ETag"] != old.headers["ETag"]) == (True, True)


def test_another_base_address_changes_tags(released: Path, tmp_path: Path) -> None:
    """Bodies hold addresses."""
    stored(released, tmp_path / "one")
    stored(released, tmp_path / "two", "https://data.example.org")
    one, two = client_of(tmp_path / "one"), client_of(tmp_path / "two")
    for address in ("/v1", "/v1/targets", "/v1/datasets/demo-2030/targets/new-jobs"):
        answers = get(one, address), get(two, address)
        assert answers[0].headers["ETag"] != answers[1].headers["ETag"]
        assert b"https://data.example.org/v1" in answers[1].data


@pytest.mark.parametrize(
    ("address", "caching"),
    [
        ("/v1/datasets/demo-2030/versions/1.0.0", _PINNED),
        ("/v1/datasets/demo-2030/versions/1.0.0/targets.csv", _PINNED),
        ("/v1/datasets/demo-2030/versions/1.0.0/targets/gdp-growth", _PINNED),
        ("/v1/datasets/demo-2030/targets", _LATEST),
        ("/v1/datasets/demo-2030", _LATEST),
        ("/v1/datasets/demo-2030/versions", _LATEST),
        ("/v1/targets", _LATEST),
        ("/v1/vocabularies/units", _LATEST),
        ("/", _LATEST),
        ("/healthz", "no-store"),
        ("/readyz", "no-store"),
    ],
)
def test_how_long_answers_may_be_kept(client: FlaskClient, address: str, caching: str) -> None:
    """Pinned versions a day, latest ones a minute, health not at all."""
    assert get(client, address).headers["Cache-Control"] == caching


def test_when_the_store_was_put_in_its_place(released: Path, tmp_path: Path) -> None:
    """Files of the store date from that moment; a request that outlives its store has no date."""
    folder = tmp_path / "build"
    stored(released, folder)
    client = client_of(folder)
    placed = (folder / "current").lstat().st_mtime
    found = get(client, "/v1").headers["Last-Modified"]
    assert found == http_date(placed)
    with client.application.test_request_context("/v1"):
        assert published() == datetime.fromtimestamp(placed, UTC)
        made_up.release_demo(released, "1.1.0")
        build_store(released, folder)
        assert published() is None
        (folder / "current").unlink()
        assert published() is None


def test_what_is_not_there_is_not_held(client: FlaskClient) -> None:
    """``*`` matches what exists only."""
    assert get(client, "/v1/datasets/nowhere", If_None_Match="*").status_code == 404
    assert get(client, "/v1/targets?x=1", If_None_Match="*").status_code == 400
