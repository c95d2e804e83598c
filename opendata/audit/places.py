"""Places: every quote stands at its offsets, in the paragraph and the section it claims."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from opendata.audit.source import SourceText, Span
from opendata.errors import Fault
from opendata.reader import Version
from opendata.reader.file import DataFile
from opendata.reader.version import DESCRIPTION, EXCLUSIONS
from opendata.reader.yaml import Path
from opendata.records.exclusion import CUT

_SHIFTED = "give the offsets of the quote in the source document"


def check_places(version: Version, source: SourceText) -> dict[str, int]:
    """Check every quote, mention and exclusion; return how many were checked and agree."""
    checked = agreeing = 0
    for file, path, place, section in _places(version):
        faults = list(_place_faults(place, source, section))
        for name, fault in faults:
            file.problem((*path, name) if name else path, fault)
        checked += 1
        agreeing += not faults
    _check_length(version, source)
    _check_sections(version, source)
    return {"checked": checked, "agreeing": agreeing}


def span_of(place: Mapping[str, Any]) -> Span:
    """Return the span of a record's source, of a mention or of an exclusion."""
    return Span(place["start"], place["end"], place["paragraph"])


def _places(
    version: Version,
) -> Iterator[tuple[DataFile, Path, Mapping[str, Any], Mapping[str, Any] | None]]:
    sections = {section["id"]: section for _, section in version.sections()}
    for name, records in version.collections.items():
        for index, record in enumerate(records):
            section = sections[record["section"]]
            yield version.files[name], (index, "source"), record["source"], section
            for at, mention in enumerate(record.get("mentions", ())):
                yield version.files[name], (index, "mentions", at), mention, None
    for index, exclusion in enumerate(version.exclusions):
        yield version.files[EXCLUSIONS], (index,), exclusion, None


def _place_faults(
    place: Mapping[str, Any], source: SourceText, section: Mapping[str, Any] | None
) -> Iterator[tuple[str, Fault]]:
    span = span_of(place)
    quote = place.get("quote")
    if quote is not None and source[span] != quote and not _begins(place, source[span]):
        sought = re.escape(quote.removesuffix(CUT))
        there = [found.start() for found in re.finditer(sought, source.text)]
        nearest = min(there, key=lambda start: abs(start - span.start), default=None)
        said = f"stands at {nearest}" if there else "does not stand in the source at all"
        yield (
            "quote",
            Fault(f"is not what stands from {span.start} to {span.end}; it {said}", _SHIFTED),
        )
    paragraph = source.paragraph(span.paragraph)
    if paragraph is None or not paragraph.holds(span):
        right = source.paragraph_at(span.start)
        yield "paragraph", Fault(f"{span.paragraph} does not hold the span", f"write {right}")
    elif section and not _reaches(section, span.paragraph):
        first, last = section["first_paragraph"], section["last_paragraph"]
        message = f"{section['id']} has paragraphs {first} to {last}, not {span.paragraph}"
        yield "", Fault(f"is not in its section: {message}", "correct the section or the span")
    elif section and (inner := _inner(section, span.paragraph)):
        message = f"is in {section['id']}, but {inner['id']} in it holds paragraph {span.paragraph}"
        yield "", Fault(message, f"write section: {inner['id']}")


def _begins(place: Mapping[str, Any], text: str) -> bool:
    """Tell whether ``text`` begins as the cut quote of excluded clauses says."""
    cut: str = place["quote"]
    return place.get("kind") == "clause" and cut.endswith(CUT) and text.startswith(cut[:-1])


def _reaches(section: Mapping[str, Any], paragraph: int) -> bool:
    first, last = section["first_paragraph"], section["last_paragraph"]
    return first is None or last is None or first <= paragraph <= last


def _inner(section: Mapping[str, Any], paragraph: int) -> Mapping[str, Any] | None:
    """Return the section within ``section`` that holds a paragraph, the deepest one."""
    for inner in section["sections"]:
        if inner["first_paragraph"] and inner["last_paragraph"] and _reaches(inner, paragraph):
            return _inner(inner, paragraph) or inner
    return None


def _check_length(version: Version, source: SourceText) -> None:
    said, length = version.description["documents"][0]["characters"], len(source.text)
    if said != length:
        fault = Fault(f"is {said}, but the document has {length}", f"write {length}")
        version.files[DESCRIPTION].problem(("documents", 0, "characters"), fault)


def _check_sections(version: Version, source: SourceText) -> None:
    file = version.files[DESCRIPTION]
    for path, section in version.sections():
        for name in ("first_paragraph", "last_paragraph"):
            if source.paragraph(section[name] or 0) is None:
                last = len(source.paragraphs)
                fault = Fault(f"is no paragraph of the source, which has {last}", "correct it")
                file.problem((*path, name), fault)
        heading = source.paragraph(section["first_paragraph"] or 0)
        if section["printed"] and heading and section["printed"] not in source[heading]:
            fault = Fault("is not the heading that is printed", "copy it from first_paragraph")
            file.problem((*path, "printed"), fault)
        for at, inner in enumerate(section["sections"]):
            if source.paragraph(inner["last_paragraph"] or 0) and not _covers(section, inner):
                fault = Fault("has paragraphs outside of the section it is in", "correct either")
                file.problem((*path, "sections", at, "first_paragraph"), fault)


def _covers(outer: Mapping[str, Any], inner: Mapping[str, Any]) -> bool:
    numbers = ("first_paragraph", "last_paragraph")
    return all(inner[name] is None or _reaches(outer, inner[name]) for name in numbers)
