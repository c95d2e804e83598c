"""Figures in words: comparator, amount and unit as each language says them."""

from __future__ import annotations

from typing import Any

import pytest

from opendata.formats.figures import Phrase, phrase
from opendata.vocabularies import Label

YI = Label("亿元", "100 million yuan")
AREA = Label("万平方米", "10,000 square metres")


def figure(value: Any, base: str, unit_base: str, **more: Any) -> dict[str, Any]:
    return {"value": value, "unit": "u", "value_base": base, "unit_base": unit_base, **more}


@pytest.mark.parametrize(
    ("given", "unit", "zh", "en"),
    [
        (
            figure(300, "30000000000", "CNY", comparator="more_than"),
            YI,
            Phrase("超过", "300亿元", "30 billion yuan"),
            Phrase("more than ", "30 billion yuan", "300亿元"),
        ),
        (
            figure(6.1, "6.1", "%", comparator="about"),
            Label("%", "per cent"),
            Phrase("约", "6.1%"),
            Phrase("about ", "6.1%"),
        ),
        (
            figure(28, "280000", "m2", comparator="equal"),
            AREA,
            Phrase("", "28万平方米"),
            Phrase("", "280,000 square metres"),
        ),
        (
            figure(1.2345, "123450000", "CNY", comparator="at_least"),
            YI,
            Phrase("不少于", "1.2345亿元", "123.45 million yuan"),
            Phrase("at least ", "123.45 million yuan", "1.2345亿元"),
        ),
        (
            figure("0.1234567", "12345670", "CNY"),
            YI,
            Phrase("", "0.1234567亿元", "12,345,670 yuan"),
            Phrase("", "12,345,670 yuan", "0.1234567亿元"),
        ),
        (
            figure(5, "5", "%", comparator="range", value_max=6, value_max_base="6"),
            Label("%", "per cent"),
            Phrase("", "5%至6%"),
            Phrase("", "5% to 6%"),
        ),
        (
            figure(12000, "12000", "1", comparator="reach"),
            Label("人", "persons"),
            Phrase("达到", "12,000人"),
            Phrase("reach ", "12,000 persons"),
        ),
    ],
)
def test_a_figure_is_said_in_each_language(
    given: dict[str, Any], unit: Label, zh: Phrase, en: Phrase
) -> None:
    """Its scale is that of the language, from the exact value in base units."""
    assert phrase(given, unit, "zh") == zh
    assert phrase(given, unit, "en") == en


def test_without_a_value_there_is_nothing_to_say() -> None:
    """A qualitative target has no figure; a unit without a name is shown by its code."""
    assert phrase({"value": None, "unit": None}, None, "zh") is None
    assert str(phrase(figure(5, "5", "1", comparator="about"), None, "en")) == "about 5 u"
