"""Measures: how a target is measured follows from the printed words and the unit."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from opendata.audit.wording import (
    GROWTH,
    INCREMENT,
    LEVEL,
    RATE_OF_GROWTH,
    SHARE,
    any_of,
)
from opendata.errors import Fault
from opendata.reader import Version

_RATIO, _COUNT = "ratio", "count"
_UNTIL = "[至到]"
_GROWTH = re.compile(f"{any_of(RATE_OF_GROWTH)}|({any_of(GROWTH)})(?!{_UNTIL})")
_SHARE = re.compile(f"{any_of(SHARE)}|占.*%")
_LEVEL = re.compile(any_of(LEVEL))
_TO = re.compile(rf"[高升增降低少]{_UNTIL}")
_INCREMENT = re.compile(any_of(INCREMENT))


def check_measures(version: Version) -> None:
    """Check the measure of every quantitative target: the first line of the table that fits."""
    units = version.lists["units"]
    for index, target in enumerate(version.collections["targets"]):
        if target["value"] is not None:
            expected = _measure(target, units[target["unit"]]["dimension"])
            if target["measure"] != expected:
                quote = target["source"]["quote"]
                message = f"{target['measure']} does not agree with the printed {quote}"
                version.files["targets"].problem(
                    (index, "measure"), Fault(message, f"write {expected}")
                )


def _measure(target: Mapping[str, Any], dimension: str) -> str:
    quote = target["source"]["quote"]
    if dimension == _RATIO:
        if _SHARE.search(quote):
            return "share"
        return "growth" if _GROWTH.search(quote) else "level"
    if _LEVEL.search(quote) or _TO.search(quote):
        return "level"
    if _INCREMENT.search(quote):
        return "increment"
    return "count" if dimension == _COUNT else "amount"
