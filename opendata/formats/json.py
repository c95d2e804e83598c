"""JSON: every field, nulls present, UTF-8 unescaped, decimals exact."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import orjson

from opendata.formats.representation import Row
from opendata.records import Collection


@dataclass(frozen=True, slots=True)
class Json:
    """The JSON representation (RFC 8259)."""

    name: str = "json"
    suffix: str = "json"
    media_type: str = "application/json"
    content_type: str = "application/json"

    def head(self, collection: Collection) -> bytes:
        return b'{"data":['

    def fragment(self, row: Row) -> bytes:
        return dump(row.record)


JSON = Json()


def dump(value: Any) -> bytes:
    """Return ``value`` as compact JSON; decimals are written as they are, never as floats."""
    return orjson.dumps(value, default=_exact)


def join(fragments: Iterable[bytes], meta: bytes, links: bytes) -> bytes:
    """Return the body of a page: ``{"data": [...], "meta": {...}, "links": {...}}``."""
    return b"".join(
        (b'{"data":[', b",".join(fragments), b'],"meta":', meta, b',"links":', links, b"}")
    )


def wrap(fragment: bytes, meta: bytes, links: bytes) -> bytes:
    """Return the body of one record: ``{"data": {...}, "meta": {...}, "links": {...}}``."""
    return b"".join((b'{"data":', fragment, b',"meta":', meta, b',"links":', links, b"}"))


def _exact(value: Any) -> orjson.Fragment:
    if isinstance(value, Decimal):
        return orjson.Fragment(format(value, "f"))
    raise TypeError(f"{type(value).__name__} has no JSON form")
