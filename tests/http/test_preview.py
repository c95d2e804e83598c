"""A preview of drafts: the same API, marked as a preview in every answer and kept by nobody."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from opendata.compiler import preview
from opendata.spec import RESOURCES, Kind, Resource
from opendata.web import create_app
from tests import made_up
from tests.http.workbook import front_of
from tests.serving import BASE, RACE, add, get, quiet, walk

_DRAFT = "/v1/datasets/demo-2030/versions/draft"
_SAID = "preview of an unreleased draft"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The preview of ``demo-2030``: 1.0.0, and a draft with one target more."""
    root = tmp_path_factory.mktemp("preview")
    datasets = made_up.write(root / "datasets")
    made_up.release_demo(datasets)
    targets = datasets / "demo-2030/draft/targets.yaml"
    add(targets, "\n" + RACE.replace("dragon-boat-race", "lantern-fair"))
    preview(datasets, root / "build/draft", BASE, quiet)
    return root / "build/draft"


@pytest.fixture
def drafts(folder: Path) -> FlaskClient:
    """A client of the preview."""
    return create_app(folder, drafts=True).test_client()


def _marked(response: TestResponse) -> bool:
    return (response.headers.get("Cache-Control"), response.headers.get("X-Robots-Tag")) == (
        "no-store",
        "noindex, nofollow",
    )


@pytest.mark.parametrize(
    "address",
    [
        *(
            "/",
            "/docs",
            "/docs/errors",
            "/docs/reference",
            "/openapi.json",
            "/v1",
            "/v1/search?q=工业",
        ),
        *("/v1/targets", "/v1/targets.csv", "/v1/targets.xlsx", "/v1/vocabularies/units.ttl"),
        *(_DRAFT, f"{_DRAFT}/targets.ndjson", f"{_DRAFT}/targets/lantern-fair"),
        *("/v1/datasets/demo-2030/versions/1.0.0/targets", f"{_DRAFT}/targets.csv-metadata.json"),
        *("/v1/nothing", "/v1/targets?x=1", f"{_DRAFT}/targets/nothing", "/healthz", "/readyz"),
    ],
)
def test_nothing_is_kept_or_indexed(drafts: FlaskClient, address: str) -> None:
    """Rows, documents, pages, assets and problems; a 304 as well."""
    response = get(drafts, address)
    assert _marked(response)
    if tag := response.headers.get("ETag"):
        held = get(drafts, address, If_None_Match=tag)
        assert (held.status_code, _marked(held)) == (304, True)


@pytest.mark.parametrize("address", ["/v1/targets", f"{_DRAFT}/targets", "/v1", "/docs"])
def test_no_date_is_trusted(drafts: FlaskClient, address: str) -> None:
    """Two builds in one second would have the same."""
    response = get(drafts, address, If_Modified_Since="Fri, 01 Jan 2100 00:00:00 GMT")
    assert (response.status_code, response.last_modified) == (200, None)


def test_the_draft_is_the_latest_version(drafts: FlaskClient) -> None:
    """With its records, its number ``draft`` and no date of release."""
    body = get(drafts, "/v1/datasets/demo-2030/targets").get_json()
    assert len(body["data"]) == 5
    assert {record["version"] for record in body["data"]} == {"draft"}
    assert (body["meta"]["version"], body["meta"]["released"]) == ("draft", None)
    assert _SAID in body["meta"]["notice"]["en"]
    assert "草稿" in body["meta"]["notice"]["zh"]
    record = get(drafts, f"{_DRAFT}/targets/lantern-fair")
    assert record.get_json()["meta"] == {k: v for k, v in body["meta"].items() if k != "total"}
    assert get(drafts, _DRAFT).get_json()["data"]["released"] is None
    versions = get(drafts, "/v1/datasets/demo-2030/versions?sort=-version").get_json()["data"]
    assert [version["version"] for version in versions] == ["draft", "1.0.0"]


def test_a_draft_supersedes_nothing(drafts: FlaskClient) -> None:
    """What was released stays the word of record until the next release."""
    response = get(drafts, "/v1/datasets/demo-2030/versions/1.0.0/targets")
    meta = response.get_json()["meta"]
    assert (meta["superseded_by"], meta["notice"]) == (None, None)
    assert f'<{BASE}{_DRAFT}/targets>; rel="successor-version"' in response.headers["Link"]


@pytest.mark.parametrize(
    "address", ["/v1/targets", "/v1", "/v1/datasets/demo-2030/versions", "/v1/search?q=业"]
)
def test_what_spans_datasets_says_so_too(drafts: FlaskClient, address: str) -> None:
    """Rows of several versions, of which some are drafts."""
    assert _SAID in get(drafts, address).get_json()["meta"]["notice"]["en"]


@pytest.mark.parametrize("address", ["/v1/targets", "/v1/datasets/demo-2030/targets", "/v1/search"])
def test_cursors_lead_through_a_draft(drafts: FlaskClient, address: str) -> None:
    """Page by page, there and back."""
    asked = f"{address}?limit=1&q=业"
    pages = walk(drafts, asked)
    found = [record["id"] for page in pages for record in page["data"]]
    assert len(found) == pages[0]["meta"]["total"] > 1
    back = get(drafts, pages[1]["links"]["prev"])
    assert back.get_json()["data"] == pages[0]["data"]


@pytest.mark.parametrize(
    ("address", "name"),
    [
        (f"{_DRAFT}/targets.csv", "demo-2030_draft_targets.csv"),
        ("/v1/targets.csv", "all-datasets_draft_targets.csv"),
        (
            "/v1/datasets/demo-2030/targets/new-jobs.xlsx",
            "demo-2030_draft_targets_id-new-jobs.xlsx",
        ),
    ],
)
def test_downloads_are_named_draft(drafts: FlaskClient, address: str, name: str) -> None:
    """A file keeps its mark on the disk of whoever took it."""
    assert f'filename="{name}"' in get(drafts, address).headers["Content-Disposition"]


def test_rows_for_people_say_draft(drafts: FlaskClient) -> None:
    """The column of the version, in which a release has its number after a v."""
    lines = get(drafts, f"{_DRAFT}/targets.csv?profile=excel&lang=en").text.splitlines()
    assert all(f",draft,CC-BY-4.0,{BASE}{_DRAFT}/targets/" in line for line in lines[1:])


@pytest.mark.parametrize("below", ["changes", "corrections", "targets/lantern-fair/history"])
def test_what_tells_of_a_draft_says_so(drafts: FlaskClient, below: str) -> None:
    """Whatever became of a dataset, up to its draft."""
    body = get(drafts, f"/v1/datasets/demo-2030/{below}").get_json()
    assert _SAID in body["meta"]["notice"]["en"]
    assert "草稿" in body["meta"]["notice"]["zh"]
    assert get(drafts, body["links"]["self"]).status_code == 200


def test_what_tells_of_releases_only_says_nothing(drafts: FlaskClient) -> None:
    """Not even in a preview."""
    body = get(drafts, "/v1/datasets/demo-2030/changes?to=1.0.0").get_json()
    assert body["meta"]["notice"] is None


@pytest.mark.parametrize("since", ["2000-01-01", "2031-01-01T00:00:00Z"])
def test_a_draft_can_be_asked_for_by_time(drafts: FlaskClient, since: str) -> None:
    """It counts as published when it was built, though it has no date of release."""
    meta = get(drafts, f"/v1/datasets/demo-2030/changes?since={since}").get_json()["meta"]
    assert meta["to"] == "draft"


@pytest.mark.parametrize("below", ["changes", "corrections"])
def test_pages_and_tables_of_changes_are_marked(drafts: FlaskClient, below: str) -> None:
    """The banner of every page, and a name that says draft."""
    address = f"/v1/datasets/demo-2030/{below}"
    assert "Preview of unreleased drafts" in get(drafts, f"{address}.html").text
    assert "draft_" in get(drafts, f"{address}.csv").headers["Content-Disposition"]


@pytest.mark.parametrize("address", [f"{_DRAFT}/targets.xlsx?lang=en", "/v1/targets.xlsx?lang=en"])
def test_workbooks_say_so_in_words(drafts: FlaskClient, address: str) -> None:
    """On the sheet that stands first."""
    name, said = front_of(get(drafts, address).data)[0]
    assert name == "Notice"
    assert _SAID in said


@pytest.mark.parametrize("address", ["/", "/?lang=en", "/docs", "/docs/errors"])
def test_pages_have_a_banner(drafts: FlaskClient, client: FlaskClient, address: str) -> None:
    """And those of the public service have none."""
    assert "Preview of unreleased drafts" in get(drafts, address).text
    assert "notice draft" not in get(client, address).text


def test_a_draft_has_no_date_on_the_start_page(drafts: FlaskClient) -> None:
    """Nor a dash in its place."""
    assert "demo-2030 · draft · CC-BY-4.0" in get(drafts, "/").text


def test_the_description_is_named_so(drafts: FlaskClient) -> None:
    """Its title, which tools show."""
    assert get(drafts, "/openapi.json").get_json()["info"]["title"] == "opendata (drafts)"


@pytest.mark.parametrize("below", ["", "/targets", "/targets.csv", "/targets/new-jobs"])
def test_the_public_service_has_no_draft(client: FlaskClient, below: str) -> None:
    """There it is a version that does not exist."""
    response = get(client, f"{_DRAFT}{below}")
    assert response.status_code == 404
    assert "There is no version 'draft'" in response.get_json()["detail_i18n"]["en"]
    assert "X-Robots-Tag" not in get(client, "/v1/targets").headers


def _released_only() -> Iterator[str]:
    """Yield what a preview does not make: of the description, pages, and of CKAN's API."""
    for resource in RESOURCES:
        if resource.kind in (Kind.JOINED, Kind.FILE, Kind.ARCHIVE, Kind.CHECKSUM):
            yield from _addresses(resource)
    yield from (f"/v1/datasets/demo-2030{below}.html" for below in ("", "/versions/draft"))
    yield "/v1/datasets/demo-2030/versions/1.0.0.html"
    for path in ("/api", "/api/3", "/api/3/action/package_list", "/api/action/package_search"):
        yield from (path, f"{path}/")
    yield from ("/api/3/action/no_such_action", "/api/3/action/package_create")


def _addresses(resource: Resource) -> Iterator[str]:
    """Yield the addresses of a resource at every version of ``demo-2030``, in every form."""
    names = dict.fromkeys(resource.path_names(), "new-jobs")
    names |= {"dataset": "demo-2030", "vocabulary": "units"}
    for version in ("draft", "1.0.0") if "{version}" in resource.path else ("",):
        path = resource.path.format_map({**names, "version": version})
        yield from (path, *(f"{path}.{suffix}" for suffix in resource.media_types))


@pytest.mark.parametrize("address", list(dict.fromkeys(_released_only())))
def test_what_is_made_of_releases_only_is_not_there(drafts: FlaskClient, address: str) -> None:
    """One problem for all of it, marked as every answer, whatever is asked."""
    response = get(drafts, address)
    assert (response.status_code, response.content_type) == (404, "application/problem+json")
    assert "A preview of drafts has no catalogues" in response.get_json()["detail_i18n"]["en"]
    assert _marked(response)
    assert get(drafts, f"{address}?page=x&lang=fr").status_code == 404


def test_no_address_of_a_preview_fails(drafts: FlaskClient) -> None:
    """Of all that the description has, in every form: there, refused or plainly not there."""
    every = [address for resource in RESOURCES for address in _addresses(resource)]
    found = {address: get(drafts, address).status_code for address in every}
    assert {address: status for address, status in found.items() if status >= 500} == {}
