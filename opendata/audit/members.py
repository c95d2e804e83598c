"""Members: those of a list cover its note, and each of them is a whole thing of it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from opendata.audit.source import SourceText
from opendata.errors import Fault
from opendata.reader import Version
from opendata.reader.yaml import Path

_STRETCH = re.compile(r"[^,，、;；:：。]+")
#: What ends the stretch in front of the first thing of a sentence: 调整能源结构,减少…
_LEADS_IN = re.compile("[,，:：]")
_NEW_SENTENCE = re.compile("[;；。:：]$")
_BEFORE = re.compile("([,，、;；:：。 “]|和|及|与|且)$")
_AFTER = re.compile("[,，、;；。”等的和及与且]|$")
_JOINING = "和及与且"

Placed = tuple[int, int]


def check_members(version: Version, source: SourceText) -> None:
    """Check the members of every term of kind list."""
    for index, term in enumerate(version.collections["glossary"]):
        if term["kind"] == "list":
            for path, fault in _faults(term, source):
                version.files["glossary"].problem((index, *path), fault)


def _faults(term: Mapping[str, Any], source: SourceText) -> Iterator[tuple[Path, Fault]]:
    paragraph = source.paragraph(term["source"]["paragraph"])
    note = source[paragraph] if paragraph else ""
    places = _placed(term, note)
    if len(places) < len(term["members"]):
        return
    head = note.find(":") + 1 or note.find("：") + 1
    before = note[:head]
    for stretch in _STRETCH.finditer(note, head):
        start, end = stretch.span()
        if not any(first < end and start < last for first, last in places):
            leads = _NEW_SENTENCE.search(before.rstrip()) and _LEADS_IN.match(note, end)
            if not leads:
                message = f"leave out {stretch.group()} of the note"
                yield ("members",), Fault(message, "add it as a member")
        before = note[:end] + note[end : end + 1]
    for at, (start, end) in enumerate(places):
        shown = note[start:end]
        joined = note[end : end + 1] in _JOINING and end < len(note)
        if joined and (at + 1 == len(places) or places[at + 1][0] != end + 1):
            message = f"leave out what {note[end]} joins to {shown}"
            yield ("members",), Fault(message, "add it as a member")
        sizes = [
            last - first for first, last in (*places[at + 1 : at + 2], *places[max(at - 1, 0) : at])
        ]
        cut = not _BEFORE.search(note[:start]) or not _AFTER.match(note, end)
        if cut and end - start not in sizes:
            message = f"{shown} is cut out of {note[max(start - 4, 0) : end + 4]}"
            yield ("members", at, "zh"), Fault(message, "copy the whole thing")


def _placed(term: Mapping[str, Any], note: str) -> list[Placed]:
    """Return where the members stand in the note, those up to the first that does not."""
    places: list[Placed] = []
    at = 0
    for member in term["members"]:
        start = note.lower().find(member["zh"].lower(), at)
        if start < 0:
            break
        at = start + len(member["zh"])
        places.append((start, at))
    return places
