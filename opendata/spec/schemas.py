"""JSON Schemas of what is served, derived from the record types by apispec."""

from __future__ import annotations

from typing import Any

from apispec import APISpec
from apispec.ext.marshmallow import MarshmallowPlugin

from opendata.records import COLLECTIONS, DATASETS, ENTRY_TYPES, Collection, Entry
from opendata.records.fields import Date, DecimalText, ExactDecimal, Integer, Scalar
from opendata.records.patterns import Email, Url
from opendata.records.quality import Quality

_TYPES: tuple[tuple[type[Scalar], str, str | None], ...] = (
    (Scalar, "string", None),
    (ExactDecimal, "number", None),
    (DecimalText, "string", None),
    (Integer, "integer", None),
    (Date, "string", "date"),
    (Email, "string", "email"),
    (Url, "string", "uri"),
)

_NULLABLE_URI: dict[str, Any] = {"type": ["string", "null"], "format": "uri"}
_TEXT: dict[str, Any] = {"type": "string"}

_LINKS: dict[str, tuple[dict[str, Any], str]] = {
    "self": (_TEXT | {"format": "uri"}, "This answer."),
    "next": (_NULLABLE_URI, "The next page; null on the last."),
    "csv": (_TEXT | {"format": "uri"}, "All matching rows as CSV for programs."),
    "csv_excel": (_TEXT | {"format": "uri"}, "All matching rows as CSV for spreadsheets."),
    "canonical": (_TEXT | {"format": "uri"}, "The record in its version, which never changes."),
    "collection": (_TEXT | {"format": "uri"}, "The collection the record belongs to."),
    "describedby": (_TEXT | {"format": "uri"}, "This description of the API."),
}


_ENTRY_SCHEMAS: tuple[type[Entry], ...] = (*ENTRY_TYPES.values(), Entry)
_ENTRIES = [{"$ref": f"#/components/schemas/{e.__name__}"} for e in _ENTRY_SCHEMAS]


def plugin() -> MarshmallowPlugin:
    """Return apispec's marshmallow plugin, taught this project's fields and nullable codes."""
    return MarshmallowPlugin(schema_name_resolver=_name)


def _name(schema: Any) -> str:
    kind = schema if isinstance(schema, type) else type(schema)
    return str(kind.__name__)


def teach(marshmallow: MarshmallowPlugin) -> None:
    """Register the types of this project's fields."""
    converter = marshmallow.converter
    assert converter is not None
    for field, kind, form in _TYPES:
        converter.map_to_openapi_type(field, kind, form)  # type: ignore[no-untyped-call]


def _object(properties: dict[str, Any], description: str) -> dict[str, Any]:
    return {"type": "object", "description": description, "properties": properties}


def _list_of(schema: dict[str, Any]) -> dict[str, Any]:
    return {"type": "array", "items": schema}


_URI = _TEXT | {"format": "uri"}
_NUMBER = {"type": "integer", "minimum": 0}
_LIST = {
    "name": _TEXT | {"description": "Name of the list."},
    "title": {"$ref": "#/components/schemas/Bilingual"},
    "closed": {"type": "boolean", "description": "Whether it changes only with the software."},
}

#: The schemas of resources that are no collections.
DOCUMENTS: dict[str, dict[str, Any]] = {
    "IndexItem": _object(
        {"name": _TEXT, "url": _URI, "csv": _URI, "total": _NUMBER}, "A collection."
    ),
    "Index": _object(
        {
            "data": _list_of({"$ref": "#/components/schemas/IndexItem"}),
            "meta": {"$ref": "#/components/schemas/Total"},
            "links": {"type": "object", "additionalProperties": _URI},
        },
        "What the API offers.",
    ),
    "Total": _object({"total": _NUMBER}, "How many there are."),
    "VocabularyItem": _object({**_LIST, "total": _NUMBER, "url": _URI}, "A code list."),
    "VocabularyPage": _object(
        {
            "data": _list_of({"$ref": "#/components/schemas/VocabularyItem"}),
            "meta": {"$ref": "#/components/schemas/Total"},
            "links": {"type": "object", "additionalProperties": _URI},
        },
        "All code lists.",
    ),
    "VocabularyMeta": _object({"total": _NUMBER, **_LIST}, "What the list is."),
    "Vocabulary": _object(
        {
            "data": _list_of({"anyOf": _ENTRIES}),
            "meta": {"$ref": "#/components/schemas/VocabularyMeta"},
            "links": {"type": "object", "additionalProperties": _URI},
        },
        "The codes of a list, in their order.",
    ),
    "QualityAnswer": _object(
        {
            "data": {"$ref": "#/components/schemas/Quality"},
            "meta": {"$ref": "#/components/schemas/VersionMeta"},
            "links": {"$ref": "#/components/schemas/QualityLinks"},
        },
        "What the audit of a version found.",
    ),
    "ConceptScheme": {
        **_object(
            {"@context": {"type": "object"}, "@graph": _list_of({"type": "object"})},
            "The list as a SKOS concept scheme, in JSON-LD 1.1 with its context.",
        ),
    },
    "Health": _object({"status": _TEXT}, "Whether the process is alive."),
    "Readiness": {
        **_object(
            {
                "status": _TEXT | {"enum": ["ok", "stale", "unavailable"]},
                "store": _TEXT | {"description": "Digest of the store that is served."},
                "fault": {
                    "type": ["string", "null"],
                    "description": "Why a newer store could not be opened, or none at all.",
                },
            },
            "What is served.",
        ),
        "x-optional": ["store"],
    },
}


def add_schemas(spec: APISpec) -> None:
    """Add the schemas of every record type, of its page and of its answer."""
    for collection in (*COLLECTIONS.values(), DATASETS):
        name = collection.schema_name
        spec.components.schema(name, schema=collection.schema)
        if collection.links:
            _add_expanded(spec, collection)
        record = {"$ref": f"#/components/schemas/{name}"}
        spec.components.schema(f"{name}Page", _page(record, collection.title.en.lower()))
        spec.components.schema(f"{name}Answer", _answer(record, collection.one))
    for entry in _ENTRY_SCHEMAS:
        spec.components.schema(entry.__name__, schema=entry)
    spec.components.schema(Quality.__name__, schema=Quality)
    for name, schema in DOCUMENTS.items():
        spec.components.schema(name, schema)
    spec.components.schema("VersionMeta", _version_meta())
    spec.components.schema("PageMeta", _page_meta())
    spec.components.schema("PageLinks", _links("self", "next", "csv", "csv_excel", "describedby"))
    spec.components.schema(
        "RecordLinks", _links("self", "canonical", "collection", "csv", "describedby")
    )
    spec.components.schema("QualityLinks", _links("self", "canonical", "describedby"))
    spec.components.schema("Problem", _problem())


def _add_expanded(spec: APISpec, collection: Collection) -> None:
    """Add what ``expand`` embeds to the schema of a record type."""
    name = collection.schema_name
    embedded = {
        column: _list_of({"$ref": f"#/components/schemas/{COLLECTIONS[link].schema_name}"})
        for column, link in collection.links.items()
    }
    about = "The records that links lead to, of those links that `expand` names."
    expanded = {**_object(embedded, about), "x-optional": list(embedded)}
    spec.components.schema(f"{name}Expanded", expanded)
    schema = spec.components.schemas[name]
    schema["properties"]["expanded"] = {"$ref": f"#/components/schemas/{name}Expanded"}
    schema["x-optional"] = ["expanded"]


def complete(schemas: dict[str, Any]) -> None:
    """Make the schemas say what is true of answers: every key is there, and null where allowed."""
    for schema in schemas.values():
        properties = schema.get("properties", {})
        optional = schema.pop("x-optional", ())
        schema["required"] = [name for name in properties if name not in optional]
        for field in properties.values():
            for key in ("default", "readOnly"):
                field.pop(key, None)
            kinds = field.get("type")
            if "enum" in field and isinstance(kinds, list) and None not in field["enum"]:
                field["enum"] = [*field["enum"], None]


def _page(record: dict[str, Any], title: str) -> dict[str, Any]:
    return _object(
        {
            "data": {"type": "array", "items": record},
            "meta": {"$ref": "#/components/schemas/PageMeta"},
            "links": {"$ref": "#/components/schemas/PageLinks"},
        },
        f"A page of {title}.",
    )


def _answer(record: dict[str, Any], one: str) -> dict[str, Any]:
    return _object(
        {
            "data": record,
            "meta": {"$ref": "#/components/schemas/VersionMeta"},
            "links": {"$ref": "#/components/schemas/RecordLinks"},
        },
        f"One {one}.",
    )


def _version_meta() -> dict[str, Any]:
    bilingual = {"$ref": "#/components/schemas/Bilingual"}
    return _object(
        {
            "dataset": _TEXT | {"description": "Dataset the data belong to."},
            "version": _TEXT | {"description": "Version of the dataset."},
            "released": _TEXT | {"format": "date", "description": "When it was released."},
            "title": bilingual,
            "licence": _TEXT | {"description": "Licence (SPDX identifier)."},
            "publisher": bilingual,
        },
        "What the data are and how they may be used.",
    )


def _page_meta() -> dict[str, Any]:
    meta = _version_meta()
    total = {"type": "integer", "minimum": 0, "description": "How many rows match, on all pages."}
    return {
        **meta,
        "description": "How many rows match; of the rows of one version, also what they are.",
        "properties": {"total": total, **meta["properties"]},
        "x-optional": list(meta["properties"]),
    }


def _links(*names: str) -> dict[str, Any]:
    return _object(
        {name: _LINKS[name][0] | {"description": _LINKS[name][1]} for name in names},
        "Where to go from here.",
    )


def _problem() -> dict[str, Any]:
    item = _object(
        {
            "parameter": _TEXT | {"description": "The parameter at fault."},
            "message": {"$ref": "#/components/schemas/Bilingual"},
            "allowed": {
                "type": "array",
                "items": _TEXT,
                "description": "What may stand there, where that can be listed.",
            },
        },
        "One fault of the request.",
    )
    return _object(
        {
            "type": _TEXT | {"format": "uri-reference", "description": "Kind of problem."},
            "title": _TEXT | {"description": "The kind of problem in words."},
            "title_zh": _TEXT | {"description": "The same in Chinese."},
            "status": {"type": "integer", "description": "The HTTP status."},
            "detail": _TEXT | {"description": "What is wrong and how to fix it."},
            "detail_zh": _TEXT | {"description": "The same in Chinese."},
            "instance": _TEXT | {"format": "uri-reference", "description": "The address asked."},
            "errors": {"type": "array", "items": item, "description": "Every fault found."},
        },
        "A problem (RFC 9457).",
    )
