"""Downloads: formats by suffix and by Accept, their types, names, validators; empty ones too."""

from __future__ import annotations

import csv
import io
import re
from itertools import combinations
from typing import Any
from urllib.parse import unquote

import openpyxl
import pytest
from flask.testing import FlaskClient

from opendata.package.about import shortened
from tests.serving import BASE, get, head

_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_NDJSON = "application/x-ndjson"
_TARGETS = "/v1/datasets/demo-2030/targets"
_SUFFIXES = ["json", "csv", "ndjson", "xlsx"]

_QUERIES = [
    "",
    "kind=quantitative&sort=-value",
    "q=工业&fields=id,title",
    "value__gt=1e20",
    "limit=1",
    "sort=-id&limit=2",
]


def _sheets(body: bytes) -> list[list[tuple[Any, ...]]]:
    workbook = openpyxl.load_workbook(io.BytesIO(body))
    return [list(sheet.iter_rows(values_only=True)) for sheet in workbook.worksheets]


@pytest.mark.parametrize(
    ("accept", "expected"),
    [
        (_NDJSON, _NDJSON),
        (_XLSX, _XLSX),
        (f"{_XLSX};q=0.5, text/csv;q=0.4", _XLSX),
        (f"{_NDJSON};q=0.2, application/json;q=0.1", _NDJSON),
        (f"{_NDJSON}, {_XLSX}, text/csv", "text/csv"),  # equal: in the order of the formats
        ("application/*", "application/json"),
        ("application/*, application/json;q=0", _NDJSON),
        (f"application/*;q=0.3, application/json;q=0, {_NDJSON};q=0", _XLSX),
        ("application/vnd.ms-excel, */*;q=0.1", "application/json"),
    ],
)
@pytest.mark.parametrize("address", ["/v1/targets", f"{_TARGETS}/gdp-growth", "/v1/datasets"])
def test_accept_chooses_among_all(
    client: FlaskClient, address: str, accept: str, expected: str
) -> None:
    """By quality; the same bytes as by suffix."""
    response = get(client, address, Accept=accept)
    assert (response.status_code, response.mimetype) == (200, expected)
    assert response.vary.as_set() >= {"accept"}
    suffix = {"application/json": "json", "text/csv": "csv", _NDJSON: "ndjson", _XLSX: "xlsx"}
    if expected != _XLSX:  # a workbook tells the address it is from
        assert get(client, f"{address}.{suffix[expected]}").data == response.data


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("", "text/csv; charset=utf-8; header=present"),
        ("header=zh", "text/csv; charset=utf-8; header=present"),
        ("header=none", "text/csv; charset=utf-8; header=absent"),
        ("delimiter=semicolon", "text/csv; charset=utf-8; header=present"),
        ("delimiter=semicolon&header=none", "text/csv; charset=utf-8; header=absent"),
        ("delimiter=tab", "text/tab-separated-values; charset=utf-8"),
        ("profile=excel&delimiter=tab", "text/tab-separated-values; charset=utf-8"),
        ("profile=excel", "text/csv; charset=utf-8; header=present"),
    ],
)
def test_the_type_tells_the_header(client: FlaskClient, query: str, expected: str) -> None:
    """RFC 4180's parameter; tabs have a type of their own."""
    assert get(client, f"{_TARGETS}.csv?{query}").content_type == expected
    assert get(client, f"{_TARGETS}/gdp-growth.csv?{query}").content_type == expected


@pytest.mark.parametrize(
    ("query", "begins"),
    [
        ("fields=id,unit", "id,unit\r\ngdp-growth,percent\r\n"),
        ("fields=id,unit&header=zh", "标识,单位\r\n"),
        ("fields=id,unit&header=en&bom=true", "\ufeffIdentifier,Unit\r\n"),
        ("fields=id,unit&header=none", "gdp-growth,percent\r\n"),
        ("fields=id,unit&delimiter=semicolon", "id;unit\r\n"),
        ("fields=id,unit&delimiter=tab&bom=false", "id\tunit\r\n"),
        ("fields=id,unit&profile=excel&lang=zh", "\ufeff标识,单位,数据集,版本,许可,永久链接\r\n"),
        ("fields=id,unit&profile=excel&lang=zh&bom=false&header=id", "id,unit,dataset_title,"),
        (
            "fields=id,unit&profile=excel&lang=en&header=none",
            "\ufeffgdp-growth,per cent,Work plan of Liuxi County for 2030,v1.1.0,CC-BY-4.0,http",
        ),
        ("fields=id,unit&profile=excel&lang=en&header=zh", "\ufeff标识,单位,"),
    ],
)
def test_csv_as_it_is_asked_for(client: FlaskClient, query: str, begins: str) -> None:
    """Header, byte order mark and separator go with each other and with either profile."""
    assert get(client, f"{_TARGETS}.csv?{query}").text.startswith(begins)


@pytest.mark.parametrize(
    ("address", "plain", "named"),
    [
        ("/v1/targets.csv", "all-datasets_targets.csv", "全部数据集_目标.csv"),
        (
            f"{_TARGETS}.xlsx?kind=quantitative",
            "demo-2030_1.1.0_targets_kind-quantitative.xlsx",
            "柳溪县2030年工作安排_1.1.0_目标_类型-quantitative.xlsx",
        ),
        (
            f"{_TARGETS}.ndjson?value__gte=300&limit=2&sort=id&fields=id",
            "demo-2030_1.1.0_targets_value-gte-300.ndjson",
            "柳溪县2030年工作安排_1.1.0_目标_数值-gte-300.ndjson",
        ),
        (
            "/v1/datasets/lake-2029/glossary.csv?q=工业&profile=excel",
            "lake-2029_1.0.0_glossary_q.csv",
            "湖县-十五五-,第一年_1.0.0_术语_q-工业.csv",
        ),
        (
            "/v1/datasets/hill-2031/versions/0.9.0/projects/pump-factory.csv",
            "hill-2031_0.9.0_projects_id-pump-factory.csv",
            "柳溪县2030年工作安排_0.9.0_项目_标识-pump-factory.csv",
        ),
        ("/v1/datasets/hill-2031/versions.csv", "hill-2031_datasets.csv", None),
    ],
)
def test_names_of_downloads(
    client: FlaskClient, address: str, plain: str, named: str | None
) -> None:
    """An ASCII name for every client, a Chinese one for those that can: what the file holds."""
    disposition = get(client, address).headers["Content-Disposition"]
    assert disposition.isascii()
    kind, first, second = disposition.split("; ")
    assert (kind, first) == ("attachment", f'filename="{plain}"')
    assert second.startswith("filename*=UTF-8''")
    if named:
        assert unquote(second.partition("''")[2]) == named
    page = get(client, re.sub(r"\.\w+(\?.*)?$", "", address))
    assert (page.status_code, "Content-Disposition" in page.headers) == (200, False)


@pytest.mark.parametrize("suffix", _SUFFIXES)
@pytest.mark.parametrize("query", _QUERIES)
@pytest.mark.parametrize("base", ["/v1/targets", _TARGETS])
def test_head_and_validators_of_each(
    client: FlaskClient, base: str, query: str, suffix: str
) -> None:
    """HEAD equals GET; 304 for what is held; the same bytes each time."""
    address = f"{base}.{suffix}?{query}"
    answered, asked = get(client, address), head(client, address)
    assert answered.status_code == 200
    assert (asked.data, dict(asked.headers)) == (b"", dict(answered.headers))
    assert int(asked.headers["Content-Length"]) == len(answered.data)
    tag = answered.headers["ETag"]
    for method in (get, head):
        again = method(client, address, If_None_Match=tag)
        assert (again.status_code, again.data, again.headers["ETag"]) == (304, b"", tag)
        assert again.headers.get("Vary") == answered.headers.get("Vary")
    assert get(client, address, If_Match='"other"').status_code == 412
    assert get(client, address, If_Match=tag).data == answered.data


def test_each_representation_has_its_own_tag(client: FlaskClient) -> None:
    """Formats, profiles, languages, queries: no two share one; negotiated ones share theirs."""
    addresses = [
        *(f"{_TARGETS}.{suffix}" for suffix in _SUFFIXES),
        *(f"{_TARGETS}.csv?{query}" for query in ("profile=excel&lang=zh", "header=none")),
        *(f"{_TARGETS}.csv?{query}" for query in ("profile=excel&lang=en", "bom=true", "limit=5")),
        *(f"{_TARGETS}.xlsx?lang={language}" for language in ("zh", "en")),
        *(f"{_TARGETS}?{query}" for query in ("sort=id", "sort=-id", "facet=kind", "fields=id")),
        *("/v1/targets", "/v1/datasets/demo-2030/versions/1.1.0/targets"),
    ]
    tags = {address: head(client, address).headers["ETag"] for address in addresses}
    for one, other in combinations(addresses, 2):
        if {one, other} != {f"{_TARGETS}.xlsx", f"{_TARGETS}.xlsx?lang=zh"}:
            assert tags[one] != tags[other], (one, other)
    assert get(client, _TARGETS).headers["ETag"] == tags[f"{_TARGETS}.json"]


@pytest.mark.parametrize("suffix", ["json", "csv", "ndjson"])
def test_the_readers_language_changes_no_tag_of_data(client: FlaskClient, suffix: str) -> None:
    """What is not in a language is the same for every reader: held by one, good for all."""
    for address in (f"{_TARGETS}.{suffix}", f"{_TARGETS}/gdp-growth.{suffix}"):
        tag = get(client, address, Accept_Language="en").headers["ETag"]
        again = get(client, address, Accept_Language="zh", If_None_Match=tag)
        assert again.status_code == 304
        assert "Accept-Language" not in again.headers.get("Vary", "")


@pytest.mark.parametrize("address", [f"{_TARGETS}.xlsx", f"{_TARGETS}.csv?profile=excel"])
def test_the_readers_language_changes_tables_for_people(client: FlaskClient, address: str) -> None:
    """``Vary`` says so; ``lang`` settles it."""
    zh = get(client, address, Accept_Language="zh-Hant-TW, en;q=0.5")
    en = get(client, address, Accept_Language="en-GB, zh;q=0.5")
    assert zh.headers["ETag"] != en.headers["ETag"]
    assert zh.data != en.data
    for response in (zh, en):
        assert "Accept-Language" in response.headers["Vary"]
    joint = "&" if "?" in address else "?"
    settled = get(client, f"{address}{joint}lang=en", Accept_Language="zh")
    assert "Accept-Language" not in settled.headers.get("Vary", "")


@pytest.mark.parametrize("query", ["value__gt=1e20", "q=。", "id=nothing", "kind__isnull=true"])
def test_nothing_found_in_each_format(client: FlaskClient, query: str) -> None:
    """An empty page, a table with its header only, no line, a workbook with empty data."""
    body = get(client, f"{_TARGETS}?{query}&facet=kind").get_json()
    assert (body["data"], body["meta"]["total"]) == ([], 0)
    assert body["links"]["prev"] is body["links"]["next"] is None
    assert body["facets"]["kind"] == {"total_values": 0, "values": []}
    for more in ("", "&profile=excel", "&delimiter=tab", "&fields=id"):
        text = get(client, f"{_TARGETS}.csv?{query}{more}").text
        assert (text.count("\r\n"), text[-2:]) == (1, "\r\n")
    assert get(client, f"{_TARGETS}.csv?{query}&header=none").data == b""
    lines = get(client, f"{_TARGETS}.ndjson?{query}")
    assert (lines.status_code, lines.data, lines.headers["Content-Length"]) == (200, b"", "0")
    readme, data, dictionary = _sheets(get(client, f"{_TARGETS}.xlsx?{query}&lang=en").data)
    assert len(data) == 1
    assert len(dictionary) == len(data[0]) + 1
    assert ("Rows", "0") in [row[:2] for row in readme]


def test_a_workbook_says_what_it_holds(client: FlaskClient) -> None:
    """Rows, filters in words, and the address that gives them again."""
    query = "kind=quantitative&value__gte=300&lang=en"
    readme, data, _ = _sheets(get(client, f"{_TARGETS}.xlsx?{query}").data)
    said = {row[0]: row[1] for row in readme if row[0]}
    assert said["Rows"] == "2" == str(len(data) - 1)
    assert any("Value is at least 300" in str(cell) for row in readme for cell in row)
    pinned = f"{BASE}/v1/datasets/demo-2030/versions/1.1.0"
    assert said["Address"] == f"{pinned}/targets.xlsx?{query}"
    assert get(client, said["Address"]).data == get(client, f"{_TARGETS}.xlsx?{query}").data
    digest = get(client, pinned).get_json()["data"]["sha256"]
    assert said["Citation"] == (
        "Test project. (2030, February 1). Work plan of Liuxi County for 2030 (Version 1.1.0) "
        f"[Data set]. {pinned} SHA-256 (the version's SHA256SUMS file): {digest}."
    )


def test_a_part_of_a_workbook_can_be_had_again(client: FlaskClient) -> None:
    """The address has the language of the reader, and the cursor is good in the version too."""
    following = get(client, f"{_TARGETS}?limit=3").get_json()["links"]["next"]
    address = following.replace("targets?", "targets.xlsx?")
    body = get(client, address, Accept_Language="en").data
    again = dict(_readme(body))["Address"]
    assert "/versions/1.1.0/targets.xlsx?" in again
    assert get(client, again, Accept_Language="zh").data == body


@pytest.mark.parametrize(
    ("query", "datasets"),
    [
        ("", ["demo-2030/versions/1.1.0", "hill-2031/versions/0.10.0", "lake-2029/versions/1.0.0"]),
        ("&id=lantern-fair", ["demo-2030/versions/1.1.0"]),
        ("&id=nothing", []),
    ],
)
def test_a_workbook_of_several_datasets_cites_each(
    client: FlaskClient, query: str, datasets: list[str]
) -> None:
    """Publisher, title, version, day, licence and address of those that have rows, and no more."""
    lines = _readme(get(client, f"/v1/targets.xlsx?lang=en{query}").data)
    cited = [text for name, text in lines if name == "Source and citation"]
    address = re.compile(rf"{BASE}/v1/datasets/(\S+) SHA-256 ")
    assert [found[1] for text in cited if (found := address.search(text))] == datasets
    for text in cited:
        assert text.startswith("Test project. (2030, February 1). Work plan of Liuxi County for ")
        assert text.endswith(" Licence: CC-BY-4.0.")


def test_a_workbook_of_versions_cites_each(client: FlaskClient) -> None:
    """The rows are the versions themselves."""
    lines = _readme(get(client, "/v1/datasets/hill-2031/versions.xlsx?lang=en").data)
    assert lines[0] == ("Title", "All versions of the dataset hill-2031")
    cited = [text for name, text in lines if name == "Source and citation"]
    numbers = [re.findall(r"/hill-2031/versions/(\S+)", text) for text in cited]
    assert numbers == [["0.9.0"], ["0.10.0"]]
    assert "Caveat" not in dict(lines)


def test_a_workbook_cites_no_more_than_fit(
    client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The rest is counted, with where to find it."""
    monkeypatch.setattr("opendata.package.about.MOST_SOURCES", 2)
    lines = _readme(get(client, "/v1/targets.xlsx?lang=zh").data)
    cited = [text for name, text in lines if name == "来源与引用"]
    assert len(cited) == 3
    assert cited[-1] == f"另有 1 个，见 {BASE}/v1/datasets"


@pytest.mark.parametrize(
    ("address", "told"),
    [
        (f"{_TARGETS}.xlsx", ["Ambiguous scope (ambiguous_scope): 1 of 5 records"]),
        (f"{_TARGETS}.xlsx?limit=1&id__ne=gdp-growth", []),
        (f"{_TARGETS}/gdp-growth.xlsx", ["Ambiguous scope (ambiguous_scope): 1 of 1 records"]),
        (f"{_TARGETS}/lantern-fair.xlsx", []),
        ("/v1/targets.xlsx", ["Ambiguous scope (ambiguous_scope): 3 of 12 records"]),
    ],
)
def test_a_workbook_counts_the_caveats_of_its_rows(
    client: FlaskClient, address: str, told: list[str]
) -> None:
    """Of the rows that the query finds, not of the whole version."""
    lines = _readme(get(client, address, Accept_Language="en").data)
    assert [text for name, text in lines if name == "Caveat"][1:] == told


@pytest.mark.parametrize(
    ("text", "language", "expected"),
    [
        ("首次发布。", "zh", "首次发布。"),
        ("甲" * 299 + "。", "zh", "甲" * 299 + "。"),
        ("甲" * 200 + "。乙" + "丙" * 200, "zh", "甲" * 200 + "。…… 全文见 URL"),
        ("一版。" + "甲" * 200 + "；" + "乙" * 200, "zh", "一版。" + "甲" * 200 + "…… 全文见 URL"),
        ("甲" * 301, "zh", "甲" * 300 + "…… 全文见 URL"),
        ("See 1.5. " * 100, "en", ("See 1.5. " * 66).strip() + " … In full at URL"),
        ("It: 1:2 " + "a" * 700, "en", "It … In full at URL"),
    ],
)
def test_notes_are_shortened_where_they_are_long(text: str, language: str, expected: str) -> None:
    """After a sentence; after a clause where no sentence of use ends in time."""
    assert shortened(text, language, "URL") == expected


def _readme(body: bytes) -> list[tuple[str, str]]:
    return [(str(row[0]), str(row[1])) for row in _sheets(body)[0]]


@pytest.mark.parametrize("suffix", ["csv", "ndjson", "xlsx"])
def test_a_part_of_a_download(client: FlaskClient, suffix: str) -> None:
    """``limit`` and ``cursor`` work in every format; a workbook tells no number it cannot know."""
    following = get(client, f"{_TARGETS}?limit=3").get_json()["links"]["next"]
    cursor = following.rpartition("=")[2]
    for more, expected in (("", 2), ("&limit=1", 1), ("&limit=1000", 2)):
        response = get(client, f"{_TARGETS}.{suffix}?cursor={cursor}{more}")
        assert response.status_code == 200
        if suffix == "xlsx":
            readme, data, _ = _sheets(response.data)
            assert len(data) == 1 + expected
            assert not {row[1] for row in readme} & {"5", "1000"}
        elif suffix == "csv":
            assert len(list(csv.reader(io.StringIO(response.text)))) == 1 + expected
        else:
            assert response.text.count("\n") == expected


def test_a_workbook_too_large_is_refused(
    client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    """400 with what to do, before anything is sent; fewer rows are fine."""
    monkeypatch.setattr("opendata.formats.xlsx.MOST_ROWS", 3)
    response = get(client, f"{_TARGETS}.xlsx")
    assert (response.status_code, response.mimetype) == (400, "application/problem+json")
    body = response.get_json()
    assert body["errors"][0]["code"] == "too_many"
    assert "CSV" in body["detail"]
    for condition in ({"If_None_Match": "*"}, {"If_Match": '"x"'}):  # come after (§13.2.1)
        assert get(client, f"{_TARGETS}.xlsx", **condition).status_code == 400
    following = get(client, f"{_TARGETS}?limit=1&sort=id").get_json()["links"]["next"]
    rest = following.replace("limit=1&", "").replace("targets?", "targets.xlsx?")
    assert get(client, rest, If_None_Match="*").status_code == 400
    assert get(client, f"{_TARGETS}.xlsx?limit=3").status_code == 200
    assert get(client, f"{_TARGETS}.xlsx?kind=quantitative").status_code == 200
