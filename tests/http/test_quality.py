"""Quality: what the audit of a version found, at an address of the version and of the latest."""

from __future__ import annotations

import pytest
from flask.testing import FlaskClient

from opendata.reader.version import AUDIT
from opendata.versions.digests import SUMS, sums_of
from opendata.versions.releases import releases_of
from tests import made_up
from tests.http.links import related
from tests.serving import BASE, build_store, client_of, get
from tests.spec.described import Description

_DATASET = "/v1/datasets/demo-2030"
_PINNED = f"{_DATASET}/versions/1.1.0/quality"

_CHECK = "checked: 4\n  agreeing: 4"
_COVERAGE = """total: 12
  evidence: 11
  excluded: 1
  reasons:
    - reason: year
      count: 1"""
_AUDIT = f"""\
document: report
sha256: 9cf104dde821b4a294eb532b8073936fef01ce70132914c622d056c28c70eacb
on: 2030-02-01
quotes:
  {_CHECK}
values:
  {_CHECK}
numerals:
  {_COVERAGE}
sentences:
  {_COVERAGE}
enumerations:
  {_CHECK}
damage:
  {_CHECK}
sections_without_records: []
"""


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> FlaskClient:
    """A client of one dataset in two versions, of which only the later was audited."""
    released = tmp_path_factory.mktemp("audited") / "datasets"
    made_up.write(released)
    made_up.release_demo(released)
    folder = made_up.release_demo(released, "1.1.0")
    (folder / AUDIT).write_text(_AUDIT, "utf-8")
    (folder / SUMS).unlink()
    (folder / SUMS).write_text(sums_of(folder), "utf-8")
    versions = sorted(folder.parent.glob("[0-9]*"))
    (folder.parent / SUMS).write_text(releases_of(versions), "utf-8")
    build_store(released, released.parent / "build")
    return client_of(released.parent / "build")


def test_quality_leads_to_what_belongs_with_it(client: FlaskClient) -> None:
    """The licence, its pinned address, the latest; no version that was not audited."""
    latest = get(client, f"{_DATASET}/quality")
    for response in (latest, get(client, _PINNED)):
        assert related(response, "canonical") == f"{BASE}{_PINNED}"
        assert related(response, "license") == "https://creativecommons.org/licenses/by/4.0/"
        assert related(response, "service-desc") == f"{BASE}/openapi.json"
        assert related(response, "predecessor-version") is None
    assert related(get(client, _PINNED), "latest-version") == f"{BASE}{_DATASET}/quality"
    assert related(latest, "latest-version") is None


def test_a_version_tells_what_its_audit_found(client: FlaskClient) -> None:
    """The figures, what was left out and the ambiguities, with what they are about."""
    response = get(client, _PINNED)
    assert (response.status_code, response.content_type) == (200, "application/json")
    body = response.get_json()
    assert list(body) == ["data", "meta", "links"]
    assert list(body["data"]) == ["audit", "exclusions", "ambiguities"]
    assert body["data"]["audit"]["quotes"] == {"checked": 4, "agreeing": 4}
    assert body["data"]["audit"]["numerals"]["reasons"] == [{"reason": "year", "count": 1}]
    assert [entry["id"] for entry in body["data"]["ambiguities"]] == ["gdp-growth"]
    assert (body["meta"]["dataset"], body["meta"]["version"]) == ("demo-2030", "1.1.0")
    assert body["links"] == {
        "self": f"{BASE}{_PINNED}",
        "canonical": f"{BASE}{_PINNED}",
        "describedby": f"{BASE}/openapi.json",
    }
    assert get(client, f"{_PINNED}.json").data == response.data


def test_the_latest_names_the_pinned_address(client: FlaskClient) -> None:
    """The same answer, which may be kept less long."""
    latest, pinned = get(client, f"{_DATASET}/quality"), get(client, _PINNED)
    assert latest.data == pinned.data
    assert latest.headers["Content-Location"] == f"{BASE}{_PINNED}"
    assert "Content-Location" not in pinned.headers
    assert "max-age=60," in latest.headers["Cache-Control"]
    assert pinned.headers["Cache-Control"] == "public, max-age=86400"
    suffixed = get(client, f"{_DATASET}/quality.json")
    assert suffixed.headers["Content-Location"] == f"{BASE}{_PINNED}.json"
    tag = latest.headers["ETag"]
    assert get(client, f"{_DATASET}/quality", If_None_Match=tag).status_code == 304


def test_a_version_without_audit_says_so(client: FlaskClient) -> None:
    """In both languages; it is not the address that is wrong."""
    response = get(client, f"{_DATASET}/versions/1.0.0/quality")
    assert (response.status_code, response.mimetype) == (404, "application/problem+json")
    body = response.get_json()
    assert body["detail"] == "Version 1.0.0 of 'demo-2030' was not audited."
    assert body["detail_i18n"]["zh"] == "数据集“demo-2030”的 1.0.0 版没有经过审核。"


@pytest.mark.parametrize(
    ("address", "status", "said"),
    [
        ("/v1/datasets/nowhere/quality", 404, "There is no dataset 'nowhere'"),
        (f"{_DATASET}/versions/9.9.9/quality", 404, "There is no version '9.9.9'"),
        (f"{_DATASET}/quality?x=1", 400, "The request has faults"),
        (f"{_DATASET}/quality.csv", 404, "There is nothing at this address"),
    ],
)
def test_what_is_not_there(client: FlaskClient, address: str, status: int, said: str) -> None:
    """As everywhere else."""
    response = get(client, address)
    assert response.status_code == status
    assert response.get_json()["detail"].startswith(said)


def test_it_is_json_and_a_page_only(client: FlaskClient) -> None:
    """And 406 says so."""
    response = get(client, _PINNED, Accept="text/csv")
    assert response.status_code == 406
    assert "There is application/json, text/html;" in response.get_json()["detail"]


def test_the_description_shows_the_latest_audit(client: FlaskClient) -> None:
    """Where there is one, the example is that of the first dataset, and keeps its schema."""
    description = Description(get(client, "/openapi.json").get_json())
    shown = 0
    for operation in description.operations():
        if operation.path.endswith("/quality"):
            response = get(client, description.address(operation))
            assert description.response_faults(operation, response) == []
            content = operation.about["responses"]["200"]["content"]["application/json"]
            assert description.faults(content["schema"], content["example"]) == []
            assert content["example"]["data"]["audit"] == response.get_json()["data"]["audit"]
            assert operation.about["tags"] == ["datasets"]
            shown += 1
    assert shown == 2
