"""``/v1/changes``: versions in the order they were published, for mirrors."""

from __future__ import annotations

import csv
import io
from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import pytest
from flask.testing import FlaskClient
from hypothesis import given
from hypothesis import strategies as st

from opendata.compiler import build
from opendata.query.publications import read_since
from tests import made_up
from tests.serving import BASE, client_of, get, quiet, walk


def _names(rows: list[dict[str, Any]]) -> list[str]:
    return [f"{row['dataset']} {row['version']}" for row in rows]


@pytest.fixture(scope="module")
def twice(tmp_path_factory: pytest.TempPathFactory) -> FlaskClient:
    """A client of a store of 1.0.0, to which 1.1.0 was published on 3 March 2030."""
    folder = tmp_path_factory.mktemp("twice")
    datasets, store = folder / "datasets", folder / "build"
    made_up.write(datasets)
    made_up.release_demo(datasets)
    build(datasets, store, BASE, quiet)
    made_up.release_demo(datasets, "1.1.0")
    build(datasets, store, BASE, quiet, datetime(2030, 3, 3, 8, 30, tzinfo=UTC))
    return client_of(store)


def test_all_versions_come_oldest_first(client: FlaskClient) -> None:
    """With what a mirror needs: when, where, which digest, what changed."""
    body = get(client, "/v1/changes").get_json()
    assert _names(body["data"]) == [
        *("demo-2030 1.0.0", "demo-2030 1.1.0", "hill-2031 0.9.0"),
        *("hill-2031 0.10.0", "lake-2029 1.0.0"),
    ]
    row = body["data"][3]
    pinned = f"{BASE}/v1/datasets/hill-2031/versions/0.10.0"
    assert (row["latest"], row["url"]) == (True, pinned)
    assert row["sha256"] == get(client, pinned).get_json()["data"]["sha256"]
    assert row["changes"] == f"{BASE}/v1/datasets/hill-2031/changes?from=0.9.0&to=0.10.0"
    assert body["data"][2]["changes"] is None
    assert body["meta"]["total"] == 5
    assert body["links"]["next"] is None


def test_pages_lead_to_every_version_once(client: FlaskClient) -> None:
    """And the last cursor gives what comes after: nothing yet."""
    pages = walk(client, "/v1/changes?limit=2")
    rows = [row for page in pages for row in page["data"]]
    assert rows == get(client, "/v1/changes").get_json()["data"]
    cursor = pages[-1]["meta"]["cursor"]
    again = get(client, f"/v1/changes?cursor={cursor}").get_json()
    assert (again["data"], again["meta"]["cursor"]) == ([], cursor)


def test_a_kept_cursor_gives_what_was_published_since(twice: FlaskClient) -> None:
    """The night after, exactly the new version."""
    first = get(twice, "/v1/changes?limit=1").get_json()
    assert _names(first["data"]) == ["demo-2030 1.0.0"]
    body = get(twice, f"/v1/changes?cursor={first['meta']['cursor']}").get_json()
    assert _names(body["data"]) == ["demo-2030 1.1.0"]
    assert body["data"][0]["published"] == "2030-03-03T08:30:00Z"


@pytest.mark.parametrize(
    ("since", "found"),
    [
        ("2030-02-02", 1),
        ("2030-03-03", 1),
        ("2030-03-04", 0),
        ("2030-03-03T08:30:00Z", 1),
        ("2030-03-03T16:30:00%2B08:00", 1),
        ("2030-03-03t08:30:00.75z", 1),
        ("2030-03-03T08:30:01Z", 0),
    ],
)
def test_since_is_a_day_or_a_moment(twice: FlaskClient, since: str, found: int) -> None:
    """At that moment or later, whatever its zone."""
    body = get(twice, f"/v1/changes?since={since}").get_json()
    assert len(body["data"]) == body["meta"]["total"] == found
    after = get(twice, f"/v1/changes?cursor={body['meta']['cursor']}").get_json()
    assert after["data"] == [], "the cursor goes on behind the last"


@pytest.mark.parametrize(
    "since",
    [
        "",
        "yesterday",
        "2030-02-30",
        "2030-03-03T08:30:00",
        "2030-W10-7",
        "2030-03-03T08:30:00+08:00",
    ],
)
def test_other_times_are_refused_with_advice(client: FlaskClient, since: str) -> None:
    """An unencoded plus sign is a space, and a time without a zone no moment."""
    response = get(client, f"/v1/changes?since={since}&colour=red&limit=0&cursor=x")
    assert response.status_code == 400
    faults = {fault["parameter"]: fault for fault in response.get_json()["errors"]}
    assert set(faults) == {"since", "colour", "limit", "cursor"}
    assert "%2B" in faults["since"]["message"]["en"]


def test_csv_has_the_same_versions(client: FlaskClient) -> None:
    """All of them by suffix or Accept, and of a page what limit says."""
    listed = get(client, "/v1/changes").get_json()["data"]
    by_suffix = get(client, "/v1/changes.csv")
    assert by_suffix.data == get(client, "/v1/changes", Accept="text/csv").data
    rows = list(csv.DictReader(io.StringIO(by_suffix.text, newline="")))
    assert _names(rows) == _names(listed)
    assert rows[4]["title_zh"] == listed[4]["title"]["zh"] == '湖县"十五五",第一年'
    assert [row["changes"] for row in rows] == [row["changes"] or "" for row in listed]
    assert len(get(client, "/v1/changes.csv?limit=2").text.splitlines()) == 3


def test_an_unchanged_page_is_not_sent_again(client: FlaskClient) -> None:
    """By its entity tag, which differs by page."""
    tags = {get(client, f"/v1/changes{q}").headers["ETag"] for q in ("", "?limit=1", ".csv")}
    assert len(tags) == 3
    tag = get(client, "/v1/changes").headers["ETag"]
    assert get(client, "/v1/changes", If_None_Match=tag).status_code == 304


@given(st.text(max_size=50))
def test_any_text_is_a_time_or_a_fault(text: str) -> None:
    """Nothing fails otherwise."""
    asked, faults = read_since([("since", [text])])
    assert bool(asked.since) is not bool(faults)


_OFFSETS = st.integers(-1439, 1439).map(lambda minutes: timezone(timedelta(minutes=minutes)))


@given(st.datetimes(timezones=_OFFSETS))
def test_every_time_with_a_zone_is_read(moment: datetime) -> None:
    """To the second, in UTC, unless that has no year of four digits."""
    asked, faults = read_since([("since", [moment.isoformat()])])
    if not faults:
        assert datetime.fromisoformat(asked.since) == moment.replace(microsecond=0)
