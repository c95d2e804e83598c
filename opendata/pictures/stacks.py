"""Numbers of records as bars, one for each group, of as many parts as there are series."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from opendata.pictures.canvas import MARGIN, ROOM, Canvas

#: What a series is drawn as, by its place among the others: colour and pattern.
KINDS = ("a", "bh", "ch")
_HIGH = 14
#: Room for the numbers behind a bar.
_NUMBERS = 130


def stacks(canvas: Canvas, picture: Mapping[str, Any], language: str) -> None:
    """Draw the counts of a picture."""
    legend(canvas, picture["series"], KINDS, language)
    most = max(row["count"] for row in picture["counts"])
    per = (ROOM - _NUMBERS) / most
    for row in picture["counts"]:
        canvas.paragraph(row["label"][language])
        canvas.y += 3
        x = float(MARGIN)
        for part, kind in zip(row["parts"], KINDS, strict=False):
            wide = part["count"] * per
            canvas.box(x, canvas.y, wide, _HIGH, kind)
            x += wide
        parts = [str(part["count"]) for part in row["parts"] if part["count"]]
        told = f"{row['count']} = {' + '.join(parts)}" if len(parts) > 1 else str(row["count"])
        canvas.write(told, x + 6, canvas.y + _HIGH - 3, "h")
        canvas.y += _HIGH + 8


def legend(
    canvas: Canvas, series: list[Mapping[str, Any]], kinds: tuple[str, ...], language: str
) -> None:
    """Draw what each series is drawn as."""
    for one, kind in zip(series, kinds, strict=True):
        canvas.box(MARGIN, canvas.y, 22, 12, kind)
        canvas.write(one["label"][language], MARGIN + 30, canvas.y + 10, size=12)
        canvas.y += 18
    canvas.y += 4
