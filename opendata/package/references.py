"""Tables that the codes of a version lead to: its sections, and the entries of open code lists.

They stand beside the tables of its records, so that a package explains its codes by itself,
wherever it is. Columns follow from the record types like those of every other table. Of a list,
the entries that the version uses are there.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from opendata.formats import MACHINE
from opendata.records import COLLECTIONS, ENTRY_TYPES, Collection, Entry, StrictSchema
from opendata.records.document import Document
from opendata.records.fields import about
from opendata.records.patterns import SectionId
from opendata.records.section import Section
from opendata.spec.resources import LISTS
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
class ReferenceTable:
    """A table that codes lead to, as the CSV for programs that is served."""

    collection: Collection
    body: bytes

    @property
    def path(self) -> str:
        """Where it is below the address of its version."""
        return path_of(self.collection.name)


def path_of(name: str) -> str:
    """Return where the table ``name`` is below the address of a version."""
    return f"{LISTS}/{name}.{MACHINE.suffix}"


def reference_tables(
    description: Mapping[str, Any], lists: Lists, used: Iterable[tuple[str, str]]
) -> list[ReferenceTable]:
    """Return the tables that the columns of a version's tables lead to, none of them empty.

    :param description: its dataset record.
    :param used: the codes that its records hold, each with the name of its list.
    """
    rows = list(_section_rows(description["sections"], None))
    tables = [_table(SECTIONS, rows)]
    about_sources = _codes(_DOCUMENTS, description["documents"])
    wanted = {*used, *_codes(SECTIONS, rows), *about_sources}
    for name in _named():
        entries = [entry for code, entry in lists.get(name, {}).items() if (name, code) in wanted]
        if entries:
            tables.append(_table(_list(name), entries))
    return tables


def _named() -> Iterator[str]:
    """Yield the open lists that columns of tables have codes of."""
    collections = (*COLLECTIONS.values(), SECTIONS)
    named = {column.vocabulary for c in collections for column in c.columns}
    return (name for name in OPEN if name in named)


def _table(collection: Collection, records: Iterable[Mapping[str, Any]]) -> ReferenceTable:
    lines = (MACHINE.line(collection, record) for record in records)
    return ReferenceTable(collection, b"".join((MACHINE.head(collection), *lines)))


def meanings(table: bytes) -> dict[str, tuple[Label, Label]]:
    """Return the label and the definition of each code that the table of a list has."""
    rows = csv.DictReader(io.StringIO(table.decode(), newline=""))
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
