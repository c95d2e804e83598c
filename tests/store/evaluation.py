"""Queries answered in plain Python, on whole records: what a store's answers are held against.

Nothing of the store's is used: values are compared as what they are, numbers as decimals and
versions as numbers, not as the text forms a store keeps.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cmp_to_key
from typing import Any, NamedTuple

from opendata.query import Kind, Operator, QueryField

Record = dict[str, Any]


class Asked(NamedTuple):
    """A condition on values as they are."""

    field: QueryField
    operator: Operator
    values: tuple[Any, ...]


@dataclass(frozen=True)
class Sorted:
    """A field to sort by."""

    field: QueryField
    descending: bool


def parse(fragment: bytes) -> Record:
    """Return a record with exact numbers."""
    record: Record = json.loads(fragment, parse_float=Decimal)
    return record


def values(field: QueryField, record: Record) -> list[Any]:
    """Return what ``record`` has in ``field``, without nulls."""
    found: list[Any] = [record]
    for name in field.column.path:
        found = [value[name] for value in found]
        found = [m for value in found for m in (value if isinstance(value, list) else [value])]
        found = [value for value in found if value is not None]
    return [natural(field.kind, value) for value in found]


def natural(kind: Kind, value: Any) -> Any:
    """Return ``value`` as what it is and compares as."""
    if kind is Kind.NUMBER:
        return Decimal(value)
    return tuple(map(int, value.split("."))) if kind is Kind.VERSION else value


def meets(asked: Asked, own: Sequence[Any]) -> bool:
    """Whether a record that has the values ``own`` in the field meets a condition."""
    if asked.operator is Operator.ISNULL:
        return bool(asked.values[0]) is (not own)
    if asked.operator is Operator.NE:
        return asked.values[0] not in own
    compare = _COMPARE[asked.operator]
    return any(compare(value, asked.values) for value in own)


_COMPARE: dict[Operator, Callable[[Any, Sequence[Any]], bool]] = {
    Operator.EQ: lambda own, given: own == given[0],
    Operator.IN: lambda own, given: own in given,
    Operator.GT: lambda own, given: own > given[0],
    Operator.GTE: lambda own, given: own >= given[0],
    Operator.LT: lambda own, given: own < given[0],
    Operator.LTE: lambda own, given: own <= given[0],
    Operator.CONTAINS: lambda own, given: given[0] in own,
    Operator.STARTSWITH: lambda own, given: own.startswith(given[0]),
}


def answer(
    records: Iterable[Record], conditions: Sequence[Asked], order: Sequence[Sorted]
) -> list[Record]:
    """Return the records that meet all conditions, in order; ties stay as they stand."""
    found = [r for r in records if all(meets(c, values(c.field, r)) for c in conditions)]

    def compare(one: Record, other: Record) -> int:
        return _compare(order, one, other)

    return sorted(found, key=cmp_to_key(compare))


def _compare(order: Sequence[Sorted], one: Record, other: Record) -> int:
    for by in order:
        first, second = values(by.field, one), values(by.field, other)
        if first == second:
            continue
        if not first or not second:
            return 1 if not first else -1
        return -1 if (first[0] < second[0]) != by.descending else 1
    return 0


def counts(field: QueryField, records: Iterable[Record]) -> list[tuple[Any, int]]:
    """Return the values of ``field``, the most frequent first, then by value, null last."""
    found: Counter[Any] = Counter()
    for record in records:
        found.update(set(values(field, record)) or [None])
    nulls = found.pop(None, 0)
    ordered = sorted(found.items(), key=lambda pair: (-pair[1], pair[0]))
    if nulls:
        at = next((i for i, (_, count) in enumerate(ordered) if count < nulls), len(ordered))
        ordered.insert(at, (None, nulls))
    return ordered
