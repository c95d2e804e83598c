"""The operations that tell of the service itself: its description and its health."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from opendata.formats.json import JSON
from opendata.spec.responses import ok, ranged, refs

Operation = dict[str, Any]

_DESCRIPTION = {
    "openapi": "3.1.0",
    "info": {"title": "opendata", "version": "1.0.0"},
    "paths": {},
}
_READY = {"status": "ok", "store": 64 * "0", "fault": None}
_UNREADY = {"status": "unavailable", "fault": "nothing was built in build"}


def service_operations() -> Iterator[tuple[str, Operation]]:
    """Yield the path and the operation of each address of the service."""
    content = _content({"type": "object"}, _DESCRIPTION)
    described = ranged(content, "The OpenAPI document.", links=("Link",))
    found = {**described, **refs("304", "406", "412", "503")}
    yield "/openapi.json", _operation("getDescription", "This description, as JSON", found)
    health = _content(_schema("Health"), {"status": "ok"})
    found = ok(health, "The process is alive.", cached=False)
    yield "/healthz", _operation("getHealth", "Whether the process is alive", found)
    ready = ok(_content(_schema("Readiness"), _READY), "What is served.", cached=False)
    unready = _content(_schema("Readiness"), _UNREADY)
    found = {**ready, "503": {"description": "There is no store to serve.", "content": unready}}
    yield "/readyz", _operation("getReadiness", "Whether there is a store to serve", found)


def _operation(name: str, summary: str, responses: dict[str, Any]) -> Operation:
    return {
        "operationId": name,
        "summary": summary,
        "description": f"{summary}.",
        "tags": ["service"],
        "security": [],
        "responses": dict(sorted({**responses, **refs("400", "414", "415", "500")}.items())),
    }


def _schema(name: str) -> dict[str, Any]:
    return {"$ref": f"#/components/schemas/{name}"}


def _content(schema: dict[str, Any], example: dict[str, Any]) -> dict[str, Any]:
    return {JSON.media_type: {"schema": schema, "example": example}}
