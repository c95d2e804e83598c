"""The URL tree: every address of ``/v1`` answers, latest and pinned, as JSON and as CSV."""

from __future__ import annotations

import pytest
from flask.testing import FlaskClient

from opendata.vocabularies import CLOSED, OPEN
from tests.serving import BASE, get, ids

_CSV = "text/csv; charset=utf-8; header=present"

_COLLECTIONS = [
    ("/v1/datasets", 3),
    ("/v1/datasets/hill-2031/versions", 2),
    *(
        (f"{base}/{name}", total)
        for base, totals in (
            ("/v1", (12, 4, 6)),
            ("/v1/datasets/demo-2030", (5, 2, 2)),
            ("/v1/datasets/demo-2030/versions/1.0.0", (4, 2, 2)),
            ("/v1/datasets/demo-2030/versions/1.1.0", (5, 2, 2)),
            ("/v1/datasets/hill-2031", (3, 2, 2)),
            ("/v1/datasets/hill-2031/versions/0.9.0", (4, 2, 2)),
            ("/v1/datasets/lake-2029", (4, 0, 2)),
        )
        for name, total in zip(("targets", "projects", "glossary"), totals, strict=True)
    ),
]

_RECORDS = [
    *("/v1/datasets/demo-2030", "/v1/datasets/demo-2030/versions/1.0.0"),
    *(
        f"/v1/datasets/demo-2030{infix}/{name}"
        for infix in ("", "/versions/1.0.0")
        for name in ("targets/gdp-growth", "projects/river-banks", "glossary/green-industry")
    ),
]


@pytest.mark.parametrize(("address", "total"), _COLLECTIONS)
def test_collections(client: FlaskClient, address: str, total: int) -> None:
    """A collection tells how many rows it has and gives them, by suffix or without."""
    plain = get(client, address)
    body = plain.get_json()
    assert (plain.status_code, plain.content_type) == (200, "application/json")
    assert body["meta"]["total"] == len(body["data"]) == total
    assert get(client, f"{address}.json").data == plain.data
    table = get(client, f"{address}.csv")
    assert (table.status_code, table.content_type) == (200, _CSV)
    assert table.data.count(b"\r\n") == total + 1


@pytest.mark.parametrize("address", _RECORDS)
def test_records(client: FlaskClient, address: str) -> None:
    """A record answers alone, by suffix or without; as CSV it is its row with the header."""
    plain = get(client, address)
    assert (plain.status_code, plain.content_type) == (200, "application/json")
    assert plain.get_json()["data"]["id"] == address.replace("/versions/1.0.0", "").split("/")[-1]
    assert get(client, f"{address}.json").data == plain.data
    table = get(client, f"{address}.csv")
    assert (table.status_code, table.content_type) == (200, _CSV)
    assert table.data.count(b"\r\n") == 2


def test_index_lists_the_collections(client: FlaskClient) -> None:
    """A program that knows ``/v1`` finds everything else."""
    body = get(client, "/v1").get_json()
    assert body["data"] == [
        {"name": name, "url": f"{BASE}/v1/{name}", "csv": f"{BASE}/v1/{name}.csv", "total": total}
        for name, total in (("datasets", 3), ("targets", 12), ("projects", 4), ("glossary", 6))
    ]
    for item in body["data"]:
        assert get(client, item["url"]).status_code == 200
        assert get(client, item["csv"]).status_code == 200
    for name, address in body["links"].items():
        asked = "?q=%E5%B7%A5%E4%B8%9A" if name == "search" else ""
        assert get(client, f"{address}{asked}").status_code == 200


def test_every_code_list_is_served(client: FlaskClient) -> None:
    """Codes come with label, definition and origin, in the order of their list."""
    listed = get(client, "/v1/vocabularies").get_json()["data"]
    assert [item["name"] for item in listed] == sorted([*CLOSED, *OPEN])
    units = get(client, "/v1/vocabularies/units.json").get_json()
    assert units["data"][1] == {
        "code": "cny-100m",
        "label": {"zh": "亿元", "en": "100 million yuan"},
        "definition": {"zh": "亿元。", "en": "100 million yuan."},
        "source": None,
        "exact_match": [],
        "dimension": "money",
        "base": "CNY",
        "multiplier": 100000000,
        "ucum": None,
    }
    closed = get(client, "/v1/vocabularies/strengths").get_json()
    assert closed["meta"] == {
        "total": 3,
        "name": "strengths",
        "title": {"zh": "承诺强度", "en": "Strengths of commitment"},
        "closed": True,
    }


def test_latest_answers_name_the_pinned_address(client: FlaskClient) -> None:
    """Who wants to cite what he got finds the address that never changes."""
    pinned = f"{BASE}/v1/datasets/demo-2030/versions/1.1.0"
    for asked, expected in (
        ("/v1/datasets/demo-2030", pinned),
        ("/v1/datasets/demo-2030.csv", f"{pinned}.csv"),
        ("/v1/datasets/demo-2030/targets", f"{pinned}/targets"),
        (
            "/v1/datasets/demo-2030/targets.csv?limit=2&kind=quantitative",
            f"{pinned}/targets.csv?limit=2&kind=quantitative",
        ),
        ("/v1/datasets/demo-2030/targets/new-jobs", f"{pinned}/targets/new-jobs"),
    ):
        response = get(client, asked)
        located = response.headers["Content-Location"]
        assert located == expected
        same = get(client, located)
        assert same.status_code == 200
        if "json" in response.content_type:
            assert same.get_json()["data"] == response.get_json()["data"]
        else:
            assert same.data == response.data


@pytest.mark.parametrize(
    "address", ["/v1/targets", "/v1/datasets", "/v1/datasets/demo-2030/versions/1.1.0/targets"]
)
def test_other_answers_name_none(client: FlaskClient, address: str) -> None:
    """A pinned address is its own location; an answer across datasets has no pinned one."""
    assert "Content-Location" not in get(client, address).headers


def test_links_of_a_record_lead_on(client: FlaskClient) -> None:
    """Self, pinned and collection of a record, each absolute and each there."""
    body = get(client, "/v1/datasets/hill-2031/projects/pump-factory").get_json()
    base = f"{BASE}/v1/datasets/hill-2031"
    assert body["links"] == {
        "self": f"{base}/projects/pump-factory",
        "canonical": f"{base}/versions/0.10.0/projects/pump-factory",
        "cite": f"{base}/projects/pump-factory/cite",
        "collection": f"{base}/projects",
        "describedby": f"{BASE}/v1/schema",
    }
    for address in body["links"].values():
        assert get(client, address).status_code == 200
    assert body["meta"]["version"] == "0.10.0"


def test_links_of_a_page_keep_the_filters(client: FlaskClient) -> None:
    """The download links give the rows that the page is of, all of them."""
    body = get(client, "/v1/targets?kind=quantitative&limit=2").get_json()
    assert body["links"]["self"] == f"{BASE}/v1/targets?kind=quantitative&limit=2"
    assert body["links"]["csv"] == f"{BASE}/v1/targets.csv?kind=quantitative"
    excel = f"{BASE}/v1/targets.csv?kind=quantitative&profile=excel"
    assert body["links"]["csv_excel"] == excel
    assert get(client, body["links"]["csv"]).data.count(b"\r\n") == body["meta"]["total"] + 1
    assert get(client, excel).data.count(b"\r\n") == body["meta"]["total"] + 1


def test_a_record_at_two_versions(client: FlaskClient) -> None:
    """A version keeps what it held, whatever came after."""
    base = "/v1/datasets/hill-2031"
    assert get(client, f"{base}/versions/0.9.0/targets/dragon-boat-race").status_code == 200
    assert get(client, f"{base}/targets/dragon-boat-race").status_code == 410


def test_latest_rows_across_datasets_are_ordered(client: FlaskClient) -> None:
    """By dataset, then as in the file; never an older version's row."""
    assert ids(get(client, "/v1/projects").get_json()) == [
        "demo-2030/pump-factory",
        "demo-2030/river-banks",
        "hill-2031/pump-factory",
        "hill-2031/river-banks",
    ]
    rows = get(client, "/v1/targets").get_json()["data"]
    assert {row["version"] for row in rows} == {"1.1.0", "0.10.0", "1.0.0"}


def test_chinese_is_not_escaped(client: FlaskClient) -> None:
    """What people would read is readable in the raw bytes."""
    for address in ("/v1/targets", "/v1/datasets/demo-2030", "/v1/vocabularies/themes"):
        response = get(client, address)
        assert "经济" in response.text or "柳溪县" in response.text or "龙舟赛" in response.text
        assert "\\u" not in response.text


def test_decimals_are_exact(client: FlaskClient) -> None:
    """A figure is served as printed, with its trailing zero, and large ones in base units."""
    text = get(client, "/v1/datasets/demo-2030/targets/gdp-growth").text
    assert '"value":6.10,' in text
    text = get(client, "/v1/datasets/demo-2030/targets/industrial-output").text
    assert '"value_base":"30000000000"' in text
    text = get(client, "/v1/datasets/demo-2030/projects/pump-factory").text
    assert '"value":600,"unit":"item","value_base":"600","unit_base":"{item}",' in text
    text = get(client, "/v1/datasets/demo-2030/projects.csv").text
    assert ",600,item,600,{item},600件," in text
