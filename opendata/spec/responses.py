"""The responses and headers that every operation shares."""

from __future__ import annotations

from typing import Any

from apispec import APISpec

from opendata.query.faults import FAULTS

_TEXT = {"type": "string"}

HEADERS: dict[str, Any] = {
    "ETag": {
        "description": "Strong validator of this representation (RFC 9110 §8.8.3).",
        "schema": _TEXT,
    },
    "Last-Modified": {
        "description": "When what is served last changed (RFC 9110 §8.8.2).",
        "schema": _TEXT,
    },
    "Repr-Digest": {
        "description": "SHA-256 of the whole representation in its content coding (RFC 9530); "
        "not of what is streamed.",
        "schema": _TEXT,
        "example": "sha-256=:RBNvo1WzZ4oRRq0W9+hknpT7T8If536DEMBg9hyq/4o=:",
    },
    "Cache-Control": {"description": "How long it may be kept (RFC 9111).", "schema": _TEXT},
    "Vary": {"description": "What of the request the answer depends on.", "schema": _TEXT},
    "Content-Encoding": {
        "description": "The content coding, as Accept-Encoding asks for: zstd, br or gzip.",
        "schema": {"type": "string", "enum": ["zstd", "br", "gzip"]},
    },
    "Content-Language": {
        "description": "The language of `title` and `detail`.",
        "schema": {"type": "string", "enum": ["zh", "en"]},
    },
    "Accept-Ranges": {
        "description": "Whether parts of it can be asked for (RFC 9110 §14.3).",
        "schema": {"type": "string", "enum": ["bytes", "none"]},
    },
    "Content-Range": {
        "description": "Which part this is, and of how many bytes (RFC 9110 §14.4).",
        "schema": _TEXT,
    },
    "Content-Location": {
        "description": "The pinned address of what the latest address answers with.",
        "schema": _TEXT,
    },
    "Content-Disposition": {
        "description": "The name to keep a download under (RFC 6266).",
        "schema": _TEXT,
    },
    "Link": {
        "description": "Relations to other resources (RFC 8288): other pages and formats, the "
        "versions beside this one (RFC 5829), what describes it; deprecation and sunset.",
        "schema": _TEXT,
    },
    "Deprecation": {
        "description": "From when on the dataset should not be used, as @ and seconds since "
        "1970-01-01 (RFC 9745); only of a dataset that is given up.",
        "schema": {"type": "string", "pattern": "^@[0-9]+$"},
        "example": "@1924992000",
    },
    "Sunset": {
        "description": "After when this address may stop answering (RFC 8594); only of a dataset "
        "that is given up, never where a version is named.",
        "schema": _TEXT,
        "example": "Mon, 01 Jan 2035 00:00:00 GMT",
    },
    "Location": {"description": "Where it stands now (RFC 9110 §10.2.2).", "schema": _TEXT},
    "Retry-After": {"description": "Seconds to wait before asking again.", "schema": _TEXT},
    "Access-Control-Allow-Origin": {
        "description": "Open to scripts of every origin.",
        "schema": _TEXT,
    },
}

_PROBLEMS = {
    "400": "The request has faults; all of them are listed.",
    "404": "There is no such resource.",
    "406": "There is no such representation or content coding; what there is, is listed.",
    "409": "The data have changed, and the record of the cursor is gone; start again.",
    "410": "The record was withdrawn: why, by which version, and what takes its place.",
    "412": "If-Match or If-Unmodified-Since does not hold.",
    "414": "The address is too long. One that is far too long is refused before it is read, with a "
    "short page of HTML.",
    "415": "The request has a body; parameters stand in the address.",
    "416": "There is nothing in the range that is asked for.",
    "500": "The server failed.",
    "503": "There is no store to serve yet.",
}

#: Header fields of one problem only.
_ALSO = {"410": ("Link",), "416": ("Content-Range",), "503": ("Retry-After",)}
_COMMON = ("Access-Control-Allow-Origin",)
_CACHED = ("ETag", "Last-Modified", "Cache-Control", "Vary", "Accept-Ranges", *_COMMON)
_WITH_BODY = ("Content-Encoding", "Repr-Digest")


def add_responses(spec: APISpec) -> None:
    """Add the shared responses."""
    spec.components.response(
        "304",
        {
            "description": "What you hold is current.",
            "headers": header_refs("ETag", "Cache-Control", "Vary", "Content-Location", *_COMMON),
        },
    )
    spec.components.response(
        "308",
        {
            "description": "The record has another id now, and stands at that address.",
            "headers": header_refs("Location", "Cache-Control", *_COMMON),
        },
    )
    told = ("Cache-Control", "Content-Language", "Vary", *_COMMON)
    for status, description in _PROBLEMS.items():
        name = "WithdrawnProblem" if status == "410" else "Problem"
        schema = {"$ref": f"#/components/schemas/{name}"}
        content: dict[str, Any] = {"application/problem+json": {"schema": schema}}
        if status == "414":
            content["text/html"] = {"schema": _TEXT}
        spec.components.response(
            status,
            {
                "description": description,
                "headers": header_refs(*told, *_ALSO.get(status, ())),
                "content": content,
            },
        )


def ok(
    content: dict[str, Any], description: str, *, links: tuple[str, ...] = (), cached: bool = True
) -> dict[str, Any]:
    """Return the 200 response with ``content``."""
    if not cached:
        headers = header_refs("Cache-Control", *_COMMON)
        return {"200": {"description": description, "headers": headers, "content": content}}
    headers = header_refs(*_CACHED, *_WITH_BODY, *links)
    return {"200": {"description": description, "headers": headers, "content": content}}


def ranged(
    content: dict[str, Any], description: str, *, links: tuple[str, ...] = ()
) -> dict[str, Any]:
    """Return the responses with ``content``: the whole, or a range of it."""
    headers = header_refs(*_CACHED, *_WITH_BODY, "Content-Range", *links)
    kinds = {media_type: {"schema": _TEXT} for media_type in content}
    part = {"description": "The bytes that Range asks for.", "headers": headers, "content": kinds}
    return {**ok(content, description, links=links), "206": part, **refs("416")}


def refs(*statuses: str) -> dict[str, Any]:
    """Return references to the shared responses."""
    return {status: {"$ref": f"#/components/responses/{status}"} for status in statuses}


def problem_schema() -> dict[str, Any]:
    """Return the schema of a problem."""
    bilingual = {"$ref": "#/components/schemas/Bilingual"}
    uri = {"type": "string", "format": "uri-reference"}
    fault = {
        "parameter": _TEXT | {"description": "The parameter at fault."},
        "code": _TEXT | {"enum": list(FAULTS), "description": "What is wrong, for programs."},
        "message": bilingual,
        "allowed": {
            "type": "array",
            "items": _TEXT,
            "description": "What may stand there, where that can be listed.",
        },
        "nearest": {
            "type": ["string", "null"],
            "description": "The one of these most like what was sent.",
        },
        "documentation": uri | {"description": "What this code means and how to mend it."},
    }
    item = {"type": "object", "description": "One fault of the request.", "properties": fault}
    item["required"] = list(fault)
    told = "in the language of `lang` or Accept-Language, English where neither helps."
    return {
        "type": "object",
        "description": "A problem (RFC 9457).",
        "properties": {
            "type": uri | {"description": "Kind of problem: its section of the documentation."},
            "title": _TEXT | {"description": f"The kind of problem, {told}"},
            "status": {"type": "integer", "description": "The HTTP status."},
            "detail": _TEXT | {"description": f"What is wrong and how to mend it, {told}"},
            "instance": uri | {"description": "The address asked."},
            "title_i18n": bilingual,
            "detail_i18n": bilingual,
            "errors": {"type": "array", "items": item, "description": "Every fault found."},
        },
    }


def header_refs(*names: str) -> dict[str, Any]:
    """Return references to the described header fields ``names``."""
    return {name: {"$ref": f"#/components/headers/{name}"} for name in names}
