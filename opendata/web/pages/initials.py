"""Terms from A to Z: by pinyin for readers of Chinese, by the English name for the others."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import groupby
from typing import Any

#: What terms stand under whose name begins with no letter.
_NO_LETTER = "#"

Record = Mapping[str, Any]


def from_a_to_z(
    terms: Sequence[Record], readings: Sequence[str], language: str
) -> list[tuple[str, list[Record]]]:
    """Return terms under their initials, in the order of these; those without come first.

    :param readings: how the Chinese name of each reads (:meth:`opendata.store.Store.readings`).
    """
    keys = [_key(term, read, language) for term, read in zip(terms, readings, strict=True)]
    placed = sorted(zip(keys, terms, strict=True), key=lambda pair: pair[0])
    return [
        (initial, [term for _, term in found])
        for initial, found in groupby(placed, key=lambda pair: _initial(pair[0]))
    ]


def _key(term: Record, reading: str, language: str) -> str:
    """Return what a term is sorted by: its name as it is said, in small letters."""
    name = "".join(c for c in term["title"][language] or term["title"]["zh"] if c.isalnum())
    said = name if name[:1].isascii() else reading.partition(" ")[0]
    return said.casefold()


def _initial(key: str) -> str:
    return key[0].upper() if key[:1].isalpha() and key[0].isascii() else _NO_LETTER
