"""The operations that tell what is new: feeds, and versions in the order of publication."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from opendata.discovery import (
    CSV_HEAD,
    Release,
    publication,
    publication_line,
)
from opendata.formats import CSV, JSON
from opendata.spec.links import address
from opendata.vocabularies import Label

_TEXT = {"type": "string"}
_URI = {"type": "string", "format": "uri"}
_MAYBE_URI = {"type": ["string", "null"], "format": "uri"}
_NUMBER = {"type": "integer", "minimum": 0}


def _object(properties: dict[str, Any], description: str) -> dict[str, Any]:
    return {"type": "object", "description": description, "properties": properties}


#: The schemas of ``/v1/changes``.
PUBLICATION_SCHEMAS: dict[str, dict[str, Any]] = {
    "Publication": _object(
        {
            "dataset": _TEXT | {"description": "Id of the dataset."},
            "version": _TEXT | {"description": "The version that was published."},
            "latest": {"type": "boolean", "description": "Whether it is the latest by now."},
            "published": _TEXT
            | {"format": "date-time", "description": "When it was first published here."},
            "released": _TEXT | {"format": "date", "description": "The day it bears."},
            "title": {"$ref": "#/components/schemas/Bilingual"},
            "corrections": _NUMBER | {"description": "How many corrections it makes."},
            "sha256": _TEXT | {"description": "Digest of the version's SHA256SUMS."},
            "url": _URI | {"description": "Its pinned address, which never changes."},
            "feed": _URI | {"description": "The feed of the dataset."},
            "changes": _MAYBE_URI
            | {"description": "What it changed in the version before; null for the first."},
        },
        "A version of a dataset, as it was published.",
    ),
    "PublicationPage": _object(
        {
            "data": {"type": "array", "items": {"$ref": "#/components/schemas/Publication"}},
            "meta": _object(
                {
                    "total": _NUMBER | {"description": "Versions since the moment asked for."},
                    "cursor": {
                        "type": "string",
                        "description": "Keep it: as `cursor` it gives what comes after, tonight "
                        "or another night; where nothing is new, what comes after all there is.",
                    },
                },
                "How many there are, and where to go on.",
            )
            | {"required": ["total", "cursor"]},
            "links": _object(
                {
                    "self": _URI | {"description": "This answer."},
                    "first": _URI | {"description": "The first page."},
                    "next": _MAYBE_URI | {"description": "The next page; null on the last."},
                    "csv": _URI | {"description": "The same versions, all of them, as CSV."},
                    "describedby": _URI | {"description": "The description of the API."},
                },
                "Where to go from here.",
            )
            | {"required": ["self", "first", "next", "csv", "describedby"]},
        },
        "Versions in the order they were published, oldest first.",
    ),
}


def publication_links(
    base_url: str, path: str, query: Mapping[str, str], following: str | None
) -> dict[str, Any]:
    """Return the links of a page of versions.

    :param query: the parameters of the request.
    :param following: the cursor of the next page, where there is one.
    """
    since = {name: value for name, value in query.items() if name != "cursor"}
    rows = {name: value for name, value in query.items() if name != "limit"}
    after = {**query, "cursor": following} if following else None
    return {
        "self": address(base_url, path, query),
        "first": address(base_url, path, since),
        "next": address(base_url, path, after) if after else None,
        "csv": address(base_url, f"{path}.{CSV.suffix}", rows),
        "describedby": f"{base_url}/openapi.json",
    }


def publications_content(base_url: str, record: Mapping[str, Any]) -> dict[str, Any]:
    """Return what ``/v1/changes`` answers with, the version ``record`` shown."""
    release = _shown(record)
    row = publication(base_url, release, None, 0)
    cursor = f"{release.published}~{release.dataset}~{release.version}"
    page = {
        "data": [row],
        "meta": {"total": 1, "cursor": cursor},
        "links": publication_links(base_url, "/v1/changes", {}, None),
    }
    schema = {"$ref": "#/components/schemas/PublicationPage"}
    lines = (CSV_HEAD + publication_line(row)).decode()
    return {
        JSON.media_type: {"schema": schema, "example": page},
        CSV.media_type: {"schema": _TEXT, "example": lines},
    }


def _shown(record: Mapping[str, Any]) -> Release:
    """Return the release of a dataset's record as an example shows it."""
    publisher = record["publisher"]
    return Release(
        record["id"],
        record["version"],
        True,
        f"{record['released']}T00:00:00Z",
        str(record["released"]),
        record["sha256"],
        Label(**record["title"]),
        Label(**record["notes"]),
        Label(**publisher["name"]),
        publisher["url"],
        record["licence"],
        None,
        (),
    )
