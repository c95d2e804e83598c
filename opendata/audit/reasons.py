"""Reasons: where a numeral stands says whether it is a footer's, injected, an ordinal or a year."""

from __future__ import annotations

import re

from opendata.audit.coverage import is_covered
from opendata.audit.places import span_of
from opendata.audit.repairs import damage_spans
from opendata.audit.source import SourceText, Span
from opendata.errors import Fault
from opendata.reader import Version
from opendata.reader.version import EXCLUSIONS

_ORDINAL = re.compile(r"[(（]?$")
_ORDINAL_END = re.compile(r"[)）、.．]")
_YEAR = re.compile(r"([0-9]{4}|十[一二三四五六七八九]五)$")
_BY_PLACE = ("footer", "injected_text", "ordinal", "year")


def check_reasons_of_numerals(version: Version, source: SourceText) -> None:
    """Check the reason of every excluded numeral that its place decides on."""
    injected = damage_spans(version, source, "injected_text")
    ends = (section["last_paragraph"] or 0 for _, section in version.sections())
    last = max(filter(source.paragraph, ends), default=0)
    for index, exclusion in enumerate(version.exclusions):
        if exclusion["kind"] != "numeral":
            continue
        span, reason = span_of(exclusion), exclusion["reason"]
        expected = _reason(span, source, injected, last, version)
        if reason != expected and (expected or reason in _BY_PLACE):
            message = f"{reason} does not agree with where {source[span]} stands"
            fix = f"write {expected}" if expected else f"it is none of {', '.join(_BY_PLACE)}"
            version.files[EXCLUSIONS].problem((index, "reason"), Fault(message, fix))


def _reason(
    span: Span, source: SourceText, injected: list[Span], last: int, version: Version
) -> str | None:
    if span.paragraph > last and not is_covered(version, span):
        return "footer"
    if any(place.holds(span) for place in injected):
        return "injected_text"
    paragraph = source.paragraph(span.paragraph) or span
    before = source.text[paragraph.start : span.start]
    after = source.text[span.end : span.end + 1]
    if len(before) <= 1 and _ORDINAL.fullmatch(before) and _ORDINAL_END.match(after):
        return "ordinal"
    if _YEAR.fullmatch(source[span]) and (after == "年" or before.endswith("“")):
        return "year"
    return None
