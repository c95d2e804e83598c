"""Facets: how many of the records that a query selects have each value of a field."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from opendata.formats.json import dump
from opendata.query import Query, QueryField, fields_of
from opendata.records import Collection
from opendata.records.fields import DecimalText
from opendata.store import Facet, Scope, Store


def counted(
    current: Store, collection: Collection, scope: Scope, query: Query, names: Sequence[str]
) -> bytes:
    """Return the counts of the fields ``names`` as JSON, by field, the most frequent first."""
    fields = [fields_of(collection)[name] for name in names]
    found = current.facets(collection.name, scope, query, fields)
    return dump({facet.field.name: _shown(facet) for facet in found})


def _shown(facet: Facet) -> dict[str, object]:
    values = [
        {
            "value": _as_in_records(facet.field, value.value),
            "label": value.label and value.label._asdict(),
            "count": value.count,
        }
        for value in facet.values
    ]
    return {"total_values": facet.total_values, "values": values}


def _as_in_records(field: QueryField, value: Any) -> Any:
    """Return a value in the form that records have it in: some numbers are texts there."""
    written = value is not None and isinstance(field.column.field, DecimalText)
    return format(value, "f") if written else value
