"""The place of a text in another one, as each engine says it."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Integer
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import FunctionElement


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
