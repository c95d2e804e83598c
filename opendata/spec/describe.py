"""The OpenAPI 3.1 document, derived from resources, record types and real data."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import orjson
import yaml
from apispec import APISpec

from opendata.formats import MACHINE
from opendata.formats.json import JSON, dump
from opendata.records import COLLECTIONS, DATASETS, Collection
from opendata.records.fields import Slug, VersionNumber
from opendata.spec.links import page_links, record_links
from opendata.spec.parameters import Codes, query_parameters
from opendata.spec.resources import RESOURCES, Kind, Reach, Resource
from opendata.spec.responses import HEADERS, add_responses, ok, refs
from opendata.spec.schemas import add_schemas, complete, plugin, teach

_ABOUT = """\
Read-only access to the targets, projects and glossary terms of government work reports, as \
versioned, verifiable open data.

Every address answers in JSON, and collections and records in CSV too: by suffix (`.json`, \
`.csv`) or by `Accept`. Pinned versions (`…/versions/1.0.0/…`) never change; addresses without \
a version give the latest one and name the pinned address in `Content-Location`. Within `/v1` \
fields are only added. Unknown parameters are refused, and every fault of a request is listed \
at once (RFC 9457)."""

_TAGS = {
    "datasets": "What is published, and in which versions.",
    "targets": "Figures and checkable outcomes that a report commits to.",
    "projects": "Named things to be built, delivered, upgraded, started, advanced or bid for.",
    "glossary": "Terms that a report explains.",
    "vocabularies": "The code lists that records use.",
    "service": "The API itself.",
}


@dataclass(frozen=True, slots=True)
class Examples:
    """Real data to show: a record of each collection, and its version's part of answers."""

    records: Mapping[str, Mapping[str, Any]]
    meta: Mapping[str, Any]
    documents: Mapping[str, Any]

    def values(self) -> dict[str, str]:
        """Return an example of each path parameter."""
        found = {c.one: str(self.records[c.name]["id"]) for c in COLLECTIONS.values()}
        found["version"] = str(self.meta["version"])
        found["dataset"] = str(self.meta["dataset"])
        found["vocabulary"] = "units"
        return found


def describe(base_url: str, codes: Codes, lists: list[str], examples: Examples) -> dict[str, Any]:
    """Return the OpenAPI document.

    :param codes: the codes of the open lists.
    :param lists: the names of all code lists.
    """
    marshmallow = plugin()
    spec = APISpec(
        title="opendata",
        version="1.0.0",
        openapi_version="3.1.0",
        info={
            "summary": "Government work reports as verifiable open data",
            "description": _ABOUT,
            "contact": {"name": "opendata project", "url": base_url},
            "license": {"name": "CC BY 4.0 (data)", "identifier": "CC-BY-4.0"},
        },
        servers=[{"url": base_url, "description": "This server"}],
        tags=[{"name": name, "description": text} for name, text in _TAGS.items()],
        security=[],
        plugins=[marshmallow],
    )
    teach(marshmallow)
    add_schemas(spec)
    add_responses(spec)
    values = examples.values()
    for resource in RESOURCES:
        _add(spec, resource, base_url, codes, lists, examples, values)
    _add_service(spec)
    document: dict[str, Any] = spec.to_dict()
    document["components"]["headers"] = HEADERS
    complete(document["components"]["schemas"])
    return document


def to_json(document: dict[str, Any]) -> bytes:
    """Return the document as JSON."""
    return dump(document) + b"\n"


def to_yaml(document: dict[str, Any]) -> bytes:
    """Return the document as YAML, the form that is committed."""
    plain = orjson.loads(dump(document))
    text: str = yaml.dump(plain, Dumper=_NoAliases, allow_unicode=True, sort_keys=False, width=100)
    return text.encode()


class _NoAliases(yaml.CSafeDumper):
    def ignore_aliases(self, data: Any) -> bool:
        return True


def _add(
    spec: APISpec,
    resource: Resource,
    base_url: str,
    codes: Codes,
    lists: list[str],
    examples: Examples,
    values: dict[str, str],
) -> None:
    operation = _operation(resource, "", resource.summary)
    path_parameters = _path_parameters(resource, lists, values)
    operation["responses"] = refs("406", "500", "503")
    if resource.kind is not Kind.DOCUMENT or path_parameters:
        operation["responses"] |= refs("404")
    path = resource.path.format_map(values)
    if resource.kind is Kind.COLLECTION:
        _add_collection(operation, resource, base_url, codes, examples, path)
        _add_download(spec, resource, codes, path_parameters)
    elif resource.kind is Kind.RECORD:
        assert resource.collection is not None
        record = examples.records[resource.collection.name]
        pinned = _pinned(resource, values)
        body = {
            "data": record,
            "meta": examples.meta,
            "links": record_links(base_url, path, pinned),
        }
        name = f"{resource.collection.schema_name}Answer"
        operation["responses"] |= ok(_content(name, body, csv=True), "The record.")
        operation["responses"] |= refs("400")
    else:
        body = examples.documents[path]
        content = {JSON.media_type: {"schema": {"type": "object"}, "example": body}}
        operation["responses"] |= ok(content, "What was asked for.")
        operation["responses"] |= refs("400")
    operation["responses"] |= refs("304")
    operation["responses"] = dict(sorted(operation["responses"].items()))
    spec.path(path=resource.path, operations={"get": operation}, parameters=path_parameters)


def _add_collection(
    operation: dict[str, Any],
    resource: Resource,
    base_url: str,
    codes: Codes,
    examples: Examples,
    path: str,
) -> None:
    collection = resource.collection
    assert collection is not None
    across = resource.reach is Reach.EVERYWHERE
    operation["parameters"] = query_parameters(collection, codes, table=False, across=across)
    one_version = collection is not DATASETS and not across
    body = {
        "data": [examples.records[collection.name]],
        "meta": {"total": 1, **(examples.meta if one_version else {})},
        "links": page_links(base_url, path, {}, None),
    }
    name = f"{collection.schema_name}Page"
    operation["responses"] |= ok(_content(name, body, csv=True), "A page of rows.", links=True)
    operation["responses"] |= refs("400")


def _add_download(
    spec: APISpec, resource: Resource, codes: Codes, path_parameters: list[dict[str, Any]]
) -> None:
    collection = resource.collection
    assert collection is not None
    name = resource.operation.replace("list", "download") + "Csv"
    operation = _operation(resource, name, f"{resource.summary}, as CSV")
    across = resource.reach is Reach.EVERYWHERE
    operation["parameters"] = query_parameters(collection, codes, table=True, across=across)
    operation["responses"] = dict(
        sorted(
            {
                **ok(_csv(collection), "All matching rows.", links=True),
                **refs("304", "400", "404", "500", "503"),
            }.items()
        )
    )
    path = f"{resource.path}.csv"
    spec.path(path=path, operations={"get": operation}, parameters=path_parameters)


def _operation(resource: Resource, name: str, summary: str) -> dict[str, Any]:
    tag = resource.collection.name if resource.collection else "vocabularies"
    if resource.path == "/v1":
        tag = "service"
    about = f"{summary}: the rows of {resource.reach.value}." if resource.collection else summary
    return {
        "operationId": name or resource.operation,
        "summary": summary,
        "description": about if about.endswith(".") else f"{about}.",
        "tags": [tag],
        "security": [],
    }


def _path_parameters(
    resource: Resource, lists: list[str], values: Mapping[str, str]
) -> list[dict[str, Any]]:
    found = []
    for name in values:
        if f"{{{name}}}" not in resource.path:
            continue
        schema: dict[str, Any] = {"type": "string", "pattern": f"^{Slug.pattern}$"}
        if name == "version":
            schema["pattern"] = f"^{VersionNumber.pattern}$"
        elif name == "vocabulary":
            schema = {"type": "string", "enum": lists}
        found.append(
            {
                "name": name,
                "in": "path",
                "required": True,
                "description": _PATH_NOTES.get(name, f"Identifier of the {name}."),
                "schema": schema,
                "example": values[name],
            }
        )
    return sorted(found, key=lambda parameter: resource.path.index(f"{{{parameter['name']}}}"))


_PATH_NOTES = {
    "dataset": "Identifier of the dataset.",
    "version": "A released version (semantic versioning).",
    "vocabulary": "Name of the code list.",
}


def _pinned(resource: Resource, values: Mapping[str, str]) -> str:
    path = resource.path
    if resource.reach is Reach.LATEST:
        path = path.replace("/{dataset}", "/{dataset}/versions/{version}")
    return path.format_map(values)


def _content(name: str, example: Mapping[str, Any], *, csv: bool) -> dict[str, Any]:
    schema = {"$ref": f"#/components/schemas/{name}"}
    content: dict[str, Any] = {JSON.media_type: {"schema": schema, "example": example}}
    if csv:
        content[MACHINE.media_type] = {"schema": {"type": "string"}}
    return content


def _csv(collection: Collection) -> dict[str, Any]:
    example = MACHINE.head(collection).decode()
    return {MACHINE.media_type: {"schema": {"type": "string"}, "example": example}}


def _add_service(spec: APISpec) -> None:
    for path, name, summary, codes in (
        ("/openapi.json", "getDescription", "This description, as JSON", ("304", "503")),
        ("/healthz", "getHealth", "Whether the process is alive", ()),
        ("/readyz", "getReadiness", "Whether there is a store to serve", ("503",)),
    ):
        content = {JSON.media_type: {"schema": {"type": "object"}}}
        spec.path(
            path=path,
            operations={
                "get": {
                    "operationId": name,
                    "summary": summary,
                    "description": f"{summary}.",
                    "tags": ["service"],
                    "security": [],
                    "responses": dict(
                        sorted({**ok(content, summary), **refs("400", *codes, "500")}.items())
                    ),
                }
            },
        )
