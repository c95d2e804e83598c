"""A made-up project as a row, with all that is hard to write: quotes, commas, lists and nulls."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from opendata.formats import Row
from opendata.records import COLLECTIONS
from opendata.vocabularies import Label

PERMALINK = "https://data.example.org/v1/datasets/demo-2030/versions/1.2.3/projects/pump-factory"

RECORD: dict[str, Any] = {
    "id": "pump-factory",
    "dataset": "demo-2030",
    "version": "1.2.3",
    "title": {"zh": "建成“水泵厂”,一期", "en": 'Complete the "pump factory", phase one'},
    "name": {"zh": "水泵厂", "en": "Pump factory"},
    "aliases": ["泵厂", "老厂"],
    "section": "2.1",
    "section_path": ["2", "2.1"],
    "action": "complete",
    "action_as_printed": "建成",
    "category": "industrial-facility",
    "location": None,
    "parties": [
        {"zh": "柳溪水泵厂", "en": "Liuxi Pump Factory"},
        {"zh": "石桥钢厂", "en": "Shiqiao Steelworks, Ltd."},
    ],
    "quantities": [
        {
            "value": Decimal(600),
            "unit": "item",
            "value_base": "600",
            "unit_base": "1",
            "as_printed": "600件",
        },
        {
            "value": Decimal("6.10"),
            "unit": "km",
            "value_base": "6100",
            "unit_base": "m",
            "as_printed": "6.10公里",
        },
    ],
    "deadline": date(2030, 12, 31),
    "deadline_basis": "implied_by_report_year",
    "targets": ["industrial-output", "new-jobs"],
    "terms": [],
    "source": {"document": "report", "paragraph": 3, "start": 77, "end": 79, "quote": "建成"},
    "caveats": [
        {"code": "ambiguous_scope", "text": {"zh": "范围不明。", "en": "The scope is unclear."}}
    ],
    "previous_ids": ["pump-works"],
    "corrections": [
        {
            "version": "1.2.0",
            "since": "1.0.0",
            "columns": ["quantities_value"],
            "wrong": {"zh": "数值误作60。", "en": "The value was 60."},
            "reason": {"zh": "录入有误。", "en": "A slip of the keyboard."},
        }
    ],
}

#: What tables for people show for codes, sections and linked records.
LABELS = {
    "actions": {"complete": Label("建成", "Complete")},
    "categories": {"industrial-facility": Label("工业设施", "Industrial facility")},
    "caveats": {"ambiguous_scope": Label("范围不明", "Ambiguous scope")},
    "deadline_bases": {
        "implied_by_report_year": Label("按报告年度推定", "Implied by the report's year")
    },
    "sections": {
        "2": Label("2 工业", "2 Industry"),
        "2.1": Label("2.1 绿色工业", "2.1 Green industry"),
    },
    "targets": {
        "industrial-output": Label("工业产值", "Industrial output"),
        "new-jobs": Label("新增就业", "New jobs"),
    },
    "units": {"item": Label("件", "item"), "km": Label("公里", "kilometre")},
}


def row_of(**changes: Any) -> Row:
    """Return the row, with some fields of its record changed."""
    return Row(
        COLLECTIONS["projects"],
        {**RECORD, **changes},
        PERMALINK,
        Label("柳溪县2030年工作安排", "Work plan of Liuxi County for 2030"),
        "1.2.3",
        "CC-BY-4.0",
        LABELS,
    )
