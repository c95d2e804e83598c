"""Every action: what it gives, and what it says when it cannot."""

from __future__ import annotations

import pytest
from flask.testing import FlaskClient

from opendata.web.ckan.actions import ACTIONS
from tests.ckan.asking import ask, error, names, post, result
from tests.serving import BASE

_ALL = ["demo-2030", "hill-2031", "lake-2029"]


def test_the_site_says_what_it_is(client: FlaskClient) -> None:
    """Clients ask for the version of CKAN first."""
    status = result(client, "status_show")
    assert (status["ckan_version"], status["site_url"]) == ("2.11.0", BASE)
    assert status["extensions"] == ["activity", "datastore"]
    assert result(client, "site_read") is True
    assert client.get("/api/3").get_json() == client.get("/api/").get_json() == {"version": 3}


def test_every_action_has_help(client: FlaskClient) -> None:
    """The address under ``help`` answers with what the action does."""
    for name in ACTIONS:
        assert len(result(client, "help_show", name=name)) > 20
    shown = ask(client, "site_read").get_json()["help"]
    assert client.get(shown.removeprefix(BASE)).get_json()["result"].startswith("Return true")
    error(ask(client, "help_show", name="nope"), 404, "Not Found Error")


def test_package_list_pages(client: FlaskClient) -> None:
    """Names are sorted; limit and offset cut them."""
    assert result(client, "package_list") == _ALL
    assert result(client, "package_list", limit=1, offset=1) == ["hill-2031"]
    assert result(client, "package_list", limit=0) == []
    assert result(client, "package_list", offset=3) == []


def test_packages_with_resources_are_listed_in_pages(client: FlaskClient) -> None:
    """Pages of one give each package once."""
    pages = [
        result(client, "current_package_list_with_resources", limit=1, page=page)
        for page in (1, 2, 3, 4)
    ]
    assert sorted(package["name"] for page in pages for package in page) == _ALL
    assert result(client, "current_package_list_with_resources", offset=3) == []


def test_search_gives_what_package_show_gives(client: FlaskClient) -> None:
    """Ten at a time, the whole count beside them, in the order that is asked for."""
    found = result(client, "package_search", sort="name desc")
    assert names(found) == _ALL[::-1]
    assert found["count"] == 3
    for package in found["results"]:
        assert result(client, "package_show", id=package["id"]) == package
    assert result(client, "package_search", rows=0)["results"] == []
    paged = [result(client, "package_search", rows=1, start=n, sort="name asc") for n in range(4)]
    assert [name for page in paged for name in names(page)] == _ALL


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        ({"q": "湖县"}, ["lake-2029"]),
        ({"q": "湖縣"}, ["lake-2029"]),
        ({"q": '湖县"十五五",第一年'}, ["lake-2029"]),
        ({"q": "plans liuxi"}, _ALL),
        ({"q": "zzzqqqxxx"}, []),
        ({"q": "湖县: (第一年"}, ["lake-2029"]),
        ({"q": "title:柳溪"}, ["demo-2030", "hill-2031"]),
        ({"q": "*:*", "fq": "groups:heal"}, ["hill-2031"]),
        ({"fq": "groups:econ -groups:heal"}, ["demo-2030", "lake-2029"]),
        ({"fq": "organization:test-project"}, _ALL),
        ({"fq": "organization:zzz"}, []),
        ({"fq": "-organization:zzz"}, _ALL),
        ({"fq": "metadata_modified:[2999-01-01T00:00:00Z TO *]"}, []),
        ({"fq_list": ["name:[h TO *]", "-tags:nothing"]}, ["hill-2031", "lake-2029"]),
        ({"fq": ["name:*-20?9", "res_format:CSV"]}, ["lake-2029"]),
        ({"fq": "extras_area:990103 OR version:1.1.0"}, ["demo-2030", "hill-2031"]),
        ({"fq": 'text:"made-up county"'}, _ALL),
    ],
)
def test_search_finds_what_is_asked_for(
    client: FlaskClient, arguments: dict[str, str], expected: list[str]
) -> None:
    """Q and every fq have to hold."""
    found = result(client, "package_search", sort="name asc", **arguments)
    assert (names(found), found["count"]) == (expected, len(expected))


def test_facets_count_values(client: FlaskClient) -> None:
    """In both forms of CKAN, as many values as are asked for, the most frequent first."""
    asked = {"facet__field": '["groups", "license_id"]', "facet__limit": 1}
    found = result(client, "package_search", **asked)
    assert found["facets"] == {"groups": {"econ": 3}, "license_id": {"CC-BY-4.0": 3}}
    items = [{"name": "econ", "display_name": "经济", "count": 3}]
    assert found["search_facets"]["groups"] == {"title": "groups", "items": items}
    every = result(client, "package_search", facet__field=["groups"], facet__limit=-1)
    assert every["facets"] == {"groups": {"econ": 3, "heal": 1}}
    least = result(client, "package_search", facet__field='["groups"]', facet__mincount=2)
    assert least["facets"] == {"groups": {"econ": 3}}
    none = result(client, "package_search", facet__field='["groups"]', facet="false")
    assert none["facets"] == {}


def test_fields_can_be_chosen(client: FlaskClient) -> None:
    """Fl leaves of a package what Solr would have of it."""
    found = result(client, "package_search", fq="name:hill-2031", fl="name,organization,groups")
    assert found["results"] == [
        {"name": "hill-2031", "organization": "test-project", "groups": ["econ", "heal"]}
    ]


@pytest.mark.parametrize(
    ("arguments", "status", "kind", "said"),
    [
        ({"fq": "organisation:x"}, 409, "Search Error", "did you mean organization?"),
        ({"fq": "organization:(a"}, 409, "Search Error", "never closed"),
        ({"fq_list": "{!term f=name}x"}, 409, "Search Error", "local parameters"),
        ({"q": "organisation:x"}, 409, "Search Error", "undefined field"),
        ({"facet__field": '["nothing"]'}, 409, "Search Error", "undefined field"),
        ({"facet__field": '["notes"]'}, 409, "Search Error", "cannot be counted"),
        ({"fl": "nothing"}, 409, "Search Error", "undefined field"),
        ({"sort": "nothing asc"}, 400, "Search Query Error", 'Invalid "sort" parameter'),
        ({"row": "1"}, 400, "Search Query Error", "did you mean rows?"),
        ({"rows": "abc"}, 409, "Validation Error", "rows: Invalid integer"),
        ({"start": "-1"}, 409, "Validation Error", "start: Must be a natural number"),
        ({"facet__field": "[1]"}, 409, "Validation Error", "Must be a list of strings"),
        ({"facet__field": "[x"}, 409, "Validation Error", "Could not parse as valid JSON"),
        ({"facet": "maybe"}, 409, "Validation Error", "Must be true or false"),
    ],
)
def test_a_search_that_cannot_be_answered_is_an_error(
    client: FlaskClient, arguments: dict[str, str], status: int, kind: str, said: str
) -> None:
    """Nothing of a search is ever ignored: a harvester would lose data and not know."""
    assert said in error(ask(client, "package_search", **arguments), status, kind)["message"]


def test_every_fault_is_told_at_once(client: FlaskClient) -> None:
    """By parameter, as CKAN has them."""
    told = error(ask(client, "package_search", rows="x", start="y"), 409, "Validation Error")
    assert (told["rows"], told["start"]) == (["Invalid integer"], ["Invalid integer"])


@pytest.mark.parametrize(
    "action",
    [
        *("package_show", "resource_show", "organization_show", "group_show", "tag_show"),
        *("group_package_show", "package_activity_list", "organization_activity_list"),
        *("vocabulary_show", "resource_view_list", "datastore_search", "datastore_info"),
    ],
)
def test_what_there_is_not_is_not_found(client: FlaskClient, action: str) -> None:
    """404 for an id there is not, 409 where none is given."""
    error(ask(client, action, id="nope"), 404, "Not Found Error")
    error(post(client, action, {"id": "nope"}), 404, "Not Found Error")
    error(ask(client, action), 409, "Validation Error")


@pytest.mark.parametrize("action", ["package_create", "resource_delete", "follow_dataset"])
def test_nothing_can_be_changed(client: FlaskClient, action: str) -> None:
    """Actions that write are refused as to anybody who may not."""
    error(post(client, action, {"name": "x"}), 403, "Authorization Error")


@pytest.mark.parametrize("action", ["no_such", "datastore_search_sql", "x-y", "package"])
def test_an_action_there_is_not_is_a_bad_request(client: FlaskClient, action: str) -> None:
    """As CKAN says it, which has no datastore_search_sql either where it is switched off."""
    response = ask(client, action)
    assert response.status_code == 400
    assert response.get_json() == f"Bad request - Action name not known: {action}"


def test_organizations_and_groups_are_listed(client: FlaskClient) -> None:
    """By name, whole, some of them, in another order, in pages."""
    assert result(client, "organization_list") == ["test-project"]
    assert result(client, "group_list") == ["heal", "econ"], "by title: 健康, 经济"
    assert result(client, "group_list", sort="package_count desc") == ["econ", "heal"]
    assert result(client, "group_list", limit=1, offset=1) == ["econ"]
    assert result(client, "group_list", groups="heal,nope") == ["heal"]
    [whole] = result(client, "organization_list", all_fields="true", include_users="true")
    assert (whole["package_count"], whole["users"]) == (3, [])
    assert whole["is_organization"] is True
    error(ask(client, "group_list", sort="colour"), 409, "Validation Error")
    error(ask(client, "group_list", type="other"), 409, "Validation Error")


def test_groups_show_their_datasets(client: FlaskClient) -> None:
    """With as many datasets as are counted."""
    group = result(client, "group_show", id="heal", include_datasets="true")
    assert [package["name"] for package in group["packages"]] == ["hill-2031"]
    assert (group["package_count"], group["title"]) == (1, "健康")
    assert "packages" not in result(client, "group_show", id=group["id"])
    assert len(result(client, "group_package_show", id="econ", limit=2)) == 2
    organization = result(client, "organization_show", id="test-project", include_datasets=True)
    assert [package["name"] for package in organization["packages"]] == _ALL


def test_tags_are_listed_and_found(client: FlaskClient) -> None:
    """Tags of no vocabulary, which are all there are."""
    assert result(client, "tag_list") == ["work plan", "工作安排"]
    assert result(client, "tag_list", query="安排") == ["工作安排"]
    [whole] = result(client, "tag_list", query="plan", all_fields="true")
    assert result(client, "tag_show", id=whole["id"]) == whole
    shown = result(client, "tag_show", id="工作安排", include_datasets="true")
    assert [package["name"] for package in shown["packages"]] == _ALL
    assert result(client, "tag_search", query=["plan", "work"])["count"] == 1
    assert result(client, "tag_autocomplete", query="工作") == ["工作安排"]
    assert result(client, "vocabulary_list") == []
    error(ask(client, "tag_list", vocabulary_id="x"), 404, "Not Found Error")


def test_names_are_completed(client: FlaskClient) -> None:
    """By a part of the name or of the title."""
    [package] = result(client, "package_autocomplete", q="湖县")
    assert (package["name"], package["match_field"]) == ("lake-2029", "title")
    assert result(client, "package_autocomplete", q="HILL")[0]["match_field"] == "name"
    assert result(client, "organization_autocomplete", q="测试")[0]["name"] == "test-project"
    assert result(client, "group_autocomplete", q="HEA")[0]["title"] == "健康"


def test_resources_are_shown_and_found(client: FlaskClient) -> None:
    """One by its id, several by what their texts have."""
    package = result(client, "package_show", id="lake-2029")
    for resource in package["resources"]:
        assert result(client, "resource_show", id=resource["id"]) == resource
        assert result(client, "resource_view_list", id=resource["id"]) == []
    found = result(client, "resource_search", query=["url:lake-2029", "format:csv"])
    assert found["count"] == sum(r["format"] == "CSV" for r in package["resources"])
    assert result(client, "resource_search", query="name:目标", limit=1)["count"] == 9
    error(ask(client, "resource_search", query="colour:red"), 409, "Validation Error")


def test_licences_are_listed(client: FlaskClient) -> None:
    """Those of the code list, with CKAN's word for those that are open."""
    [found] = result(client, "license_list")
    assert (found["id"], found["title"]) == ("CC-BY-4.0", "署名")
    assert (found["od_conformance"], found["is_okd_compliant"]) == ("approved", True)


def test_publications_are_activities(client: FlaskClient) -> None:
    """Each version once; the first of a dataset is a new package."""
    every = result(client, "recently_changed_packages_activity_list")
    assert len(every) == 5
    times = [activity["timestamp"] for activity in every]
    assert times == sorted(times, reverse=True)
    own = result(client, "package_activity_list", id="hill-2031")
    shown = [(activity["activity_type"], activity["data"]["version"]) for activity in own]
    assert shown == [("changed package", "0.10.0"), ("new package", "0.9.0")]
    page = result(client, "recently_changed_packages_activity_list", limit=2, offset=4)
    assert page == every[4:]
    assert result(client, "organization_activity_list", id="test-project") == every
