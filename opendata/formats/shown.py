"""The columns of a workbook: the records' own in one language, and those on every row."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from opendata.formats.csv import ADDED
from opendata.formats.delimited import excel, places_of
from opendata.formats.representation import Table
from opendata.query import Kind, fields_of
from opendata.records import Column
from opendata.vocabularies import Label


@dataclass(frozen=True, slots=True)
class Shown:
    """A column as a workbook shows it.

    ``place`` is where its cells stand in a stored line; ``many`` tells that a cell joins several
    values, and ``vocabulary`` which list, tree or collection names them.
    """

    place: int
    name: str
    heading: Label
    note: Label
    kind: Kind
    many: bool = False
    vocabulary: str | None = None

    @property
    def cell_kind(self) -> Kind:
        """What a cell holds: several values are a text, whatever they are one by one."""
        return Kind.TEXT if self.many else self.kind


def shown(table: Table) -> list[Shown]:
    """Return the columns in the order they stand in."""
    return list(_shown(table))


def _shown(table: Table) -> Iterator[Shown]:
    stored = excel(table.options.language).columns(table.collection)
    kinds = fields_of(table.collection)
    for place in places_of(stored, table.columns):
        column: Column = stored[place]
        yield Shown(
            place,
            column.name,
            column.heading,
            column.note,
            kinds[column.name].kind,
            column.many,
            column.vocabulary,
        )
    for place, (name, heading, note) in enumerate(ADDED, len(stored)):
        yield Shown(place, name, heading, note, Kind.TEXT)
