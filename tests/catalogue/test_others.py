"""The same datasets in DCAT-US 1.1, in schema.org's words and in Chinese catalogue fields."""

from __future__ import annotations

import csv
import io
import re
from html import unescape
from typing import Any

import orjson
import pytest
from flask.testing import FlaskClient

from opendata.query import fields_of
from opendata.records import COLLECTIONS
from opendata.spec.resources import ZIP
from tests.serving import BASE, get

_DEMO = "/v1/datasets/demo-2030"
_PINNED = f"{_DEMO}/versions/1.0.0"
_SCRIPT = re.compile(r'<script type="application/ld\+json">(.*?)</script>', re.DOTALL)


def test_data_json_lists_each_dataset_once(client: FlaskClient) -> None:
    """At its latest version, with constant identifiers."""
    response = get(client, "/data.json")
    assert response.content_type == "application/json"
    body = response.get_json()
    assert body["conformsTo"] == "https://project-open-data.cio.gov/v1.1/schema"
    found = {dataset["identifier"]: dataset for dataset in body["dataset"]}
    assert list(found) == [
        f"{BASE}/v1/datasets/{d}" for d in ("demo-2030", "hill-2031", "lake-2029")
    ]
    demo = found[f"{BASE}{_DEMO}"]
    assert demo["contactPoint"]["hasEmail"] == "mailto:data@example.org"
    assert demo["temporal"] == "2030-01-01/2030-12-31"
    assert demo["issued"] <= demo["modified"]
    assert demo["title"] == "柳溪县2030年工作安排 / Work plan of Liuxi County for 2030"
    assert demo["spatial"] == "Liuxi County, Baishi City, Qingchuan Province"
    assert not {"bureauCode", "programCode"} & demo.keys()
    assert len(demo["keyword"]) == 2


def test_every_file_of_data_json_answers_as_it_says(client: FlaskClient) -> None:
    """In its media type; a harvester fetches each."""
    body = get(client, "/data.json").get_json()
    for dataset in body["dataset"]:
        assert {file["format"] for file in dataset["distribution"]} >= {"CSV", "ZIP"}
        for file in dataset["distribution"]:
            assert get(client, file["downloadURL"]).mimetype == file["mediaType"]


@pytest.mark.parametrize(
    ("page", "version"), [(_DEMO, "1.1.0"), (_PINNED, "1.0.0")], ids=["latest", "pinned"]
)
@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_page_says_what_search_engines_read(
    client: FlaskClient, page: str, version: str, language: str
) -> None:
    """Its JSON-LD is that of the address beside it, and its own address the canonical one."""
    response = get(client, f"{page}.html?lang={language}")
    assert (response.mimetype, response.headers["Content-Language"]) == ("text/html", language)
    assert "script-src" not in response.headers["Content-Security-Policy"]
    [script] = _SCRIPT.findall(response.text)
    found: dict[str, Any] = orjson.loads(script)
    assert found == get(client, f"{page}/schema-org.jsonld").get_json(force=True)
    assert (found["@type"], found["version"]) == ("Dataset", version)
    assert found["url"] == f"{BASE}{page}.html"
    assert f'<link rel="canonical" href="{found["url"]}">' in response.text
    assert 50 <= len(found["description"]) <= 5000
    assert {file["encodingFormat"] for file in found["distribution"]} >= {"text/csv", ZIP}
    title = {"zh": "柳溪县2030年工作安排", "en": "Work plan of Liuxi County for 2030"}[language]
    assert f"<h1>{title}</h1>" in unescape(response.text)


def test_a_title_cannot_break_out_of_a_page(client: FlaskClient) -> None:
    """Quotation marks are data in the markup and in the JSON-LD."""
    text = get(client, "/v1/datasets/lake-2029.html?lang=zh").text
    assert "湖县&#34;十五五&#34;" in text
    [script] = _SCRIPT.findall(text)
    assert orjson.loads(script)["name"] == '湖县"十五五",第一年'


def test_the_start_page_is_a_catalogue(client: FlaskClient) -> None:
    """So that search engines know what its datasets are part of."""
    [script] = _SCRIPT.findall(get(client, "/").text)
    found = orjson.loads(script)
    assert (found["@type"], found["@id"]) == ("DataCatalog", f"{BASE}/catalog")


@pytest.mark.parametrize("base", [_DEMO, _PINNED])
def test_chinese_fields_are_complete_and_unofficial(client: FlaskClient, base: str) -> None:
    """Every column of the data stands there with its name, type and meaning."""
    found = get(client, f"{base}/catalog-cn.json").get_json()
    assert found["目录性质"] == "非官方"
    assert "未经政府部门登记" in found["目录说明"]
    expected = {
        "目录名称": "柳溪县2030年工作安排",
        "数源单位": "柳溪县人民政府",
        "提供单位": "测试项目",
        "更新频率": "不定期",
        "开放属性": "无条件开放",
        "行政区划": "青川省白石市柳溪县",
        "行政区划代码": "990102",
        "联系方式": "data@example.org",
        "数据格式": ["CSV", "JSON", "XLSX", "ZIP"],
    }
    assert {name: found[name] for name in expected} == expected
    assert found["数据量"]["项目"] == 2
    columns = [(c.title.zh, f) for c in COLLECTIONS.values() for f in fields_of(c)]
    assert [(i["数据集"], i["英文名称"]) for i in found["数据项信息"]] == columns
    assert all(item["中文名称"] and item["说明"] for item in found["数据项信息"])


def test_the_chinese_table_holds_the_same(client: FlaskClient) -> None:
    """For Excel and WPS: with byte order mark; a field a line, then a column of the data a line."""
    response = get(client, f"{_DEMO}/catalog-cn.csv")
    assert response.content_type == "text/csv; charset=utf-8"
    assert response.data.startswith(b"\xef\xbb\xbf")
    lines = list(csv.reader(io.StringIO(response.data.decode("utf-8-sig"), newline="")))
    found = get(client, f"{_DEMO}/catalog-cn.json").get_json()
    items = found.pop("数据项信息")
    start = lines.index([])
    assert [line[0] for line in lines[1:start]] == list(found)
    assert lines[start + 1] == list(items[0])
    assert lines[start + 2 :] == [list(item.values()) for item in items]


@pytest.mark.parametrize(
    "address",
    ["/catalog", "/data.json", f"{_DEMO}.ttl", f"{_PINNED}/catalog-cn.json", f"{_DEMO}.html"],
)
def test_they_are_served_like_other_documents(client: FlaskClient, address: str) -> None:
    """Entity tag, 304, coding and the time of the last change."""
    response = get(client, address, Accept_Encoding="gzip")
    assert response.headers["Content-Encoding"] == "gzip"
    assert "Last-Modified" in response.headers
    again = get(client, address, Accept_Encoding="gzip", If_None_Match=response.headers["ETag"])
    assert again.status_code == 304
