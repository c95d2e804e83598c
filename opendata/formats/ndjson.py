"""NDJSON: one JSON record a line, for programs that read as it comes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from opendata.formats.json import JSON, chosen
from opendata.formats.representation import Blocks, Options, Table
from opendata.records import Collection, Column


@dataclass(frozen=True, slots=True)
class Ndjson:
    """The lines are the records as the JSON representation has them."""

    suffix: str = "ndjson"
    media_type: str = "application/x-ndjson"
    options: tuple[str, ...] = ()
    paged: bool = False
    explains: bool = False

    def content_type_for(self, options: Options) -> str:
        return self.media_type

    def stored(self, options: Options) -> str:
        return JSON.name

    def offered(self, collection: Collection, options: Options) -> tuple[Column, ...]:
        return collection.columns

    def write(self, table: Table, blocks: Blocks) -> Iterator[bytes]:
        return (b"\n".join(block) + b"\n" for block in chosen(table, blocks))


NDJSON = Ndjson()
