"""What the page of a collection shows, as its template reads it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from opendata.query.faults import RequestFault
from opendata.records import Collection, Column
from opendata.spec import Reach
from opendata.spec.links import Turns
from opendata.vocabularies import Label
from opendata.web.pages.asking import Choice, Comparison
from opendata.web.pages.calls import Call
from opendata.web.pages.cells import Line
from opendata.web.pages.narrowing import Chip, Narrowing


@dataclass(frozen=True, slots=True)
class Heading:
    """A column's head: where it leads to sort by the column, and how it is sorted now."""

    column: Column
    sort: str | None = None
    sorted: str = ""


@dataclass(frozen=True, slots=True)
class Form:
    """What narrows the list down, with what is asked filled in."""

    sought: str
    narrowings: Sequence[Narrowing]
    comparisons: Sequence[tuple[Label, Sequence[Comparison]]]
    adding: tuple[str, str]
    orders: Sequence[tuple[str, Label, bool, bool]]
    columns: Sequence[Choice]
    hidden: Sequence[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Listed:
    """Of what the page is: the collection, and the dataset and version where it is of one."""

    collection: Collection
    reach: Reach
    dataset: str | None
    version: str | None
    title: Label | None
    notice: Mapping[str, str] | None


@dataclass(frozen=True, slots=True)
class CollectionPage:
    """What the page shows; without ``lines`` and ``total`` where the query has faults."""

    of: Listed
    query: Mapping[str, str]
    form: Form
    faults: Sequence[RequestFault] = ()
    refused: Sequence[tuple[str, str, Mapping[str, str]]] = ()
    chips: Sequence[Chip] = ()
    headings: Sequence[Heading] = ()
    lines: Sequence[Line] = ()
    total: int | None = None
    turns: Turns = field(default_factory=Turns)
    rows: Mapping[str, str] = field(default_factory=dict)
    calls: Sequence[Call] = ()
