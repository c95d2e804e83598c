"""What addresses of the catalogue take and answer, as OpenAPI describes it."""

from __future__ import annotations

from typing import Any

from opendata.spec.resources import Resource
from opendata.vocabularies import LANGUAGES

#: What of the catalogue can be asked for, by the name of the parameter.
LANGUAGE, PAGE = "lang", "page"

_PARAMETERS: dict[str, dict[str, Any]] = {
    LANGUAGE: {
        "name": LANGUAGE,
        "in": "query",
        "description": "Texts in one language only, for portals that know one; else in both.",
        "schema": {"type": "string", "enum": list(LANGUAGES)},
        "example": "en",
    },
    PAGE: {
        "name": PAGE,
        "in": "query",
        "description": "Which page; long catalogues have several, which lead to each other.",
        "schema": {"type": "integer", "minimum": 1, "maximum": 99999, "default": 1},
        "example": 1,
    },
}


def parameters_of(resource: Resource) -> list[str]:
    """Return the names of the parameters that a document joined from pieces takes."""
    if resource.path == "/data.json":
        return [PAGE]
    return [LANGUAGE, PAGE] if resource.path == "/catalog" else [LANGUAGE]


def joined_parameters(resource: Resource) -> list[dict[str, Any]]:
    """Return these parameters as OpenAPI describes them."""
    return [_PARAMETERS[name] for name in parameters_of(resource)]


#: How bodies begin, by media type; their forms are defined by other standards.
_BEGINNINGS: dict[str, Any] = {
    "text/turtle": "@prefix dcat: <http://www.w3.org/ns/dcat#> .\n",
    "application/ld+json": {"@context": {"dcat": "http://www.w3.org/ns/dcat#"}, "@graph": []},
    "application/rdf+xml": '<?xml version="1.0" encoding="utf-8"?>\n',
    "application/json": {},
    "text/csv": "字段,内容\r\n",
}


def content_of(media_type: str) -> dict[str, Any]:
    """Return what is said of a body whose form another standard defines, with how it begins."""
    kind = "object" if media_type.endswith("json") else "string"
    return {media_type: {"schema": {"type": kind}, "example": _BEGINNINGS[media_type]}}
