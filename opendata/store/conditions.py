"""Conditions as SQL: expressions that any database understands, over a collection's tables."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from sqlalchemy import ColumnElement, Integer, select
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import FunctionElement

from opendata.query import Condition, Operator
from opendata.store.layout import CollectionTables

_Comparison = Callable[[ColumnElement[Any], Sequence[str]], ColumnElement[bool]]


class Place(FunctionElement[int]):
    """Where a text first holds another, counted from 1; 0 where it does not (SQL: POSITION).

    LIKE would not do: SQLite takes no notice of the case of Latin letters in it.
    """

    name = "position"
    type = Integer()
    inherit_cache = True


@compiles(Place)
def _standard(place: Place, compiler: SQLCompiler, **options: Any) -> str:
    text, part = (compiler.process(clause, **options) for clause in place.clauses)
    return f"position({part} IN {text})"


@compiles(Place, "sqlite")
def _sqlite(place: Place, compiler: SQLCompiler, **options: Any) -> str:
    text, part = (compiler.process(clause, **options) for clause in place.clauses)
    return f"instr({text}, {part})"


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
