"""``expand`` embeds the records that links lead to, and nothing else changes."""

from __future__ import annotations

import json
from itertools import chain
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient

from opendata.records import COLLECTIONS
from opendata.store import Store
from tests import made_up
from tests.serving import BASE, client_of, get, head, stored, walk

_OUTPUT = "/v1/datasets/demo-2030/targets/industrial-output"
_TERM = "/v1/datasets/demo-2030/glossary/green-industry"


def _names(expanded: dict[str, list[dict[str, Any]]]) -> dict[str, list[str]]:
    return {name: [record["id"] for record in found] for name, found in expanded.items()}


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        (f"{_OUTPUT}?expand=terms", {"terms": ["green-industry"]}),
        (
            f"{_OUTPUT}?expand=projects,terms",
            {"projects": ["pump-factory"], "terms": ["green-industry"]},
        ),
        (
            "/v1/datasets/demo-2030/versions/1.0.0/projects/pump-factory?expand=targets,terms",
            {"targets": ["industrial-output"], "terms": []},
        ),
        (
            f"{_TERM}?expand=used_by_targets,used_by_projects",
            {"used_by_targets": ["industrial-output"], "used_by_projects": []},
        ),
        (
            "/v1/datasets/demo-2030/glossary/river-and-banks.json?expand=used_by_projects",
            {"used_by_projects": ["river-banks"]},
        ),
    ],
)
def test_a_record_holds_what_its_links_lead_to(
    client: FlaskClient, address: str, expected: dict[str, list[str]]
) -> None:
    """One list for each name, empty where there is no link; the rest is as without."""
    data = get(client, address).get_json()["data"]
    assert _names(data.pop("expanded")) == expected
    assert data == get(client, address.split("?")[0]).get_json()["data"]


@pytest.mark.parametrize("collection", COLLECTIONS.values(), ids=COLLECTIONS.keys())
def test_a_page_holds_what_its_rows_lead_to(client: FlaskClient, collection: Any) -> None:
    """On every page of every size, each link leads to the whole record of the row's version."""
    names = ",".join(collection.links)
    for limit in (1, 5, 100):
        pages = walk(client, f"/v1/{collection.name}?expand={names}&limit={limit}")
        rows = list(chain.from_iterable(page["data"] for page in pages))
        for row in rows:
            base = f"/v1/datasets/{row['dataset']}/versions/{row['version']}"
            for name, found in row["expanded"].items():
                [column] = [c for c in collection.columns if c.name == name]
                assert [record["id"] for record in found] == column.values(row)
                for record in found:
                    address = f"{base}/{collection.links[name]}/{record['id']}"
                    assert get(client, address).get_json()["data"] == record
        plain = get(client, f"/v1/{collection.name}").get_json()["data"]
        assert [{k: v for k, v in row.items() if k != "expanded"} for row in rows] == plain
        assert any(chain.from_iterable(row["expanded"].values()) for row in rows)


def test_a_filtered_page_holds_what_its_rows_lead_to(client: FlaskClient) -> None:
    """Embedding follows the filter, on a page in the middle too."""
    address = "/v1/targets?kind=quantitative&expand=projects&limit=2"
    second = walk(client, address)[1]["data"]
    assert [(row["dataset"], row["id"], _names(row["expanded"])) for row in second] == [
        ("demo-2030", "new-jobs", {"projects": []}),
        ("hill-2031", "gdp-growth", {"projects": []}),
    ]
    third = walk(client, address)[2]["data"]
    assert _names(third[0]["expanded"]) == {"projects": ["pump-factory"]}
    assert third[0]["expanded"]["projects"][0]["dataset"] == "hill-2031"


def test_embedded_records_stand_in_the_order_of_the_links(released: Path, tmp_path: Path) -> None:
    """Not in that of their own file or of their ids; a project and a term may share an id."""
    name = "river-and-banks"
    linked = ("    - pump", f"    - {name}\n    - pump")
    made_up.change(released, f"{made_up.DRAFT}/targets.yaml", linked)
    back = ("  terms:\n", "  targets:\n    - industrial-output\n  terms:\n")
    renamed = ("id: river-banks", f"id: {name}")
    made_up.change(released, f"{made_up.DRAFT}/projects.yaml", renamed, back)
    made_up.release_demo(released, "2.0.0")
    stored(released, tmp_path / "build")
    client = client_of(tmp_path / "build")
    data = get(client, f"{_OUTPUT}?expand=projects,terms").get_json()["data"]
    assert data["projects"] == [name, "pump-factory"]
    assert _names(data["expanded"]) == {
        "projects": [name, "pump-factory"],
        "terms": ["green-industry"],
    }


def test_a_field_costs_one_statement_a_page(
    client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    """However many rows the page has."""
    asked: list[str] = []
    linked = Store.linked

    def noted(self: Store, collection: str, field: str, *rest: Any) -> Any:
        asked.append(field)
        return linked(self, collection, field, *rest)

    monkeypatch.setattr(Store, "linked", noted)
    assert len(get(client, "/v1/targets?expand=terms,projects").get_json()["data"]) == 12
    assert asked == ["terms", "projects"]


def test_the_links_keep_what_was_asked(client: FlaskClient) -> None:
    """``self`` and ``next`` go on embedding; tables embed nothing, so their links do not ask."""
    page = get(client, "/v1/targets?expand=terms&limit=2").get_json()["links"]
    assert page["self"] == f"{BASE}/v1/targets?expand=terms&limit=2"
    assert page["next"].startswith(
        f"{BASE}/v1/targets?expand=terms&limit=2&cursor=targets~demo-2030~1.1.0~2~n"
    )
    assert page["csv"] == f"{BASE}/v1/targets.csv"
    assert page["csv_excel"] == f"{BASE}/v1/targets.csv?profile=excel"
    single = get(client, f"{_OUTPUT}?expand=terms")
    assert single.get_json()["links"]["self"] == f"{BASE}{_OUTPUT}?expand=terms"
    assert single.headers["Content-Location"] == (
        f"{BASE}/v1/datasets/demo-2030/versions/1.1.0/targets/industrial-output?expand=terms"
    )
    for address in (page["csv"], page["csv_excel"]):
        assert get(client, address).status_code == 200


@pytest.mark.parametrize("address", ["/v1/targets", _OUTPUT])
def test_each_choice_has_its_own_entity_tag(client: FlaskClient, address: str) -> None:
    """A cache never gives one for the other; with the tag at hand, 304."""
    queries = ("", "?expand=terms", "?expand=projects", "?expand=projects,terms")
    tags = [head(client, f"{address}{query}").headers["ETag"] for query in queries]
    assert len(set(tags)) == 4
    again = get(client, f"{address}?expand=terms", If_None_Match=tags[1])
    assert (again.status_code, again.data) == (304, b"")


@pytest.mark.parametrize("address", ["/v1/targets", _OUTPUT])
def test_every_fault_is_listed_with_what_may_stand_there(client: FlaskClient, address: str) -> None:
    """Unknown and repeated names, beside the faults of other parameters."""
    response = get(client, f"{address}?expand=terms,term,terms,&x=1")
    assert (response.status_code, response.mimetype) == (400, "application/problem+json")
    errors = response.get_json()["errors"]
    mistyped = "'term' is no value of this parameter; did you mean terms? (projects, terms)"
    assert [
        (error["parameter"], error["code"], error["message"]["en"]) for error in errors[:4]
    ] == [
        ("expand", "too_many", "may have 2 members at most."),
        ("expand", "unknown_value", mistyped),
        ("expand", "wrong_form", "has no value; give one or drop it."),
        ("expand", "repeated", "names terms more than once."),
    ]
    assert errors[3]["message"]["zh"] == "terms 重复出现。"
    assert all(error["allowed"] == ["projects", "terms"] for error in errors[1:3])
    assert (errors[1]["nearest"], errors[2]["nearest"]) == ("terms", None)
    assert [error["parameter"] for error in errors[4:]] == ["x"]


@pytest.mark.parametrize(
    "address",
    [
        "/v1/targets.csv?expand=terms",
        f"{_OUTPUT}.csv?expand=terms",
        "/v1/datasets?expand=targets",
        "/v1/datasets/demo-2030?expand=targets",
        "/v1/targets?expand=terms&expand=terms",
        f"{_OUTPUT}?expand=terms&expand=terms",
        "/v1/targets?expand=",
        "/v1/targets?expand=dataset",
    ],
)
def test_where_it_means_nothing_it_is_refused(client: FlaskClient, address: str) -> None:
    """Tables have no room for it, datasets no links, and of two values neither is chosen."""
    response = get(client, address)
    assert response.status_code == 400
    assert [error["parameter"] for error in response.get_json()["errors"]] == ["expand"]


def test_a_negotiated_table_refuses_it_too(client: FlaskClient) -> None:
    """By suffix or by Accept, a table is a table."""
    assert get(client, "/v1/targets?expand=terms", Accept="text/csv").status_code == 400


def test_decimals_stay_exact(client: FlaskClient) -> None:
    """Embedded bytes are the ready-made ones, not parsed and written again."""
    text = get(client, "/v1/projects?expand=targets").text
    alone = get(client, f"{_OUTPUT}").text
    record = json.dumps(json.loads(alone)["data"]["id"])
    assert f'"expanded":{{"targets":[{{"id":{record},' in text
    assert '"value":300,' in text
