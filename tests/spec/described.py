"""The description of the API as a thing to ask: operations, examples, schemas."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple
from urllib.parse import urlencode

from openapi_schema_validator import OAS31Validator, oas31_format_checker
from werkzeug.test import TestResponse


class Operation(NamedTuple):
    """One operation and the path it stands at."""

    path: str
    about: dict[str, Any]


class Description:
    """An OpenAPI document, whose references are followed."""

    def __init__(self, document: dict[str, Any]) -> None:
        self.document = document

    def operations(self) -> Iterator[Operation]:
        """Yield every operation; all of them are GET."""
        for path, item in self.document["paths"].items():
            assert item.keys() <= {"get", "parameters"}, path
            yield Operation(path, item["get"])

    def follow(self, value: dict[str, Any]) -> dict[str, Any]:
        """Return what ``value`` is or refers to."""
        found: Any = value
        while "$ref" in found:
            names = found["$ref"].removeprefix("#/").split("/")
            found = self.document
            for name in names:
                found = found[name]
        assert isinstance(found, dict)
        return found

    def parameters(self, operation: Operation) -> list[dict[str, Any]]:
        """Return the parameters of an operation, those of its path first."""
        listed = self.document["paths"][operation.path].get("parameters", [])
        return [self.follow(one) for one in [*listed, *operation.about.get("parameters", [])]]

    def address(self, operation: Operation) -> str:
        """Return the address of an operation with the examples of what it must be asked with."""
        needed = [p for p in self.parameters(operation) if p.get("required")]
        names = {p["name"]: p["example"] for p in needed if p["in"] == "path"}
        query = urlencode({p["name"]: p["example"] for p in needed if p["in"] == "query"})
        return operation.path.format_map(names) + (f"?{query}" if query else "")

    def faults(self, schema: dict[str, Any], value: Any) -> list[str]:
        """Return what of ``value`` is not as ``schema`` says, nothing where it is."""
        whole = {**schema, "components": self.document["components"]}
        checker = OAS31Validator(whole, format_checker=oas31_format_checker)
        return [f"{error.json_path}: {error.message}" for error in checker.iter_errors(value)]

    def response_faults(self, operation: Operation, response: TestResponse) -> list[str]:
        """Return what of a response is not as its operation says."""
        described = operation.about["responses"].get(str(response.status_code))
        if described is None:
            return [f"status {response.status_code} is not described"]
        described = self.follow(described)
        faults = [
            f"header {name} is not described"
            for name in ("Content-Location", "Link", "ETag", "Vary")
            if name in response.headers and name not in described.get("headers", {})
        ]
        if response.status_code == 304:
            return faults
        content = described["content"].get(response.mimetype or "")
        if content is None:
            return [*faults, f"media type {response.mimetype} is not described"]
        if content["schema"].get("format") == "binary":
            return faults
        body = response.get_json() if response.is_json else response.text
        return faults + self.faults(content["schema"], body)
