"""Terms: the number is the note's, and every place that prints a term is a mention of it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from opendata.audit.coverage import is_covered
from opendata.audit.places import span_of
from opendata.audit.source import SourceText, Span
from opendata.errors import Fault
from opendata.reader import Version
from opendata.reader.yaml import Path

_HEAD = re.compile(r"[(（\[]?([0-9]+)")
_MARKS = re.compile("[“”‘’\"']")
#: What of a term stands for all of it: what is in quotation marks, or its Latin letters.
_SHORT = re.compile(r"“([^”]+)”|([A-Za-z]{3,})")


def check_terms(version: Version, source: SourceText) -> None:
    """Check the number and the mentions of every term."""
    terms = version.collections["glossary"]
    notes = {term["section"] for term in terms}
    apart = [s for _, s in version.sections() if s["id"] in notes]
    running = [p for p in source.paragraphs if is_covered(version, p) and not _within(p, apart)]
    for index, term in enumerate(terms):
        for path, fault in _faults(term, source, running):
            version.files["glossary"].problem((index, *path), fault)


def forms(term: str) -> list[str]:
    """Return the words that a term is printed as, in small letters: the longest first."""
    short = (match[1] or match[2] for match in _SHORT.finditer(term))
    return sorted({_bare(form) for form in (term, *short)}, key=len, reverse=True)


def _faults(
    term: Mapping[str, Any], source: SourceText, running: list[Span]
) -> Iterator[tuple[Path, Fault]]:
    head = _HEAD.match(term["source"]["quote"])
    if head and term["number"] != int(head[1]):
        message = f"{term['number']} is not the printed {head.group()}"
        yield ("number",), Fault(message, f"write {head[1]}")
    known, mentions = forms(term["term"]["zh"]), [span_of(m) for m in term["mentions"]]
    for at, mention in enumerate(mentions):
        if source[mention].casefold() not in known:
            fault = Fault(f"{source[mention]} is not the term", "give the offsets of its words")
            yield ("mentions", at, "start"), fault
    for place in _printed(known, source, running):
        if not any(place.meets(mention) for mention in mentions):
            message = f"leave out {source[place]} of paragraph {place.paragraph}"
            fix = f"add start: {place.start}, end: {place.end}"
            yield ("mentions",), Fault(message, fix)


def _printed(known: list[str], source: SourceText, running: list[Span]) -> Iterator[Span]:
    pattern = re.compile("|".join(map(re.escape, known)), re.IGNORECASE)
    for paragraph in running:
        for match in pattern.finditer(source.text, paragraph.start, paragraph.end):
            yield Span(*match.span(), paragraph.paragraph)


def _within(paragraph: Span, sections: list[dict[str, Any]]) -> bool:
    return any(
        section["first_paragraph"] <= paragraph.paragraph <= section["last_paragraph"]
        for section in sections
        if section["first_paragraph"] and section["last_paragraph"]
    )


def _bare(text: str) -> str:
    """Return a term without quotation marks and capitals, which a report may print otherwise."""
    return _MARKS.sub("", text).casefold()
