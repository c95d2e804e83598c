"""Orders as SQL: what to sort by, and what lies beyond a place (keyset pagination).

What lies beyond costs the same at any depth: no row before the place is counted or skipped.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, and_, false, or_


@dataclass(frozen=True, slots=True)
class Key:
    """An expression to sort by; rows without a value come last in both directions.

    ``indexed`` tells that a range of its values is found without reading every row.
    """

    column: ColumnElement[Any]
    descending: bool = False
    indexed: bool = False

    def order(self, backward: bool) -> ColumnElement[Any]:
        """Return what stands in ORDER BY."""
        down = self.descending != backward
        ordered = self.column.desc() if down else self.column.asc()
        return ordered.nulls_first() if backward else ordered.nulls_last()

    def ties(self, value: Any) -> ColumnElement[bool]:
        """Return the expression that a row has ``value``."""
        return self.column.is_(None) if value is None else self.column == value

    def beyond(self, value: Any, backward: bool) -> list[ColumnElement[bool]]:
        """Return the ranges that lie beyond ``value``, the nearer first."""
        if value is None:
            return [self.column.is_not(None)] if backward else []
        further = self.column < value if self.descending != backward else self.column > value
        return [further] if backward else [further, self.column.is_(None)]


def ordered(
    keys: Sequence[Key], row: ColumnElement[int], backward: bool = False
) -> list[ColumnElement[Any]]:
    """Return what to sort by: ``keys``, then the number of the row."""
    return [*(key.order(backward) for key in keys), row.desc() if backward else row.asc()]


def ranges(
    keys: Sequence[Key], row: ColumnElement[int], values: Sequence[Any], at: int, backward: bool
) -> Iterator[ColumnElement[bool]]:
    """Yield conditions for what lies beyond a place; each range lies beyond those before it.

    An index leads to the start of a range of its column, so such a key makes ranges of its own.

    :param values: what the row at the place has in each key.
    :param at: the number of the row at the place.
    """
    if not keys or not keys[0].indexed:
        yield _beyond(keys, row, values, at, backward)
        return
    first, value = keys[0], values[0]
    yield first.ties(value) & _beyond(keys[1:], row, values[1:], at, backward)
    yield from first.beyond(value, backward)


def _beyond(
    keys: Sequence[Key], row: ColumnElement[int], values: Sequence[Any], at: int, backward: bool
) -> ColumnElement[bool]:
    if not keys:
        return row < at if backward else row > at
    first, value = keys[0], values[0]
    tie = and_(first.ties(value), _beyond(keys[1:], row, values[1:], at, backward))
    return or_(false(), *first.beyond(value, backward), tie)
