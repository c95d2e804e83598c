"""The parameters of the API as OpenAPI describes them and the web checks them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from opendata.records import COLLECTIONS, DATASETS, Collection, Column
from opendata.records.fields import Choice
from opendata.records.patterns import Code, Pattern, Slug, VersionNumber
from opendata.vocabularies import LANGUAGES

DEFAULT_LIMIT = 100
MAX_LIMIT = 1000

#: A cursor names the last row that was read: dataset, version and place in it.
CURSOR = rf"{Slug.pattern}~{VersionNumber.pattern}~(0|[1-9][0-9]{{0,8}})"

#: Codes of the open lists, by list; a filter on such a field takes these.
Codes = Mapping[str, list[str]]

PROFILES = ("machine", "excel")


def filter_schema(column: Column, codes: Codes) -> dict[str, Any]:
    """Schema of the filter on ``column``; ``enum`` where codes can be listed."""
    field = column.field
    if isinstance(field, Choice):
        return {"type": "string", "enum": list(field.codelist)}
    if isinstance(field, Code) and field.vocabulary in codes:
        return {"type": "string", "enum": codes[field.vocabulary]}
    assert isinstance(field, Pattern)
    return {"type": "string", "pattern": f"^{field.pattern}$", "maxLength": field.longest}


def filter_names(collection: Collection, *, across: bool) -> list[str]:
    """Return the names of the filters of a collection.

    :param across: whether the address spans datasets, so that these can be filtered on.
    """
    return [name for name in collection.filters if across or name not in ("dataset", "version")]


def setting_names(collection: Collection, *, table: bool) -> list[str]:
    """Return the names of a collection's parameters that are no filters."""
    return ["limit", "cursor", *(["profile", "lang"] if table else record_names(collection))]


def record_names(collection: Collection) -> list[str]:
    """Return the names of the parameters of one record of a collection, as JSON."""
    return ["expand"] if collection.links else []


def query_names(collection: Collection, *, table: bool, across: bool) -> list[str]:
    """Return the component names of the query parameters of a collection.

    :param table: whether for the CSV address, which gives all rows and has profiles.
    """
    filters = [f"{collection.name}.{name}" for name in filter_names(collection, across=across)]
    own = setting_names(collection, table=table)
    return [*filters, *(_component(collection, name, table=table) for name in own)]


def record_query_names(collection: Collection) -> list[str]:
    """Return the component names of the query parameters of one record."""
    return [_component(collection, name, table=False) for name in record_names(collection)]


def _component(collection: Collection, name: str, *, table: bool) -> str:
    if name == "expand":
        return f"{collection.name}.expand"
    return "rows" if table and name == "limit" else name


def components(codes: Codes) -> dict[str, dict[str, Any]]:
    """Return every query parameter, by the name it has among the components."""
    found = {
        f"{collection.name}.{name}": _query(
            name,
            _referenced(column, codes),
            f"Only rows whose {column.label.en.lower()} is this. {column.note.en}",
        )
        for collection in (*COLLECTIONS.values(), DATASETS)
        for name, column in collection.filters.items()
    }
    expand = {f"{c.name}.expand": _expand(c) for c in COLLECTIONS.values() if c.links}
    return found | expand | _own_parameters()


def code_schemas(codes: Codes) -> dict[str, dict[str, Any]]:
    """Return a schema for the codes of each open list, by the name of the component."""
    return {
        _code_schema(name): {
            "type": "string",
            "description": f"A code of the list `/v1/vocabularies/{name}`.",
            "enum": list(listed),
        }
        for name, listed in codes.items()
    }


def _code_schema(vocabulary: str) -> str:
    return f"{vocabulary.capitalize()}Code"


def _referenced(column: Column, codes: Codes) -> dict[str, Any]:
    field = column.field
    if isinstance(field, Code) and field.vocabulary in codes:
        return {"$ref": f"#/components/schemas/{_code_schema(field.vocabulary)}"}
    return filter_schema(column, codes)


def _own_parameters() -> dict[str, dict[str, Any]]:
    limit = {"type": "integer", "minimum": 1, "maximum": MAX_LIMIT}
    cursor = {"type": "string", "pattern": f"^{CURSOR}$", "maxLength": 200}
    return {
        "limit": _query("limit", {**limit, "default": DEFAULT_LIMIT}, "Rows on a page."),
        "rows": _query("limit", limit, "How many rows to give; all of them where absent."),
        "cursor": _query(
            "cursor",
            cursor,
            "Continue after this row; taken from `links.next` of a page, not made by hand.",
        ),
        "profile": _query(
            "profile",
            {"type": "string", "enum": list(PROFILES), "default": PROFILES[0]},
            "`machine`: field names and codes, no byte order mark. `excel`: for people and "
            "spreadsheets, with byte order mark, headers and codes spelled out, and dataset, "
            "version, licence and permalink on every row.",
        ),
        "lang": _query(
            "lang",
            {"type": "string", "enum": list(LANGUAGES)},
            "Language of the `excel` profile; by Accept-Language where absent, else Chinese. "
            "The `machine` profile is the same in both.",
        ),
    }


def _expand(collection: Collection) -> dict[str, Any]:
    names = list(collection.links)
    schema = {
        "type": "array",
        "items": {"type": "string", "enum": names},
        "minItems": 1,
        "uniqueItems": True,
    }
    about = (
        "Links whose records are embedded whole as `expanded`, each list in the order of its "
        "links; JSON only."
    )
    parameter = _query("expand", schema, about)
    return {**parameter, "style": "form", "explode": False, "example": names[:1]}


def _query(name: str, schema: dict[str, Any], description: str) -> dict[str, Any]:
    return {"name": name, "in": "query", "description": description, "schema": schema}
