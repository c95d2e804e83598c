"""The parameters of the API as OpenAPI describes them and the web checks them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from opendata.records import Collection, Column
from opendata.records.fields import Choice, Code, Pattern, Slug, VersionNumber

DEFAULT_LIMIT = 100
MAX_LIMIT = 1000

#: A cursor names the last row that was read: dataset, version and place in it.
CURSOR = rf"{Slug.pattern}~{VersionNumber.pattern}~(0|[1-9][0-9]{{0,8}})"

#: Codes of the open lists, by list; a filter on such a field takes these.
Codes = Mapping[str, list[str]]

PROFILES = ("machine", "excel")


def limit_schema(*, default: int | None = DEFAULT_LIMIT) -> dict[str, Any]:
    """Schema of ``limit``."""
    schema: dict[str, Any] = {"type": "integer", "minimum": 1, "maximum": MAX_LIMIT}
    return schema if default is None else {**schema, "default": default}


def filter_schema(column: Column, codes: Codes) -> dict[str, Any]:
    """Schema of the filter on ``column``."""
    field = column.field
    if isinstance(field, Choice):
        return {"type": "string", "enum": list(field.codelist)}
    if isinstance(field, Code) and field.vocabulary in codes:
        return {"type": "string", "enum": codes[field.vocabulary]}
    assert isinstance(field, Pattern)
    return {"type": "string", "pattern": f"^{field.pattern}$", "maxLength": field.longest}


def query_parameters(
    collection: Collection, codes: Codes, *, table: bool, across: bool
) -> list[dict[str, Any]]:
    """Return the query parameters of a collection.

    :param table: whether for the CSV address, which gives all rows and has profiles.
    :param across: whether the address spans datasets.
    """
    found = [
        _query(
            column.name,
            filter_schema(column, codes),
            f"Only rows whose {column.label.en.lower()} is this. {column.note.en}",
        )
        for column in collection.filters.values()
        if across or column.name not in ("dataset", "version")
    ]
    found.append(
        _query(
            "limit",
            limit_schema(default=None if table else DEFAULT_LIMIT),
            "How many rows to give; all of them where absent." if table else "Rows on a page.",
        )
    )
    found.append(
        _query(
            "cursor",
            {"type": "string", "pattern": f"^{CURSOR}$", "maxLength": 200},
            "Continue after this row; taken from `links.next` of a page, not made by hand.",
        )
    )
    if table:
        found.append(
            _query(
                "profile",
                {"type": "string", "enum": list(PROFILES), "default": "machine"},
                "`machine`: field names and codes, no byte order mark. `excel`: for people and "
                "spreadsheets, with byte order mark, headers and codes spelled out, and dataset, "
                "version, licence and permalink on every row.",
            )
        )
        found.append(
            _query(
                "lang",
                {"type": "string", "enum": ["zh", "en"]},
                "Language of the `excel` profile; by Accept-Language where absent, else Chinese. "
                "The `machine` profile is the same in both.",
            )
        )
    return found


def _query(name: str, schema: dict[str, Any], description: str) -> dict[str, Any]:
    return {"name": name, "in": "query", "description": description, "schema": schema}
