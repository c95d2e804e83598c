"""Caveats: the figures that they give are printed, or number a paragraph, or are the year."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any

from opendata.audit.names import english_numbers
from opendata.audit.numerals import numbers_of
from opendata.audit.places import span_of
from opendata.audit.source import SourceText
from opendata.errors import Fault
from opendata.reader import Version
from opendata.reader.yaml import Path

_FIGURE = re.compile(r"[0-9]+(?:,[0-9]{3})*(?:\.[0-9]+)?")
#: Figures that number a paragraph or a note.
_NUMBERED = re.compile(
    r"第[0-9]+[至到、和及]?(?:第?[0-9]+)?[段条]"
    r"|(?:paragraph|note)s? [0-9]+(?:(?: to | and |, )[0-9]+)*"
)


def check_caveats(version: Version, source: SourceText) -> None:
    """Check the figures in the caveats of every record."""
    year = version.description["period"]
    for name, records in version.collections.items():
        for index, record in enumerate(records):
            place = source.whole_sentences(span_of(record["source"]))
            if name == "glossary":
                place = source.paragraph(place.paragraph) or place
            known = numbers_of(source[place] + year)
            for path, shown, number in _figures(record):
                if number not in known:
                    fault = Fault(f"holds {shown}, which is not printed", "copy the figure")
                    version.files[name].problem((index, *path), fault)


def _figures(record: Mapping[str, Any]) -> Iterator[tuple[Path, str, Decimal]]:
    """Yield the figures of both languages; numbers in words are as often of the words."""
    for at, caveat in enumerate(record["caveats"]):
        for language, text in caveat["text"].items():
            left = _NUMBERED.sub("", text)
            path = ("caveats", at, "text", language)
            if language == "zh":
                for shown in _FIGURE.findall(left):
                    yield path, shown, Decimal(shown.replace(",", ""))
            else:
                for shown, number in english_numbers(left):
                    if shown[0].isdecimal():
                        yield path, shown, number
