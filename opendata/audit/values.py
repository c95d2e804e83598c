"""Values: figure, unit, comparator and strength agree with the printed wording."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from opendata.audit.numerals import MAGNITUDES, printed_numbers
from opendata.audit.places import span_of
from opendata.audit.source import SourceText, Span
from opendata.errors import Fault
from opendata.reader import Version

_NUMBER = "[0-9一二三四五六七八九十百千万亿两]"
#: Which printed words mean which comparator; the first that is found counts.
_COMPARATORS = (
    ("range", rf"{_NUMBER}[^0-9]{{0,3}}(至|到|-|—|~){_NUMBER}"),
    ("at_most", r"以下|以内|不超过|不高于"),
    ("at_least", r"以上|不低于|不少于"),
    ("about", r"左右|(?<![节公契合])约"),
    ("more_than", r"超|突破"),
    ("less_than", r"不足|低于"),
    ("maintain", r"保持"),
    ("reach", r"达到|达|提升至|提高至|扩增至|增至|升至|降至"),
)
#: What may stand around the printed figure only if it is part of ``as_printed``.
_BEFORE = re.compile(
    r"(达到?|突破|超[过出]?|保持在?|(提升|提高|扩增|增|升|降)至|不(低于|少于|足|超过|高于)|低于"
    r"|(?<![节公契合])约)$"
)
_AFTER = re.compile(r"左右|以上|以下|以内")
_STRIVE = re.compile(r"力争|争创|争取")
_CLAUSE = re.compile(r"[,，。;；:：、\n]")
_EXPECT = re.compile(r"预期目标")
_GROWTH = re.compile(r"增长|提升|提高|下降|降低|减少|增加")
_RATE_OF_GROWTH = re.compile(r"增长|下降")


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
    for name, (number, _) in (("value", found[0]), ("value_max", found[-1])):
        value = figure.get(name)
        if value is not None and number != value:
            yield name, Fault(f"{value} is not the printed {printed}", f"write {number}")
    label = units[figure["unit"]]["label"]["zh"]
    if not any(_begins_with(rest, label) for _, rest in found):
        message = f"{figure['unit']} is {label}, but {printed} is printed"
        yield "unit", Fault(message, "use the unit whose Chinese label is printed")


def _begins_with(rest: str, label: str) -> bool:
    """Tell whether a unit follows; one word that is no magnitude may precede it: 十二大片区."""
    return rest.startswith(label) or (rest[:1] not in MAGNITUDES and rest[1:].startswith(label))


def _wording_faults(target: Mapping[str, Any], source: SourceText) -> Iterator[tuple[str, Fault]]:
    printed, measure = target["as_printed"], target["measure"]
    expected = next((code for code, words in _COMPARATORS if re.search(words, printed)), "equal")
    if target["comparator"] != expected:
        message = f"{target['comparator']} does not agree with the printed {printed}"
        yield "comparator", Fault(message, f"write {expected}")
    span = span_of(target["source"])
    start = span.start + source[span].find(printed)
    before, after = source.text[:start][-3:], source.text[start + len(printed) :][:2]
    if _BEFORE.search(before) or _AFTER.match(after):
        message = f"{printed} stops short of the comparator in {before}{printed}{after}"
        yield "as_printed", Fault(message, "copy the comparator too")
    if measure == "growth" and not _GROWTH.search(target["source"]["quote"]):
        fault = Fault("growth has no word of growth in its quote", "correct measure or quote")
        yield "measure", fault
    if measure != "growth" and _RATE_OF_GROWTH.search(printed):
        yield "measure", Fault(f"{measure} is printed as growth: {printed}", "write growth")


def _strength_faults(target: Mapping[str, Any], source: SourceText) -> Iterator[tuple[str, Fault]]:
    span, strength = span_of(target["source"]), target["strength"]
    sentence = next((s for s in source.sentences if s.holds(Span(span.start, span.start, 0))), span)
    before = _CLAUSE.split(source.text[: span.start])[-1]
    expected = "commit"
    if _STRIVE.search(before + source[span]):
        expected = "strive"
    elif _EXPECT.search(source.text[sentence.start : span.end]):
        expected = "expect"
    if strength != expected:
        message = f"{strength} does not agree with the printed {before}{source[span]}"
        yield "strength", Fault(message, f"write {expected}")
