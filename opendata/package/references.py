"""Tables that the codes of a version lead to: its sections, and the entries of open code lists.

They stand in the descriptor itself, so that a package explains its codes by itself, wherever it
is. Columns follow from the record types like those of every other table. Of a list, the entries
that the version uses are there.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from opendata.records import COLLECTIONS, ENTRY_TYPES, Collection, Column, Entry, StrictSchema
from opendata.records.document import Document
from opendata.records.fields import about
from opendata.records.patterns import SectionId
from opendata.records.section import Section
from opendata.records.text import LIST_SEPARATOR
from opendata.vocabularies import OPEN, Label

#: The entries of a version's open lists, by list and code.
Lists = Mapping[str, Mapping[str, Mapping[str, Any]]]


class SectionRow(Section):
    """A section as a row, which names the section it is in."""

    class Meta(StrictSchema.Meta):
        fields = (
            *("id", "parent", "title", "printed"),
            *("first_paragraph", "last_paragraph", "caveats"),
        )

    parent = SectionId(
        load_default=None,
        metadata=about(
            "上级章节",
            "Parent",
            "所属的上级章节；最上层没有。",
            "The section it is in; none at the top.",
        ),
    )


SECTIONS = Collection("sections", SectionRow, Label("章节", "Sections"), "section")
_DOCUMENTS = Collection("documents", Document, Label("源文件", "Source documents"), "document")


@dataclass(frozen=True, slots=True)
class InlineTable:
    """A table whose rows stand in the descriptor."""

    collection: Collection
    records: Sequence[Mapping[str, Any]]

    def rows(self) -> list[list[Any]]:
        """Return the names of the columns and then the rows; numbers and nulls are JSON's own."""
        columns = self.collection.columns
        rows = [[_cell(column, record) for column in columns] for record in self.records]
        return [[column.name for column in columns], *rows]


def reference_tables(
    description: Mapping[str, Any], lists: Lists, used: Iterable[tuple[str, str]]
) -> list[InlineTable]:
    """Return the tables that the columns of a version's tables lead to, none of them empty.

    :param description: its dataset record.
    :param used: the codes that its records hold, each with the name of its list.
    """
    rows = list(_section_rows(description["sections"], None))
    tables = [InlineTable(SECTIONS, rows)]
    about_sources = _codes(_DOCUMENTS, description["documents"])
    wanted = {*used, *_codes(SECTIONS, rows), *about_sources}
    for name in _named():
        entries = [entry for code, entry in lists.get(name, {}).items() if (name, code) in wanted]
        if entries:
            tables.append(InlineTable(_list(name), entries))
    return tables


def _named() -> Iterator[str]:
    """Yield the open lists that columns of tables have codes of."""
    collections = (*COLLECTIONS.values(), SECTIONS)
    named = {column.vocabulary for c in collections for column in c.columns}
    return (name for name in OPEN if name in named)


def meanings(package: Mapping[str, Any], name: str) -> dict[str, tuple[Label, Label]]:
    """Return the label and the definition of each code of a list that a descriptor has a table of.

    :param package: the descriptor, of a version.
    """
    found = [r["data"] for r in package["resources"] if r["name"] == name]
    rows = [dict(zip(data[0], row, strict=True)) for data in found for row in data[1:]]
    return {
        row["code"]: (
            Label(row["label_zh"], row["label_en"]),
            Label(row["definition_zh"], row["definition_en"]),
        )
        for row in rows
    }


@cache
def _list(name: str) -> Collection:
    return Collection(name, ENTRY_TYPES.get(name, Entry), OPEN[name], "code")


def _section_rows(
    sections: Iterable[Mapping[str, Any]], parent: str | None
) -> Iterator[dict[str, Any]]:
    for section in sections:
        yield {**section, "parent": parent}
        yield from _section_rows(section["sections"], section["id"])


def _codes(
    collection: Collection, records: Iterable[Mapping[str, Any]]
) -> Iterator[tuple[str, str]]:
    coded = [(column, column.vocabulary) for column in collection.columns if column.vocabulary]
    for record in records:
        for column, vocabulary in coded:
            yield from ((vocabulary, code) for code in column.values(record) if code is not None)


def _cell(column: Column, record: Mapping[str, Any]) -> Any:
    values = column.values(record)
    if not column.many:
        return values[0]
    return LIST_SEPARATOR.join(str(value) for value in values if value is not None) or None
