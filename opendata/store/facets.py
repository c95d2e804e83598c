"""Facets: how many of the selected records have each value of a field."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace
from typing import Any

from sqlalchemy import ColumnElement, Select, func, select
from sqlalchemy.engine import Connection

from opendata.query import QueryField
from opendata.query.values import decode
from opendata.records import COLLECTIONS
from opendata.store.answers import Facet, FacetValue, Scope
from opendata.store.layout import labels, versions
from opendata.store.selecting import Selection
from opendata.vocabularies import Label

#: Values listed of a field.
MAX_VALUES = 1000

#: Vocabularies in which each dataset gives codes a meaning of its own.
_OWN = frozenset({"sections", *COLLECTIONS})

_DIFFERENT = func.count().over().label("total")


def facets(
    connection: Connection, selected: Selection, scope: Scope, fields: Sequence[QueryField]
) -> list[Facet]:
    """Return the facet of each field: the most frequent values first, then by value."""
    return [_facet(connection, selected, scope, field) for field in fields]


def _facet(connection: Connection, selected: Selection, scope: Scope, field: QueryField) -> Facet:
    found = connection.execute(_counts(selected, field)).all()
    total = found[0].total if found else 0
    named: dict[str, Label] = {}
    vocabulary = field.column.vocabulary
    if vocabulary:
        codes = [row.value for row in found if row.value is not None]
        named = labels_of(connection, scope, vocabulary, codes)
    values = [
        FacetValue(
            None if row.value is None else decode(field.kind, row.value),
            row.records,
            named.get(row.value),
        )
        for row in found
    ]
    return Facet(field, values, total)


def _counts(selected: Selection, field: QueryField) -> Select[Any]:
    """Return the statement; a record without members has one row without a value."""
    tables = selected.tables
    value: ColumnElement[str | None]
    if field.many:
        members = tables.members.alias()  # conditions may be about other members
        own = (members.c.row == tables.rows.c.row) & (members.c.field == field.name)
        selected = replace(selected, source=selected.source.outerjoin(members, own))
        value = members.c.value
    else:
        value = tables.rows.c[field.name]
    records = func.count()
    return (
        selected.all(value.label("value"), records.label("records"), _DIFFERENT)
        .group_by(value)
        .order_by(records.desc(), value.asc().nulls_last())
        .limit(MAX_VALUES)
    )


def labels_of(
    connection: Connection, scope: Scope, vocabulary: str, codes: Collection[str]
) -> dict[str, Label]:
    """Return what the scope's version calls ``codes``, else the version released last.

    What datasets name each for itself has a label only where they agree.
    """
    statement = (
        select(labels.c.code, labels.c.zh, labels.c.en)
        .join(versions, versions.c.version_key == labels.c.version_key)
        .where(labels.c.vocabulary == vocabulary, labels.c.code.in_(codes))
        .order_by(versions.c.released, versions.c.version_key)
    )
    if scope.version:
        statement = statement.where(labels.c.version_key == scope.version.version_key)
    elif scope.dataset:
        statement = statement.where(versions.c.dataset == scope.dataset)
    else:
        statement = statement.where(versions.c.latest)
    found: dict[str, Label] = {}
    disputed: set[str] = set()
    for code, zh, en in connection.execute(statement):
        if found.get(code, (zh, en)) != (zh, en) and vocabulary in _OWN:
            disputed.add(code)
        found[code] = Label(zh, en)
    return {code: label for code, label in found.items() if code not in disputed}
