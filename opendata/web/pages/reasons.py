"""Why a record says what it says: from the printed wording to codes, and to base units."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from opendata.records import Collection, Column
from opendata.records.figure import GAP
from opendata.vocabularies import Code, Label
from opendata.web.pages.codes import Codes, printed_word

#: What is read from the wording of a record, in the order that it is told.
_READ = ("action", "comparator", "measure")


@dataclass(frozen=True, slots=True)
class Reading:
    """One thing that was read: ``printed`` is the word it was read from, where there is one."""

    label: Label
    printed: str
    said: Label
    definition: Label


@dataclass(frozen=True, slots=True)
class Conversion:
    """A figure in base units, every digit of it: ``value`` × ``multiplier`` = ``result``."""

    value: Decimal
    unit: Code
    multiplier: Decimal
    result: Decimal
    base: str


@dataclass(frozen=True, slots=True)
class Reasons:
    """How a record was read from its quote.

    ``printed`` is the wording that states the figure or the action, ``quote`` the whole of it in
    pieces, each with whether it is part of that.
    """

    printed: str
    quote: Sequence[tuple[str, bool]]
    readings: Sequence[Reading]
    conversions: Sequence[Conversion]


def reasons(collection: Collection, record: Mapping[str, Any], codes: Codes) -> Reasons:
    """Return how ``record`` was read."""
    printed = record.get("as_printed") or record.get("action_as_printed") or ""
    return Reasons(
        printed,
        list(pieces(record["source"]["quote"], printed)),
        list(_readings(collection, record, codes)),
        list(_conversions(record, codes)),
    )


def pieces(quote: str, printed: str) -> Iterator[tuple[str, bool]]:
    """Yield the pieces of a quote: those of the printed wording, and what stands around them."""
    for part in filter(None, printed.split(GAP)):
        before, found, quote = quote.partition(part)
        yield before, False
        yield found, True
    yield quote, False


def _readings(collection: Collection, record: Mapping[str, Any], codes: Codes) -> Iterator[Reading]:
    columns = {column.name: column for column in collection.columns}
    for name in _READ:
        if name in columns and record.get(name) is not None:
            yield _reading(columns[name], record, codes)


def _reading(column: Column, record: Mapping[str, Any], codes: Codes) -> Reading:
    assert column.vocabulary is not None
    code: Code = codes.code(column.vocabulary, record[column.name])
    as_printed = record.get(f"{column.name}_as_printed")
    printed = as_printed or printed_word(code, record["source"]["quote"])
    return Reading(column.label, printed, code.label, code.definition)


def _conversions(record: Mapping[str, Any], codes: Codes) -> Iterator[Conversion]:
    figures = [(record, name) for name in ("value", "value_max")]
    figures += [(quantity, "value") for quantity in record.get("quantities", ())]
    if record.get("baseline"):
        figures.append((record["baseline"], "value"))
    for figure, name in figures:
        if figure.get(name) is None or figure.get(f"{name}_base") is None:
            continue
        value, result = Decimal(str(figure[name])), Decimal(figure[f"{name}_base"])
        multiplier = codes.entry("units", figure["unit"]).get("multiplier", 1)
        if value != result:
            unit = codes.code("units", figure["unit"])
            yield Conversion(value, unit, Decimal(str(multiplier)), result, figure["unit_base"])
