"""Deadlines: stated exactly where the sentence prints one, else the end of the report's year."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from opendata.audit.places import span_of
from opendata.audit.source import SourceText
from opendata.audit.wording import NUMBER
from opendata.errors import Fault
from opendata.reader import Version

_WITHIN_YEAR = re.compile(rf"(?<!{NUMBER})年(内|底|末)")
_DATE = re.compile(
    rf"{NUMBER}+月({NUMBER}+日|底|末)?(之?前|以前|底|末)|上半年|{NUMBER}季度(前|内|末)"
)
_STATED, _IMPLIED = "stated", "implied_by_report_year"


def check_deadlines(version: Version, source: SourceText) -> None:
    """Check the deadline of every target, and of every project that has one."""
    last = date(int(version.description["period"][-4:]), 12, 31)
    for name in ("targets", "projects"):
        for index, record in enumerate(version.collections[name]):
            if record["deadline"]:
                for field, fault in _faults(record, source, last):
                    version.files[name].problem((index, field), fault)
            elif record["action"] == "complete":
                fix = f"write the printed date, or {last} as {_IMPLIED}"
                fault = Fault("is missing, but completion is promised", fix)
                version.files[name].problem((index, "deadline"), fault)
    period = version.description["period"]
    for index, target in enumerate(version.collections["targets"]):
        if target["period"] != period and target["period"][-4:] not in _said(target, source):
            message = f"{target['period']} is not the report's period, nor printed"
            fault = Fault(message, f"write {period}")
            version.files["targets"].problem((index, "period"), fault)


def _faults(
    record: Mapping[str, Any], source: SourceText, last: date
) -> Iterator[tuple[str, Fault]]:
    said = _said(record, source)
    within, dated = _WITHIN_YEAR.search(said), _DATE.search(said)
    found = dated or within
    expected = _STATED if found else _IMPLIED
    if record.get("action", "complete") != "complete":
        message = f"stands beside {record['action']}, which promises no completion"
        yield "deadline", Fault(message, "remove it with its basis, or correct the action")
    if record["deadline_basis"] != expected:
        printed = f"{found.group()} is printed" if found else "no deadline is printed"
        message = f"{record['deadline_basis']} does not agree with the sentence: {printed} in it"
        yield "deadline_basis", Fault(message, f"write {expected}")
    if not dated and record["deadline"] != last:
        message = f"{record['deadline']} is not the last day of the report's year"
        yield "deadline", Fault(message, f"write {last}")


def _said(record: Mapping[str, Any], source: SourceText) -> str:
    """Return the sentence of a record, up to the end of its quote."""
    place = span_of(record["source"])
    starts = [s.start for s in source.sentences if s.start <= place.start]
    return source.text[max(starts, default=place.start) : place.end]
