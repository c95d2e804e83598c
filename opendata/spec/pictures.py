"""What the addresses of pictures answer with, for the description."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from opendata.formats import JSON
from opendata.pictures import PICTURES, REASONS
from opendata.records import COLLECTIONS
from opendata.spec.resources import SVG, SVG_TYPE, Kind, Resource
from opendata.vocabularies import COMPARATORS, LANGUAGES, STRENGTHS

Schema = dict[str, Any]

_TEXT: Schema = {"type": "string"}
_URI = _TEXT | {"format": "uri"}
_NUMBER: Schema = {"type": "integer", "minimum": 0}
_BILINGUAL: Schema = {"$ref": "#/components/schemas/Bilingual"}


def _or_null(schema: Schema, description: str) -> Schema:
    return {"anyOf": [schema, {"type": "null"}], "description": description}


def _ref(name: str) -> Schema:
    return {"$ref": f"#/components/schemas/{name}"}


def _list_of(name: str, description: str) -> Schema:
    return {"type": "array", "items": _ref(name), "description": description}


def _object(properties: Schema, description: str) -> Schema:
    return {"type": "object", "description": description, "properties": properties}


_EXACT: Schema = {"type": ["string", "null"], "description": "In base units, exactly."}
_VALUES: Schema = {
    "value": {"type": ["number", "null"], "description": "In its unit."},
    "unit": _TEXT | {"description": "Code of the unit."},
    "value_base": _EXACT,
    "unit_base": {"type": ["string", "null"], "description": "The base unit."},
}
_COMPARATOR = _TEXT | {"enum": list(COMPARATORS)}

#: The schemas of pictures.
PICTURE_SCHEMAS: dict[str, Schema] = {
    "Picture": _object(
        {
            "name": _TEXT | {"enum": list(PICTURES)},
            "title": _BILINGUAL,
            "url": _URI | {"description": "Its address in its version."},
            "images": _object(dict.fromkeys(LANGUAGES, _URI), "The drawing (SVG) in each language.")
            | {"required": list(LANGUAGES)},
            "summary": _or_null(_BILINGUAL, "What there is to see, in words."),
            "total": _NUMBER | {"description": "How many records it is of."},
            "figures": _list_of("PictureFigure", "Single targets, 100 at most."),
            "sums": _list_of("PictureSum", "What can be added up, and how it is then bounded."),
            "series": _list_of("PictureSeries", "What is told apart within each of the counts."),
            "counts": _list_of("PictureCount", "Numbers of records by group."),
            "time": _or_null(_ref("PictureTime"), "The time that counts are along."),
            "left_out": _list_of("PictureLeftOut", "What is not drawn or not added up, and why."),
            "citation": _ref("Reference") | {"description": "How to cite the picture."},
        },
        "The numbers of a picture, with the records they come from.",
    ),
    "PictureFigure": _object(
        {
            "id": _TEXT | {"description": "Id of the target."},
            "title": _BILINGUAL,
            "section": _TEXT,
            "comparator": _COMPARATOR,
            "strength": _TEXT | {"enum": list(STRENGTHS)},
            "value": _VALUES["value"],
            "value_max": {"type": ["number", "null"], "description": "Upper bound of a range."},
            "unit": _VALUES["unit"],
            "value_base": _EXACT,
            "value_max_base": _EXACT,
            "unit_base": _VALUES["unit_base"],
            "as_printed": _TEXT | {"description": "The printed wording."},
            "in_words": _BILINGUAL,
            "url": _URI | {"description": "The target in its version."},
            "group": _or_null(_ref("PictureGroup"), "The section it is shown below."),
        },
        "A target that is drawn for itself.",
    ),
    "PictureGroup": _object({"section": _TEXT, "label": _BILINGUAL}, "A section of the report."),
    "PictureSum": _object(
        {
            "section": _TEXT,
            "label": _BILINGUAL,
            "indicator": _TEXT,
            "indicator_label": _BILINGUAL,
            "count": _NUMBER | {"description": "How many figures are added up."},
            "comparator": _COMPARATOR | {"description": "How the sum stands to its value."},
            **_VALUES,
            "in_words": _BILINGUAL,
            "url": _URI | {"description": "The targets that are added up."},
        },
        "Figures of one indicator for one period, added up within a section.",
    ),
    "PictureSeries": _object({"name": _TEXT, "label": _BILINGUAL}, "A part of every count."),
    "PictureCount": _object(
        {
            "name": _TEXT | {"description": "Section, comparator or month that it is of."},
            "label": _BILINGUAL,
            "count": _NUMBER,
            "parts": _list_of("PicturePart", "The same by series, in their order."),
        },
        "How many records are in a group.",
    ),
    "PicturePart": _object(
        {
            "series": _TEXT,
            "count": _NUMBER,
            "url": _or_null(_URI, "These records; null where no query selects them."),
        },
        "How many of them are of a series.",
    ),
    "PictureTime": _object(
        {
            "first": _TEXT | {"description": "Month that the first step begins with (YYYY-MM)."},
            "last": _TEXT | {"description": "Month that the last step begins with."},
            "months": _NUMBER | {"description": "Months in each step."},
        },
        "Steps of time.",
    ),
    "PictureLeftOut": _object(
        {
            "reason": _TEXT | {"enum": list(REASONS)},
            "text": _BILINGUAL,
            "count": _NUMBER,
            "records": _list_of("PictureRecord", "The first of them, 20 at most."),
        },
        "Records that are left out for one reason.",
    ),
    "PictureRecord": _object(
        {
            "collection": _TEXT | {"enum": list(COLLECTIONS)},
            "id": _TEXT,
            "title": _BILINGUAL,
            "url": _URI,
        },
        "A record that is left out.",
    ),
    "PictureList": _object(
        {
            "data": _list_of("Picture", "Those that have something to show."),
            "meta": _ref("VersionMeta"),
            "links": _ref("QualityLinks"),
        },
        "The pictures of a version.",
    ),
    "PictureAnswer": _object(
        {"data": _ref("Picture"), "meta": _ref("VersionMeta"), "links": _ref("PictureLinks")},
        "A picture.",
    ),
    "PictureLinks": _object(
        dict.fromkeys(("self", "canonical", "collection", "describedby"), _URI),
        "Where to go from here.",
    ),
}

#: ``lang`` of a drawing.
LANGUAGE = {
    "name": "lang",
    "in": "query",
    "required": False,
    "description": "The language of the drawing, else that of Accept-Language; JSON has both "
    "languages.",
    "schema": {"type": "string", "enum": list(LANGUAGES)},
}
_SVG_EXAMPLE = '<svg xmlns="http://www.w3.org/2000/svg"></svg>\n'


def picture_content(resource: Resource, example: Mapping[str, Any] | None) -> dict[str, Any]:
    """Return what ``resource`` is in each of its forms."""
    name = "PictureList" if resource.kind is Kind.PICTURES else "PictureAnswer"
    told = {"example": example} if example else {}
    content: dict[str, Any] = {JSON.media_type: {"schema": _ref(name), **told}}
    if SVG in resource.media_types:
        content[SVG_TYPE] = {"schema": _TEXT, "example": _SVG_EXAMPLE}
    return content


def pictures_links(base_url: str, path: str, pinned: str) -> dict[str, str]:
    """Return the links of the pictures of a version."""
    return {
        "self": f"{base_url}{path}",
        "canonical": f"{base_url}{pinned}",
        "describedby": f"{base_url}/openapi.json",
    }


def picture_links(base_url: str, path: str, pinned: str) -> dict[str, str]:
    """Return the links of a picture."""
    found = pictures_links(base_url, path, pinned)
    described = found.pop("describedby")
    above = path.rpartition("/")[0]
    return {**found, "collection": f"{base_url}{above}", "describedby": described}
