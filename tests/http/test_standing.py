"""How a version stands: superseded or not, what is beside it, whether its dataset is given up."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from tests import made_up
from tests.http.links import links, related
from tests.http.workbook import front_of
from tests.serving import BASE, build_store, client_of, get, stored

_OLD, _NEW = (f"/v1/datasets/demo-2030/versions/{number}" for number in ("1.0.0", "1.1.0"))
_LATEST = "/v1/datasets/demo-2030"
_GIVEN_UP = """\
deprecation:
  date: 2031-01-01
  sunset: 2035-01-01
  reason:
    zh: 不再更新。
    en: No longer kept up.
  successor: hill-2031
"""
_PLAIN = """\
deprecation:
  date: 2031-01-01
  reason:
    zh: 不再更新。
    en: No longer kept up.
  url: https://example.org/why
"""


@pytest.mark.parametrize("below", ["", "/targets", "/targets/new-jobs", "/glossary?limit=1"])
def test_a_superseded_version_says_so(client: FlaskClient, below: str) -> None:
    """By number for programs, in words for people; the latest says nothing."""
    meta = get(client, f"{_OLD}{below}").get_json()["meta"]
    assert meta["superseded_by"] == "1.1.0"
    assert meta["notice"]["en"] == (
        f"This version was superseded by 1.1.0, released on 2030-02-01: {BASE}{_NEW} . "
        f"What changed since: {BASE}{_LATEST}/changes?since=1.0.0 , "
        f"and was corrected: {BASE}{_LATEST}/corrections ."
    )
    for link in (f"{_LATEST}/changes?since=1.0.0", f"{_LATEST}/corrections"):
        assert get(client, link).status_code == 200
    assert meta["notice"]["zh"].startswith("本版本已被 1.1.0 版（2030-02-01 发布）取代")
    for address in (_NEW, _LATEST):
        meta = get(client, f"{address}{below}").get_json()["meta"]
        assert (meta["superseded_by"], meta["notice"]) == (None, None)


@pytest.mark.parametrize("below", ["", "/targets", "/targets/new-jobs", "/targets.csv"])
def test_versions_lead_to_each_other(client: FlaskClient, below: str) -> None:
    """RFC 5829: onward, back, to the latest and to all of them."""
    old, new = get(client, f"{_OLD}{below}"), get(client, f"{_NEW}{below}")
    plain = below.removesuffix(".csv")
    history = f"{below}/history" if below.count("/") == 2 else "/versions"
    assert related(old, "successor-version") == f"{BASE}{_NEW}{plain}"
    assert related(old, "predecessor-version") is None
    assert related(new, "predecessor-version") == f"{BASE}{_OLD}{plain}"
    assert related(new, "successor-version") is None
    for response in (old, new):
        assert related(response, "latest-version") == f"{BASE}{_LATEST}{plain}"
        assert related(response, "version-history") == f"{BASE}{_LATEST}{history}"


def test_a_record_that_is_gone_has_no_successor(client: FlaskClient) -> None:
    """What the next version does not hold is no version of it."""
    address = "/v1/datasets/hill-2031/versions/0.9.0/targets/dragon-boat-race"
    assert related(get(client, address), "successor-version") is None


def test_a_workbook_of_a_superseded_version_says_so(client: FlaskClient) -> None:
    """Before anything else, on its first sheet."""
    assert front_of(get(client, f"{_OLD}/targets.xlsx?lang=en").data)[0][1].startswith(
        "This version was superseded by 1.1.0"
    )
    assert front_of(get(client, f"{_NEW}/targets.xlsx?lang=en").data)[0][0] == "Title"


def test_a_release_alters_no_file_of_the_one_before(released: Path, tmp_path: Path) -> None:
    """Downloads keep bytes and validator; what tells of the new version has another one."""
    stored(released, tmp_path / "build")
    client = client_of(tmp_path / "build")
    fixed = ("targets.csv", "targets.csv?profile=excel", "targets.ndjson", "targets/new-jobs.csv")
    telling = ("targets.json", "targets/new-jobs.json", "targets.xlsx")
    before = {name: get(client, f"{_OLD}/{name}") for name in (*fixed, *telling)}
    made_up.release_demo(released, "1.1.0")
    build_store(released, tmp_path / "build")
    for name in fixed:
        after = get(client, f"{_OLD}/{name}")
        assert (after.data, after.headers["ETag"]) == (
            before[name].data,
            before[name].headers["ETag"],
        )
    for name in telling:
        held = get(client, f"{_OLD}/{name}", If_None_Match=before[name].headers["ETag"])
        assert held.status_code == 200, name


def _given_up(datasets: Path, group: str) -> FlaskClient:
    """Return a client of ``demo-2030`` 1.0.0 and 1.1.0, of which the latter is given up."""
    shutil.copytree(datasets / "demo-2030", datasets / "hill-2031")  # what takes its place
    made_up.change(
        datasets, f"{made_up.DRAFT}/dataset.yaml", ("documents:\n", f"{group}documents:\n")
    )
    made_up.release_demo(datasets, "1.1.0")
    build_store(datasets, datasets.parent / "build")
    return client_of(datasets.parent / "build")


@pytest.fixture(scope="module")
def given_up(tmp_path_factory: pytest.TempPathFactory) -> FlaskClient:
    """A client of a dataset that is given up and says until when and what takes its place."""
    datasets = tmp_path_factory.mktemp("given_up") / "datasets"
    made_up.write(datasets)
    made_up.release_demo(datasets)
    return _given_up(datasets, _GIVEN_UP)


@pytest.mark.parametrize(
    "address",
    [
        *(_LATEST, f"{_LATEST}/versions", f"{_LATEST}/targets", f"{_LATEST}/targets.csv"),
        *(f"{_LATEST}/targets/new-jobs", f"{_LATEST}/targets.csv-metadata.json"),
        *(f"{_LATEST}/changes", f"{_LATEST}/changes.csv", f"{_LATEST}/corrections.html"),
        *(f"{_LATEST}/corrections", f"{_LATEST}/targets/new-jobs/history"),
        *(f"{_OLD}/targets", f"{_NEW}/targets/new-jobs.xlsx", _OLD),
    ],
)
def test_every_address_of_a_dataset_says_that_it_is_given_up(
    given_up: FlaskClient, address: str
) -> None:
    """RFC 9745 everywhere, RFC 8594 only where no version is named."""
    response = get(given_up, address)
    assert response.headers["Deprecation"] == "@1924992000"
    pinned = "/versions/" in address
    sunset = None if pinned else "Mon, 01 Jan 2035 00:00:00 GMT"
    assert response.headers.get("Sunset") == sunset
    assert related(response, "deprecation") == f"{BASE}{_LATEST}"
    assert related(response, "sunset") == (None if pinned else f"{BASE}{_LATEST}")
    held = get(given_up, address, If_None_Match=response.headers["ETag"])
    assert (held.status_code, held.headers["Deprecation"]) == (304, "@1924992000")


def test_what_is_given_up_says_why(given_up: FlaskClient) -> None:
    """In the dataset itself and in the notice of each version, beside that it is superseded."""
    body = get(given_up, _LATEST).get_json()
    assert body["data"]["deprecation"] == {
        "date": "2031-01-01",
        "sunset": "2035-01-01",
        "reason": {"zh": "不再更新。", "en": "No longer kept up."},
        "successor": "hill-2031",
        "url": None,
    }
    said = (
        "Deprecated from 2031-01-01 on: No longer kept up. "
        f"Use {BASE}/v1/datasets/hill-2031 instead. "
        "Addresses without a version may stop answering after 2035-01-01; others stay."
    )
    assert body["meta"]["notice"]["en"] == said
    old = get(given_up, f"{_OLD}/targets").get_json()["meta"]["notice"]["en"]
    assert old.startswith("This version was superseded by 1.1.0, ")
    assert old.endswith(said)


def test_a_page_explains_it_where_there_is_one(released: Path) -> None:
    """Without a sunset, nothing is said of one."""
    response = get(_given_up(released, _PLAIN), f"{_LATEST}/targets")
    assert related(response, "deprecation") == "https://example.org/why"
    assert "Sunset" not in response.headers
    assert not [link for link in links(response) if "sunset" in link]


def test_other_datasets_and_addresses_say_nothing(client: FlaskClient) -> None:
    """Nothing is given up there."""
    for address in (_LATEST, "/v1/targets", "/v1"):
        assert "Deprecation" not in get(client, address).headers
