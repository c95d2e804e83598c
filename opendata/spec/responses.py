"""The responses and headers that every operation shares."""

from __future__ import annotations

from typing import Any

from apispec import APISpec

_TEXT = {"type": "string"}

HEADERS: dict[str, Any] = {
    "ETag": {
        "description": "Strong validator of this representation (RFC 9110 §8.8.3).",
        "schema": _TEXT,
    },
    "Cache-Control": {"description": "How long it may be kept (RFC 9111).", "schema": _TEXT},
    "Vary": {"description": "What of the request the answer depends on.", "schema": _TEXT},
    "Content-Location": {
        "description": "The pinned address of what the latest address answers with.",
        "schema": _TEXT,
    },
    "Link": {
        "description": "Relations to other resources (RFC 8288): next, service-desc.",
        "schema": _TEXT,
    },
    "Retry-After": {"description": "Seconds to wait before asking again.", "schema": _TEXT},
    "Access-Control-Allow-Origin": {
        "description": "Open to scripts of every origin.",
        "schema": _TEXT,
    },
}

_PROBLEMS = {
    "400": "The request has faults; all of them are listed.",
    "404": "There is no such resource.",
    "406": "There is no such representation; what there is, is listed.",
    "414": "The address is too long.",
    "500": "The server failed.",
    "503": "There is no store to serve yet.",
}

#: Header fields of one problem only.
_ALSO = {"503": ("Retry-After",)}
_COMMON = ("Access-Control-Allow-Origin",)
_CACHED = ("ETag", "Cache-Control", "Vary", *_COMMON)


def add_responses(spec: APISpec) -> None:
    """Add the shared responses."""
    spec.components.response(
        "304",
        {
            "description": "What you hold is current.",
            "headers": _headers(*_CACHED, "Content-Location"),
        },
    )
    schema = {"$ref": "#/components/schemas/Problem"}
    for status, description in _PROBLEMS.items():
        spec.components.response(
            status,
            {
                "description": description,
                "headers": _headers("Cache-Control", *_COMMON, *_ALSO.get(status, ())),
                "content": {"application/problem+json": {"schema": schema}},
            },
        )


def ok(
    content: dict[str, Any], description: str, *, links: tuple[str, ...] = (), cached: bool = True
) -> dict[str, Any]:
    """Return the 200 response with ``content``."""
    if not cached:
        headers = _headers("Cache-Control", *_COMMON)
        return {"200": {"description": description, "headers": headers, "content": content}}
    headers = _headers(*_CACHED, *links)
    return {"200": {"description": description, "headers": headers, "content": content}}


def refs(*statuses: str) -> dict[str, Any]:
    """Return references to the shared responses."""
    return {status: {"$ref": f"#/components/responses/{status}"} for status in statuses}


def _headers(*names: str) -> dict[str, Any]:
    return {name: {"$ref": f"#/components/headers/{name}"} for name in names}
