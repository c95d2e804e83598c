"""Conditions as SQL: expressions that any database understands, over a collection's tables."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from sqlalchemy import ColumnElement, select

from opendata.query import Condition, Operator
from opendata.store.engines import Place
from opendata.store.layout import CollectionTables

_Comparison = Callable[[ColumnElement[Any], Sequence[str]], ColumnElement[bool]]


def meets(tables: CollectionTables, condition: Condition) -> ColumnElement[bool]:
    """Return the expression that a row meets ``condition``."""
    operator, values = condition.operator, condition.values
    if not condition.field.many:
        return _COMPARISONS[operator](tables.rows.c[condition.field.name], values)
    rows, members = tables.rows, tables.members
    own = (members.c.row == rows.c.row) & (members.c.field == condition.field.name)
    if operator is Operator.ISNULL:
        some = select(members.c.row).where(own).exists()
        return ~some if values == ("true",) else some
    if operator is Operator.NE:
        return ~select(members.c.row).where(own, members.c.value == values[0]).exists()
    matching = select(members.c.row).where(
        members.c.field == condition.field.name, _COMPARISONS[operator](members.c.value, values)
    )
    return rows.c.row.in_(matching)


def _isnull(column: ColumnElement[Any], values: Sequence[str]) -> ColumnElement[bool]:
    return column.is_(None) if values[0] == "true" else column.is_not(None)


def _startswith(column: ColumnElement[Any], values: Sequence[str]) -> ColumnElement[bool]:
    following = _following(values[0])
    beginning = column >= values[0]
    return beginning if following is None else beginning & (column < following)


def _following(prefix: str) -> str | None:
    """Return the first text after all that start with ``prefix``, where there is one."""
    shortened = prefix.rstrip("\U0010ffff")
    if not shortened:
        return None
    point = ord(shortened[-1]) + 1
    return shortened[:-1] + chr(0xE000 if point == 0xD800 else point)  # surrogates are no text


_COMPARISONS: dict[Operator, _Comparison] = {
    Operator.EQ: lambda column, values: column == values[0],
    Operator.NE: lambda column, values: (column != values[0]) | column.is_(None),
    Operator.IN: lambda column, values: column.in_(values),
    Operator.GT: lambda column, values: column > values[0],
    Operator.GTE: lambda column, values: column >= values[0],
    Operator.LT: lambda column, values: column < values[0],
    Operator.LTE: lambda column, values: column <= values[0],
    Operator.CONTAINS: lambda column, values: Place(column, values[0]) > 0,
    Operator.STARTSWITH: _startswith,
    Operator.ISNULL: _isnull,
}
