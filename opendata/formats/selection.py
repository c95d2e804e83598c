"""Choosing fields: the same cut, whether a record is an object or a line of a table."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import orjson

from opendata.records import Collection, Column

#: What is kept of a value: all of it, or these members, in this order.
Cut = dict[str, Any] | None

#: Joined to a record where a request asks for it; no fields, so they are not chosen or dropped.
MATCHES, EXPANDED = "matches", "expanded"
EMBEDDED = (MATCHES, EXPANDED)


def resolve(
    collection: Collection, names: Sequence[str], offered: Sequence[Column] | None = None
) -> tuple[Column, ...]:
    """Return the columns that ``names`` mean, in their order.

    A name is a column's, or that of a whole field: ``title`` means ``title_zh`` and ``title_en``.
    A column that is named again stands where it was named first. In a table of one language the
    text of a pair is the one in that language, whichever of both is named.

    :param offered: the columns that can be had (:meth:`Format.offered`); all where absent.
    :raises KeyError: for a name of neither; requests are checked before.
    """
    known = _known(collection)
    held = {column.name: column for column in (offered or collection.columns)}
    columns: dict[str, Column] = {}
    for name in names:
        for column in known[name]:
            meant = held.get(column.name) or _translated(column, held)
            if meant:
                columns.setdefault(meant.name, meant)
    return tuple(columns.values())


def _translated(column: Column, held: Mapping[str, Column]) -> Column | None:
    """Return the column that says in another language what ``column`` says."""
    if column.language is None:
        return None
    return next((other for other in held.values() if other.path[:-1] == column.path[:-1]), None)


def cut_of(columns: Iterable[Column]) -> Cut:
    """Return what is kept of a record for ``columns``."""
    kept: dict[str, Any] = {}
    for column in columns:
        inner = kept
        for name in column.path[:-1]:
            inner = inner.setdefault(name, {})
        inner[column.path[-1]] = None
    return kept


def cut_json(fragment: bytes, cut: Cut) -> bytes:
    """Return a JSON record with what ``cut`` keeps; every number is copied digit by digit."""
    record = json.loads(fragment, parse_float=orjson.Fragment, parse_int=orjson.Fragment)
    kept = _pick(record, cut)
    kept.update((name, record[name]) for name in EMBEDDED if name in record)
    return orjson.dumps(kept)


def cut_csv(cells: Sequence[str], places: Sequence[int]) -> list[str]:
    """Return the cells at ``places``, in the order of these."""
    return [cells[place] for place in places]


def _pick(value: Any, cut: Cut) -> Any:
    if cut is None or value is None:
        return value
    if isinstance(value, list):
        return [_pick(member, cut) for member in value]
    return {name: _pick(value[name], inner) for name, inner in cut.items()}


def _known(collection: Collection) -> dict[str, list[Column]]:
    found: dict[str, list[Column]] = {}
    for column in collection.columns:
        found.setdefault(column.path[0], []).append(column)
        if column.name != column.path[0]:
            found[column.name] = [column]
    return found
