"""JSON Schema (2020-12) of each record type, for whoever validates records by themselves.

Derived from the same schemas as those of the OpenAPI document. Codes of open lists are not
enumerated: a list may grow with any release, and records that use it stay valid.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import Any

from apispec import APISpec
from marshmallow import Schema, fields

from opendata.formats.json import dump
from opendata.records import COLLECTIONS, DATASETS, Collection
from opendata.spec.schemas import complete, plugin, teach
from opendata.vocabularies import OPEN, Label

#: The dialect the schemas are written in.
DIALECT = "https://json-schema.org/draft/2020-12/schema"
_SHARED = "#/components/schemas/"


def path_of(collection: Collection) -> str:
    """Return the path that the schema of a record of ``collection`` stands at."""
    return f"/v1/schema/{collection.name}.json"


def described() -> tuple[Collection, ...]:
    """Return the collections whose records have a schema."""
    return (*COLLECTIONS.values(), DATASETS)


@cache
def schema_body(base_url: str, collection: Collection) -> bytes:
    """Return the schema of one record of ``collection`` as it is served."""
    return dump(record_schema(base_url, collection))


def record_schema(base_url: str, collection: Collection) -> dict[str, Any]:
    """Return the schema of one record of ``collection``, with every field present."""
    marshmallow = plugin()
    spec = APISpec("", "", "3.1.0", plugins=[marshmallow])
    teach(marshmallow)
    name = collection.schema_name
    spec.components.schema(name, schema=collection.schema)
    schemas = spec.to_dict()["components"]["schemas"]
    complete(schemas)
    _annotate(base_url, collection.schema(), schemas)
    for schema in schemas.values():
        schema["additionalProperties"] = False
    top = schemas.pop(name)
    found: dict[str, Any] = {
        "$schema": DIALECT,
        "$id": base_url + path_of(collection),
        "title": f"{collection.title.en}: one {collection.one}",
        "x-title": collection.title._asdict(),
        **top,
        "$defs": schemas,
    }
    _redirect(found)
    return found


def _annotate(base_url: str, schema: Schema, schemas: dict[str, Any]) -> None:
    """Add to each field its names in both languages, its code list and its column of units."""
    for holder, name, field in _fields(schema, set()):
        of_type = schemas.get(holder, {}).get("properties", {}).get(name)
        if of_type is None:
            continue
        note: Label = field.metadata["note"]
        of_type["x-title"] = field.metadata["label"]._asdict()
        of_type["x-description"] = note._asdict()
        inner = field.inner if isinstance(field, fields.List) else field
        vocabulary = getattr(inner, "vocabulary", None)
        if vocabulary in OPEN:
            of_type["x-vocabulary"] = f"{base_url}/v1/vocabularies/{vocabulary}"
        if field.metadata.get("unit_field"):
            of_type["x-unit-field"] = field.metadata["unit_field"]


def _fields(schema: Schema, seen: set[str]) -> Iterator[tuple[str, str, fields.Field[Any]]]:
    """Yield every field below ``schema`` once, with the record type or group that holds it."""
    holder = type(schema).__name__
    if holder in seen:
        return
    seen.add(holder)
    for name, field in schema.fields.items():
        yield holder, name, field
        inner = field.inner if isinstance(field, fields.List) else field
        if isinstance(inner, fields.Nested):
            yield from _fields(inner.schema, seen)


def _redirect(value: Any) -> None:
    """Let references lead into the schema itself instead of the OpenAPI document."""
    if isinstance(value, dict):
        target = value.get("$ref")
        if isinstance(target, str):
            value["$ref"] = target.replace(_SHARED, "#/$defs/")
        for inner in value.values():
            _redirect(inner)
    elif isinstance(value, list):
        for inner in value:
            _redirect(inner)
