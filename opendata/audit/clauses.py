"""Clauses: each of them is in a record's own words, or excluded with a reason."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from itertools import groupby
from typing import Any

from opendata.audit.coverage import is_covered, quoted
from opendata.audit.places import span_of
from opendata.audit.source import SourceText, Span
from opendata.audit.words import own_words
from opendata.errors import Fault
from opendata.reader import Version
from opendata.reader.version import DESCRIPTION, EXCLUSIONS
from opendata.records.exclusion import beginning

#: What a quote that stops before one of these leaves to another record.
_JOINING = "和与及"
_WRONG = "correct its offsets or remove it"


def check_clauses(version: Version, source: SourceText) -> dict[str, Any]:
    """Check that every clause of the sections is accounted for."""
    clauses = [clause for clause in source.clauses if is_covered(version, clause)]
    words = _by_paragraph(own_words(version, source))
    answered = {c for c in clauses if _is_answered(c, words[c.paragraph], source)}
    excluded = _of_sentences(version, source)
    for index, exclusion in enumerate(version.exclusions):
        if exclusion["kind"] == "clause":
            span = span_of(exclusion)
            for fault in _exclusion_faults(span, source, answered, excluded):
                version.files[EXCLUSIONS].problem((index,), fault)
            excluded |= dict.fromkeys(source.clauses_in(span), exclusion["reason"])
    left = [clause for clause in clauses if clause not in answered and clause not in excluded]
    _report(version, source, left)
    reasons = Counter(excluded[c] for c in clauses if c in excluded and c not in answered)
    return {
        "total": len(clauses),
        "evidence": len(answered),
        "excluded": reasons.total(),
        "reasons": [{"reason": name, "count": reasons[name]} for name in sorted(reasons)],
    }


def _by_paragraph(spans: Iterable[Span]) -> Mapping[int, list[Span]]:
    found: dict[int, list[Span]] = defaultdict(list)
    for span in spans:
        found[span.paragraph].append(span)
    return found


def _is_answered(clause: Span, words: Iterable[Span], source: SourceText) -> bool:
    """Tell whether a record speaks for a clause, and for what 和 joins in it too."""
    end = max((span.end for span in words if span.meets(clause)), default=None)
    return end is not None and (end >= clause.end or source.text[end] not in _JOINING)


def _of_sentences(version: Version, source: SourceText) -> dict[Span, str]:
    """Return the clauses of the sentences that are excluded, each with the reason."""
    reasons = {
        exclusion["start"]: exclusion["reason"]
        for exclusion in version.exclusions
        if exclusion["kind"] == "sentence"
    }
    return {
        clause: reasons[sentence.start]
        for sentence in source.sentences
        if sentence.start in reasons
        for clause in source.clauses_in(sentence)
    }


def _exclusion_faults(
    span: Span, source: SourceText, answered: set[Span], excluded: Mapping[Span, str]
) -> Iterator[Fault]:
    clauses = source.clauses_in(span)
    if not clauses:
        yield Fault("excludes no clause of the source", _WRONG)
        return
    sentence = next(sentence for sentence in source.sentences if sentence.holds(clauses[0]))
    first, last = clauses[0], clauses[-1]
    if not sentence.holds(span):
        yield Fault("runs over the end of a sentence", "exclude clauses of one sentence only")
    elif span.start != first.start or span.end not in (last.end, sentence.end):
        whole = Span(first.start, last.end, span.paragraph)
        fix = f"give whole clauses, such as start: {whole.start}, end: {whole.end}"
        yield Fault(f"cuts into a clause of {source[whole]}", fix)
    for clause in clauses:
        if clause in answered:
            yield Fault(f"excludes {source[clause]}, which a record answers for", _WRONG)
        elif clause in excluded:
            yield Fault(f"excludes {source[clause]}, which is excluded already", _WRONG)


def _report(version: Version, source: SourceText, left: list[Span]) -> None:
    """Report what is left, neighbours together; not where its whole sentence is reported."""
    heard = _by_paragraph(span for _, span in quoted(version, source))
    missing = set(left)
    document = version.description["documents"][0]["id"]
    for sentence in source.sentences:
        clauses = source.clauses_in(sentence)
        silent = not any(span.meets(sentence) for span in heard[sentence.paragraph])
        if silent and missing.issuperset(clauses):
            continue
        for is_left, group in groupby(clauses, missing.__contains__):
            if is_left:
                fault = _fault(source, list(group), document)
                version.files[DESCRIPTION].problem(("documents", 0), fault)


def _fault(source: SourceText, clauses: list[Span], document: str) -> Fault:
    span = Span(clauses[0].start, clauses[-1].end, clauses[0].paragraph)
    shown = source[span]
    many = "clauses" if len(clauses) > 1 else "clause"
    quote = json.dumps(beginning(shown), ensure_ascii=False)
    return Fault(
        f"does not account for the {many} {shown} of paragraph {span.paragraph}, "
        f"{span.start} to {span.end}",
        f"give it a record, or exclude it in {EXCLUSIONS} with a reason: "
        f"- {{kind: clause, reason: …, document: {document}, paragraph: {span.paragraph}, "
        f"start: {span.start}, end: {span.end}, quote: {quote}}}",
    )
