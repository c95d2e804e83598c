"""Links: a record links what its quote prints, and nothing that its sentence does not."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from opendata.audit.places import span_of
from opendata.audit.source import SourceText, Span
from opendata.audit.words import named
from opendata.errors import Fault
from opendata.reader import Version
from opendata.reader.yaml import Path

Record = Mapping[str, Any]


def check_links(version: Version, source: SourceText) -> dict[str, int]:
    """Check the links of targets and projects; return how many were checked and agree."""
    checked = agreeing = 0
    terms = [
        (term, [span_of(mention) for mention in term["mentions"]])
        for term in version.collections["glossary"]
    ]
    projects = [(p, span_of(p["source"])) for p in version.collections["projects"]]
    quotes = {target["id"]: span_of(target["source"]) for target in version.collections["targets"]}
    for name, fields in (("targets", ("terms", "projects")), ("projects", ("terms", "targets"))):
        for index, record in enumerate(version.collections[name]):
            faults = [*_to_terms(record, terms, source)]
            if name == "targets":
                faults += _to_projects(record, projects, quotes, source)
            for path, fault in faults:
                version.files[name].problem((index, *path), fault)
            links = sum(len(record[field]) for field in fields)
            wrong = len({path for path, _ in faults if len(path) > 1})
            checked, agreeing = checked + links, agreeing + links - wrong
    return {"checked": checked, "agreeing": agreeing}


def _to_terms(
    record: Record, terms: list[tuple[dict[str, Any], list[Span]]], source: SourceText
) -> Iterator[tuple[Path, Fault]]:
    quote = span_of(record["source"])
    sentence = source.whole_sentences(quote)
    for term, mentions in terms:
        linked = term["id"] in record["terms"]
        if not linked and any(quote.meets(mention) for mention in mentions):
            message = f"leave out {term['id']}, which the quote prints"
            yield ("terms",), Fault(message, "link the term")
        if linked and not any(sentence.meets(mention) for mention in mentions):
            at = record["terms"].index(term["id"])
            message = f"{term['id']} is not printed in the record's sentence"
            yield ("terms", at), Fault(message, "unlink it, or add the mention to the term")


def _to_projects(
    target: Record,
    projects: list[tuple[dict[str, Any], Span]],
    quotes: Mapping[str, Span],
    source: SourceText,
) -> Iterator[tuple[Path, Fault]]:
    quote = span_of(target["source"])
    sentence = source.whole_sentences(quote)
    for project, place in projects:
        linked = project["id"] in target["projects"]
        if linked and not sentence.holds(_start(project)):
            at = target["projects"].index(project["id"])
            message = f"{project['id']} is not of the target's sentence"
            yield ("projects", at), Fault(message, "unlink the two")
        if linked or not quote.meets(place):
            continue
        others = (quotes[other] for other in project["targets"] if other != target["id"])
        nearer = any(quote.holds(other) for other in others)
        if not nearer and quote.holds(named(project, source)):
            message = f"leave out {project['id']}, which the quote names"
            yield ("projects",), Fault(message, "link the two")


def _start(record: Record) -> Span:
    place = span_of(record["source"])
    return Span(place.start, place.start + 1, place.paragraph)
