"""Indicators: what a target counts is printed in its quote."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from opendata.audit.matching import stands_in_order
from opendata.errors import Fault
from opendata.reader import Version


def check_indicators(version: Version) -> None:
    """Check that the quote of every target prints a label of its indicator, gaps allowed."""
    indicators = version.lists["indicators"]
    for index, target in enumerate(version.collections["targets"]):
        code, quote = target["indicator"], target["source"]["quote"]
        if code and not any(stands_in_order(quote, label) for label in _labels(indicators[code])):
            label = indicators[code]["label"]["zh"]
            fault = Fault(
                f"{code} is {label}, which {quote} does not print",
                "correct the code, or add the printed wording to its alt_labels",
            )
            version.files["targets"].problem((index, "indicator"), fault)


def _labels(indicator: Mapping[str, Any]) -> list[str]:
    """Return the labels of an indicator; the 数 that ends the label of a count is never printed."""
    official = indicator["official_term"]
    names = [indicator["label"]["zh"].removesuffix("数"), *indicator.get("alt_labels", ())]
    return [*names, official["zh"]] if official else names
