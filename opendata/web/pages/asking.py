"""The form of a collection's page: what it holds, and the address that what it sends stands for.

A form sends what is empty too, each checked box by itself, and a condition as what is compared and
with what. The page leads on from that to the one address that the API would be asked at.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from opendata.query import OPERATORS, Operator
from opendata.query.filters import Filter
from opendata.query.settings import field_names
from opendata.records import Collection, Column
from opendata.vocabularies import CLOSED, Label

#: The parts of a condition that is added, which are the page's own: a parameter and its value.
ADD, TO = "add", "to"


@dataclass(frozen=True, slots=True)
class Comparison:
    """A way to compare a field: the parameter and what it asks."""

    name: str
    said: Label


@dataclass(frozen=True, slots=True)
class Choice:
    """One of several things to choose, and whether it is chosen."""

    value: str
    label: Label
    chosen: bool


def canonical(
    given: Iterable[tuple[str, Sequence[str]]], listed: Sequence[str], filters: Mapping[str, Filter]
) -> dict[str, str] | None:
    """Return the parameters that ``given`` stand for; ``None`` where they are these already.

    :param given: each name with its values, as they came.
    :param listed: the fields that are shown where none are chosen.
    """
    came = [(name, list(values)) for name, values in given]
    kept = {name: ",".join(filter(None, values)) for name, values in came}
    condition, value = kept.pop(ADD, ""), kept.pop(TO, "")
    if condition in filters:
        value = _meant(filters[condition], value)
        if filters[condition].listed and kept.get(condition):
            value = f"{kept[condition]},{value}"
        kept[condition] = value
    if set(kept.get("fields", "").split(",")) == set(listed):
        del kept["fields"]
    found = {name: text for name, text in kept.items() if text}
    same = found == {name: values[0] for name, values in came if len(values) == 1}
    return None if same and len(found) == len(came) else found


def _meant(filter_: Filter, text: str) -> str:
    """Return the value that a reader means: a code by its name, a truth by its presence."""
    if filter_.operator is Operator.ISNULL:
        return text or "true"
    codes = CLOSED.get(filter_.field.column.vocabulary or "")
    for code in codes.codes if codes else ():
        if text.strip().casefold() in (code.label.zh, code.label.en.casefold()):
            return code.code
    return text.strip()


def comparisons(filters: Iterable[Filter]) -> Iterator[tuple[Label, list[Comparison]]]:
    """Yield every filter there is, by field."""
    for column, own in groupby(filters, key=lambda one: one.field.column):
        yield (
            column.label,
            [Comparison(one.name, OPERATORS[one.operator]) for one in own],
        )


def column_choices(
    collection: Collection, offered: Sequence[Column], shown: Sequence[Column]
) -> list[Choice]:
    """Return the columns of a table in one language, and which are shown.

    A text in two languages is chosen as such, so that the address says nothing of the reader's.
    """
    names = set(field_names(collection))
    return [Choice(_name(c, names), c.heading, c in shown) for c in offered]


def orders(
    columns: Iterable[Column], sortable: Iterable[str], current: str
) -> Iterator[tuple[str, Label, bool, bool]]:
    """Yield the orders to choose from: parameter, column, whether descending, whether chosen."""
    able = set(sortable)
    for column in columns:
        if column.name in able:
            for sign in ("", "-"):
                name = f"{sign}{column.name}"
                yield name, column.heading, bool(sign), name == current


def _name(column: Column, names: set[str]) -> str:
    pair = ".".join(column.path[:-1])
    return pair if column.language and pair in names else column.name
