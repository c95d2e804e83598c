"""Packages: what harvesters find of each dataset."""

from __future__ import annotations

import hashlib
import re
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient

from opendata.ckan.names import tag_names, valid_name
from opendata.compiler import build
from tests import made_up, serving
from tests.ckan.asking import result
from tests.serving import BASE, client_of, get

_TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}")


def test_a_package_says_what_the_dataset_is(client: FlaskClient) -> None:
    """Every field of CKAN's own has the value that follows from dataset.yaml."""
    found = result(client, "package_show", id="hill-2031")
    assert {name: found[name] for name in ("name", "title", "version", "license_id", "url")} == {
        "name": "hill-2031",
        "title": "柳溪县2030年工作安排",
        "version": "0.10.0",
        "license_id": "CC-BY-4.0",
        "url": f"{BASE}/v1/datasets/hill-2031",
    }
    assert found["notes"] == "虚构的县，用于测试。\n\nA made-up county, for tests."
    assert found["license_title"] == "署名"
    assert found["license_url"] == "https://creativecommons.org/licenses/by/4.0/"
    assert (found["author"], found["author_email"]) == ("测试项目", None)
    assert (found["maintainer"], found["maintainer_email"]) == ("测试项目", "data@example.org")
    assert (found["type"], found["state"], found["private"]) == ("dataset", "active", False)
    assert found["isopen"] is True
    assert [group["name"] for group in found["groups"]] == ["econ", "heal"]
    assert [group["title"] for group in found["groups"]] == ["经济", "健康"]
    assert [tag["name"] for tag in found["tags"]] == ["work plan", "工作安排"]
    assert found["organization"]["name"] == "test-project"
    assert found["organization"]["title"] == "测试项目"
    assert found["owner_org"] == found["organization"]["id"]


def test_extras_say_the_rest(client: FlaskClient) -> None:
    """Extras are texts under keys that ckanext-dcat knows, none of which is a field of CKAN."""
    found = result(client, "package_show", id="hill-2031")
    extras = {extra["key"]: extra["value"] for extra in found["extras"]}
    assert len(extras) == len(found["extras"])
    assert not extras.keys() & found.keys()
    address = f"{BASE}/v1/datasets/hill-2031"
    assert extras["uri"] == extras["guid"] == address
    assert extras["version_uri"] == f"{address}/versions/0.10.0"
    assert (extras["area"], extras["area_name"]) == ("990103", "石桥县")
    assert (extras["temporal_start"], extras["temporal_end"]) == ("2031-01-01", "2031-12-31")
    assert extras["title_en"] == "Work plan of Liuxi County for 2030"
    assert extras["language"] == '["zh", "en"]'
    assert "contact_uri" not in extras, "what is not known is left out"


def test_each_distribution_is_a_resource(client: FlaskClient) -> None:
    """Resources have the digest and the size of what their address answers with."""
    found = result(client, "package_show", id="demo-2030")
    record = get(client, "/v1/datasets/demo-2030").get_json()["data"]
    archive = f"{BASE}/v1/datasets/demo-2030/versions/{record['version']}.zip"
    digest = hashlib.sha256(get(client, archive).data).hexdigest()
    files = [*record["distributions"], {"url": archive, "sha256": digest}]
    assert [r["url"] for r in found["resources"]] == [file["url"] for file in files]
    assert [r["hash"] for r in found["resources"]] == [file["sha256"] for file in files]
    assert [r["position"] for r in found["resources"]] == list(range(len(files)))
    for resource in found["resources"]:
        response = get(client, resource["url"])
        assert len(response.data) == resource["size"]
        assert response.mimetype == resource["mimetype"]
        assert get(client, resource["latest_url"]).data == response.data
        assert resource["package_id"] == found["id"]
        assert resource["datastore_active"] == resource["url"].endswith(".csv")
    assert found["resources"][-1]["format"] == "ZIP"


def test_ids_are_those_of_addresses(client: FlaskClient) -> None:
    """The id is the UUID (version 5) of the dataset's address: the same wherever it is built."""
    found = result(client, "package_show", id="demo-2030")
    assert found["id"] == "aacf93fe-1dfd-55e7-8e51-97900d218370"
    assert result(client, "package_show", id=found["id"]) == found
    ids = [resource["id"] for resource in found["resources"]]
    assert len(set(ids)) == len(ids)


def _at(day: int) -> datetime:
    return datetime(2030, 3, day, 12, 30, 45, tzinfo=UTC)


def _harvest(folder: Path) -> dict[str, Any]:
    found = result(client_of(folder), "package_search", rows=1000)
    return {package["name"]: package for package in found["results"]}


def test_a_release_changes_its_own_package_only(tmp_path: Path) -> None:
    """A second harvest finds nothing changed; after a release exactly one package has."""
    datasets = made_up.write(tmp_path / "datasets")
    made_up.release_demo(datasets)
    made_up.write(datasets, "hill-2031")
    made_up.release_demo(datasets, dataset="hill-2031")
    folder = tmp_path / "build"
    build(datasets, folder, BASE, serving.quiet, _at(1))
    first = _harvest(folder)
    build(datasets, folder, BASE, serving.quiet, _at(2))
    assert _harvest(folder) == first
    serving.add(datasets / "demo-2030/draft/targets.yaml", "\n" + _FAIR)
    made_up.release_demo(datasets, "1.1.0")
    build(datasets, folder, BASE, serving.quiet, _at(3))
    then = _harvest(folder)
    assert then["hill-2031"] == first["hill-2031"]
    old, new = first["demo-2030"], then["demo-2030"]
    assert new["metadata_modified"] == "2030-03-03T12:30:45.000000"
    assert new["metadata_created"] == old["metadata_created"]
    kept = ("id", "name", "owner_org", "groups", "tags", "title")
    assert [new[name] for name in kept] == [old[name] for name in kept]
    assert [r["id"] for r in new["resources"]] == [r["id"] for r in old["resources"]]
    assert all("/versions/1.1.0/" in r["url"] for r in new["resources"][:-1])
    assert new["resources"][-1]["url"] == f"{BASE}/v1/datasets/demo-2030/versions/1.1.0.zip"
    since = f"metadata_modified:[{old['metadata_modified']}Z TO *] -name:hill-2031"
    found = result(client_of(folder), "package_search", fq=since)
    assert [package["name"] for package in found["results"]] == ["demo-2030"]
    after = "metadata_modified:[2030-03-03T00:00:00Z TO *]"
    found = result(client_of(folder), "package_search", fq=after)
    assert [package["name"] for package in found["results"]] == ["demo-2030"]


_FAIR = serving.RACE.replace("dragon-boat-race", "lantern-fair")


def test_times_are_naive_and_of_publication(client: FlaskClient) -> None:
    """CKAN compares texts without a zone; they are UTC."""
    for name in result(client, "package_list"):
        found = result(client, "package_show", id=name)
        times = [found["metadata_created"], found["metadata_modified"]]
        times += [r[f] for r in found["resources"] for f in ("created", "last_modified")]
        assert all(map(_TIME.fullmatch, times))


@pytest.mark.parametrize(
    ("keywords", "tags"),
    [
        (["工作安排", "work plan", "Work Plan"], ["work plan", "工作安排"]),
        (["教育、卫生/安全", "“双提升”"], ["双提升", "教育 卫生 安全"]),
        (["水", "a", "!", "。。"], []),
        (["a_b-c.d", "x" * 101], ["a_b-c.d", "x" * 100]),
        (["e\u0301cole"], ["\u00e9cole"]),
    ],
)
def test_keywords_become_tags_that_ckan_takes(keywords: list[str], tags: list[str]) -> None:
    """2–100 letters of any script, digits, spaces, - _ and ., each once."""
    assert tag_names(keywords) == tags


def test_names_are_what_ckan_takes() -> None:
    """A name has 2–100 characters; identifiers of datasets stay as they are."""
    assert valid_name("kuiwen-2025") == "kuiwen-2025"
    assert valid_name("Test Project (North)") == "test-project-north"
    odd = [valid_name(text) for text in ("a", "b", "测试", "试验", "x" * 101, "x" * 102)]
    assert all(re.fullmatch(r"[a-z0-9_-]{2,100}", name) for name in odd)
    assert len(set(odd)) == len(odd)
