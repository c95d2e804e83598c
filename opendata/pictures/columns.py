"""Numbers of records along the time, as columns of as many parts as there are series."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from opendata.pictures.canvas import MARGIN, ROOM, WIDTH, Canvas
from opendata.pictures.stacks import legend

_KINDS = ("a", "ah", "b", "bh")
_HIGH = 150
_YEAR = 12


def columns(canvas: Canvas, picture: Mapping[str, Any], language: str) -> None:
    """Draw the counts of a picture, from its first step of time to its last."""
    legend(canvas, picture["series"], _KINDS, language)
    time = picture["time"]
    first, last, step = _month(time["first"]), _month(time["last"]), time["months"]
    steps = range(first, last + 1, step)
    wide = ROOM / len(steps)
    per = _HIGH / max(row["count"] for row in picture["counts"])
    canvas.y += 16
    ground = canvas.y + _HIGH
    for row in picture["counts"]:
        x = MARGIN + (_month(row["name"]) - first) / step * wide
        y = ground
        for part, kind in zip(row["parts"], _KINDS, strict=True):
            high = part["count"] * per
            y -= high
            if high:
                canvas.box(x + wide * 0.1, y, wide * 0.8, high, kind)
        canvas.write(str(row["count"]), x + wide / 2, y - 4, "h", "middle")
    canvas.line(MARGIN, ground, WIDTH - MARGIN, ground, "l")
    canvas.y = ground
    _axis(canvas, steps, wide, language)


def _month(name: str) -> int:
    year, month = name.split("-")
    return int(year) * _YEAR + int(month) - 1


def _axis(canvas: Canvas, steps: range, wide: float, language: str) -> None:
    """Write the months or quarters below, and each year below its first."""
    every = max(1, -(-len(steps) // _YEAR))
    years: set[int] = set()
    for number, month in enumerate(steps):
        middle = MARGIN + (number + 0.5) * wide
        year, of_year = divmod(month, _YEAR)
        if steps.step < _YEAR and number % every == 0:
            name = str(of_year + 1) if steps.step == 1 else f"Q{of_year // 3 + 1}"
            canvas.write(name, middle, canvas.y + 14, "m", "middle", 11)
        if year not in years and (steps.step < _YEAR or number % every == 0):
            canvas.write(_year(year, language), middle, canvas.y + 29, "m", "middle", 11)
        years.add(year)
    canvas.y += 38


def _year(year: int, language: str) -> str:
    return f"{year}年" if language == "zh" else str(year)
