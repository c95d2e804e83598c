"""Changes between versions over HTTP: as compared on their own, in every form, page by page."""

from __future__ import annotations

import csv
import io
import tempfile
from collections.abc import Iterator
from pathlib import Path
from random import Random
from typing import Any

import pytest
from flask.testing import FlaskClient

from opendata.reader import Version
from opendata.versions import VersionFolder, find_versions, read_folder
from tests import made_up
from tests.changes.random_edits import differences, edited
from tests.http.links import links, related
from tests.pages.reading import parsed
from tests.serving import BASE, client_of, get, walk
from tests.store.chains import DATASET, chain, store_of

_CHANGES = f"/v1/datasets/{DATASET}/changes"
_LEDGER = {
    "summary": {"zh": "更正。", "en": "Corrected."},
    "withdrawals": [
        {
            "collection": "targets",
            "id": "dragon-boat-race",
            "reason": {"zh": "重复。", "en": "A duplicate."},
            "successor": "new-jobs",
        }
    ],
    "corrections": [
        {
            "collection": "targets",
            "ids": ["gdp-growth"],
            "columns": ["as_printed"],
            "since": "1.0.0",
            "wrong": {"zh": "抄错。", "en": "Copied wrongly."},
            "reason": {"zh": "依原文。", "en": "By the source."},
        }
    ],
}


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> tuple[VersionFolder, Version]:
    """A released version to begin with."""
    datasets = made_up.write(tmp_path_factory.mktemp("chains") / "datasets")
    made_up.release_demo(datasets)
    [folder] = [f for f in find_versions(datasets, []) if f.number]
    return folder, read_folder(folder, {}, [])


@pytest.fixture(scope="module")
def told(
    demo: tuple[VersionFolder, Version], tmp_path_factory: pytest.TempPathFactory
) -> FlaskClient:
    """Three versions: 2.0.0 withdraws, renames and corrects, 3.0.0 rewords."""
    folder, first = demo
    second = edited(first, Random(0), 0)
    targets = [t for t in second.collections["targets"] if t["id"] != "dragon-boat-race"]
    second.collections["targets"] = targets
    [growth] = [t for t in targets if t["id"] == "gdp-growth"]
    growth["as_printed"] = "增长6.1%左右"
    for target in targets:
        target["projects"] = ["pumps" if p == "pump-factory" else p for p in target["projects"]]
    [project] = [p for p in second.collections["projects"] if p["id"] == "pump-factory"]
    project["id"], project["previous_ids"] = "pumps", ["pump-factory"]
    third = edited(second, Random(0), 0)
    [jobs] = [t for t in third.collections["targets"] if t["id"] == "new-jobs"]
    jobs["title"] = {**jobs["title"], "en": "Jobs"}
    place = tmp_path_factory.mktemp("told")
    store_of(place, folder, [first, second, third], [None, _LEDGER])
    return client_of(place)


def _found(body: dict[str, Any]) -> dict[tuple[str, str], tuple[str, set[str], str | None]]:
    return {
        (change["collection"], change["id"]): (
            change["kind"],
            {field["field"] for field in change["fields"]},
            change["previous_id"],
        )
        for change in body["data"]
    }


def _first_names(old: Version, new: Version) -> dict[tuple[str, str], tuple[str, str | None]]:
    return {key: (kind, previous) for key, (kind, _, previous) in differences(old, new).items()}


def _compared(old: Version, new: Version) -> dict[tuple[str, str], Any]:
    """Return what differs; notes are written by the release and not compared."""
    found = {}
    for key, (kind, names, previous) in differences(old, new).items():
        kept = {name for name in names if not name.startswith("notes")}
        if kept or key != ("dataset", "dataset"):
            found[key] = kind, kept, previous
    return found


@pytest.mark.no_cover  # what smaller tests cover already
def test_random_edits_are_told_as_another_diff_finds_them(
    demo: tuple[VersionFolder, Version],
) -> None:
    """Two hundred random comparisons of chains of versions, with counts and totals."""
    folder, first = demo
    compared = 0
    for seed in range(20):
        versions = chain(first, Random(seed), 5, 12)
        with tempfile.TemporaryDirectory() as place:
            store_of(Path(place), folder, versions)
            client = client_of(Path(place))
            for old, new in _pairs(len(versions)):
                address = f"{_CHANGES}?from={old}.0.0&to={new}.0.0&limit=1000"
                body = get(client, address).get_json()
                expected = _compared(versions[old - 1], versions[new - 1])
                found = _found(body)
                assert {k: (v[0], v[2]) for k, v in found.items()} == {
                    k: (v[0], v[2]) for k, v in expected.items()
                }
                for key, (_, names, _) in found.items():
                    fields = expected[key][1]
                    assert {
                        n for f in fields for n in names if f"{n}_".startswith(f"{f}_")
                    } == names
                    assert all(any(f"{n}_".startswith(f"{f}_") for n in names) for f in fields)
                assert body["meta"]["total"] == len(expected) == len(body["data"])
                counts = body["meta"]["counts"].values()
                assert sum(sum(count.values()) for count in counts) == len(expected)
                compared += 1
    assert compared == 200


def _pairs(count: int) -> Iterator[tuple[int, int]]:
    for new in range(2, count + 1):
        for old in range(1, new):
            yield old, new


def test_the_previous_and_the_latest_version_are_compared_unless_told(told: FlaskClient) -> None:
    """Whatever is left out; of the first version everything was added."""
    assert get(told, _CHANGES).get_json()["meta"]["from"] == "2.0.0"
    body = get(told, f"{_CHANGES}?to=2.0.0").get_json()
    assert (body["meta"]["from"], body["meta"]["to"]) == ("1.0.0", "2.0.0")
    first = get(told, f"{_CHANGES}?to=1.0.0").get_json()
    assert first["meta"]["from"] is None
    assert {change["kind"] for change in first["data"]} == {"added"}
    same = get(told, f"{_CHANGES}?from=2.0.0&to=2.0.0").get_json()
    assert (same["data"], same["meta"]["total"]) == ([], 0)


@pytest.mark.parametrize(
    ("since", "start"),
    [
        ("1.0.0", "1.0.0"),
        ("2030-02-01", None),
        ("2030-02-02", "1.0.0"),
        ("2030-02-01T00:00:00Z", "1.0.0"),
        ("2030-02-01T23:59:59Z", "1.0.0"),
        ("2030-02-02T00:00:00z", "2.0.0"),
        ("2030-02-02T07:59:59%2B08:00", "1.0.0"),
        ("2030-02-02T08:00:00.5+08:00", "2.0.0"),
        ("2030-02-01T23:59:59-00:01", "2.0.0"),
        ("2031-01-01", "3.0.0"),
        ("1999-01-01", None),
    ],
)
def test_since_is_a_version_or_a_time(told: FlaskClient, since: str, start: str | None) -> None:
    """Versions are published at midnight (UTC) of their days here; a day is told as a whole."""
    meta = get(told, f"{_CHANGES}?since={since}").get_json()["meta"]
    assert (meta["from"], meta["to"]) == (start, "3.0.0")


def test_withdrawals_renames_and_corrections_are_told(told: FlaskClient) -> None:
    """With reason, successor, previous id, and addresses that answer."""
    body = get(told, f"{_CHANGES}?from=1.0.0&to=3.0.0").get_json()
    found = {change["id"]: change for change in body["data"]}
    gone, renamed, growth = (found[n] for n in ("dragon-boat-race", "pumps", "gdp-growth"))
    assert (gone["kind"], gone["reason"]["en"], gone["successor"]) == (
        "removed",
        "A duplicate.",
        "new-jobs",
    )
    assert (renamed["kind"], renamed["previous_id"], renamed["fields"]) == (
        "renamed",
        "pump-factory",
        [],
    )
    assert [c["version"] for c in growth["corrections"]] == ["2.0.0"]
    assert "industrial-output" not in found  # its link only follows
    for change in body["data"]:
        assert get(told, change["url"]).status_code == 200


def test_every_fault_is_told_at_once(told: FlaskClient) -> None:
    """A version that is not there is a 404, whatever else is wrong."""
    response = get(told, f"{_CHANGES}?from=9.0.0&to=1.0.1&kind=x&colour=red")
    assert response.status_code == 404
    faults = [(e["parameter"], e["code"]) for e in response.get_json()["errors"]]
    assert faults == [
        ("kind", "unknown_value"),
        ("colour", "unknown_parameter"),
        ("to", "unknown_value"),
        ("from", "unknown_value"),
    ]


@pytest.mark.parametrize(
    ("asked", "fault"),
    [
        ("from=3.0.0&to=1.0.0", ("from", "out_of_range")),
        ("since=3.0.0&to=1.0.0", ("since", "out_of_range")),
        ("from=1.0.0&since=1.0.0", ("since", "unfit_field")),
        ("since=2030-02-30", ("since", "wrong_form")),
        ("since=yesterday", ("since", "wrong_form")),
        ("from=one", ("from", "wrong_form")),
        ("lang=en", ("lang", "unknown_parameter")),
        ("limit=0", ("limit", "out_of_range")),
    ],
)
def test_what_cannot_be_asked_is_refused(
    told: FlaskClient, asked: str, fault: tuple[str, str]
) -> None:
    """With the parameter and what is wrong with it; what is wrong only together is a conflict."""
    response = get(told, f"{_CHANGES}?{asked}")
    together = fault[0] in ("from", "since") and fault[1] in ("out_of_range", "unfit_field")
    assert response.status_code == (409 if together else 400)
    assert [(e["parameter"], e["code"]) for e in response.get_json()["errors"]] == [fault]


@pytest.mark.parametrize("since", ["abc", "2027-13-01", "2027-02-30", "2027-01-31T08:00:00"])
def test_a_wrong_point_in_time_is_told_in_words(told: FlaskClient, since: str) -> None:
    """With an example of each form instead of a pattern."""
    [fault] = get(told, f"{_CHANGES}?since={since}").get_json()["errors"]
    for said in fault["message"].values():
        assert all(form in said for form in ("1.0.0", "2027-01-31", "2027-01-31T08:00:00Z"))
        assert "[0-9]" not in said


def test_downloads_have_names(told: FlaskClient) -> None:
    """That tell dataset, versions and what is in them."""
    asked = f"{_CHANGES}.csv?from=1.0.0&to=3.0.0&kind=removed"
    named = get(told, asked).headers["Content-Disposition"]
    assert f'filename="{DATASET}_1.0.0-3.0.0_changes_removed.csv"' in named
    named = get(told, f"/v1/datasets/{DATASET}/corrections.csv").headers["Content-Disposition"]
    assert f'filename="{DATASET}_3.0.0_corrections.csv"' in named
    assert "Content-Disposition" not in get(told, _CHANGES).headers


def test_a_renamed_record_keeps_its_relations(told: FlaskClient) -> None:
    """To the version before by the former id, and on by the present one."""
    dataset = f"/v1/datasets/{DATASET}"
    first, second, third = (f"{dataset}/versions/{n}.0.0/projects" for n in (1, 2, 3))
    for below in ("", "/cite"):
        before = get(told, f"{first}/pump-factory{below}")
        assert related(before, "successor-version") == f"{BASE}{second}/pumps{below}"
        assert related(before, "latest-version") == f"{BASE}{dataset}/projects/pumps{below}"
        after = get(told, f"{second}/pumps{below}")
        assert related(after, "predecessor-version") == f"{BASE}{first}/pump-factory{below}"
        assert related(after, "successor-version") == f"{BASE}{third}/pumps{below}"


def test_a_withdrawn_record_leads_to_where_it_stood(told: FlaskClient) -> None:
    """And nowhere beyond; with its history."""
    dataset = f"/v1/datasets/{DATASET}"
    last, name = f"{dataset}/versions/1.0.0/targets/dragon-boat-race", "targets/dragon-boat-race"
    stands = get(told, last)
    assert (related(stands, "successor-version"), related(stands, "latest-version")) == (None, None)
    for below in ("", "/cite", "/cite.bib"):
        gone = get(told, f"{dataset}/{name}{below}")
        assert (gone.status_code, gone.get_json()["code"]) == (410, "withdrawn")
        plain = below.partition(".")[0]
        assert related(gone, "predecessor-version") == f"{BASE}{last}{plain}"
        assert related(gone, "version-history") == f"{BASE}{dataset}/{name}/history"


@pytest.mark.parametrize("below", ["/cite", "/cite.bib"])
def test_the_citation_of_a_former_id_moves_with_the_record(told: FlaskClient, below: str) -> None:
    """As the record itself."""
    dataset = f"/v1/datasets/{DATASET}"
    response = get(told, f"{dataset}/projects/pump-factory{below}?lang=en")
    assert response.status_code == 308
    assert response.headers["Location"] == f"{BASE}{dataset}/projects/pumps{below}?lang=en"
    assert get(told, f"{dataset}/projects/nothing{below}").status_code == 404


def test_answers_lead_to_changes_corrections_and_histories(told: FlaskClient) -> None:
    """From the dataset, its versions and its records."""
    dataset = f"/v1/datasets/{DATASET}"
    for address, query in ((dataset, ""), (f"{dataset}/versions/2.0.0", "?to=2.0.0")):
        leading = get(told, address).get_json()["links"]
        assert leading["changes"] == f"{BASE}{dataset}/changes{query}"
        assert leading["corrections"] == f"{BASE}{dataset}/corrections"
    for address in (dataset, f"{dataset}/versions/2.0.0"):
        leading = get(told, f"{address}/targets/new-jobs").get_json()["links"]
        assert leading["history"] == f"{BASE}{dataset}/targets/new-jobs/history"


def test_pages_are_the_whole_forward_and_backward(told: FlaskClient) -> None:
    """And a cursor of another query is refused, one that names nothing is lost."""
    address = f"{_CHANGES}?since=1999-01-01"
    whole = get(told, f"{address}&limit=1000").get_json()["data"]
    pages = walk(told, f"{address}&limit=5")
    assert [change for page in pages for change in page["data"]] == whole
    back = pages[-1]
    for page in pages[-2::-1]:
        back = get(told, back["links"]["prev"]).get_json()
        assert back["data"] == page["data"]
    assert back["links"]["prev"] is None
    following = pages[0]["links"]["next"]
    assert get(told, f"{following}&kind=added").status_code == 400
    assert get(told, f"{_CHANGES}?cursor=targets~nothing~n00000000").status_code == 409
    assert get(told, f"{_CHANGES}?cursor=nothing~nothing~n00000000").status_code == 409


def test_the_csv_has_a_line_for_each_field(told: FlaskClient) -> None:
    """The same changes as JSON; a record without fields has a line of its own."""
    asked = "from=1.0.0&to=3.0.0"
    response = get(told, f"{_CHANGES}.csv?{asked}")
    assert response.content_type == "text/csv; charset=utf-8; header=present"
    rows = list(csv.DictReader(io.StringIO(response.text, newline="")))
    expected = [
        (change["id"], change["kind"], field["field"] if field else "")
        for change in get(told, f"{_CHANGES}?{asked}").get_json()["data"]
        for field in change["fields"] or [None]
    ]
    assert [(row["id"], row["kind"], row["field"]) for row in rows] == expected
    [gone] = [row for row in rows if row["kind"] == "removed"]
    assert (gone["reason_en"], gone["successor"]) == ("A duplicate.", "new-jobs")
    [growth] = [row for row in rows if row["field"] == "as_printed"]
    assert (growth["old"], growth["new"]) == ("增长6.10%左右", "增长6.1%左右")


def test_the_page_is_for_people(told: FlaskClient) -> None:
    """In the language that is asked for, with both values, and no script."""
    for lang, words in (("zh", ("移除", "重复。")), ("en", ("Removed", "A duplicate."))):
        response = get(told, f"{_CHANGES}.html?from=1.0.0&to=3.0.0&lang={lang}")
        assert response.headers["Content-Language"] == lang
        assert all(word in response.text for word in words)
        shown = parsed(response.text)
        assert "增长6.10%左右" in [one.text for one in shown.all("del")]
        assert "增长6.1%左右" in [one.text for one in shown.all("ins")]
    accepted = get(told, _CHANGES, Accept="text/html,*/*;q=0.1", Accept_Language="en-GB")
    assert (accepted.mimetype, accepted.headers["Content-Language"]) == ("text/html", "en")
    assert "Accept-Language" in accepted.headers["Vary"]


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_page_is_readable(told: FlaskClient, lang: str) -> None:
    """Fields by their labels alone, the successor as a link, no dash for a version."""
    page = parsed(get(told, f"{_CHANGES}.html?from=1.0.0&to=3.0.0&lang={lang}").text)
    assert f"/v1/datasets/{DATASET}/targets/new-jobs.html?lang={lang}" in page.links()
    assert not [one for one in page.all("dt") if one.all("code")]
    assert "— →" not in get(told, f"{_CHANGES}.html?to=1.0.0&lang={lang}").text
    told_of = get(told, f"/v1/datasets/{DATASET}/corrections.html?lang={lang}").text
    assert {"zh": "下载更正（CSV）", "en": "Download the corrections (CSV)"}[lang] in told_of


def test_changes_are_cached_by_their_versions(told: FlaskClient) -> None:
    """What two named versions differ in never changes."""
    named = get(told, f"{_CHANGES}?from=1.0.0&to=2.0.0")
    assert "max-age=86400" in named.headers["Cache-Control"]
    assert "max-age=60" in get(told, _CHANGES).headers["Cache-Control"]
    tag = named.headers["ETag"]
    again = get(told, f"{_CHANGES}?from=1.0.0&to=2.0.0", If_None_Match=tag)
    assert again.status_code == 304
    relations = {relation for _, relation, _ in links(named)}
    assert relations >= {"first", "alternate", "version-history", "describedby"}
    assert BASE in named.headers["Link"]
