"""Table Schema (Data Package 2.0 and 1.0): what the columns of a CSV hold, derived from these.

A cell that joins several values is a ``string``: the ``list`` type is missing from the published
profile of 2.0, and frictionless does not know it. ``listDelimiter`` says what joins the values,
and where they are codes or ids a pattern holds each of them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from opendata.query import Kind, QueryField, fields_of
from opendata.records import DATASETS, Collection
from opendata.records.fields import Integer
from opendata.records.patterns import Email, Link, Url
from opendata.records.text import LIST_SEPARATOR
from opendata.spec.tables import is_required, key_of, unit_column

#: The codes of a code list, by its name.
Codes = Mapping[str, Sequence[str]]

#: More codes than these are not listed for each column that holds them.
MOST_CODES = 300


def table_schema(
    base_url: str, collection: Collection, codes: Codes, *, everywhere: bool
) -> dict[str, Any]:
    """Return the Table Schema of the machine CSV of ``collection``.

    :param codes: what may stand in columns of codes; a list that is absent allows any.
    :param everywhere: whether the rows are of several datasets.
    """
    key = list(key_of(collection, everywhere=everywhere))
    fields = [
        _field(base_url, collection, field, codes, key) for field in fields_of(collection).values()
    ]
    links = list(_foreign_keys(collection, everywhere=everywhere))
    return {
        "fields": fields,
        "missingValues": [""],
        "primaryKey": key,
        **({"foreignKeys": links} if links else {}),
    }


def _foreign_keys(collection: Collection, *, everywhere: bool) -> Iterator[dict[str, Any]]:
    """Yield the keys that lead to another table: a list of ids is one cell and cannot be one."""
    if everywhere and collection is not DATASETS:
        version = {"resource": DATASETS.name, "fields": ["id", "version"]}
        yield {"fields": ["dataset", "version"], "reference": version}
    elif not everywhere:
        for column in collection.columns:
            if isinstance(column.field, Link) and not column.many:
                linked = {"resource": column.field.collection, "fields": ["id"]}
                yield {"fields": [column.name], "reference": linked}


def _field(
    base_url: str, collection: Collection, field: QueryField, codes: Codes, key: list[str]
) -> dict[str, Any]:
    column = field.column
    unit = unit_column(collection, column)
    named = column.vocabulary if column.vocabulary in codes else None
    return {
        "name": field.name,
        "type": _type(field),
        **_format(field),
        "title": column.label.en,
        "description": column.note.en,
        "titles": column.label._asdict(),
        "descriptions": column.note._asdict(),
        **({"unitField": unit} if unit else {}),
        **({"listDelimiter": LIST_SEPARATOR} if field.many else {}),
        **({"vocabulary": f"{base_url}/v1/vocabularies/{named}"} if named else {}),
        "constraints": {
            "required": is_required(collection, column),
            **({"unique": True} if key == [field.name] else {}),
            **_constraints(field, codes),
        },
    }


def _type(field: QueryField) -> str:
    if field.many:
        return "string"
    if field.kind is Kind.NUMBER:
        return "integer" if isinstance(field.column.field, Integer) else "number"
    return "date" if field.kind is Kind.DATE else "string"


def _format(field: QueryField) -> dict[str, str]:
    if field.many:
        return {}
    if isinstance(field.column.field, Url):
        return {"format": "uri"}
    return {"format": "email"} if isinstance(field.column.field, Email) else {}


def _constraints(field: QueryField, codes: Codes) -> dict[str, Any]:
    """Return what holds of each value beside its type."""
    column = field.column
    known = column.field.metadata
    allowed = known.get("enum") or codes.get(column.vocabulary or "", ())
    if len(allowed) > MOST_CODES:
        allowed = ()
    if field.many:
        one = "|".join(map(re.escape, allowed)) or known.get("pattern", "").strip("^$")
        return {"pattern": _several(one)} if one else {}
    if allowed:
        return {"enum": list(allowed)}
    return {
        name: known[of]
        for name, of in (("minimum", "minimum"), ("pattern", "pattern"), ("maxLength", "maxLength"))
        if of in known
    }


def _several(one: str) -> str:
    """Return the pattern of a cell that joins values of the pattern ``one``, some of them empty."""
    joined = re.escape(LIST_SEPARATOR)
    return f"^({one})?({joined}({one})?)*$"
