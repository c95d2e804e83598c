"""Coverage: every numeral and sentence is evidence of a record or excluded with a reason."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from opendata.audit.numerals import numerals, numerals_of
from opendata.audit.places import span_of
from opendata.audit.source import SourceText, Span, Spans
from opendata.errors import Fault
from opendata.reader import Version
from opendata.reader.version import DESCRIPTION, EXCLUSIONS

#: A marker stands at most so many characters after its term: ”企业[11].
_MARKER_REACH = 10
_HEAD = re.compile(r"[0-9]+(?=[.．、])")


def check_numerals(version: Version, source: SourceText) -> dict[str, Any]:
    """Check that every numeral of the source is accounted for."""
    found = list(numerals(source))
    evidence = Spans(_numeral_evidence(version, source, found))
    return _cover(
        version,
        source,
        "numeral",
        found,
        evidence.hold,
        lambda numeral, excluded: excluded.holds(numeral),
    )


def check_sentences(version: Version, source: SourceText) -> dict[str, Any]:
    """Check that every sentence of the sections is accounted for."""
    spans = Spans(span for _, span in quoted(version, source))
    kept = [sentence for sentence in source.sentences if is_covered(version, sentence)]
    return _cover(
        version,
        source,
        "sentence",
        kept,
        spans.meet,
        lambda sentence, excluded: sentence.start == excluded.start and sentence.holds(excluded),
    )


def quoted(version: Version, source: SourceText) -> Iterator[tuple[str, Span]]:
    """Yield the collection and the quote of every record; of a term, the whole note."""
    for name, record in _records(version):
        span = span_of(record["source"])
        yield name, (source.paragraph(span.paragraph) or span) if name == "glossary" else span


def _cover(
    version: Version,
    source: SourceText,
    kind: str,
    found: list[Span],
    is_evidence: Callable[[Span], bool],
    excludes: Callable[[Span, Span], bool],
) -> dict[str, Any]:
    exclusions = [
        (index, span_of(exclusion), exclusion["reason"])
        for index, exclusion in enumerate(version.exclusions)
        if exclusion["kind"] == kind
    ]
    evidence = 0
    reasons: Counter[str] = Counter()
    idle = {index: "excludes no {} of the source" for index, _, _ in exclusions}
    for span in found:
        hits = [entry for entry in exclusions if excludes(span, entry[1])]
        answered = is_evidence(span)
        for at, (index, _, _) in enumerate(hits):
            if answered:
                idle[index] = "excludes a {} that a record answers for"
            elif at:
                idle[index] = "excludes a {} that is excluded already"
            else:
                idle.pop(index, None)
        if answered:
            evidence += 1
        elif hits:
            reasons[hits[0][2]] += 1
        else:
            _report(version, source, kind, span)
    for index, message in idle.items():
        fault = Fault(message.format(kind), "correct its offsets or remove it")
        version.files[EXCLUSIONS].problem((index,), fault)
    counted = [{"reason": reason, "count": reasons[reason]} for reason in sorted(reasons)]
    excluded = sum(reasons.values())
    return {"total": len(found), "evidence": evidence, "excluded": excluded, "reasons": counted}


def _report(version: Version, source: SourceText, kind: str, span: Span) -> None:
    around = source.text[max(0, span.start - 8) : span.end + 8].replace("\n", " ")
    shown = source[span] if kind == "numeral" else source[span][:30]
    fault = Fault(
        f"does not account for the {kind} {shown} of paragraph {span.paragraph}, "
        f"{span.start} to {span.end} (… {around[:60]} …)",
        f"give it a record, or exclude it in {EXCLUSIONS} with a reason",
    )
    version.files[DESCRIPTION].problem(("documents", 0), fault)


def _numeral_evidence(version: Version, source: SourceText, found: list[Span]) -> Iterator[Span]:
    """Yield the spans whose numerals a record answers for."""
    for name, record in _records(version):
        place = span_of(record["source"])
        if name == "targets" and record["as_printed"]:
            yield _within(place, source, record["as_printed"])
            if record["baseline"]:
                yield _within(place, source, record["baseline"]["as_printed"])
        if name == "projects":
            for quantity in record["quantities"]:
                yield _within(place, source, quantity["as_printed"])
            named = numerals_of(record["name"]["zh"])
            if named:
                yield from (n for n in found if place.holds(n) and source[n] in named)
        if name == "glossary":
            yield from _of_term(record, source)


def _of_term(term: Mapping[str, Any], source: SourceText) -> Iterator[Span]:
    """Yield a note's number, its term, its members and its marker in the text."""
    note = source.paragraph(term["source"]["paragraph"])
    if note is None:
        return
    if head := _HEAD.match(source[note]):
        yield Span(note.start, note.start + head.end(), note.paragraph)
    yield span_of(term["source"])
    for member in term["members"]:
        yield _within(note, source, member["zh"])
    marker = term["marker_in_text"]
    for mention in term["mentions"]:
        span = span_of(mention)
        yield span
        at = source.text.find(marker, span.end, span.end + _MARKER_REACH) if marker else -1
        if at >= 0:
            yield Span(at, at + len(marker), span.paragraph)


def _within(place: Span, source: SourceText, printed: str) -> Span:
    """Return where ``printed`` stands in ``place``, an empty span where it does not.

    A member of a term has its capitals, which the source may have lost.
    """
    at = source[place].lower().find(printed.lower())
    start = place.start + max(at, 0)
    return Span(start, start + (len(printed) if at >= 0 else 0), place.paragraph)


def is_covered(version: Version, span: Span) -> bool:
    """Tell whether a sentence or a clause stands in one of the sections."""
    return any(
        section["first_paragraph"] <= span.paragraph <= section["last_paragraph"]
        for section in version.description["sections"]
        if section["first_paragraph"] and section["last_paragraph"]
    )


def _records(version: Version) -> Iterator[tuple[str, Mapping[str, Any]]]:
    for name, records in version.collections.items():
        for record in records:
            yield name, record
