"""What the addresses of changes, corrections and histories take and answer, for the description."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from opendata.formats import CSV, JSON
from opendata.formats.changes import CHANGE_COLUMNS, CORRECTION_COLUMNS, lines
from opendata.query.changes import CHANGES, COMPARED, CORRECTIONS
from opendata.query.parameters import DEFAULT_LIMIT, Parameter
from opendata.spec.resources import Kind, Resource
from opendata.vocabularies import CHANGE_KINDS, PARTS

Schema = dict[str, Any]

_TEXT: Schema = {"type": "string"}
_URI = _TEXT | {"format": "uri"}
_NUMBER: Schema = {"type": "integer", "minimum": 0}
_BILINGUAL: Schema = {"$ref": "#/components/schemas/Bilingual"}
_NONE: Schema = {"type": "null"}
_ANY: Schema = {
    "anyOf": [
        {"type": ["string", "number", "boolean", "null"]},
        {"type": "array", "items": {}},
    ]
}
_VALUES = {
    "old": _ANY | {"description": "The value before; of a list in groups one value for each."},
    "new": _ANY | {"description": "The value now."},
}
_PAGE_LINKS = ("self", "first", "prev", "next", "csv", "html", "describedby")


def _ref(name: str) -> Schema:
    return {"$ref": f"#/components/schemas/{name}"}


def _object(properties: Schema, description: str) -> Schema:
    return {"type": "object", "description": description, "properties": properties}


def _list_of(schema: Schema, description: str = "") -> Schema:
    found = {"type": "array", "items": schema}
    return found | ({"description": description} if description else {})


def _or_none(schema: Schema, description: str) -> Schema:
    return {"anyOf": [schema, _NONE], "description": description}


def _text(description: str) -> Schema:
    return _TEXT | {"description": description}


_NOTICE = _or_none(_BILINGUAL, "What to mind: that it tells of a draft, or of what is given up.")
_TOLD = {
    "fields": _list_of(_ref("FieldChange"), "What differs, of what stands in both versions."),
    "reason": _or_none(_BILINGUAL, "Why it was withdrawn, where that was written down."),
    "successor": _or_none(_TEXT, "Id of the record that takes the place of one withdrawn."),
    "corrections": _list_of(_ref("RecordCorrection"), "The corrections that the change makes."),
}
_COUNTS = {
    "type": "object",
    "properties": {
        name: _object(dict.fromkeys(CHANGE_KINDS, _NUMBER), "Changes by kind.")
        | {"required": list(CHANGE_KINDS)}
        for name in COMPARED
    },
    "required": list(COMPARED),
    "description": "All changes between the two versions by part and kind, whatever is asked.",
}

#: The schemas of what these addresses answer with.
CHANGE_SCHEMAS: dict[str, Schema] = {
    "FieldChange": _object(
        {
            "field": _text("The field, by its name in tables."),
            **_VALUES,
            "own_words": {"type": "boolean", "description": "Whether it is wording of ours."},
            "defining": {"type": "boolean", "description": "Whether others rest on its meaning."},
        },
        "A field before and after.",
    ),
    "Change": _object(
        {
            "collection": _TEXT | {"enum": list(COMPARED), "description": "Which part changed."},
            "id": _text("Its id in the later version; of what was removed, in the earlier."),
            "previous_id": _or_none(_TEXT, "The id that it had in the earlier version."),
            "kind": _TEXT | {"enum": list(CHANGE_KINDS)},
            "title": _BILINGUAL,
            "url": _URI | {"description": "Where it stands, in a version."},
            **_TOLD,
        },
        "What became of one record, or part of the description.",
    ),
    "ChangesMeta": _object(
        {
            "dataset": _TEXT,
            "from": _or_none(_TEXT, "The earlier version; null before the first."),
            "to": _text("The later version."),
            "total": _NUMBER | {"description": "How many changes match, on all pages."},
            "counts": _COUNTS,
            "notice": _NOTICE,
        },
        "Which versions, and how much changed.",
    ),
    "ChangesPage": _object(
        {
            "data": _list_of(_ref("Change")),
            "meta": _ref("ChangesMeta"),
            "links": _ref("ChangesLinks"),
        },
        "A page of changes, by part and by the first id that each record had.",
    ),
    "ChangesLinks": _object(
        {
            name: _or_none(_URI, "Another page.") if name in ("prev", "next") else _URI
            for name in _PAGE_LINKS
        },
        "Where to go from here.",
    ),
    "CorrectedValue": _object(
        {"id": _text("The record."), "field": _text("Its field."), **_VALUES},
        "A value that was put right.",
    ),
    "AffectedDownload": _object(
        {"url": _URI, "media_type": _TEXT, "sha256": _TEXT, "version": _TEXT},
        "A file that has what was wrong.",
    ),
    "Correction": _object(
        {
            "version": _text("The version that put it right."),
            "released": _TEXT | {"format": "date"},
            "since": _text("The first version that was wrong."),
            "collection": _TEXT | {"enum": list(PARTS)},
            "ids": _list_of(_TEXT, "The records."),
            "columns": _list_of(_TEXT, "The fields, by names of columns or groups of them."),
            "wrong": _BILINGUAL,
            "reason": _BILINGUAL,
            "values": _list_of(_ref("CorrectedValue"), "What stood and what stands now."),
            "downloads": _list_of(_ref("AffectedDownload"), "The files that were wrong."),
        },
        "Something that was wrong, put right in a later version.",
    ),
    "CorrectionsPage": _object(
        {
            "data": _list_of(_ref("Correction")),
            "meta": _object(
                {"dataset": _TEXT, "total": _NUMBER, "notice": _NOTICE},
                "How many corrections match.",
            )
            | {"required": ["dataset", "total", "notice"]},
            "links": _ref("ChangesLinks"),
        },
        "A page of corrections, oldest first.",
    ),
    "WithdrawnProblem": {
        "allOf": [
            _ref("Problem"),
            {
                "type": "object",
                "properties": {
                    "code": {"const": "withdrawn"},
                    "reason": _or_none(_BILINGUAL, "Why, where that was written down."),
                    "successor": _or_none(_URI, "Address of what takes its place."),
                    "withdrawn_in": _text("The version that withdrew it."),
                    "last_version": {
                        "type": "object",
                        "properties": {"version": _TEXT, "url": _URI},
                        "required": ["version", "url"],
                        "description": "The last version that had it, and its address there.",
                    },
                },
                "required": ["code", "reason", "successor", "withdrawn_in", "last_version"],
            },
        ],
        "description": "A record that was withdrawn.",
    },
}


def history_schemas(name: str) -> dict[str, Schema]:
    """Return the schemas of the history of a record of the type ``name``."""
    entry = _object(
        {
            "version": _TEXT,
            "released": _TEXT | {"format": "date"},
            "url": _or_none(_URI, "Where it stands in the version; null where it stands no more."),
            "id": _text("Its id in the version."),
            "previous_id": _or_none(_TEXT, "The id that it had before, where it was renamed."),
            "status": _TEXT | {"enum": ["unchanged", *CHANGE_KINDS]},
            **_TOLD,
            "record": _or_none(_ref(name), "The record in the version."),
        },
        "A version, and what the record was in it.",
    )
    meta = {"total": _NUMBER, "dataset": _TEXT, "collection": _TEXT, "id": _text("Its last id.")}
    meta["notice"] = _NOTICE
    links = {"self": _URI, "record": _URI, "describedby": _URI}
    page = {
        "data": _list_of(_ref(f"{name}HistoryEntry")),
        "meta": _object(meta, "Which record.") | {"required": list(meta)},
        "links": _object(links, "Where to go from here.") | {"required": list(links)},
    }
    return {
        f"{name}HistoryEntry": entry,
        f"{name}History": _object(page, "Every version from the first that had the record on."),
    }


def change_parameters(resource: Resource) -> list[Schema]:
    """Return the parameters of changes or corrections."""
    known = CHANGES if resource.kind is Kind.CHANGES else CORRECTIONS
    return [_parameter(one) for name, one in known.items() if name != "lang"]


def _parameter(parameter: Parameter) -> Schema:
    schema = parameter.schema
    if parameter.name == "limit":
        schema = {**schema, "default": DEFAULT_LIMIT}
    found = {
        "name": parameter.name,
        "in": "query",
        "description": parameter.about.en,
        "schema": schema,
    }
    return found | ({"style": "form", "explode": False} if parameter.listed else {})


def change_content(resource: Resource, example: Mapping[str, Any]) -> Schema:
    """Return what changes or corrections are in every form."""
    is_changes = resource.kind is Kind.CHANGES
    columns = CHANGE_COLUMNS if is_changes else CORRECTION_COLUMNS
    schema = _ref("ChangesPage" if is_changes else "CorrectionsPage")
    return {
        JSON.media_type: {"schema": schema, "example": example},
        CSV.media_type: {"schema": _TEXT, "example": lines([columns]).decode()},
        "text/html": {"schema": _TEXT},
    }
