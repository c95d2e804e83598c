"""What the page of a record shows, from what the store holds of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import orjson

from opendata.catalogue.schemaorg import record_described
from opendata.formats import JSON
from opendata.formats.figures import Phrase
from opendata.query import Query
from opendata.records import COLLECTIONS, Collection
from opendata.store import Scope, Start, Store, VersionRow
from opendata.vocabularies import Label
from opendata.web.changes import exact
from opendata.web.history import history_of
from opendata.web.pages.citing import Form, forms_of_record
from opendata.web.pages.codes import Codes
from opendata.web.pages.differences import Difference, differences, status_of
from opendata.web.pages.facts import Fact, Quantity, Record, fact, facts, figure_of, quantities
from opendata.web.pages.reasons import Reasons, reasons
from opendata.web.pages.tree import dataset_record, titles_of


@dataclass(frozen=True, slots=True)
class Linked:
    """Records that a field leads to, and the collection they are of."""

    label: Label
    collection: Collection
    records: Sequence[Record]


@dataclass(frozen=True, slots=True)
class Step:
    """What a version did to the record: ``record`` is the entry of its history, as JSON has it."""

    record: Record
    status: Label
    changed: Sequence[Difference]


@dataclass(frozen=True, slots=True)
class RecordPage:
    """What the page shows.

    ``said`` is the record's figure in words, where it states one; ``before`` and ``after`` are
    the records beside it in the report's order; ``path`` is where the page stands, ``pinned``
    where it stands for good.
    """

    collection: Collection
    record: Record
    dataset: Record
    held: VersionRow
    path: str
    pinned: str
    said: Phrase | None
    quantities: Sequence[Quantity]
    facts: Sequence[Fact]
    deadline_basis: Fact | None
    caveats: Sequence[tuple[Label, Record]]
    sections: Sequence[tuple[str, Label]]
    document: Record
    reasons: Reasons
    linked: Sequence[Linked]
    history: Sequence[Step]
    forms: Sequence[Form]
    before: Record | None
    after: Record | None
    notice: Mapping[str, str] | None
    described: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Found:
    """A record of a version, and where it was found."""

    store: Store
    collection: Collection
    held: VersionRow
    row: int
    record: Record

    def page(self, path: str, pinned: str, language: str) -> RecordPage:
        """Return what the page of the record shows."""
        dataset, codes = dataset_record(self.store, self.held), Codes(self.store, self.held)
        collection, record, base = self.collection, self.record, self.store.base_url
        sections = titles_of(dataset["sections"])
        documents = {one["id"]: one for one in dataset["documents"]}
        return RecordPage(
            collection=collection,
            record=record,
            dataset=dataset,
            held=self.held,
            path=path,
            pinned=pinned,
            said=figure_of(record, codes, language),
            quantities=list(quantities(collection, record, codes, language)),
            facts=list(facts(collection, record, codes)),
            deadline_basis=self._deadline_basis(codes),
            caveats=[
                (codes.code("caveats", c["code"]).label, c["text"]) for c in record["caveats"]
            ],
            sections=[(one, sections[one]) for one in record["section_path"]],
            document=documents[record["source"]["document"]],
            reasons=reasons(collection, record, codes),
            linked=list(self._linked()),
            history=list(self._history(codes)),
            forms=forms_of_record(self.store, collection, self.held, record["id"], language),
            before=self._beside(backward=True),
            after=self._beside(backward=False),
            notice=orjson.loads(self.held.meta).get("notice"),
            described=record_described(base, collection.name, record, dataset, f"{base}{pinned}"),
        )

    def _deadline_basis(self, codes: Codes) -> Fact | None:
        columns = (c for c in self.collection.columns if c.name == "deadline_basis")
        return next((fact(c, self.record, codes) for c in columns if self.record[c.name]), None)

    def _linked(self) -> Iterator[Linked]:
        """Yield the records that each link leads to, in the order of the fields."""
        columns = {column.name: column for column in self.collection.columns}
        for name, collection in self.collection.links.items():
            [fragments] = self.store.linked(self.collection.name, name, [self.row])
            if fragments:
                records = [exact(fragment) for fragment in fragments]
                yield Linked(columns[name].label, COLLECTIONS[collection], records)

    def _history(self, codes: Codes) -> Iterator[Step]:
        name, dataset = self.collection.name, self.held.dataset
        told = history_of(self.store, dataset, name, self.record["id"])
        return steps_of(self.collection, told, codes)

    def _beside(self, *, backward: bool) -> Record | None:
        scope, start = Scope(self.held), Start(self.row, backward)
        part = self.store.part(self.collection.name, JSON.name, scope, Query(), start, 1)
        return orjson.loads(part.fragments[0]) if part.fragments else None


def steps_of(collection: Collection, told: Sequence[Record], codes: Codes) -> Iterator[Step]:
    """Yield what each version did to a record, from its history as JSON has it."""
    for entry in told:
        changed = differences(collection.columns, entry["fields"], codes)
        yield Step(entry, status_of(entry["status"]), changed)
