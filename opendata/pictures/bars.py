"""Figures as bars from zero, each with the end that its comparator gives it.

What is exact ends sharply. "At least" and "more than" go on, fading, behind a filled or an open
dot (whether the figure itself is included); "at most" and "less than" fade towards zero; a range
and "about" are hatched, the latter over a breadth that means nothing, since none is stated.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from opendata.pictures.canvas import MARGIN, ROOM, SIZE, WIDTH, Canvas
from opendata.pictures.text import width, wrapped
from opendata.vocabularies import Label

#: Figures that are drawn; the table has all.
MOST_DRAWN = 24
_HIGH, _FADE, _ABOUT = 14, 30, 9
_OPEN = {"at_least", "more_than", "maintain"}
_CLOSED = {"at_most", "less_than"}
_WITHOUT = {"more_than", "less_than"}
#: What the ends mean, by the kind of end.
_LEGEND = {
    "exact": Label("恰为该数", "the figure itself"),
    "about": Label(
        "左右：上下均可，斜纹的宽度没有含义", "about: either side; no breadth is stated"
    ),
    "open": Label("下限（实心含本数，空心不含）", "at least (●) or more than (○): open upwards"),
    "closed": Label("上限（实心含本数，空心不含）", "at most (●) or less than (○)"),
    "range": Label("区间", "range"),
}
_MORE = Label("还有{}项，见表格。", "{} more are in the table.")


def bars(canvas: Canvas, picture: Mapping[str, Any], language: str) -> None:
    """Draw the figures of a picture, below their group where they have one."""
    drawn = picture["figures"][:MOST_DRAWN]
    scale = _Scale(drawn, language)
    sums: dict[str, list[str]] = {}
    for found in picture["sums"]:
        sums.setdefault(found["section"], []).append(_sum(found, language))
    group = None
    for figure in drawn:
        if figure.get("group") and figure["group"] != group:
            group = figure["group"]
            canvas.y += 4
            canvas.paragraph(group["label"][language], "h")
            for line in sums.get(group["section"], ()):
                canvas.paragraph(line, "h", 12)
        canvas.paragraph(figure["title"][language])
        canvas.y += 3
        _bar(canvas, figure, scale, language)
        canvas.y += _HIGH + 9
    if (more := picture["total"] - len(drawn)) > 0:
        canvas.paragraph(getattr(_MORE, language).format(more), "m", 12)
    _legend(canvas, [_end(figure) for figure in drawn], language)


def _sum(found: Mapping[str, Any], language: str) -> str:
    label, words = found["indicator_label"][language], found["in_words"][language]
    if language == "zh":
        return f"{label}，{found['count']}项合计：{words}"
    return f"{label}, {found['count']} added up: {words}"


class _Scale:
    """Where a figure ends: the values share one scale, which has zero on it."""

    def __init__(self, figures: list[Mapping[str, Any]], language: str) -> None:
        values = [0.0, *(value for figure in figures for value in _values(figure))]
        texts = [width(figure["in_words"][language], SIZE) for figure in figures]
        self.room = max(ROOM - max(texts) - _FADE - 12, ROOM / 3)
        self.low, high = min(values), max(values)
        self.per = self.room / ((high - self.low) or 1)

    def x(self, value: float) -> float:
        """Return where ``value`` stands."""
        return MARGIN + (value - self.low) * self.per


def _values(figure: Mapping[str, Any]) -> list[float]:
    names = ("value_base", "value_max_base")
    return [float(figure[name]) for name in names if figure[name] is not None]


def _end(figure: Mapping[str, Any]) -> str:
    comparator: str = figure["comparator"]
    if comparator in ("about", "range"):
        return comparator
    if comparator in _OPEN:
        return "open"
    return "closed" if comparator in _CLOSED else "exact"


def _bar(canvas: Canvas, figure: Mapping[str, Any], scale: _Scale, language: str) -> None:
    end, values = _end(figure), _values(figure)
    zero, x = scale.x(0), scale.x(values[0])
    included = figure["comparator"] not in _WITHOUT
    reached = _shape(canvas, end, zero, x, scale.x(values[-1]), included=included)
    canvas.line(zero, canvas.y - 2, zero, canvas.y + _HIGH + 2, "l")
    words = figure["in_words"][language]
    room = WIDTH - MARGIN - reached - 6
    [*_, last] = wrapped(words, max(room, 1), SIZE) or [words]
    fits = last == words
    x, anchor = (reached + 6, "") if fits else (WIDTH - MARGIN, "end")
    canvas.write(words, x, canvas.y + _HIGH - 3, "h", anchor)


def _shape(
    canvas: Canvas, end: str, zero: float, x: float, upper: float, *, included: bool
) -> float:
    """Draw a bar; return how far to the right it reaches."""
    y, left, right = canvas.y, min(zero, x), max(zero, x)
    if end == "about":
        edge = x - _ABOUT if x >= zero else x + _ABOUT
        canvas.box(min(zero, edge), y, abs(edge - zero), _HIGH, "a")
        canvas.box(x - _ABOUT, y, 2 * _ABOUT, _HIGH, "ah")
        return max(zero, x + _ABOUT)
    if end == "range":
        canvas.box(left, y, right - left, _HIGH, "a")
        canvas.box(x, y, upper - x, _HIGH, "ah")
        return max(zero, upper)
    if end == "closed":
        canvas.box(left, y, right - left, _HIGH, "dn")
        _dot(canvas, x, included=included)
        return right + 4
    canvas.box(left, y, right - left, _HIGH, "a")
    if end == "exact":
        canvas.line(x, y - 2, x, y + _HIGH + 2, "k")
        return right
    canvas.box(x, y, _FADE, _HIGH, "up")
    tip, middle = x + _FADE, y + _HIGH / 2
    canvas.path(f"M{tip - 5:.1f} {middle - 4:.1f}l5 4l-5 4", "e")
    _dot(canvas, x, included=included)
    return max(zero, tip)


def _dot(canvas: Canvas, x: float, *, included: bool) -> None:
    canvas.dot(x, canvas.y + _HIGH / 2, "k" if included else "o")


def _legend(canvas: Canvas, ends: list[str], language: str) -> None:
    canvas.y += 2
    for end, label in _LEGEND.items():
        if end in ends:
            x = MARGIN + 22
            _shape(canvas, end, MARGIN, x, x + 18, included=True)
            canvas.write(getattr(label, language), MARGIN + 60, canvas.y + _HIGH - 3, "m", size=12)
            canvas.y += _HIGH + 7
