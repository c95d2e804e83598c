"""JSON Schemas of what is served, derived from the record types by apispec."""

from __future__ import annotations

from typing import Any

from apispec import APISpec
from apispec.ext.marshmallow import MarshmallowPlugin

from opendata.formats.selection import EMBEDDED, EXPANDED, MATCHES
from opendata.query import Kind
from opendata.records import COLLECTIONS, DATASETS, ENTRY_TYPES, Collection, Entry
from opendata.records.fields import Date, DecimalText, ExactDecimal, Integer, Scalar
from opendata.records.patterns import Email, Url
from opendata.records.quality import Quality
from opendata.spec.changes import CHANGE_SCHEMAS, history_schemas
from opendata.spec.citing import citation_schemas
from opendata.spec.news import PUBLICATION_SCHEMAS
from opendata.spec.pictures import PICTURE_SCHEMAS
from opendata.spec.responses import problem_schema

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
    "first": (_TEXT | {"format": "uri"}, "The first page."),
    "prev": (_NULLABLE_URI, "The page before; null on the first."),
    "next": (_NULLABLE_URI, "The next page; null on the last."),
    "csv": (_TEXT | {"format": "uri"}, "All matching rows as CSV for programs."),
    "csv_excel": (_TEXT | {"format": "uri"}, "All matching rows as CSV for spreadsheets."),
    "ndjson": (_TEXT | {"format": "uri"}, "All matching rows as JSON, one a line."),
    "xlsx": (_TEXT | {"format": "uri"}, "All matching rows as a workbook that explains itself."),
    "canonical": (_TEXT | {"format": "uri"}, "The record in its version, which never changes."),
    "cite": (_NULLABLE_URI, "How to cite this; null where only its parts are cited."),
    "collection": (_TEXT | {"format": "uri"}, "The collection the record belongs to."),
    "history": (_TEXT | {"format": "uri"}, "The record in every version."),
    "changes": (_TEXT | {"format": "uri"}, "What the version changed in the one before it."),
    "corrections": (_TEXT | {"format": "uri"}, "What was ever corrected in the dataset."),
    "describedby": (_TEXT | {"format": "uri"}, "What each field means."),
}


_DOWNLOADS = ("csv", "csv_excel", "ndjson", "xlsx")
_PAGE_LINKS = ("self", "first", "prev", "next", *_DOWNLOADS, "cite", "describedby")

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
    "DataDictionary": _object(
        {
            "data": _list_of({"$ref": "#/components/schemas/DictionaryCollection"}),
            "meta": {"$ref": "#/components/schemas/Total"},
            "links": {"type": "object", "additionalProperties": _URI},
        },
        "What every field of every collection means.",
    ),
    "DictionaryCollection": _object(
        {
            "name": _TEXT | {"description": "Name of the collection."},
            "title": {"$ref": "#/components/schemas/Bilingual"},
            "url": _URI,
            "fields": _list_of({"$ref": "#/components/schemas/DictionaryField"}),
        },
        "The fields of a collection, in the order of its table.",
    ),
    "DictionaryField": _object(
        {
            "name": _TEXT | {"description": "Name in tables and parameters."},
            "path": _TEXT | {"description": "Where it stands in a record, names joined by dots."},
            "label": {"$ref": "#/components/schemas/Bilingual"},
            "description": {"$ref": "#/components/schemas/Bilingual"},
            "kind": _TEXT | {"enum": [kind.value for kind in Kind]},
            "many": {"type": "boolean", "description": "Whether it may have several values."},
            "vocabulary": {"type": ["string", "null"], "description": "Code list of its values."},
            "vocabulary_url": _NULLABLE_URI,
            "operators": _list_of(_TEXT) | {"description": "How it can be compared."},
            "sortable": {"type": "boolean"},
            "facetable": {"type": "boolean"},
        },
        "A field.",
    ),
    "SearchPage": _object(
        {
            "data": _list_of({"$ref": "#/components/schemas/SearchHit"}),
            "meta": {"$ref": "#/components/schemas/Total"},
            "links": {"$ref": "#/components/schemas/SearchLinks"},
        },
        "A page of what a search finds, the best first.",
    ),
    "SearchHit": _object(
        {
            "collection": _TEXT | {"enum": [*COLLECTIONS, DATASETS.name]},
            "id": _TEXT | {"description": "Id of the record."},
            "dataset": _TEXT,
            "version": _TEXT,
            "title": {"$ref": "#/components/schemas/Bilingual"},
            "url": _URI,
            "matches": _list_of({"$ref": "#/components/schemas/Match"}),
        },
        "A record that was found.",
    ),
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
    "TableMetadata": _object(
        {
            "@context": _list_of({"type": ["string", "object"]}),
            "url": _TEXT | {"description": "The CSV, relative to this address."},
            "dialect": {"type": "object", "description": "How the CSV is written."},
            "tableSchema": {"type": "object", "description": "Columns and primary key."},
        },
        "What a CSV and its columns hold (CSV on the Web, W3C 2015), in JSON-LD.",
    )
    | {"additionalProperties": True},
    "DataPackage": _object(
        {
            "name": _TEXT,
            "id": _URI,
            "title": _TEXT | {"description": "Its title in English; `titles` has both."},
            "description": _TEXT | {"description": "In English; `descriptions` has both."},
            "version": _TEXT,
            "created": _TEXT | {"format": "date-time"},
            "homepage": _URI,
            "licenses": _list_of({"type": "object"}),
            "contributors": _list_of({"type": "object"}),
            "resources": _list_of({"type": "object"})
            | {"description": "The tables, with length, digest and Table Schema."},
        },
        "A descriptor of tables (Data Package 2.0 or 1.0); paths are relative to its address.",
    )
    | {"additionalProperties": True},
    "JsonSchema": _object(
        {
            "$schema": _URI,
            "$id": _URI,
            "type": _TEXT,
            "properties": {"type": "object"},
            "$defs": {"type": "object"},
        },
        "A schema (JSON Schema 2020-12).",
    )
    | {"additionalProperties": True},
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
        _add_embedded(spec, collection)
        record = {
            "anyOf": [_ref(name), _ref(f"{name}Selection")],
            "description": "The record; of its fields only those that `fields` names.",
        }
        spec.components.schema(f"{name}Page", _page(record, collection.title.en.lower()))
        spec.components.schema(f"{name}Answer", _answer(record, collection.one))
    for entry in _ENTRY_SCHEMAS:
        spec.components.schema(entry.__name__, schema=entry)
    spec.components.schema(Quality.__name__, schema=Quality)
    for name, schema in (DOCUMENTS | PUBLICATION_SCHEMAS | PICTURE_SCHEMAS).items():
        spec.components.schema(name, schema)
    spec.components.schema("VersionMeta", _version_meta())
    spec.components.schema("PageMeta", _page_meta())
    spec.components.schema("PageLinks", _links(*_PAGE_LINKS))
    spec.components.schema("SearchLinks", _links("self", "first", "prev", "next", "describedby"))
    for name, schema in CHANGE_SCHEMAS.items():
        spec.components.schema(name, schema)
    for collection in COLLECTIONS.values():
        for name, schema in history_schemas(collection.schema_name).items():
            spec.components.schema(name, schema)
    for name, schema in _found_schemas().items():
        spec.components.schema(name, schema)
    spec.components.schema(
        "RecordLinks", _links("self", "canonical", "cite", "collection", "history", "describedby")
    )
    spec.components.schema(
        "DatasetLinks",
        _links(
            *("self", "canonical", "cite", "collection", "changes", "corrections"), "describedby"
        ),
    )
    spec.components.schema("QualityLinks", _links("self", "canonical", "describedby"))
    for name, schema in citation_schemas().items():
        spec.components.schema(name, schema)
    spec.components.schema("Problem", problem_schema())


def _ref(name: str) -> dict[str, Any]:
    return {"$ref": f"#/components/schemas/{name}"}


def _add_embedded(spec: APISpec, collection: Collection) -> None:
    """Add what ``q`` and ``expand`` embed to the schema of a record type."""
    name = collection.schema_name
    schema = spec.components.schemas[name]
    schema["properties"][MATCHES] = _list_of(_ref("Match")) | {
        "description": "Where the text of `q` stands in the record; only with `q`."
    }
    schema["x-optional"] = ["matches"]
    if not collection.links:
        return
    embedded = {
        column: _list_of(_ref(COLLECTIONS[link].schema_name))
        for column, link in collection.links.items()
    }
    about = "The records that links lead to, of those links that `expand` names."
    expanded = {**_object(embedded, about), "x-optional": list(embedded)}
    spec.components.schema(f"{name}Expanded", expanded)
    schema["properties"][EXPANDED] = _ref(f"{name}Expanded")
    schema["x-optional"].append("expanded")


def _found_schemas() -> dict[str, dict[str, Any]]:
    """Return the schemas of matches and facets."""
    place = {"type": "array", "items": _NUMBER, "minItems": 2, "maxItems": 2}
    return {
        "Match": _object(
            {
                "field": _TEXT | {"description": "The field, by its name in tables."},
                "text": _TEXT | {"description": "The text, or the part of it around the match."},
                "ranges": _list_of(place)
                | {"description": "Where matches start and end in it, in code points."},
            },
            "Where the text that was looked for stands.",
        ),
        "Facet": _object(
            {
                "total_values": _NUMBER | {"description": "How many different values there are."},
                "values": _list_of(_ref("FacetValue"))
                | {"description": "The most frequent first, 1,000 at most."},
            },
            "How many of the matching records have each value of a field.",
        ),
        "FacetValue": _object(
            {
                "value": {
                    "type": ["string", "number", "null"],
                    "description": "The value; null counts the records without one.",
                },
                "label": {
                    "anyOf": [_ref("Bilingual"), {"type": "null"}],
                    "description": "What a code means, where it is one.",
                },
                "count": _NUMBER | {"description": "How many records have it."},
            },
            "A value and how often it occurs.",
        ),
    }


def add_selections(schemas: dict[str, Any]) -> None:
    """Add to each record type the schema of a record of which only some fields were asked for."""
    for collection in (*COLLECTIONS.values(), DATASETS):
        name = collection.schema_name
        chosen = {column.path[0] for column in collection.columns} | set(EMBEDDED)
        properties = schemas[name]["properties"]
        schemas[f"{name}Selection"] = {
            "type": "object",
            "description": "Those fields of the record that `fields` names.",
            "properties": {
                field: inner if field in EMBEDDED else _partial(inner, schemas)
                for field, inner in properties.items()
                if field in chosen
            },
        }


def _partial(schema: dict[str, Any], schemas: dict[str, Any]) -> dict[str, Any]:
    """Return ``schema`` with nothing required, at any depth."""
    if "$ref" in schema:
        target = schemas[schema["$ref"].rpartition("/")[2]]
        return _partial(target, schemas) if "properties" in target else schema
    found = {key: value for key, value in schema.items() if key != "required"}
    if "properties" in found:
        found["properties"] = {
            name: _partial(inner, schemas) for name, inner in found["properties"].items()
        }
    if "items" in found:
        found["items"] = _partial(found["items"], schemas)
    for key in ("anyOf", "allOf"):
        if key in found:
            found[key] = [_partial(inner, schemas) for inner in found[key]]
    return found


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
            "meta": _ref("PageMeta"),
            "links": _ref("PageLinks"),
            "facets": {
                "type": "object",
                "additionalProperties": _ref("Facet"),
                "description": "Counts by the values of the fields that `facet` names.",
            },
        },
        f"A page of {title}.",
    ) | {"x-optional": ["facets"]}


def _answer(record: dict[str, Any], one: str) -> dict[str, Any]:
    return _object(
        {
            "data": record,
            "meta": {"$ref": "#/components/schemas/VersionMeta"},
            "links": _ref("DatasetLinks" if one == DATASETS.one else "RecordLinks"),
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
            "licence_url": _NULLABLE_URI | {"description": "Text of the licence."},
            "publisher": bilingual,
            "superseded_by": {
                "type": ["string", "null"],
                "description": "The latest version, where it is a later one.",
            },
            "notice": {
                "anyOf": [bilingual, {"type": "null"}],
                "description": "What to mind: that the version is superseded, or given up.",
            },
            "citation": _ref("Reference") | {"description": "How to cite the version: `/cite`."},
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
