"""What a store is asked about and what it answers with."""

from __future__ import annotations

from dataclasses import dataclass, fields
from enum import Enum
from typing import Any, NamedTuple

from opendata.query import QueryField
from opendata.vocabularies import Label


@dataclass(frozen=True, slots=True)
class VersionRow:
    """A version in the store.

    ``published`` is when it was first published (RFC 3339, UTC), ``predecessor`` and ``successor``
    are the numbers of the versions beside it, ``deprecation`` is what its dataset says of its end
    (records.dataset.Deprecation, as JSON).
    """

    version_key: int
    dataset: str
    version: str
    latest: bool
    published: str
    sha256: str
    meta: bytes
    predecessor: str | None = None
    successor: str | None = None
    deprecation: bytes | None = None

    @classmethod
    def of(cls, row: Any) -> VersionRow:
        """Return what a row of the table of versions says."""
        return cls(*(getattr(row, field.name) for field in fields(cls)))


@dataclass(frozen=True, slots=True)
class Scope:
    """Which rows a question is about.

    Those of one version, of all versions of one dataset, or (with neither) of the latest version
    of every dataset.
    """

    version: VersionRow | None = None
    dataset: str | None = None


class Start(NamedTuple):
    """Where to go on: beyond ``row``, towards the end or back towards the beginning."""

    row: int
    backward: bool = False


class Part(NamedTuple):
    """Consecutive rows in their order: their numbers, their bytes, whether more follow.

    ``more`` is said of the direction of reading: going backward, whether rows come before.
    """

    rows: list[int]
    fragments: list[bytes]
    more: bool


class Position(NamedTuple):
    """A row by names that outlive the store: the ``nth`` row of a version, from 1."""

    dataset: str
    version: str
    nth: int


class Lost(Enum):
    """Why a place is not there."""

    VERSION = "version"  # the dataset or the version is not in the store
    ROW = "row"  # the version has no such row
    MATCH = "match"  # the row is not among those that the search finds


class LostPlaceError(LookupError):
    """A place to go on from that is not there (any more)."""

    def __init__(self, lost: Lost) -> None:
        super().__init__(lost.value)
        self.lost = lost


class Document(NamedTuple):
    """A ready-made resource."""

    content_type: str
    body: bytes
    sha256: str


class StoredFile(NamedTuple):
    """A file beside the store, in :data:`FILES`.

    ``path`` is where it is served, ``file`` what it is called on the disk, by its content, and
    ``name`` what a download of it is called; ``size`` is in bytes.
    """

    path: str
    file: str
    name: str
    content_type: str
    size: int
    sha256: str


#: The folder of the files, beside the store.
FILES = "files"


@dataclass(frozen=True, slots=True)
class FacetValue:
    """A value, as JSON shows it, and how many records have it; ``None`` is having none."""

    value: Any
    count: int
    label: Label | None


@dataclass(frozen=True, slots=True)
class Facet:
    """The values of a field, the most frequent first.

    ``total_values`` is how many different ones there are, of which the first are listed.
    """

    field: QueryField
    values: list[FacetValue]
    total_values: int


class Hit(NamedTuple):
    """A record that a search across collections found; ``docid`` is its place in the index.

    ``fragment`` is the record as JSON, ``reading`` how its names read (pinyin).
    """

    docid: int
    collection: str
    row: int
    dataset: str
    version: str
    id: str
    fragment: bytes
    reading: str
