"""Record types: each declared once as a schema; everything else is derived from it.

To add a type, write its schema and add one line to :data:`COLLECTIONS`.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from opendata.records.base import Record
from opendata.records.columns import Column, columns_of
from opendata.records.dataset import Dataset
from opendata.records.entry import ENTRY_TYPES, Entry
from opendata.records.patterns import Link
from opendata.records.project import Project
from opendata.records.schema import StrictSchema
from opendata.records.target import Target
from opendata.records.term import Term
from opendata.vocabularies import Label


@dataclass(frozen=True)
class Collection:
    """A record type and what its collection is called in files, tables and addresses.

    ``listed`` are the fields that a list for people shows where nobody chose others, and
    ``narrowing`` those that people narrow it by first: columns with few values each.
    """

    name: str
    schema: type[StrictSchema]
    title: Label
    one: str
    listed: tuple[str, ...] = ()
    narrowing: tuple[str, ...] = ()

    @cached_property
    def columns(self) -> tuple[Column, ...]:
        """The columns of the collection's table."""
        return columns_of(self.schema)

    @cached_property
    def links(self) -> dict[str, str]:
        """The collections that the columns of links lead to, by the column's name."""
        return {c.name: c.field.collection for c in self.columns if isinstance(c.field, Link)}

    @property
    def schema_name(self) -> str:
        """Name of the record type."""
        return self.schema.__name__


@dataclass(frozen=True)
class RecordCollection(Collection):
    """A collection that stands in a YAML file of each dataset version."""

    schema: type[Record]

    @property
    def file(self) -> str:
        """Name of the collection's file in a version's folder."""
        return f"{self.name}.yaml"


#: The record types of a dataset.
COLLECTIONS = {
    collection.name: collection
    for collection in (
        RecordCollection(
            "targets",
            Target,
            Label("目标", "Targets"),
            "target",
            ("title", "value", "strength", "deadline", "section"),
            ("section_path", "strength", "kind", "measure", "comparator", "unit", "caveats_code"),
        ),
        RecordCollection(
            "projects",
            Project,
            Label("项目", "Projects"),
            "project",
            ("title", "action", "category", "deadline", "section"),
            ("section_path", "action", "category", "deadline_basis", "caveats_code"),
        ),
        RecordCollection(
            "glossary",
            Term,
            Label("术语", "Glossary"),
            "term",
            ("title", "definition"),
            ("kind", "section_path", "caveats_code"),
        ),
    )
}

#: The datasets themselves are a collection too, one record a version.
DATASETS = Collection(
    "datasets",
    Dataset,
    Label("数据集", "Datasets"),
    "dataset",
    ("title", "version", "released", "area", "period", "targets", "projects", "glossary"),
    ("area", "period", "themes"),
)

__all__ = [
    "COLLECTIONS",
    "DATASETS",
    "ENTRY_TYPES",
    "Collection",
    "Column",
    "Entry",
    "Record",
    "RecordCollection",
    "StrictSchema",
]
