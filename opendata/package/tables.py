"""Table Schema (Data Package 2.0 and 1.0): what the columns of a CSV hold, derived from these.

A cell that joins several values is a ``string``: the ``list`` type is missing from the published
profile of 2.0, and frictionless does not know it. ``listDelimiter`` says what joins the values,
and where they are codes or ids a pattern holds each of them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from opendata.query import Kind, QueryField, fields_of
from opendata.records import DATASETS, Collection
from opendata.records.fields import Integer
from opendata.records.patterns import Email, Url
from opendata.records.text import LIST_SEPARATOR
from opendata.spec.tables import is_required, key_of, unit_column
from opendata.vocabularies import CLOSED, Label

#: The codes of code lists and what they are called, by the name of the list.
Codes = Mapping[str, Mapping[str, Label]]

#: More codes than these are not listed for each column that holds them.
MOST_CODES = 300


def table_schema(
    base_url: str,
    collection: Collection,
    codes: Codes,
    beside: Iterable[Collection] = (),
    *,
    everywhere: bool,
) -> dict[str, Any]:
    """Return the Table Schema of the machine CSV of ``collection``.

    :param codes: what may stand in columns of codes; a list that is absent allows any.
    :param beside: what the tables of the package hold, which keys may lead to.
    :param everywhere: whether the rows are of several datasets.
    """
    key = list(key_of(collection, everywhere=everywhere))
    fields = [
        _field(base_url, collection, field, codes, key) for field in fields_of(collection).values()
    ]
    links = list(_foreign_keys(collection, beside, everywhere=everywhere))
    return {
        "fields": fields,
        "missingValues": [""],
        "primaryKey": key,
        **({"foreignKeys": links} if links else {}),
    }


def _foreign_keys(
    collection: Collection, beside: Iterable[Collection], *, everywhere: bool
) -> Iterator[dict[str, Any]]:
    """Yield the keys that lead to another table: a list of ids is one cell and cannot be one.

    Which table a column leads to is the name of what its field holds codes or ids of. A key that
    leads into its own table names none, as 2.0 has it.
    """
    if everywhere and collection is not DATASETS:
        version = {"resource": DATASETS.name, "fields": ["id", "version"]}
        yield {"fields": ["dataset", "version"], "reference": version}
    elif not everywhere:
        known = {other.name: other for other in beside}
        for column in collection.columns:
            target = known.get(column.vocabulary or "")
            if target is None or column.many:
                continue
            key = list(key_of(target, everywhere=False))
            if target is not collection:
                led = {"resource": target.name, "fields": key}
                yield {"fields": [column.name], "reference": led}
            elif key != [column.name]:
                yield {"fields": [column.name], "reference": {"fields": key}}


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
        **_categories(field, codes),
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


def _categories(field: QueryField, codes: Codes) -> dict[str, Any]:
    """Return what each code is called that may stand in a column.

    In one language, as 2.0 has it; those of closed lists, which no table of a package holds, in
    both.
    """
    allowed = () if field.many else _allowed(field, codes)
    name = field.column.vocabulary or ""
    found = []
    for code in allowed:
        label = codes[name][code]
        both = {"labels": label._asdict()} if name in CLOSED else {}
        found.append({"value": code, "label": label.en, **both})
    return {"categories": found} if found else {}


def _allowed(field: QueryField, codes: Codes) -> Sequence[str]:
    """Return the codes that may stand in a column, unless they are too many to be listed."""
    allowed = tuple(codes.get(field.column.vocabulary or "", ()))
    return allowed if len(allowed) <= MOST_CODES else ()


def _constraints(field: QueryField, codes: Codes) -> dict[str, Any]:
    """Return what holds of each value beside its type."""
    known = field.column.field.metadata
    allowed = _allowed(field, codes)
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
