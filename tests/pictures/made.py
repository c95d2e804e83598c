"""Records as pictures take them, made up by what matters in a test."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from opendata.pictures import Material
from opendata.vocabularies import Label

ADDRESS = "https://example.org/v1/datasets/demo/versions/1.0.0"
UNITS: dict[str, dict[str, Any]] = {
    "percent": {"dimension": "ratio", "base": "%", "multiplier": Decimal(1)},
    "cny-100m": {"dimension": "money", "base": "CNY", "multiplier": Decimal(10**8)},
    "cny-10k": {"dimension": "money", "base": "CNY", "multiplier": Decimal(10**4)},
}
LABELS = {
    "units": {
        "percent": Label("%", "per cent"),
        "cny-100m": Label("亿元", "100 million yuan"),
        "cny-10k": Label("万元", "10,000 yuan"),
    },
    "sections": {
        "1": Label("1 甲", "1 First"),
        "2": Label("2 乙", "2 Second"),
        "2.1": Label("2.1 丙", "2.1 Third"),
    },
    "indicators": {"investment": Label("投资", "Investment"), "revenue": Label("收入", "Revenue")},
}


def target(name: str, **fields: Any) -> dict[str, Any]:
    """Return a target; with ``value`` it is quantitative."""
    quantitative = "value" in fields
    section = fields.get("section", "1")
    made: dict[str, Any] = {
        "id": name,
        "title": {"zh": f"目标{name}", "en": f"Target {name}"},
        "section": section,
        "section_path": [section.partition(".")[0], section] if "." in section else [section],
        "kind": "quantitative" if quantitative else "qualitative",
        "indicator": "investment",
        "measure": "growth" if quantitative else None,
        "comparator": "equal" if quantitative else None,
        "strength": "commit",
        "value": None,
        "value_max": None,
        "unit": "percent" if quantitative else None,
        "as_printed": "原文" if quantitative else None,
        "period": "2030",
        "deadline": "2030-12-31",
        "deadline_basis": "implied_by_report_year",
        **fields,
    }
    unit = UNITS.get(made["unit"], {"base": None, "multiplier": Decimal(1)})
    for name_ in ("value", "value_max"):
        value = made[name_]
        made[f"{name_}_base"] = None if value is None else str(value * unit["multiplier"])
    made["unit_base"] = unit["base"]
    return made


def amount(name: str, value: int | Decimal, **fields: Any) -> dict[str, Any]:
    """Return a target of money in the period."""
    return target(
        name, **{"value": Decimal(value), "measure": "amount", "unit": "cny-100m", **fields}
    )


def project(name: str, deadline: str | None = None, **fields: Any) -> dict[str, Any]:
    """Return a project."""
    return {
        "id": name,
        "title": {"zh": f"项目{name}", "en": f"Project {name}"},
        "section": "1",
        "section_path": ["1"],
        "quantities": [],
        "deadline": deadline,
        "deadline_basis": "stated" if deadline else None,
        **fields,
    }


def material(
    targets: Sequence[Mapping[str, Any]] = (), projects: Sequence[Mapping[str, Any]] = ()
) -> Material:
    """Return the material of a version with these records."""
    return Material(ADDRESS, "2030", {"targets": targets, "projects": projects}, LABELS, UNITS)
