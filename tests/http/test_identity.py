"""What became of a record: its history, its former ids, and why it is gone."""

from __future__ import annotations

import csv
import io
from dataclasses import replace
from random import Random
from typing import Any

import pytest
from flask.testing import FlaskClient

from opendata.reader import Version
from opendata.versions import find_versions, read_folder
from tests import made_up
from tests.changes.random_edits import edited
from tests.http.links import links
from tests.serving import BASE, client_of, get
from tests.store.chains import DATASET, store_of

_BASE = f"/v1/datasets/{DATASET}"
_PUMPS = f"{_BASE}/projects/pump-factory"


def _correction(*columns: str) -> dict[str, Any]:
    return {
        "collection": "projects",
        "ids": ["pumps"],
        "columns": [*columns],
        "since": "1.0.0",
        "wrong": {"zh": "抄错。", "en": "Copied wrongly."},
        "reason": {"zh": "依原文。", "en": "By the source."},
    }


_NOTHING = {"summary": {"zh": "无。", "en": "None."}, "withdrawals": [], "corrections": []}
_LEDGERS = [
    None,
    {**_NOTHING, "corrections": [_correction("action_as_printed"), _correction("source")]},
    {
        **_NOTHING,
        "withdrawals": [
            {
                "collection": "targets",
                "id": "dragon-boat-race",
                "reason": {"zh": "重复。", "en": "A duplicate."},
                "successor": "new-jobs",
            }
        ],
    },
    None,
]


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> FlaskClient:
    """Four versions.

    2.0.0 calls ``pump-factory`` ``pumps`` and corrects it, 3.0.0 withdraws ``dragon-boat-race``,
    4.0.0 calls ``pumps`` ``water-pumps`` and loses ``new-jobs`` without a word.
    """
    datasets = made_up.write(tmp_path_factory.mktemp("identity") / "datasets")
    made_up.release_demo(datasets)
    [folder] = [f for f in find_versions(datasets, []) if f.number]
    first = replace(read_folder(folder, {}, []), ledger=None)
    second = _renamed(first, "pump-factory", "pumps")
    [project] = [p for p in second.collections["projects"] if p["id"] == "pumps"]
    project["action_as_printed"] = "建成了"
    third = _without(second, "dragon-boat-race")
    fourth = _without(_renamed(third, "pumps", "water-pumps"), "new-jobs")
    place = tmp_path_factory.mktemp("told")
    store_of(place, folder, [first, second, third, fourth], _LEDGERS)
    return client_of(place)


def _copy(version: Version) -> Version:
    return edited(version, Random(0), 0)


def _renamed(version: Version, was: str, now: str) -> Version:
    new = _copy(version)
    [project] = [p for p in new.collections["projects"] if p["id"] == was]
    project["id"], project["previous_ids"] = now, [*project["previous_ids"], was]
    for target in new.collections["targets"]:
        target["projects"] = [now if link == was else link for link in target["projects"]]
    return new


def _without(version: Version, name: str) -> Version:
    new = _copy(version)
    new.collections["targets"] = [t for t in new.collections["targets"] if t["id"] != name]
    return new


@pytest.mark.parametrize(
    ("asked", "to"),
    [
        (_PUMPS, f"{_BASE}/projects/water-pumps"),
        (
            f"{_BASE}/projects/pumps.csv?profile=excel",
            f"{_BASE}/projects/water-pumps.csv?profile=excel",
        ),
        (f"{_PUMPS}?fields=title", f"{_BASE}/projects/water-pumps?fields=title"),
        (f"{_BASE}/versions/2.0.0/projects/pump-factory", f"{_BASE}/versions/2.0.0/projects/pumps"),
        (f"{_PUMPS}/history", f"{_BASE}/projects/water-pumps/history"),
        (f"{_BASE}/projects/pumps/history.json", f"{_BASE}/projects/water-pumps/history.json"),
    ],
)
def test_a_former_id_leads_to_the_present_one(told: FlaskClient, asked: str, to: str) -> None:
    """In the version that is asked, with the same suffix and query; and there it is."""
    response = get(told, asked)
    assert (response.status_code, response.data) == (308, b"")
    assert response.headers["Location"] == f"{BASE}{to}"
    assert get(told, response.headers["Location"]).status_code == 200


def test_ids_stand_in_the_versions_that_had_them(told: FlaskClient) -> None:
    """An id is not there yet before its version, and never where none had it."""
    assert get(told, f"{_BASE}/versions/1.0.0/projects/pump-factory").status_code == 200
    assert get(told, f"{_BASE}/versions/3.0.0/projects/pumps").status_code == 200
    assert get(told, f"{_BASE}/versions/2.0.0/targets/dragon-boat-race").status_code == 200
    for never in (f"{_BASE}/projects/nothing", f"{_BASE}/versions/1.0.0/projects/pumps"):
        assert get(told, never).status_code == 404
    assert get(told, f"{_BASE}/projects/nothing/history").status_code == 404
    assert get(told, f"/v1/datasets/nowhere/projects/{DATASET}/history").status_code == 404


def test_a_withdrawn_record_says_why(told: FlaskClient) -> None:
    """At the latest address and at that of a version without it, with what takes its place."""
    for above in (_BASE, f"{_BASE}/versions/3.0.0"):
        response = get(told, f"{above}/targets/dragon-boat-race", Accept_Language="zh")
        assert (response.status_code, response.mimetype) == (410, "application/problem+json")
        problem = response.get_json()
        assert problem["type"].endswith("/docs/errors#withdrawn")
        assert problem["code"] == "withdrawn"
        assert "重复。" in problem["detail"]
        assert problem["reason"] == {"zh": "重复。", "en": "A duplicate."}
        assert problem["successor"] == f"{BASE}{above}/targets/new-jobs"
        assert problem["withdrawn_in"] == "3.0.0"
        assert problem["last_version"]["version"] == "2.0.0"
        assert get(told, problem["last_version"]["url"]).status_code == 200


def test_a_record_that_went_without_a_word_is_gone_all_the_same(told: FlaskClient) -> None:
    """As from versions that had no ledger: no reason is made up."""
    problem = get(told, f"{_BASE}/targets/new-jobs.csv").get_json()
    assert (problem["status"], problem["reason"], problem["successor"]) == (410, None, None)
    assert (problem["withdrawn_in"], problem["last_version"]["version"]) == ("4.0.0", "3.0.0")


def test_a_history_has_every_version_with_what_changed(told: FlaskClient) -> None:
    """By the id of each version, with the record as it stood."""
    response = get(told, f"{_BASE}/projects/water-pumps/history")
    body = response.get_json()
    found = [(e["version"], e["status"], e["id"], e["previous_id"]) for e in body["data"]]
    assert found == [
        ("1.0.0", "added", "pump-factory", None),
        ("2.0.0", "changed", "pumps", "pump-factory"),
        ("3.0.0", "unchanged", "pumps", None),
        ("4.0.0", "renamed", "water-pumps", "pumps"),
    ]
    assert [f["field"] for f in body["data"][1]["fields"]] == ["action_as_printed"]
    for entry in body["data"]:
        assert get(told, entry["url"]).get_json()["data"] == entry["record"]
    assert body["meta"]["total"] == 4
    assert (f"{BASE}{_BASE}/projects/water-pumps", "latest-version") in {
        (to, relation) for to, relation, _ in links(response)
    }


def test_the_history_of_a_withdrawn_record_ends_with_the_reason(told: FlaskClient) -> None:
    """It is told though the record is gone."""
    body = get(told, f"{_BASE}/targets/dragon-boat-race/history").get_json()
    statuses = [(e["version"], e["status"]) for e in body["data"]]
    assert statuses == [("1.0.0", "added"), ("2.0.0", "unchanged"), ("3.0.0", "removed")]
    last = body["data"][-1]
    assert (last["record"], last["url"], last["successor"]) == (None, None, "new-jobs")
    assert last["reason"]["en"] == "A duplicate."


def test_a_record_leads_to_its_history(told: FlaskClient) -> None:
    """RFC 5829, from the latest address and from a pinned one."""
    for above in (_BASE, f"{_BASE}/versions/4.0.0"):
        response = get(told, f"{above}/projects/water-pumps")
        histories = [to for to, relation, _ in links(response) if relation == "version-history"]
        assert histories == [f"{BASE}{_BASE}/projects/water-pumps/history"]


def test_records_carry_what_was_ever_corrected_in_them(told: FlaskClient) -> None:
    """From the version that corrected it on, under whichever id."""
    for version, name, count in (
        ("1.0.0", "pump-factory", 0),
        ("2.0.0", "pumps", 2),
        ("4.0.0", "water-pumps", 2),
    ):
        record = get(told, f"{_BASE}/versions/{version}/projects/{name}").get_json()["data"]
        assert [c["version"] for c in record["corrections"]] == ["2.0.0"] * count


def test_corrections_tell_values_and_the_downloads_that_were_wrong(told: FlaskClient) -> None:
    """Old and new value of each column, and each file of the versions that had the old one."""
    body = get(told, f"{_BASE}/corrections").get_json()
    first, second = body["data"]
    assert (first["version"], first["since"], first["ids"]) == ("2.0.0", "1.0.0", ["pumps"])
    assert first["values"] == [
        {"id": "pumps", "field": "action_as_printed", "old": "建成", "new": "建成了"}
    ]
    assert second["values"] == []
    described = get(told, f"{_BASE}/versions/1.0.0").get_json()["data"]["distributions"]
    expected = [(d["url"], d["sha256"]) for d in described if d["collection"] == "projects"]
    assert [(d["url"], d["sha256"]) for d in first["downloads"]] == expected
    assert body["meta"] == {"dataset": DATASET, "notice": None, "total": 2}


def test_corrections_turn_pages_and_come_in_other_forms(told: FlaskClient) -> None:
    """CSV with a line for each value; a page in either language."""
    first = get(told, f"{_BASE}/corrections?limit=1").get_json()
    second = get(told, first["links"]["next"]).get_json()
    assert second["links"]["next"] is None
    whole = get(told, f"{_BASE}/corrections").get_json()["data"]
    assert first["data"] + second["data"] == whole
    assert get(told, second["links"]["prev"]).get_json()["data"] == first["data"]
    assert get(told, f"{first['links']['next']}&collection=projects").status_code == 400
    assert get(told, f"{_BASE}/corrections?cursor=x~9.9.9:1~n00000000").status_code == 409
    assert get(told, f"{_BASE}/corrections?collection=targets").get_json()["data"] == []
    rows = list(csv.DictReader(io.StringIO(get(told, f"{_BASE}/corrections.csv").text, newline="")))
    assert [(row["id"], row["old"], row["new"]) for row in rows] == [
        ("pumps", "建成", "建成了"),
        ("pumps", "", ""),
    ]
    page = get(told, f"{_BASE}/corrections.html?lang=en")
    assert "Copied wrongly." in page.text
    assert '<ins><span lang="zh-Hans">建成了</span></ins>' in page.text
