"""A query: which records, in which order."""

from __future__ import annotations

from dataclasses import dataclass

from opendata.query.fields import Operator, QueryField


@dataclass(frozen=True, slots=True)
class Condition:
    """A comparison that a record must meet.

    ``values`` are in the form that is compared (:func:`opendata.query.values.encode`): several
    for IN, one otherwise; for ISNULL ``"true"`` or ``"false"``. A field with several values
    meets it where any of them does; NE is the exact contrary of EQ, so records without a value
    meet it, and those of which no value is equal.
    """

    field: QueryField
    operator: Operator
    values: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Order:
    """One field to sort by; records without a value come last in both directions."""

    field: QueryField
    descending: bool = False


@dataclass(frozen=True, slots=True)
class Query:
    """Which records and in which order.

    All ``conditions`` hold; ``search`` is a text to look for, ``None`` where there is none.
    Without ``order`` records stand as in their files, found ones by how well they match; ties
    are always broken by the order of the files, so that an order is total.
    """

    conditions: tuple[Condition, ...] = ()
    order: tuple[Order, ...] = ()
    search: str | None = None
