"""Own words: what of the text each record speaks for, clause by clause."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from opendata.audit.matching import find, find_part
from opendata.audit.places import span_of
from opendata.audit.source import SourceText, Span
from opendata.reader import Version


def own_words(version: Version, source: SourceText) -> list[Span]:
    """Return the stretches that the records of a version speak for."""
    of = {"targets": _of_target, "projects": _of_project, "glossary": _of_term}
    return [
        span
        for name, records in version.collections.items()
        for record in records
        for span in of[name](record, source)
    ]


def named(project: Mapping[str, Any], source: SourceText) -> Span:
    """Return where a project's quote names it: its name, an alias, or else part of the name."""
    place = span_of(project["source"])
    quote = source[place]
    names = (project["name"]["zh"], *project["aliases"])
    found = next(filter(None, (find(quote, name) for name in names)), None)
    start, end = found or find_part(quote, names[0]) or (0, len(quote))
    return Span(place.start + start, place.start + end, place.paragraph)


def _of_target(target: Mapping[str, Any], source: SourceText) -> Iterator[Span]:
    """Yield the quote, without the examples before 等: projects speak for those."""
    place = span_of(target["source"])
    start = place.start
    if target["as_printed"]:
        figure = place.start + source[place].find(target["as_printed"])
        ends = (c.end for c in source.clauses_in(place) if source.ends_a_list(c))
        start = max([start, *(end for end in ends if end <= figure)])
    yield Span(start, place.end, place.paragraph)


def _of_project(project: Mapping[str, Any], source: SourceText) -> Iterator[Span]:
    """Yield the quote; where it is a list, what of it is this project's.

    That is what names it, its parties and its quantities, and what follows the 等 after its name.
    """
    place = span_of(project["source"])
    clauses = source.clauses_in(place)
    if not any(_is_listed(clause, place, source) for clause in clauses):
        yield place
        return
    name = named(project, source)
    own = [name, *_details(project, source)]
    ends = [c.end for c in clauses if source.ends_a_list(c) and name.start < c.end <= place.end]
    after = max(ends, default=place.end)
    for clause in clauses:
        if clause.start >= after or any(span.meets(clause) for span in own):
            yield clause.shared(place)


def _is_listed(clause: Span, place: Span, source: SourceText) -> bool:
    """Tell whether a clause of a quote is a thing of a list."""
    if source.ends_a_list(clause):
        return clause.end <= place.end
    return clause.end < place.end and source.text[clause.end] == "、"


def _details(project: Mapping[str, Any], source: SourceText) -> Iterator[Span]:
    place = span_of(project["source"])
    printed = [quantity["as_printed"] for quantity in project["quantities"]]
    for text in (*printed, *(party["zh"] for party in project["parties"])):
        if found := find(source[place], text):
            yield Span(place.start + found[0], place.start + found[1], place.paragraph)


def _of_term(term: Mapping[str, Any], source: SourceText) -> Iterator[Span]:
    """Yield the whole note; a mention of a term in the text speaks for nothing there."""
    place = span_of(term["source"])
    yield source.paragraph(place.paragraph) or place
