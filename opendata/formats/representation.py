"""What a format must offer: a fragment for each row, made once, and what stands around them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Protocol

from opendata.records import Collection
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

    @property
    def content_type(self) -> str:
        """The whole Content-Type field."""

    def head(self, collection: Collection) -> bytes:
        """Return what stands before the first fragment."""

    def fragment(self, row: Row) -> bytes:
        """Return the bytes of one row."""
