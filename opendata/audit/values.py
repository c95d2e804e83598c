"""Values: figure, unit, comparator and strength agree with the printed wording."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from opendata.audit.numerals import MAGNITUDES, printed_numbers
from opendata.audit.places import span_of
from opendata.audit.source import SourceText
from opendata.audit.wording import (
    BEHIND,
    COMPARATORS,
    DECREASE,
    LEADING,
    STRENGTHS,
    any_of,
    comparator_of,
)
from opendata.errors import Fault
from opendata.reader import Version

#: What may stand around the printed figure only if it is part of ``as_printed``.
_FRONT = {
    word
    for code, words in COMPARATORS.items()
    if code != "range"
    for word in words
    if word not in BEHIND
}
_BEFORE = re.compile(f"(({any_of(_FRONT)})[在出]?|{any_of(DECREASE)})$")
_AFTER = re.compile(any_of(BEHIND))
_STRIVE = re.compile(any_of(STRENGTHS["strive"]))
_EXPECT = re.compile(any_of(STRENGTHS["expect"]))
_CLAUSE = re.compile(r"[,，。;；:：、\n]")
#: What ends a list of expected targets; a semicolon only parts its members.
_FULL_STOP = re.compile(r"[。！？!?\n]")
_LEADING = re.compile(any_of((*LEADING, *DECREASE, *_FRONT)))
#: No word of these is longer.
_REACH = 4
#: A figure that something falls by; 降低至 says what it falls to.
_DECREASE = re.compile(f"({any_of(DECREASE)})(?![至到])")


def check_values(version: Version, source: SourceText) -> dict[str, int]:
    """Check every target and every quantity of a project."""
    units = version.lists["units"]
    checked = agreeing = 0
    for index, target in enumerate(version.collections["targets"]):
        faults = [*_strength_faults(target, source)]
        if target["value"] is not None:
            checked += 1
            faults += _figure_faults(target, units)
            faults += _wording_faults(target, source)
            if target["baseline"]:
                baseline = _figure_faults(target["baseline"], units)
                faults += [(f"baseline.{name}", fault) for name, fault in baseline]
            agreeing += not faults
        for name, fault in faults:
            version.files["targets"].problem((index, *name.split(".")), fault)
    for index, project in enumerate(version.collections["projects"]):
        for at, quantity in enumerate(project["quantities"]):
            faults = [*_figure_faults(quantity, units)]
            checked += 1
            agreeing += not faults
            for name, fault in faults:
                version.files["projects"].problem((index, "quantities", at, name), fault)
    return {"checked": checked, "agreeing": agreeing}


def _figure_faults(
    figure: Mapping[str, Any], units: Mapping[str, Mapping[str, Any]]
) -> Iterator[tuple[str, Fault]]:
    printed = figure["as_printed"]
    found = printed_numbers(printed)
    if not found:
        yield "as_printed", Fault(f"{printed} holds no number", "copy the figure with its unit")
        return
    sign = -1 if _DECREASE.search(printed) else 1
    for name, (number, _) in (("value", found[0]), ("value_max", found[-1])):
        value = figure.get(name)
        if value is not None and sign * number != value:
            yield name, Fault(f"{value} is not the printed {printed}", f"write {sign * number}")
    label = units[figure["unit"]]["label"]["zh"]
    labels = (unit["label"]["zh"] for unit in units.values())
    fit = [other for other in labels if any(_begins_with(rest, other) for _, rest in found)]
    if label not in fit or len(label) < max(map(len, fit)):
        message = f"{figure['unit']} is {label}, but {printed} is printed"
        yield "unit", Fault(message, "use the unit whose Chinese label is printed")


def _begins_with(rest: str, label: str) -> bool:
    """Tell whether a unit follows; one word that is no magnitude may precede it: 十二大片区."""
    return rest.startswith(label) or (rest[:1] not in MAGNITUDES and rest[1:].startswith(label))


def _wording_faults(target: Mapping[str, Any], source: SourceText) -> Iterator[tuple[str, Fault]]:
    printed = target["as_printed"]
    expected = comparator_of(printed)
    if target["comparator"] != expected:
        message = f"{target['comparator']} does not agree with the printed {printed}"
        yield "comparator", Fault(message, f"write {expected}")
    span = span_of(target["source"])
    start = span.start + source[span].find(printed)
    before, after = source.text[:start][-3:], source.text[start + len(printed) :][:2]
    if _BEFORE.search(before) or _AFTER.match(after):
        message = f"{printed} stops short of the comparator in {before}{printed}{after}"
        yield "as_printed", Fault(message, "copy the comparator too")
    elif cut := _cut_word(source.text, start):
        message = f"{printed} begins within or behind {cut}, which belongs to it"
        yield "as_printed", Fault(message, "copy that word too")


def _cut_word(text: str, start: int) -> str | None:
    """Return the word that a printed figure begins within or leaves out right in front of it."""
    window = max(start - _REACH, 0)
    for word in _LEADING.finditer(text, window, start + _REACH):
        if word.start() < start < word.end():
            return word.group()
        if word.end() == start and word.group() not in _FRONT:
            return word.group()
    return None


def _strength_faults(target: Mapping[str, Any], source: SourceText) -> Iterator[tuple[str, Fault]]:
    span, strength = span_of(target["source"]), target["strength"]
    so_far = _FULL_STOP.split(source.text[: span.start])[-1]
    before = _CLAUSE.split(so_far)[-1]
    expected = "commit"
    if _STRIVE.search(before + source[span]):
        expected = "strive"
    elif _EXPECT.search(so_far + source[span]):
        expected = "expect"
    if strength != expected:
        message = f"{strength} does not agree with the printed {before}{source[span]}"
        yield "strength", Fault(message, f"write {expected}")
