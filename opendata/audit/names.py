"""Names: the numerals of titles, names and terms, and a term's members, are the printed ones."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any

from opendata.audit.numerals import numbers_of, numerals_of
from opendata.audit.source import SourceText
from opendata.errors import Fault
from opendata.reader import Version
from opendata.reader.yaml import Path

_WORDS = {
    word: Decimal(number)
    for number, word in enumerate(
        (
            *("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"),
            *("eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen"),
            *("eighteen", "nineteen", "twenty"),
        ),
        start=1,
    )
}
_TIMES = {"hundred": 100, "thousand": 1000, "million": 10**6, "billion": 10**9}
_ENGLISH = re.compile(
    r"\b(?:(?P<figure>[0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]+)?|[0-9]+(?:\.[0-9]+)?)"
    rf"|(?P<word>(?!one\b)(?i:{'|'.join(_WORDS)})\b))(?:[ -](?P<times>(?i:{'|'.join(_TIMES)}))\b)?"
)


def check_names(version: Version, source: SourceText) -> None:
    """Check the numerals of every title, name and term, and the members of every term."""
    for name, records in version.collections.items():
        for index, record in enumerate(records):
            for path, fault in _faults(record, _printed(name, record, source)):
                version.files[name].problem((index, *path), fault)


def _printed(name: str, record: Mapping[str, Any], source: SourceText) -> str:
    """Return the words that a record's names come from: its quote, or the whole note of a term."""
    note = source.paragraph(record["source"]["paragraph"]) if name == "glossary" else None
    return source[note] if note else record["source"]["quote"]


def _faults(record: Mapping[str, Any], printed: str) -> Iterator[tuple[Path, Fault]]:
    figures, numbers = numerals_of(printed), numbers_of(printed)
    for name in ("title", "name", "term"):
        text = record.get(name)
        if text:
            for numeral in sorted(numerals_of(text["zh"]) - figures):
                yield (name, "zh"), _not_printed(numeral)
            for shown, number in english_numbers(text["en"]):
                if number not in numbers:
                    yield (name, "en"), _not_printed(shown)
    yield from _member_faults(record, printed)


def _member_faults(record: Mapping[str, Any], note: str) -> Iterator[tuple[Path, Fault]]:
    """Yield the members that the note does not print, but for capitals that it lost."""
    at = 0
    for position, member in enumerate(record.get("members", ())):
        found = note.lower().find(member["zh"].lower(), at)
        if found >= 0:
            at = found + len(member["zh"])
        else:
            message = f"{member['zh']} does not stand in the note after the member before it"
            yield ("members", position, "zh"), Fault(message, "copy it to the character, in order")


def _not_printed(shown: str) -> Fault:
    return Fault(f"holds {shown}, which is not printed", "write the printed numeral, or none")


def english_numbers(text: str) -> Iterator[tuple[str, Decimal]]:
    """Yield the numbers of an English text; one in small letters is an article as often."""
    for match in _ENGLISH.finditer(text):
        figure, word, times = match["figure"], match["word"], match["times"]
        number = Decimal(figure.replace(",", "")) if figure else _WORDS[word.lower()]
        yield match.group(), number * (_TIMES[times.lower()] if times else 1)
