"""Datasets in the fields of Chinese catalogues of government data (GB/T 21063.4, 核心元数据).

The names are those that provincial open-data platforms show. This is no official entry in any of
their catalogues, and says so.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping
from typing import Any

from opendata.catalogue.edition import (
    Edition,
    Lists,
    area_path,
    chinese_topics,
    contact_email,
    licence_address,
)
from opendata.catalogue.files import files
from opendata.formats.csv import LINE_END
from opendata.query import Kind, fields_of
from opendata.records import COLLECTIONS
from opendata.vocabularies import LANGUAGES

_UNOFFICIAL = (
    "本目录由发布者按政务数据目录的常用字段编制，是非官方整理，未经政府部门登记或审核；"
    "目录代码是本站地址，不是政务数据目录的统一编码。"
)
_KINDS = {
    Kind.NAME: "字符型",
    Kind.TEXT: "字符型",
    Kind.NUMBER: "数值型",
    Kind.DATE: "日期型",
    Kind.PERIOD: "字符型",
    Kind.VERSION: "字符型",
}
_LANGUAGE_NAMES = {code.code: code.label.zh for code in LANGUAGES.codes}
_ITEMS = "数据项信息"


def entry(edition: Edition, issued: str, lists: Lists) -> dict[str, Any]:
    """Return the catalogue entry of a version.

    :param issued: when the first version of the dataset was published.
    """
    record = edition.record
    listed = files(edition)
    themes = (lists["themes"].get(code, {}) for code in record["themes"])
    areas = [item["label"]["zh"] for item in reversed(area_path(record["area"], lists))]
    licence = lists["licences"].get(record["licence"], {})
    counts = {c.title.zh: record[c.name] for c in COLLECTIONS.values()}
    return {
        "目录性质": "非官方",
        "目录说明": _UNOFFICIAL,
        "目录名称": record["title"]["zh"],
        "目录代码": edition.address,
        "数源单位": "；".join(source["publisher"]["zh"] for source in record["documents"]),
        "数源文件": "；".join(source["title"]["zh"] for source in record["documents"]),
        "提供单位": record["publisher"]["name"]["zh"],
        "摘要": record["description"]["zh"],
        "关键字": [keyword["zh"] for keyword in record["keywords"]],
        "数据领域": [theme["label"]["zh"] for theme in themes if theme],
        "主题分类": chinese_topics(edition, lists),
        "行政区划": "".join(areas),
        "行政区划代码": record["area"],
        "时间范围": record["period"],
        "语种": [_LANGUAGE_NAMES[code] for code in record["languages"]],
        "更新频率": "不定期",
        "共享属性": "无条件共享",
        "开放属性": "无条件开放",
        "开放条件": f"遵守许可 {record['licence']}"
        + (f"（{licence['label']['zh']}）" if licence else ""),
        "许可地址": licence_address(record["licence"], lists),
        "数据格式": list(dict.fromkeys(file.file_type for file in listed)),
        "数据量": {**counts, "合计": sum(counts.values())},
        "版本": record["version"],
        "数据日期": record["released"],
        "发布时间": issued,
        "更新时间": edition.published,
        "联系人": record["contact"]["name"]["zh"],
        "联系方式": record["contact"]["url"] or contact_email(edition),
        "数据集地址": edition.series,
        "下载地址": [{"名称": file.title.zh, "地址": file.url} for file in listed],
        _ITEMS: _items(),
    }


def table(found: Mapping[str, Any]) -> bytes:
    """Return an entry as CSV for spreadsheets: a field a line, then a column of the data a line.

    UTF-8 with byte order mark, as Excel and WPS want it.
    """
    text = io.StringIO()
    writer = csv.writer(text, lineterminator=LINE_END)
    writer.writerow(("字段", "内容"))
    for name, value in found.items():
        if name != _ITEMS:
            writer.writerow((name, _shown(value)))
    writer.writerow(())
    items = found[_ITEMS]
    writer.writerow(items[0])
    writer.writerows(item.values() for item in items)
    return b"\xef\xbb\xbf" + text.getvalue().encode()


def _items() -> list[dict[str, str]]:
    """Return every column of the data (数据项)."""
    return [
        {
            "数据集": collection.title.zh,
            "英文名称": field.name,
            "中文名称": field.column.label.zh,
            "数据类型": _KINDS[field.kind],
            "可有多个": "是" if field.many else "否",
            "代码表": field.column.vocabulary or "",
            "说明": field.column.note.zh,
        }
        for collection in COLLECTIONS.values()
        for field in fields_of(collection).values()
    ]


def _shown(value: Any) -> str:
    if isinstance(value, dict):
        return "；".join(f"{name}{count}条" for name, count in value.items())
    if isinstance(value, list):
        return "；".join(
            member if isinstance(member, str) else " ".join(member.values()) for member in value
        )
    return str(value)
