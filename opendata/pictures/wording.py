"""Figures in words: what is printed, its comparator and its unit, in both languages."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from opendata.vocabularies import Label

#: How a comparator is said of a value.
SAID = {
    "about": Label("{}左右", "about {}"),
    "at_least": Label("{}以上（含）", "at least {}"),
    "more_than": Label("超过{}", "more than {}"),
    "equal": Label("{}", "{}"),
    "reach": Label("达到{}", "reach {}"),
    "maintain": Label("保持{}", "maintain {}"),
    "at_most": Label("至多{}", "at most {}"),
    "less_than": Label("低于{}", "less than {}"),
    "range": Label("{}至{}", "{} to {}"),
}

#: Steps that sums of money are told in, the largest first.
_YUAN = (
    (Decimal(10) ** 8, Decimal(10) ** 4, Decimal(1)),
    ("亿元", "万元", "元"),
)
_MONEY = (
    (Decimal(10) ** 9, Decimal(10) ** 6, Decimal(1)),
    ("billion yuan", "million yuan", "yuan"),
)


def in_words(figure: Mapping[str, Any], unit: Label) -> Label:
    """Return a figure in words.

    :param figure: the fields of a target's figure, values in base units as text.
    :param unit: what its unit is called.
    """
    said = SAID[figure["comparator"]]
    return Label(
        said.zh.format(*_values(figure, unit.zh, "zh")),
        said.en.format(*_values(figure, unit.en, "en")),
    )


def money(value: Decimal, currency: str, language: str) -> str:
    """Return an amount of money in base units, yuan by the steps of the language."""
    if currency != "CNY":
        return f"{plain(value)} {currency}"
    steps, names = _YUAN if language == "zh" else _MONEY
    at = next((i for i, step in enumerate(steps) if abs(value) >= step), len(steps) - 1)
    space = "" if language == "zh" else " "
    return f"{plain(value / steps[at])}{space}{names[at]}"


def plain(value: Decimal) -> str:
    """Return a number without exponent and idle zeros, thousands grouped."""
    number = format(value, ",f")
    return number.rstrip("0").rstrip(".") if "." in number else number


def _values(figure: Mapping[str, Any], unit: str, language: str) -> list[str]:
    found = []
    for name in ("value", "value_max"):
        if figure[name] is None:
            continue
        base = figure[f"{name}_base"]
        if figure["unit_base"] == "CNY" and base is not None:
            found.append(money(Decimal(base), "CNY", language))
        elif figure["unit_base"] == "%":
            found.append(f"{plain(Decimal(str(figure[name])))}%")
        else:
            space = "" if language == "zh" else " "
            found.append(f"{plain(Decimal(str(figure[name])))}{space}{unit}")
    return found
