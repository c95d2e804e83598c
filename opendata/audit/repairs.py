"""Repairs: no damage is repaired silently; records and sections that it touches say so."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from opendata.audit.places import span_of
from opendata.audit.source import SourceText, Span
from opendata.errors import Fault
from opendata.reader import Version
from opendata.reader.version import DESCRIPTION

_INJECTED, _CUT = "injected_text", "cut_heading"
_LOST, _SMALL = "lost_character", "lowercased_letters"
#: The codes of damage to the text itself.
DAMAGE = (_INJECTED, _LOST, _SMALL, _CUT)
_SMALL_LETTERS = re.compile("[a-z]+")
_FINAL = re.compile("[。！？!?]$")

Placed = tuple[Mapping[str, Any], Span]


def check_repairs(version: Version, source: SourceText) -> None:
    """Check that damage, and the caveats on it, answer each other."""
    damage = version.description["documents"][0]["damage"]
    placed = [(entry, span) for entry in damage for span in _spans(entry, source)]
    _check_entries(version, source, damage)
    for name, records in version.collections.items():
        for index, record in enumerate(records):
            codes = {caveat["code"] for caveat in record["caveats"]}
            for fault in _faults(_touched(name, record, source), codes, placed, damage):
                version.files[name].problem((index, "caveats"), fault)
    _check_headings(version, source, damage)


def damaged(version: Version, code: str) -> list[str]:
    """Return what is printed of all damage with a code, the longest first."""
    damage = version.description["documents"][0]["damage"]
    printed = {entry["printed"] for entry in damage if entry["code"] == code}
    return sorted(filter(None, printed), key=len, reverse=True)


def damage_spans(version: Version, source: SourceText, code: str) -> list[Span]:
    """Return where damage with a code stands."""
    damage = version.description["documents"][0]["damage"]
    return [span for d in damage if d["code"] == code for span in _spans(d, source)]


def _spans(entry: Mapping[str, Any], source: SourceText) -> list[Span]:
    paragraph = source.paragraph(entry["paragraph"])
    if not entry["printed"] or paragraph is None:
        return []
    found = re.finditer(re.escape(entry["printed"]), source[paragraph])
    return [
        Span(paragraph.start + m.start(), paragraph.start + m.end(), paragraph.paragraph)
        for m in found
    ]


def _touched(name: str, record: Mapping[str, Any], source: SourceText) -> Span:
    """Return the whole clauses of a record's quote; of a term, its note."""
    place = span_of(record["source"])
    note = source.paragraph(place.paragraph) if name == "glossary" else None
    return note or source.whole_clauses(place)


def _faults(
    touched: Span, codes: set[str], placed: list[Placed], damage: list[dict[str, Any]]
) -> Iterator[Fault]:
    for code in DAMAGE:
        spans = [(e, span) for e, span in placed if e["code"] == code and span.meets(touched)]
        if spans and code not in codes:
            message = f"leave out {code}: {spans[0][0]['printed']} is damage in its clause"
            yield Fault(message, "say in a caveat what is printed and what was probably meant")
    for code in sorted(codes.intersection(DAMAGE)):
        of = [e for e in damage if (e["code"], e["paragraph"]) == (code, touched.paragraph)]
        inside = any(e["code"] == code and span.meets(touched) for e, span in placed)
        if not inside and all(entry["printed"] for entry in of):
            message = f"say {code}, but dataset.yaml lists no such damage here"
            yield Fault(message, "add it to damage, with what is printed, or remove the caveat")


def _check_entries(version: Version, source: SourceText, damage: list[dict[str, Any]]) -> None:
    """Check that damage is listed once for each place in the text, and all small letters are."""
    file = version.files[DESCRIPTION]
    for at, entry in enumerate(damage):
        if entry["printed"] and not _spans(entry, source):
            message = f"{entry['printed']} does not stand in paragraph {entry['paragraph']}"
            fault = Fault(message, "correct either")
            file.problem(("documents", 0, "damage", at, "printed"), fault)
    for token in sorted({t for entry in damage for t in entry["tokens"]}):
        for paragraph in source.paragraphs:
            entries = [e for e in damage if _is_of(e, token, paragraph.paragraph)]
            times = source[paragraph].casefold().count(token.casefold())
            if times != len(entries):
                message = f"is listed {len(entries)} times for {token} of paragraph"
                message = f"{message} {paragraph.paragraph}, which prints it {times} times"
                fault = Fault(message, "list each place of it")
                file.problem(("documents", 0, "damage"), fault)
    if any(entry["code"] == _SMALL for entry in damage):
        _check_small(version, source, damage)


def _is_of(entry: Mapping[str, Any], token: str, paragraph: int) -> bool:
    return bool(entry["paragraph"] == paragraph and token in entry["tokens"])


def _check_small(version: Version, source: SourceText, damage: list[dict[str, Any]]) -> None:
    known = [span for entry in damage for span in _spans(entry, source)]
    covered = [s for _, s in version.sections() if s["first_paragraph"] and s["last_paragraph"]]
    for match in _SMALL_LETTERS.finditer(source.text):
        span = Span(*match.span(), source.paragraph_at(match.start()))
        inside = any(s["first_paragraph"] <= span.paragraph <= s["last_paragraph"] for s in covered)
        if inside and not any(place.holds(span) for place in known):
            message = f"leaves out the small letters {match.group()} of paragraph {span.paragraph}"
            fault = Fault(message, "list them: this report has lost capitals elsewhere")
            version.files[DESCRIPTION].problem(("documents", 0, "damage"), fault)


def _check_headings(version: Version, source: SourceText, damage: list[dict[str, Any]]) -> None:
    """Check that cut headings are listed, have their caveat, and are not made whole."""
    file = version.files[DESCRIPTION]
    listed = {d["paragraph"] for d in damage if d["code"] in (_CUT, _LOST)}
    cut = {d["paragraph"] for d in damage if d["code"] == _CUT}
    sections = [(path, section) for path, section in version.sections() if section["printed"]]
    headings = {s["id"]: source.paragraph(s["first_paragraph"] or 0) for _, s in sections}
    marked = {_level(s) for _, s in sections if _ends(headings[s["id"]], source)}
    for path, section in sections:
        first, caveats = section["first_paragraph"], section["caveats"]
        bare = _level(section) in marked and not _ends(headings[section["id"]], source)
        if bare and first not in listed:
            message = f"leaves out {section['printed']} of paragraph {first}, without its mark"
            fault = Fault(message, f"list it as {_CUT} or {_LOST}")
            file.problem(("documents", 0, "damage"), fault)
        has = any(caveat["code"] == _CUT for caveat in caveats)
        if (first in cut) != has:
            message = "do not agree with the damage of the heading"
            fault = Fault(message, f"list {_CUT} as damage and as caveat, or as neither")
            file.problem((*path, "caveats"), fault)
        title, printed = section["title"]["zh"], section["printed"]
        if first in cut and (title in printed or printed in title):
            fault = Fault(f"{title} is the heading that was cut", "describe the section instead")
            file.problem((*path, "title", "zh"), fault)


def _level(section: Mapping[str, Any]) -> int:
    return len(section["id"].split("."))


def _ends(heading: Span | None, source: SourceText) -> bool:
    return bool(heading and _FINAL.search(source[heading]))
