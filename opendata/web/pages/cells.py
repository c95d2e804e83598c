"""The rows of a page: each record's cells, as people read them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import orjson

from opendata.formats.csv import ADDED
from opendata.formats.delimited import cells_of, excel
from opendata.formats.figures import Phrase, phrase
from opendata.query import Kind, fields_of
from opendata.records import DATASETS, Collection, Column
from opendata.search import Snippet, Term, matches, terms
from opendata.spec import Reach
from opendata.store import Part, Scope, Store
from opendata.vocabularies import Label

#: Places in a record where a text was found that are shown beside its title.
_SNIPPETS = 2
_TITLE = "title"
_FIGURE = "value"


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell: ``kind`` says how it is shown, ``text`` what stands in it."""

    kind: str
    column: Column
    text: str = ""
    figure: Phrase | None = None


@dataclass(frozen=True, slots=True)
class Found:
    """Where a text was found: the column, and the pieces of the text with whether each is it."""

    column: Label
    pieces: Sequence[tuple[str, bool]]


@dataclass(frozen=True, slots=True)
class Line:
    """A record as a row: where it stands, its cells, its title in pieces, what else was found."""

    path: str
    title: Mapping[str, str]
    pieces: Sequence[tuple[str, bool]]
    cells: Sequence[Cell]
    found: Sequence[Found]
    caveats: int


@dataclass(frozen=True, slots=True)
class Lines:
    """Makes the rows of a part of a collection."""

    store: Store
    collection: Collection
    scope: Scope
    reach: Reach
    language: str
    columns: Sequence[Column]
    sought: str | None

    def of(self, part: Part) -> list[Line]:
        """Return the rows, in their order: two reads, and one for what units are called."""
        records = [orjson.loads(fragment) for fragment in part.fragments]
        written = excel(self.language)
        lines = self.store.fragments(self.collection.name, written.name, part.rows)
        cells = list(cells_of(lines))
        names = [column.name for column in written.columns(self.collection)]
        names += [name for name, _, _ in ADDED]
        units = self._units(records)
        found = self._found(records, part.rows)
        return [
            self._line(record, dict(zip(names, own, strict=True)), units, places)
            for record, own, places in zip(records, cells, found, strict=True)
        ]

    def _units(self, records: Sequence[Mapping[str, Any]]) -> dict[str, Label]:
        codes = {code for record in records if (code := record.get("unit"))}
        return self.store.labels(self.scope, "units", codes) if codes else {}

    def _found(
        self, records: Sequence[Mapping[str, Any]], rows: Sequence[int]
    ) -> list[list[tuple[str, Snippet]]]:
        if self.sought is None or not rows:
            return [[] for _ in records]
        wanted: Sequence[Term] = terms(self.sought)
        readings = self.store.readings(self.collection.name, rows)
        return [
            matches(self.collection, record, wanted, reading)
            for record, reading in zip(records, readings, strict=True)
        ]

    def _line(
        self,
        record: Mapping[str, Any],
        cells: Mapping[str, str],
        units: Mapping[str, Label],
        found: Sequence[tuple[str, Snippet]],
    ) -> Line:
        title = f"{_TITLE}_{self.language}"
        own = record[_TITLE][self.language]
        return Line(
            record_path(self.collection, self.reach, record),
            record[_TITLE],
            title_pieces(own, found, title),
            [self._cell(column, record, cells, units) for column in self.columns],
            list(self._elsewhere(own, found)),
            len(record.get("caveats", ())),
        )

    def _cell(
        self,
        column: Column,
        record: Mapping[str, Any],
        cells: Mapping[str, str],
        units: Mapping[str, Label],
    ) -> Cell:
        if column.path[0] == _TITLE:
            return Cell(_TITLE, column)
        if column.name == _FIGURE and "unit" in record:
            unit = units.get(record["unit"] or "")
            return Cell("figure", column, figure=phrase(record, unit, self.language))
        text = cells.get(_SHOWN_AS.get(column.name, column.name), "")
        return Cell(self._kind(column, text), column, text)

    def _kind(self, column: Column, text: str) -> str:
        kind = fields_of(self.collection)[column.name].kind
        if not text or column.many:
            return "text"
        if kind is Kind.NUMBER:
            return "number"
        if text.startswith(("http://", "https://")):
            return "address"
        return "day" if kind is Kind.DATE else "text"

    def _elsewhere(self, title: str, found: Sequence[tuple[str, Snippet]]) -> Iterator[Found]:
        """Yield where else than in the title the text was found."""
        labels = {column.name: column.heading for column in self.collection.columns}
        others = [(name, one) for name, one in found if one.text != title]
        for name, one in others[:_SNIPPETS]:
            yield Found(labels[name], pieces(one))


#: Columns that the table for people shows on every row under another name.
_SHOWN_AS = {"dataset": "dataset_title"}


def record_path(collection: Collection, reach: Reach, record: Mapping[str, Any]) -> str:
    """Return the path of a record's page, in its version where the list is of one."""
    if collection is DATASETS:
        path = f"/v1/datasets/{record['id']}"
        return f"{path}/versions/{record['version']}" if reach is Reach.DATASET else path
    dataset = f"/v1/datasets/{record['dataset']}"
    version = f"/versions/{record['version']}" if reach is Reach.VERSION else ""
    return f"{dataset}{version}/{collection.name}/{record['id']}"


def title_pieces(
    title: str, found: Sequence[tuple[str, Snippet]], column: str
) -> Sequence[tuple[str, bool]]:
    """Return a title in pieces, with whether each is what was sought."""
    for name, one in found:
        if name == column and one.text == title:
            return pieces(one)
    return [(title, False)]


def pieces(found: Snippet) -> list[tuple[str, bool]]:
    """Return a text in pieces, with whether each is what was sought."""
    result: list[tuple[str, bool]] = []
    at = 0
    for start, end in found.ranges:
        result += [(found.text[at:start], False), (found.text[start:end], True)]
        at = end
    result.append((found.text[at:], False))
    return [piece for piece in result if piece[0]]
