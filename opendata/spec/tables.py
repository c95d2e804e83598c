"""What every description of a table says of its columns, whichever standard it is written in.

CSV on the Web (:mod:`opendata.spec.csvw`) and Table Schema (:mod:`opendata.package.tables`) take
required columns, keys and units from here.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from typing import Any

from marshmallow import fields

from opendata.records import DATASETS, Collection, Column


def is_required(collection: Collection, column: Column) -> bool:
    """Tell whether each row has a value: neither it nor a group it is in may be left out."""
    return column.name in _required(collection)


@cache
def _required(collection: Collection) -> frozenset[str]:
    known = collection.schema().fields
    return frozenset(
        column.name
        for column in collection.columns
        if not column.many and not _may_be_left_out(known, column.path)
    )


def _may_be_left_out(known: Mapping[str, fields.Field[Any]], path: Sequence[str]) -> bool:
    for name in path:
        field = known[name]
        if field.allow_none:
            return True
        if isinstance(field, fields.Nested):
            known = field.schema.fields
    return False


def key_of(collection: Collection, *, everywhere: bool) -> Iterator[str]:
    """Yield the columns that tell one row of a table from another: records by id, codes by code.

    :param everywhere: whether the rows are of several datasets.
    """
    if collection is DATASETS:
        yield from ("id", "version")
    elif everywhere:
        yield from ("dataset", "version", "id")
    else:
        yield "id" if "id" in collection.schema().fields else "code"


def unit_column(collection: Collection, column: Column) -> str | None:
    """Return the column that names the unit of this one's values, where they have one."""
    named = column.field.metadata.get("unit_field")
    if named is None:
        return None
    name = "_".join((*column.path[:-1], named))
    return name if any(other.name == name for other in collection.columns) else None
