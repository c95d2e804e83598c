"""Figures: each printed figure is one target's, and a baseline is another than the target's."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from opendata.audit.places import span_of
from opendata.audit.source import SourceText, Span
from opendata.errors import Fault
from opendata.reader import Version


def check_figures(version: Version, source: SourceText) -> None:
    """Check that no two targets share a figure, and none has its own as its baseline."""
    file, owners = version.files["targets"], dict[Span, str]()
    for index, target in enumerate(version.collections["targets"]):
        if not target["as_printed"]:
            continue
        figures = _places(target, target["as_printed"], source)
        for figure in figures[:1]:
            if figure in owners:
                message = f"{source[figure]} is the figure of {owners[figure]} already"
                file.problem((index, "as_printed"), Fault(message, "keep one target of it"))
            owners.setdefault(figure, target["id"])
        baseline = target["baseline"]
        if baseline and figures:
            there = _places(target, baseline["as_printed"], source)
            if all(place.meets(figures[0]) for place in there):
                message = f"{baseline['as_printed']} is not printed beside the target's figure"
                fault = Fault(message, "remove the baseline, or copy the printed one")
                file.problem((index, "baseline", "as_printed"), fault)


def _places(target: Mapping[str, Any], printed: str, source: SourceText) -> list[Span]:
    place = span_of(target["source"])
    found = re.finditer(re.escape(printed), source[place])
    return [
        Span(place.start + match.start(), place.start + match.end(), place.paragraph)
        for match in found
    ]
