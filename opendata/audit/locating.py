"""Locating: where a quote stands in a document, counted as records count."""

from __future__ import annotations

from collections.abc import Iterator

from opendata.audit.matching import find
from opendata.audit.source import SourceText, Span


def occurrences(source: SourceText, quote: str) -> Iterator[Span]:
    """Yield every place where ``quote`` stands to the character, in order; they may overlap."""
    start = source.text.find(quote)
    while start >= 0:
        yield Span(start, start + len(quote), source.paragraph_at(start))
        start = source.text.find(quote, start + 1)


def printed_like(source: SourceText, quote: str) -> str | None:
    """Return what is printed that ``quote`` writes with other widths, capitals, marks or blanks."""
    found = find(source.text, quote)
    return source.text[slice(*found)] if found else None
