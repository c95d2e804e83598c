"""Fields of a record as a page lists them: what each is called, what it says, what that means."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from opendata.formats.figures import Phrase, phrase
from opendata.records import Collection, Column
from opendata.vocabularies import Code, Label
from opendata.web.pages.codes import Codes, printed_word

#: Fields that pages of records show in a place of their own.
_ELSEWHERE = frozenset(
    {
        *("id", "dataset", "version", "title", "term", "name", "definition", "section"),
        *("section_path", "measure", "comparator", "value", "value_max", "unit"),
        *("value_base", "value_max_base", "unit_base", "as_printed"),
        *("action_as_printed", "baseline", "quantities", "members", "mentions", "deadline"),
        *("deadline_basis", "marker_in_text", "source", "caveats", "corrections"),
    }
)

Record = Mapping[str, Any]
Value = Code | Label | str


@dataclass(frozen=True, slots=True)
class Fact:
    """A field of a record: its name, its values, and the word that a code was read from."""

    label: Label
    values: Sequence[Value]
    printed: str = ""


@dataclass(frozen=True, slots=True)
class Quantity:
    """A figure beside the record's own: what it is, in words, and as printed."""

    label: Label
    said: Phrase
    printed: str


def facts(collection: Collection, record: Record, codes: Codes) -> Iterator[Fact]:
    """Yield what a record says of itself in fields that have no place of their own."""
    done = set(_ELSEWHERE)
    for column in collection.columns:
        first = column.path[0]
        if first not in done and column.name not in collection.links:
            done.add(first)
            found = fact(column, record, codes)
            if found.values:
                yield found


def fact(column: Column, record: Record, codes: Codes) -> Fact:
    """Return the field of a record that a column, or a pair of them, is of."""
    held = record.get(column.path[0])
    listed = held if isinstance(held, list) else [held]
    values = [_value(column, one, codes) for one in listed if one is not None]
    quote = record["source"]["quote"] if "source" in record else ""
    printed = (printed_word(value, quote) for value in values if isinstance(value, Code))
    return Fact(column.heading, values, next(printed, ""))


def figure_of(figure: Record, codes: Codes, language: str) -> Phrase | None:
    """Return a figure in words; ``None`` where there is no value."""
    if figure.get("value") is None:
        return None
    return phrase(figure, codes.code("units", figure["unit"]).label, language)


def quantities(
    collection: Collection, record: Record, codes: Codes, language: str
) -> Iterator[Quantity]:
    """Yield the figures that a record has beside its own."""
    figures = [("quantities", one) for one in record.get("quantities", ())]
    if record.get("baseline"):
        figures.append(("baseline", record["baseline"]))
    fields = collection.schema().fields
    for name, figure in figures:
        said = figure_of(figure, codes, language)
        if said is not None:
            yield Quantity(fields[name].metadata["label"], said, figure["as_printed"])


def _value(column: Column, value: Any, codes: Codes) -> Value:
    if isinstance(value, Mapping):
        return Label(**value)
    return codes.code(column.vocabulary, value) if column.vocabulary else str(value)
