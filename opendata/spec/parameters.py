"""The parameters of the query language as OpenAPI describes them.

Their schemas are those that requests are checked against (:mod:`opendata.query.parameters`).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any
from urllib.parse import quote

from opendata.formats import FORMATS, Format
from opendata.query.fields import Operator
from opendata.query.filters import Codes, Filter, filters
from opendata.query.parameters import DEFAULT_LIMIT, Parameter, Schema
from opendata.query.publications import PARAMETERS
from opendata.query.settings import search_settings, settings
from opendata.query.values import Kind
from opendata.records import COLLECTIONS, DATASETS, Collection

#: Settings whose schema is the same for every collection.
_SHARED = ("limit", "cursor", "profile", "lang", "bom", "header", "delimiter")
#: What every address of a collection takes beside its filters, in every representation.
_ROWS = ("q", "sort", "fields", "limit", "cursor")
#: What of that makes a query whose rows can be cited: all of them.
_CITED = ("q", "sort", "fields")


def row_settings(collection: Collection, format_: Format) -> list[str]:
    """Return the names of the settings of a collection's rows in ``format_``."""
    return [*_ROWS, *_own(collection, format_)]


def page_settings() -> list[str]:
    """Return the names of the settings of a collection's page for people."""
    return [*_ROWS, "facet", "lang"]


def record_settings(collection: Collection, format_: Format) -> list[str]:
    """Return the names of the settings of one record in ``format_``."""
    return ["fields", *(n for n in _own(collection, format_) if n != "facet")]


def citation_settings(*, rows: bool) -> list[str]:
    """Return the names of the settings of a citation, the same in every form of it.

    :param rows: whether it is of what a query selects: then also what makes the query.
    """
    return [*(_CITED if rows else ()), "lang"]


def settings_elsewhere(
    collection: Collection, of: Callable[[Collection, Format], list[str]]
) -> dict[str, list[str]]:
    """Return which suffixes each setting is for, of an address that has it in some format.

    :param of: :func:`row_settings` or :func:`record_settings`.
    """
    found: dict[str, list[str]] = {}
    for suffix, format_ in FORMATS.items():
        for name in of(collection, format_):
            found.setdefault(name, []).append(suffix)
    return found


def _own(collection: Collection, format_: Format) -> list[str]:
    known = settings(collection)
    own = ("facet", "expand", *format_.options) if format_.paged else format_.options
    return [name for name in own if name in known]


def row_components(collection: Collection, format_: Format, *, across: bool) -> list[str]:
    """Return the names that the parameters of a collection's rows have among the components.

    :param across: whether the address spans datasets, so that these can be filtered on.
    """
    names = [f"{collection.name}.{name}" for name in filters(collection, {}, across=across)]
    own = row_settings(collection, format_)
    return names + [_component(collection, name, format_) for name in own]


def record_components(collection: Collection, format_: Format) -> list[str]:
    """Return the names that the parameters of one record have among the components."""
    own = record_settings(collection, format_)
    return [_component(collection, name, format_) for name in own]


def citation_components(collection: Collection, *, rows: bool, across: bool) -> list[str]:
    """Return the names that the parameters of a citation have among the components."""
    names = filters(collection, {}, across=across) if rows else ()
    return [
        *(f"{collection.name}.{name}" for name in names),
        *(n if n in _SHARED else f"{collection.name}.{n}" for n in citation_settings(rows=rows)),
    ]


def search_components() -> list[str]:
    """Return the names that the parameters of a search have among the components."""
    return [f"search.{name}" if name in ("q", "collection") else name for name in search_settings()]


def publication_components() -> list[str]:
    """Return the names that the parameters of ``/v1/changes`` have among the components."""
    return [f"publications.{name}" for name in PARAMETERS]


def _component(collection: Collection, name: str, format_: Format) -> str:
    if name == "limit" and not format_.paged:
        return "rows"
    return name if name in _SHARED else f"{collection.name}.{name}"


def components(
    codes: Codes,
    records: Mapping[str, Mapping[str, Any]],
    known: Mapping[str, Mapping[str, Sequence[Any]]],
) -> dict[str, dict[str, Any]]:
    """Return every query parameter, by the name it has among the components.

    :param codes: the codes of the open lists.
    :param records: a record of each collection that has any.
    :param known: of each collection, the different values of each column, in their order.
    """
    found: dict[str, dict[str, Any]] = {}
    for collection in (*COLLECTIONS.values(), DATASETS):
        values = known.get(collection.name, {})
        for name, filter_ in filters(collection, codes, across=True).items():
            described = _query(filter_, filter_.schema)
            example = filter_example(filter_, values.get(filter_.field.name, ()))
            found[f"{collection.name}.{name}"] = described | example
        for name, setting in settings(collection).items():
            key = name if name in _SHARED else f"{collection.name}.{name}"
            found[key] = _query(setting, setting.schema) | _setting_example(setting)
        if collection.name in records:
            found[f"{collection.name}.q"]["example"] = sought_for(records[collection.name])
    sought = search_settings()
    found["search.q"] = {**found["targets.q"], "required": True}
    collections = sought["collection"]
    found["search.collection"] = _query(collections, collections.schema)
    found["search.collection"] |= _setting_example(collections)
    for name, parameter in PARAMETERS.items():
        described = _query(parameter, parameter.schema)
        found[f"publications.{name}"] = described | _publication_example(name)
    rows = settings(DATASETS)["limit"]
    found["limit"] = _query(rows, {**rows.schema, "default": DEFAULT_LIMIT}) | {"example": 10}
    found["rows"] = _query(rows, rows.schema) | {"example": 10}
    return found


def code_schemas(codes: Codes) -> dict[str, dict[str, Any]]:
    """Return a schema for the codes of each open list that filters take, by component name."""
    known = (*COLLECTIONS.values(), DATASETS)
    taken = {f.vocabulary for c in known for f in filters(c, codes, across=True).values()}
    return {
        _code_schema(name): {
            "type": "string",
            "description": f"A code of the list `/v1/vocabularies/{name}`.",
            "enum": list(listed),
        }
        for name, listed in codes.items()
        if name in taken
    }


def _code_schema(vocabulary: str) -> str:
    return f"{vocabulary.capitalize()}Code"


def _query(parameter: Parameter, schema: Schema) -> dict[str, Any]:
    if parameter.vocabulary:
        item = {"$ref": f"#/components/schemas/{_code_schema(parameter.vocabulary)}"}
        schema = {**schema, "items": item} if parameter.listed else item
    described = {
        "name": parameter.name,
        "in": "query",
        "description": parameter.about.en,
        "schema": schema,
    }
    return described | ({"style": "form", "explode": False} if parameter.listed else {})


def filter_example(filter_: Filter, values: Sequence[Any]) -> dict[str, Any]:
    """Return a value that finds records, of those that the field has; a likely one if it has none.

    Short ones, since a request may have every filter at once. Texts that are too long to be
    asked for as a whole are shown by how they begin.

    :param values: the different values of the field, in their order.
    """
    if filter_.operator is Operator.ISNULL:
        return {"example": False}
    if not values:
        return _likely(filter_)
    kind, operator = filter_.field.kind, filter_.operator
    if operator in _LOWER:
        value = values[0]
    elif operator in _UPPER:
        value = values[-1]
    else:
        value = min(values, key=lambda known: _cost(filter_, known))
    if kind is Kind.NUMBER:
        value = float(value) if "." in str(value) else int(value)
    elif operator in _PARTIAL or (kind is Kind.TEXT and _cost(filter_, value) > _LONG):
        value = str(value)[:2].strip()
    return {"example": [value] if filter_.listed else value}


#: What finds records beside the least value, and beside the greatest.
_LOWER = (Operator.GT, Operator.GTE)
_UPPER = (Operator.LT, Operator.LTE)
_PARTIAL = (Operator.CONTAINS, Operator.STARTSWITH)
#: Characters of an address that an example may take.
_LONG = 60


def _likely(filter_: Filter) -> dict[str, Any]:
    """Return a value that a field might have, where its schema tells of one."""
    item, kind = filter_.item, filter_.field.kind
    values = item["enum"] if "enum" in item else (_LIKELY[kind], _MOMENT)
    fitting = (v for v in values if re.fullmatch(item.get("pattern", ".*"), str(v)))
    value = next(fitting, None)
    if value is None:
        return {}
    return {"example": [value] if filter_.listed else value}


_LIKELY: dict[Kind, Any] = {
    Kind.NAME: "example",
    Kind.TEXT: "100",
    Kind.NUMBER: 100,
    Kind.DATE: "2025-12-31",
    Kind.PERIOD: "2024",
    Kind.VERSION: "1.0.0",
}
_MOMENT = "2025-12-31T08:30:00Z"


def _cost(filter_: Filter, value: Any) -> int:
    """Return how many characters ``value`` takes in an address; lists split texts with commas."""
    return len(quote(str(value), safe="")) + (filter_.listed and "," in str(value)) * _LONG


def sought_for(record: Mapping[str, Any]) -> str:
    """Return a text that finds ``record``: how its title begins."""
    title: str = record["title"]["zh"]
    return title[:SOUGHT]


#: Characters of the texts that examples look for.
SOUGHT = 2
#: Of settings that are no lists of names.
_SETTING_EXAMPLES = {
    "profile": "excel",
    "lang": "en",
    "bom": True,
    "header": "en",
    "delimiter": "semicolon",
}


_PUBLICATION_EXAMPLES: dict[str, Any] = {"since": "2025-12-31", "limit": 10}


def _publication_example(name: str) -> dict[str, Any]:
    found = _PUBLICATION_EXAMPLES.get(name)
    return {"example": found} if found else {}


def _setting_example(setting: Parameter) -> dict[str, Any]:
    if setting.listed:
        return {"example": setting.item["enum"][:2]}
    name = setting.name
    return {"example": _SETTING_EXAMPLES[name]} if name in _SETTING_EXAMPLES else {}
