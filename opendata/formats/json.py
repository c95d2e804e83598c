"""JSON: every field, nulls present, UTF-8 unescaped, decimals exact."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import orjson

from opendata.formats.representation import Blocks, Options, Row, Table
from opendata.formats.selection import cut_json, cut_of
from opendata.records import Collection, Column


@dataclass(frozen=True, slots=True)
class Json:
    """The JSON representation (RFC 8259)."""

    name: str = "json"
    suffix: str = "json"
    media_type: str = "application/json"
    content_type: str = "application/json"
    options: tuple[str, ...] = ()
    paged: bool = True
    explains: bool = False

    def head(self, collection: Collection) -> bytes:
        return b'{"data":['

    def fragment(self, row: Row) -> bytes:
        return dump(row.record)

    def content_type_for(self, options: Options) -> str:
        return self.content_type

    def stored(self, options: Options) -> str:
        return self.name

    def offered(self, collection: Collection, options: Options) -> tuple[Column, ...]:
        return collection.columns

    def write(self, table: Table, blocks: Blocks) -> Iterator[bytes]:
        yield self.head(table.collection)
        separator = b""
        for block in chosen(table, blocks):
            yield separator + b",".join(block)
            separator = b","
        yield b"]" + _rest(table)


JSON = Json()


def dump(value: Any) -> bytes:
    """Return ``value`` as compact JSON; decimals are written as they are, never as floats."""
    return orjson.dumps(value, default=_exact)


def chosen(table: Table, blocks: Blocks) -> Iterator[list[bytes]]:
    """Yield the blocks that hold rows, with the fields of ``table`` only."""
    full = (block for block in blocks if block)
    if table.columns is None:
        return full
    kept = cut_of(table.columns)
    return ([cut_json(fragment, kept) for fragment in block] for block in full)


def cut(table: Table, fragment: bytes) -> bytes:
    """Return a record with the fields of ``table`` only."""
    [[found]] = chosen(table, [[fragment]])
    return found


def wrap(fragment: bytes, meta: bytes, links: bytes) -> bytes:
    """Return the body of one record: ``{"data": {...}, "meta": {...}, "links": {...}}``."""
    return b"".join((b'{"data":', fragment, b',"meta":', meta, b',"links":', links, b"}"))


def _rest(table: Table) -> bytes:
    members = (b',"%s":%s' % (name.encode(), value) for name, value in table.envelope.items())
    return b"".join((*members, b"}"))


def _exact(value: Any) -> orjson.Fragment:
    if isinstance(value, Decimal):
        return orjson.Fragment(format(value, "f"))
    raise TypeError(f"{type(value).__name__} has no JSON form")
