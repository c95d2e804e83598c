"""Pages of a collection: every row exactly once, in order, whatever the page size."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from itertools import chain
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from opendata.store import Start, Store
from tests import made_up
from tests.http.links import related
from tests.serving import BASE, World, build_store, client_of, get, ids, stored, walk, write_large


@pytest.mark.parametrize("limit", [1, 2, 3, 5, 12, 100])
@pytest.mark.parametrize(
    "address",
    [
        "/v1/targets?",
        "/v1/targets?kind=quantitative&",
        "/v1/targets?caveats_code=ambiguous_scope&",
        "/v1/datasets?",
        "/v1/datasets/hill-2031/versions?",
        "/v1/datasets/demo-2030/targets?",
        "/v1/datasets/demo-2030/versions/1.0.0/targets?",
        "/v1/datasets/lake-2029/projects?",
    ],
)
def test_a_walk_meets_every_row_once(client: FlaskClient, address: str, limit: int) -> None:
    """Pages of any size, joined, are the whole in its order; the total is the same on each."""
    whole = get(client, address.rstrip("?&")).get_json()
    pages = walk(client, f"{address}limit={limit}")
    rows = list(chain.from_iterable(page["data"] for page in pages))
    assert rows == whole["data"]
    assert {page["meta"]["total"] for page in pages} == {len(rows)}
    assert [len(page["data"]) for page in pages[:-1]] == [limit] * (len(pages) - 1)
    assert len(pages) == max(1, -(-len(rows) // limit))  # no empty page at the end


def test_a_cursor_is_readable_and_lasting(client: FlaskClient) -> None:
    """It names a row by dataset, version and place, not by a number of this store."""
    page = get(client, "/v1/targets?limit=6").get_json()
    start = f"{BASE}/v1/targets?limit=6&cursor=targets~hill-2031~0.10.0~1~n"
    assert re.fullmatch(f"{re.escape(start)}[0-9a-f]{{8}}", page["links"]["next"])


def test_a_cursor_survives_a_new_release(released: Path, tmp_path: Path) -> None:
    """A walk that began before a build goes on after it, and meets no row twice."""
    folder = tmp_path / "build"
    made_up.write(released, "aaa-2031")
    stored(released, folder)
    client = client_of(folder)
    first = get(client, "/v1/targets?limit=2").get_json()
    made_up.release_demo(released, dataset="aaa-2031")
    build_store(released, folder)
    rest = walk(client, first["links"]["next"])
    found = ids(first) + list(chain.from_iterable(map(ids, rest)))
    names = ["gdp-growth", "industrial-output", "new-jobs", "dragon-boat-race"]
    assert found == [f"demo-2030/{name}" for name in names]


def test_the_link_field_says_the_same_as_the_body(client: FlaskClient) -> None:
    """Clients that read headers only walk the same way."""
    response = get(client, "/v1/targets?limit=5")
    assert related(response, "next")
    for _ in range(2):
        body = response.get_json()["links"]
        for relation in ("first", "prev", "next"):
            assert related(response, relation) == body[relation]
        response = get(client, body["next"])
    last = get(client, "/v1/targets?limit=12")
    assert related(last, "next") is last.get_json()["links"]["next"] is None


def _table_pages(client: FlaskClient, address: str) -> Iterator[bytes]:
    following: str | None = address
    while following is not None:
        response = get(client, following)
        assert response.mimetype == "text/csv"
        yield response.data
        following = related(response, "next")


@pytest.mark.parametrize("query", ["", "profile=excel&lang=en&", "kind=quantitative&"])
@pytest.mark.parametrize("limit", [1, 5, 12])
def test_tables_are_walked_by_the_link_field(client: FlaskClient, query: str, limit: int) -> None:
    """With a limit, a table has pages too, each with the header; joined they are the whole."""
    whole = get(client, f"/v1/targets.csv?{query}".rstrip("?&")).data
    head = whole[: whole.index(b"\r\n") + 2]
    pages = list(_table_pages(client, f"/v1/targets.csv?{query}limit={limit}"))
    assert all(page.startswith(head) for page in pages)
    assert head + b"".join(page.removeprefix(head) for page in pages) == whole


def test_a_negotiated_table_has_pages_too(client: FlaskClient) -> None:
    """The next page stands at the address that was asked, for the same Accept."""
    response = get(client, "/v1/targets?limit=5", Accept="text/csv")
    following = related(response, "next")
    assert following
    assert following.startswith(f"{BASE}/v1/targets?limit=5&cursor=targets~demo-2030~1.1.0~5~n")


class TestLarge:
    """2,345 rows, more than two blocks."""

    @pytest.fixture
    def client(self, large: World) -> FlaskClient:
        """A client of the large dataset."""
        return client_of(large.folder)

    def test_a_page_has_a_hundred_rows_unless_asked(self, client: FlaskClient) -> None:
        """And a thousand at most."""
        assert len(get(client, "/v1/targets").get_json()["data"]) == 100
        assert len(get(client, "/v1/targets?limit=1000").get_json()["data"]) == 1000
        assert get(client, "/v1/targets").get_json()["meta"]["total"] == 2345

    def test_a_walk_meets_every_row(self, client: FlaskClient) -> None:
        """2,345 rows in pages of 1,000."""
        pages = walk(client, "/v1/targets?limit=1000")
        found = [row["id"] for page in pages for row in page["data"]]
        assert found == [f"t-{number:04}" for number in range(2345)]

    def test_a_table_gives_all_rows(self, client: FlaskClient) -> None:
        """Without a limit there is no last page to forget."""
        lines = list(csv.reader(io.StringIO(get(client, "/v1/targets.csv").text, newline="")))
        assert [line[0] for line in lines] == ["id", *(f"t-{n:04}" for n in range(2345))]

    def test_a_streamed_table_equals_its_pages(self, client: FlaskClient) -> None:
        """What is streamed is, to the byte, what pages would give."""
        whole = get(client, "/v1/targets.csv").data
        head = whole[: whole.index(b"\r\n") + 2]
        pages = _table_pages(client, "/v1/targets.csv?limit=700")
        assert head + b"".join(page.removeprefix(head) for page in pages) == whole

    def test_a_table_goes_on_after_a_cursor(self, client: FlaskClient) -> None:
        """A broken download can be continued, streamed as well."""
        page = get(client, "/v1/targets?limit=550")
        second = get(client, page.get_json()["links"]["next"]).get_json()
        cursor = second["links"]["next"].rpartition("=")[2]
        response = get(client, f"/v1/targets.csv?cursor={cursor}")
        assert response.data.count(b"\r\n") == 1 + 1245
        assert b"\r\nt-1100," in response.data

    @pytest.mark.parametrize("sort", ["", "&sort=-id"])
    def test_a_table_goes_back_before_a_cursor(self, client: FlaskClient, sort: str) -> None:
        """All rows before it, in their order, also where these are several blocks."""
        pages = walk(client, f"/v1/targets?limit=1000{sort}")
        cursor = pages[-1]["links"]["prev"].rpartition("=")[2]
        table = get(client, f"/v1/targets.csv?cursor={cursor}&fields=id{sort}").text
        before = [row["id"] for page in pages[:-1] for row in page["data"]]
        assert len(before) == 2000
        assert table.split("\r\n") == ["id", *before, ""]

    def test_a_table_is_streamed_in_constant_memory(
        self, client: FlaskClient, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """Blocks are read when the client takes them, one at a time, and dropped."""
        asked: list[object] = []
        part = Store.part

        def noted(self: Store, *given: object) -> object:
            asked.append(given[4])
            return part(self, *given)  # type: ignore[arg-type]

        monkeypatch.setattr(Store, "part", noted)
        monkeypatch.setattr("opendata.web.rows._WHOLE", 1 << 18)
        response = client.get("/v1/targets.ndjson", buffered=False)
        blocks = iter(response.response)
        starts = [None, Start(100), Start(1100), Start(2100)]
        # the first two are more than what is sent in one piece, so nothing more is read in advance
        assert (asked, "Content-Length" in response.headers) == (starts[:2], False)
        assert (next(blocks).count(b"\n"), asked) == (100, starts[:2])
        assert (next(blocks).count(b"\n"), asked) == (1000, starts[:2])
        assert (next(blocks).count(b"\n"), asked) == (1000, starts[:3])
        assert (next(blocks).count(b"\n"), asked) == (245, starts)
        assert list(blocks) == []
        response.close()

    def test_a_table_of_many_begins_before_its_rows_are_found(
        self, client: FlaskClient, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """The header leaves at once, however few rows the conditions leave; all come after it."""
        address = "/v1/targets.csv?id=t-2344&fields=id"
        assert get(client, address).headers["Content-Length"] == "12"
        monkeypatch.setattr("opendata.web.rows._MANY", 2344)
        asked: list[object] = []
        read = Store.blocks

        def noted(self: Store, *given: object) -> object:
            asked.append(given)
            return read(self, *given)  # type: ignore[arg-type]

        monkeypatch.setattr(Store, "blocks", noted)
        response = client.get(address, buffered=False)
        assert "Content-Length" not in response.headers
        blocks = iter(response.response)
        assert (next(blocks), asked) == (b"id\r\n", [])
        assert (next(blocks), len(asked)) == (b"t-2344\r\n", 1)
        response.close()

    @pytest.mark.parametrize("suffix", ["csv", "ndjson", "xlsx"])
    def test_small_bodies_have_a_length(
        self, client: FlaskClient, monkeypatch: pytest.MonkeyPatch, suffix: str
    ) -> None:
        """Up to a number of bytes a body is made whole; one byte more, and it is streamed."""
        address = f"/v1/targets.{suffix}"
        whole = get(client, address).data
        for room in (len(whole), len(whole) - 1):
            monkeypatch.setattr("opendata.web.rows._WHOLE", room)
            response = get(client, address)
            assert ("Content-Length" in response.headers) == (room == len(whole))
            assert ("Repr-Digest" in response.headers) == (room == len(whole))
            assert response.data == whole

    @pytest.mark.parametrize("count", [999, 1000, 1001])
    def test_sizes_around_a_block(self, tmp_path: Path, count: int) -> None:
        """A table that just fills a block, and one row more or less, is whole."""
        datasets = write_large(tmp_path / "datasets", count)
        stored(datasets, tmp_path / "build")
        response = get(client_of(tmp_path / "build"), "/v1/targets.csv")
        assert response.data.count(b"\r\n") == count + 1
