"""Figures in words: a value with its comparator and its unit, as people of each language say it.

What the parts are called comes from the code lists; scales that are part of a unit in one language
(亿元) become those of the other (billion yuan) by way of the exact value in base units.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from opendata.vocabularies import COMPARATORS, Label

#: Units whose English name begins with a scale: "100 million yuan".
_SCALED = re.compile(r"[\d,]+(?: (?:million|billion|thousand))? (?P<noun>.+)")
_SCALES = ((Decimal(10) ** 9, "billion"), (Decimal(10) ** 6, "million"))
#: Digits behind the point that a scaled number may take before it is written in full instead.
_MOST_DIGITS = 3
_PERCENT = "%"
#: The base unit of money (ISO 4217).
_CURRENCY = re.compile("[A-Z]{3}")

#: Comparators that add no word: a bare figure, and a range, which its bounds tell.
_WORDLESS = ("equal", "range")
_WORDS = {
    code.code: Label("", "") if code.code in _WORDLESS else code.label for code in COMPARATORS.codes
}


@dataclass(frozen=True, slots=True)
class Phrase:
    """A figure as it is said in one language.

    ``comparator`` is the word before it (about, more than), empty for a bare figure; ``amount`` is
    the value with its unit; ``also`` is an amount of money as the other language scales it, where
    that is another number: 300亿元 is also 30 billion yuan.
    """

    comparator: str
    amount: str
    also: str = ""

    def __str__(self) -> str:
        return self.comparator + self.amount


def phrase(figure: Mapping[str, Any], unit: Label | None, language: str) -> Phrase | None:
    """Return a figure in words; ``None`` where it has no value.

    :param figure: of a record as JSON has it: ``value``, ``unit``, ``value_base``, ``unit_base``
        and, of targets, ``value_max``, ``value_max_base`` and ``comparator``.
    :param unit: what the unit is called; its code is shown where absent.
    """
    if figure.get("value") is None:
        return None
    named = unit or Label(str(figure["unit"]), str(figure["unit"]))
    said = Label(*(_amount(figure, named, name) for name in Label._fields))
    own, other = (said.zh, said.en) if language == "zh" else (said.en, said.zh)
    word: str = getattr(_WORDS.get(figure.get("comparator") or "equal", Label("", "")), language)
    money = _CURRENCY.fullmatch(figure.get("unit_base") or "")
    scaled = money and _SCALED.fullmatch(named.en)
    return Phrase(_before(word, language), own, other if scaled else "")


def _before(word: str, language: str) -> str:
    if language == "zh" or not word:
        return word
    return f"{word.lower()} "


def _amount(figure: Mapping[str, Any], unit: Label, language: str) -> str:
    base = figure.get("unit_base")
    lower = _one(figure["value"], figure.get("value_base"), base, unit, language)
    if figure.get("value_max") is None:
        return lower
    upper = _one(figure["value_max"], figure.get("value_max_base"), base, unit, language)
    return f"{lower}至{upper}" if language == "zh" else f"{lower} to {upper}"


def _one(value: Any, base: str | None, base_unit: str | None, unit: Label, language: str) -> str:
    number = format(Decimal(str(value)), ",f")
    if base_unit == _PERCENT and base == str(value):
        return f"{number}%"
    if language == "zh":
        return f"{number}{unit.zh}"
    scaled = _SCALED.fullmatch(unit.en)
    if scaled and base is not None:
        return f"{_scaled(Decimal(base))} {scaled['noun']}"
    return f"{number} {unit.en}"


def _scaled(number: Decimal) -> str:
    """Return a large number as English says it: 30 billion, 1.2 million, 150,000."""
    for scale, name in _SCALES:
        if abs(number) >= scale:
            short = format((number / scale).normalize(), "f")
            if len(short.partition(".")[2]) <= _MOST_DIGITS:
                return f"{short} {name}"
    return format(number, ",f")
