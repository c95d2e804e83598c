"""Money by section: each amount for itself, added up only where that means something."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any

from opendata.pictures.grouping import groups
from opendata.pictures.growth import told
from opendata.pictures.material import MOST_FIGURES, Material, Record
from opendata.vocabularies import Label

#: Measures of money that moves in the period.
_FLOWS = ("amount", "increment")
_LOWER = frozenset({"at_least", "more_than", "maintain"})
_UPPER = frozenset({"at_most", "less_than"})


def money_by_section(material: Material) -> dict[str, Any] | None:
    """Return the picture, ``None`` where no target is an amount of money."""
    amounts = [target for target in material.figures() if material.dimension(target) == "money"]
    flows = [target for target in amounts if target["measure"] in _FLOWS]
    if not flows:
        return None
    [(currency, _)] = Counter(target["unit_base"] for target in flows).most_common(1)
    drawn = [target for target in flows if target["unit_base"] == currency]
    others = [target for target in flows if target["unit_base"] != currency]
    stocks = (target for target in amounts if target["measure"] not in _FLOWS)
    group_of = groups(material.targets, material.labels["sections"])
    sums, apart = _sums(material, drawn, group_of, currency)
    figures = [
        {**material.figure(target), "group": _named(material, group_of[target["section"]])}
        for target in drawn[:MOST_FIGURES]
    ]
    beginning = Label(f"{len(drawn)}项金额目标：", f"{len(drawn)} amounts of money: ")
    return {
        "summary": told(beginning, figures),
        "total": len(drawn),
        "figures": figures,
        "sums": sums,
        "left_out": [
            *(out for reason, found in apart for out in material.left_out(reason, found)),
            *material.left_out("stock", (("targets", target) for target in stocks)),
            *material.left_out("other_unit", (("targets", target) for target in others)),
            *material.left_out("project_size", _sizes(material)),
        ],
    }


def _named(material: Material, section: str) -> dict[str, Any]:
    return {"section": section, "label": material.label("sections", section)._asdict()}


def _sizes(material: Material) -> Iterator[tuple[str, Record]]:
    """Yield the projects that money is printed of."""
    for project in material.records["projects"]:
        if any(material.dimension(quantity) == "money" for quantity in project["quantities"]):
            yield "projects", project


def _sums(
    material: Material,
    drawn: Sequence[Record],
    group_of: Mapping[str, str],
    currency: str,
) -> tuple[list[dict[str, Any]], list[tuple[str, list[tuple[str, Record]]]]]:
    """Return what can be added up within a section, and what stands apart, by reason.

    Amounts of one indicator for one period can be added. Where one of them is a lower bound, so
    is the sum; with one that is about a figure, the sum is; nothing bounds the sum of lower and
    upper bounds.
    """
    alike: dict[tuple[str, str, str], list[Record]] = {}
    for target in drawn:
        key = group_of[target["section"]], target["indicator"], target["period"]
        alike.setdefault(key, []).append(target)
    kinds = Counter(group for group, _, _ in alike)
    sums: list[dict[str, Any]] = []
    different: list[tuple[str, Record]] = []
    unbounded: list[tuple[str, Record]] = []
    for (group, indicator, _), found in alike.items():
        if kinds[group] > 1:
            different += [("targets", target) for target in found]
        if len(found) < 2:
            continue
        comparator = _of_sum({target["comparator"] for target in found})
        if comparator is None:
            unbounded += [("targets", target) for target in found]
        else:
            sums.append(_sum(material, group, indicator, comparator, found, currency))
    return sums, [("different_things", different), ("both_bounds", unbounded)]


def _of_sum(comparators: set[str]) -> str | None:
    """Return how a sum stands to what is promised, ``None`` where nothing can be said of it."""
    if comparators & _UPPER and comparators & (_LOWER | {"range", "about"}):
        return None
    if "range" in comparators:
        return None
    if "about" in comparators:
        return None if comparators & _LOWER else "about"
    if comparators & _LOWER:
        return "at_least"
    return "at_most" if comparators & _UPPER else "equal"


def _sum(
    material: Material,
    group: str,
    indicator: str,
    comparator: str,
    found: Sequence[Record],
    currency: str,
) -> dict[str, Any]:
    total = sum((Decimal(target["value_base"]) for target in found), Decimal(0))
    unit = found[0]["unit"]
    told_in = {
        "comparator": comparator,
        "value": total / material.units[unit]["multiplier"],
        "unit": unit,
        "value_base": format(total, "f"),
        "unit_base": currency,
    }
    return {
        **_named(material, group),
        "indicator": indicator,
        "indicator_label": material.label("indicators", indicator)._asdict(),
        "count": len(found),
        **told_in,
        "in_words": material.in_words(told_in),
        "url": material.rows("targets", section_path=group, indicator=indicator),
    }
