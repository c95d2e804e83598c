"""Entries of open code lists, as they stand in ``datasets/vocabularies/`` (skos:Concept)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from opendata.errors import Fault
from opendata.records.fields import Choice, Date, ExactDecimal, Text, about
from opendata.records.groups import Many
from opendata.records.patterns import Box, Code, Point, Url
from opendata.records.schema import FieldFault, StrictSchema, text_group
from opendata.vocabularies import DIMENSIONS, EXCLUSION_KINDS, PRICE_BASES


class Entry(StrictSchema):
    """A code with its label, definition and origin."""

    code = Code(
        "",
        required=True,
        metadata=about("代码", "Code", "代码。", "The code, unique in its list."),
    )
    label = text_group("名称", "Label", "名称。", "What the code is called.", own_words=True)
    definition = text_group("定义", "Definition", "定义。", "What the code means.", own_words=True)
    source = Text(
        load_default=None,
        metadata=about(
            "来源",
            "Source",
            "定义该代码的标准或分类。",
            "The standard or classification that defines it.",
        ),
    )
    exact_match = Many(
        Url(),
        metadata=about(
            "等同",
            "Exact matches",
            "其他词表中的同一概念（skos:exactMatch）。",
            "The same concept in other vocabularies (skos:exactMatch).",
        ),
    )


class UnitEntry(Entry):
    """A unit of measurement and how to convert it, exactly, to its base unit."""

    dimension = Choice(
        DIMENSIONS,
        required=True,
        metadata=about("量纲", "Dimension", "量的种类。", "Kind of quantity.", defining=True),
    )
    base = Text(
        required=True,
        max_length=20,
        metadata=about(
            "基本单位",
            "Base unit",
            "基本单位（ISO 4217 或 UCUM）。",
            "The base unit (ISO 4217 or UCUM code).",
            defining=True,
        ),
    )
    multiplier = ExactDecimal(
        required=True,
        metadata=about(
            "倍数",
            "Multiplier",
            "换算为基本单位的倍数。",
            "How many base units one unit is.",
            defining=True,
        ),
    )
    ucum = Text(
        load_default=None,
        max_length=40,
        metadata=about("UCUM", "UCUM", "UCUM 表达式。", "The unit as a UCUM expression."),
    )

    def faults(self, data: Mapping[str, Any]) -> Iterator[FieldFault]:
        if "multiplier" in data and data["multiplier"] <= 0:
            yield "multiplier", Fault("is not above 0", "write how many base units one unit is")


class AreaEntry(Entry):
    """An administrative area (GB/T 2260)."""

    broader = Code(
        "areas",
        load_default=None,
        metadata=about("上级", "Broader", "上级行政区划。", "The area it belongs to."),
    )
    bbox = Box(
        load_default=None,
        metadata=about(
            "范围",
            "Bounding box",
            "西、南、东、北四至（度，可取近似值），供数据目录使用。",
            "West, south, east and north in degrees, roughly; for catalogues (dcat:bbox).",
        ),
    )
    centroid = Point(
        load_default=None,
        metadata=about(
            "中心点",
            "Centroid",
            "中心点的经度和纬度（度，可取近似值），供数据目录使用。",
            "Longitude and latitude of its centre in degrees, roughly; for catalogues "
            "(dcat:centroid).",
        ),
    )


class IndicatorEntry(Entry):
    """A statistical indicator, and how the statistics office defines it."""

    alt_labels = Many(
        Text(max_length=60, language="zh"),
        metadata=about(
            "其他写法",
            "Other labels",
            "报告中所印的其他写法（skos:altLabel）。",
            "Other Chinese forms of the label, as reports print them (skos:altLabel).",
        ),
    )
    official_term = text_group(
        "官方名称",
        "Official term",
        "统计部门所用名称。",
        "What the statistics office calls it.",
        required=False,
    )
    price_basis = Choice(
        PRICE_BASES,
        load_default=None,
        metadata=about(
            "价格基础",
            "Price basis",
            "所公布增速的价格基础；总量按现价计算。没有规定则为空。",
            "The price basis of its published growth rate, where the statistics office says so; "
            "its level is at current prices.",
        ),
    )
    threshold = text_group(
        "统计口径",
        "Threshold",
        "纳入统计的规模标准。",
        "From what size on units are counted.",
        required=False,
    )
    threshold_source = Text(
        load_default=None,
        metadata=about(
            "口径来源", "Source of the threshold", "规定该口径的文件。", "What sets the threshold."
        ),
    )
    threshold_since = Date(
        load_default=None,
        metadata=about(
            "口径起始日期", "Threshold since", "该口径开始施行的日期。", "Since when it holds."
        ),
    )

    def faults(self, data: Mapping[str, Any]) -> Iterator[FieldFault]:
        label = data.get("label", {}).get("zh")
        for index, other in enumerate(data.get("alt_labels", ())):
            if other == label:
                yield f"alt_labels.{index}", Fault("is the label itself", "remove it")


class ExclusionReasonEntry(Entry):
    """A reason why no record answers for something, and what it may be a reason for."""

    kinds = Many(
        Choice(EXCLUSION_KINDS),
        metadata=about(
            "适用对象",
            "Kinds",
            "该理由适用的排除对象；为空则均可。",
            "What may be excluded for this reason; anything, where none is named.",
        ),
    )


class ThemeEntry(Entry):
    """A theme of the EU data themes, with the topics of Chinese open-data portals."""

    chinese_topics = Many(
        Text(max_length=40, language="zh"),
        metadata=about(
            "主题分类",
            "Topics of Chinese portals",
            "中国公共数据开放平台的主题分类。",
            "The topics (主题分类) that Chinese open-data portals file it under.",
        ),
    )


#: The schema of the entries of each open list that has more than the common fields.
ENTRY_TYPES: dict[str, type[Entry]] = {
    "areas": AreaEntry,
    "exclusions": ExclusionReasonEntry,
    "indicators": IndicatorEntry,
    "themes": ThemeEntry,
    "units": UnitEntry,
}
