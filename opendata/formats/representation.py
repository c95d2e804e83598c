"""What a format must offer.

A :class:`Representation` makes a fragment of each row, once, when the store is built. A
:class:`Format` makes the body of an answer from such fragments, whichever rows are asked for.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol

from opendata.errors import OpendataError
from opendata.records import Collection, Column
from opendata.vocabularies import Label


@dataclass(frozen=True, slots=True)
class Row:
    """A record as it is served, with what tables for people show beside it."""

    collection: Collection
    record: Mapping[str, Any]
    permalink: str
    dataset: Label
    version: str
    licence: str
    labels: Mapping[str, Mapping[str, Label]]


class Representation(Protocol):
    """One way to write rows."""

    @property
    def name(self) -> str:
        """Name of its fragments in the store."""

    @property
    def suffix(self) -> str:
        """The suffix of its addresses, without the dot."""

    @property
    def media_type(self) -> str:
        """Its media type, without parameters."""

    def head(self, collection: Collection) -> bytes:
        """Return what stands before the first fragment."""

    def fragment(self, row: Row) -> bytes:
        """Return the bytes of one row."""


@dataclass(frozen=True, slots=True)
class Options:
    """How a table is to be written; each format says in ``options`` which of these it takes.

    ``profile`` is ``machine`` or ``excel``; ``language`` ``zh`` or ``en``; ``header`` ``id``,
    ``zh``, ``en`` or ``none``; ``delimiter`` ``comma``, ``semicolon`` or ``tab``. ``None`` leaves
    ``bom`` and ``header`` to the profile.
    """

    profile: str = "machine"
    language: str = "zh"
    bom: bool | None = None
    header: str | None = None
    delimiter: str = "comma"


@dataclass(frozen=True, slots=True)
class About:
    """What a workbook says of itself, in its language; nothing that changes with the hour.

    ``version`` says which dataset and version, or that it is all of them; ``licence`` is the
    name and ``licence_url`` where its text is; ``address`` is the query that gives the same rows
    again; ``filters`` says in words which rows these are, one condition a member; ``sources``
    says of each dataset how to cite it, where the rows are of several; ``caveats`` is what to
    mind, one a member; ``notes`` are those of the version; ``notice`` is how it stands: a draft,
    superseded or given up. What is empty is left out.
    """

    title: str
    description: str = ""
    publisher: str = ""
    version: str = ""
    licence: str = ""
    licence_url: str = ""
    citation: str = ""
    address: str = ""
    filters: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    caveats: tuple[str, ...] = ()
    notes: str = ""
    notice: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """What is asked for beside the rows themselves.

    ``columns`` are those that were chosen, in their order (:func:`opendata.formats.resolve`);
    ``None`` is all of them. ``rows`` is how many rows there are, where that is known.
    ``envelope`` holds ready-made JSON by name, which a format that has a place for it writes
    after the rows.
    """

    collection: Collection
    columns: tuple[Column, ...] | None = None
    options: Options = field(default_factory=Options)
    about: About | None = None
    rows: int | None = None
    envelope: Mapping[str, bytes] = field(default_factory=dict)


#: Fragments, some at a time.
Blocks = Iterable[list[bytes]]


class Format(Protocol):
    """One way to answer with rows."""

    @property
    def suffix(self) -> str:
        """The suffix of its addresses, without the dot."""

    @property
    def media_type(self) -> str:
        """Its media type, without parameters: what it is chosen by."""

    @property
    def options(self) -> tuple[str, ...]:
        """The parameters it takes: of ``profile``, ``lang``, ``bom``, ``header``, ``delimiter``."""

    @property
    def paged(self) -> bool:
        """Whether an answer is a page with links; otherwise it holds all rows."""

    @property
    def explains(self) -> bool:
        """Whether it says what it holds, so that it wants ``about`` and ``rows`` of a table."""

    def content_type_for(self, options: Options) -> str:
        """Return the whole Content-Type field."""

    def stored(self, options: Options) -> str:
        """Return the name of the fragments it is made from."""

    def offered(self, collection: Collection, options: Options) -> tuple[Column, ...]:
        """Return the columns that can be chosen from."""

    def write(self, table: Table, blocks: Blocks) -> Iterator[bytes]:
        """Return the whole body, block by block, in constant memory.

        :raises UnfitError: where the format cannot hold these rows: at once where ``table.rows``
            tells, otherwise before the first bytes come out.
        """


class UnfitError(OpendataError):
    """Rows that a format cannot hold; ``reason`` says why and what to do, for people."""

    def __init__(self, reason: Label) -> None:
        super().__init__(reason.en)
        self.reason = reason


class TooManyRowsError(UnfitError):
    """More rows than the format can hold."""


class TooLongTextError(UnfitError):
    """A text that is longer than a cell can hold."""
