"""Actions: the action of a project is the one its printed verb means."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from opendata.audit.places import span_of
from opendata.audit.source import SourceText
from opendata.audit.wording import ACTIONS, ADVERBS, CARRIES_OUT, any_of
from opendata.audit.words import named
from opendata.errors import Fault
from opendata.reader import Version

#: Stands in a printed verb for words that are left out: 支持…争创.
_GAP = "…"
_CODE = {verb: code for code, verbs in ACTIONS.items() for verb in verbs}
_VERB = re.compile(any_of(_CODE))
_ADVERB = re.compile(f"({any_of(ADVERBS)})$")
_COMMA = re.compile("[,，]")


def check_actions(version: Version, source: SourceText) -> None:
    """Check that every project's action is that of the printed verb which decides."""
    for index, project in enumerate(version.collections["projects"]):
        for name, fault in _faults(project, source):
            version.files["projects"].problem((index, name), fault)


def _faults(project: Mapping[str, Any], source: SourceText) -> Iterator[tuple[str, Fault]]:
    printed, copied = project["action_as_printed"], _copied(project)
    deciding = _deciding(project, source)
    if not deciding:
        fix = "quote the verb, or enter it in audit/wording.py and docs/editorial.md"
        yield "action_as_printed", Fault("stands in a quote without a verb of an action", fix)
        return
    name = named(project, source).start - project["source"]["start"]
    left_out = [verb for verb in deciding if not _is_copied(verb, copied, name)]
    for verb in left_out:
        message = f"{printed} leaves out {verb.group()}, which decides"
        yield "action_as_printed", Fault(message, "copy that verb")
    if not left_out:
        yield from _cut_faults(project, copied, deciding, source)
    code = _CODE[deciding[-1].group()]
    if project["action"] != code:
        message = f"{project['action']} does not agree with the printed {deciding[-1].group()}"
        yield "action", Fault(message, f"write {code}")


def _is_copied(verb: re.Match[str], copied: list[tuple[int, int]], name: int) -> bool:
    """Tell whether a verb is copied whole, but for what of it belongs to the name."""
    last = min(verb.end(), name) if verb.start() < name else verb.end()
    return any(start <= verb.start() and last <= end for start, end in copied)


def _cut_faults(
    project: Mapping[str, Any],
    copied: list[tuple[int, int]],
    deciding: list[re.Match[str]],
    source: SourceText,
) -> Iterator[tuple[str, Fault]]:
    """Yield what the printed verb begins within: a word, or behind an adverb."""
    place, start = span_of(project["source"]), copied[0][0]
    quote, verb = project["source"]["quote"], deciding[0].start()
    starts = {clause.start - place.start for clause in source.clauses_in(place)}
    if adverb := _ADVERB.search(quote[:start]):
        message = f"{project['action_as_printed']} leaves out {adverb.group()} in front of it"
        yield "action_as_printed", Fault(message, "copy the adverb too")
    elif start not in {0, verb, *starts}:
        message = f"{project['action_as_printed']} begins within {quote[:verb]}"
        yield "action_as_printed", Fault(message, "copy the verb with all that is in front of it")


def _deciding(project: Mapping[str, Any], source: SourceText) -> list[re.Match[str]]:
    """Return the verbs of a quote that decide, the last of them alone on the code.

    争创 wherever it stands, with 支持 in front; 支持, 引导 or 鼓励 in front of the name; the verb
    after 实施; else the first verb that is not within the name.
    """
    quote, place = project["source"]["quote"], span_of(project["source"])
    found = named(project, source)
    name = (found.start - place.start, found.end - place.start)
    commas = [comma.end() for comma in _COMMA.finditer(quote, 0, name[0])]
    verbs = [
        verb
        for verb in _VERB.finditer(quote, max(commas, default=0))
        if not name[0] <= verb.start() < name[1] or _CODE[verb.group()] == "bid"
    ]
    bids = [verb for verb in verbs if _CODE[verb.group()] == "bid"]
    supported = [v for v in verbs if _CODE[v.group()] == "support" and v.start() < name[0]]
    if bids or supported:
        return [*supported[:1], *bids[:1]]
    if verbs and verbs[0].group() == CARRIES_OUT:
        return verbs[1:2] or verbs
    return verbs[:1]


def _copied(project: Mapping[str, Any]) -> list[tuple[int, int]]:
    """Return where the parts of the printed verb stand in the quote."""
    found, at = [], 0
    for part in project["action_as_printed"].split(_GAP):
        start = max(project["source"]["quote"].find(part, at), 0)
        at = start + len(part)
        found.append((start, at))
    return found
