"""The operations of the API: what each address takes and answers, with examples of real data."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from opendata.formats import MACHINE
from opendata.formats.json import JSON
from opendata.records import COLLECTIONS, DATASETS, Collection
from opendata.records.patterns import Slug, VersionNumber
from opendata.spec.links import page_links, record_links
from opendata.spec.parameters import query_names, record_query_names
from opendata.spec.resources import RDF_TYPES, Kind, Reach, Resource
from opendata.spec.responses import ok, refs

Operation = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Examples:
    """Real data to show.

    ``records`` holds a record of each collection that has any, ``meta`` what answers say of
    their version, ``documents`` the ready-made resources by path.
    """

    records: Mapping[str, Mapping[str, Any]]
    meta: Mapping[str, Any]
    documents: Mapping[str, Any]

    def names(self) -> dict[str, str]:
        """Return an example of each path parameter."""
        found = {c.one: str(self._record(c).get("id", c.one)) for c in COLLECTIONS.values()}
        found["dataset"] = str(self.meta["dataset"])
        found["version"] = str(self.meta["version"])
        found["vocabulary"] = "units"
        return found

    def _record(self, collection: Collection) -> Mapping[str, Any]:
        return self.records.get(collection.name, {})


class Describer:
    """Describes the resources of one server."""

    def __init__(self, base_url: str, lists: list[str], examples: Examples) -> None:
        self._base_url = base_url
        self._lists = lists
        self._examples = examples
        self._names = examples.names()

    def operations(self, resource: Resource) -> Iterator[tuple[str, Operation]]:
        """Yield the path and the operation of each address of ``resource``."""
        make = {
            Kind.COLLECTION: self._page,
            Kind.RECORD: self._record,
            Kind.DOCUMENT: self._document,
        }
        yield resource.path, make[resource.kind](resource)
        if resource.kind is Kind.COLLECTION:
            yield f"{resource.path}.csv", self._download(resource)

    def path_parameters(self, resource: Resource) -> list[dict[str, Any]]:
        """Return the parameters in the path of ``resource``, in their order."""
        found = []
        for name in resource.path_names():
            schema: dict[str, Any] = {"type": "string", "pattern": f"^{Slug.pattern}$"}
            if name == "version":
                schema["pattern"] = f"^{VersionNumber.pattern}$"
            elif name == "vocabulary":
                schema = {"type": "string", "enum": self._lists}
            found.append(
                {
                    "name": name,
                    "in": "path",
                    "required": True,
                    "description": f"Which {name}.",
                    "schema": schema,
                    "example": self._names[name],
                }
            )
        return found

    def _page(self, resource: Resource) -> Operation:
        collection = _collection(resource)
        across = resource.reach is Reach.EVERYWHERE
        of_one_version = collection is not DATASETS and not across
        record = self._examples.records.get(collection.name)
        body = {
            "data": [record] if record else [],
            "meta": {
                "total": 1 if record else 0,
                **(self._examples.meta if of_one_version else {}),
            },
            "links": page_links(self._base_url, self._path(resource), {}, None),
        }
        content = _json(f"{collection.schema_name}Page", body) | _csv(collection)
        return {
            **_about(resource, resource.operation, resource.summary),
            "parameters": query_names(collection, table=False, across=across),
            "responses": _responses(
                resource,
                ok(content, "A page of rows.", links=("Content-Location", "Link")),
                refs("406"),
            ),
        }

    def _download(self, resource: Resource) -> Operation:
        collection = _collection(resource)
        name = resource.operation.replace("list", "download") + "Csv"
        across = resource.reach is Reach.EVERYWHERE
        return {
            **_about(resource, name, f"{resource.summary}, as CSV"),
            "parameters": query_names(collection, table=True, across=across),
            "responses": _responses(
                resource,
                ok(_csv(collection), "All matching rows.", links=("Content-Location", "Link")),
            ),
        }

    def _record(self, resource: Resource) -> Operation:
        collection = _collection(resource)
        pinned = resource.pinned_path().format_map(self._names)
        record = self._examples.records.get(collection.name)
        body = record and {
            "data": record,
            "meta": self._examples.meta,
            "links": record_links(self._base_url, self._path(resource), pinned, {}),
        }
        content = _json(f"{collection.schema_name}Answer", body) | _csv(collection)
        names = record_query_names(collection)
        return {
            **_about(resource, resource.operation, resource.summary),
            **({"parameters": names} if names else {}),
            "responses": _responses(
                resource,
                ok(content, "The record.", links=("Content-Location",)),
                refs("406"),
            ),
        }

    def _document(self, resource: Resource) -> Operation:
        path, shown = self._path(resource), self._examples.documents
        content = _json(_DOCUMENT_SCHEMAS[resource.operation], shown.get(path))
        if resource.rdf:
            for suffix, schema in _RDF_SCHEMAS.items():
                content[RDF_TYPES[suffix]] = {
                    "schema": schema,
                    "example": shown[f"{path}.{suffix}"],
                }
        links = ("Content-Location",) if resource.reach is Reach.LATEST else ()
        answer = ok(content, "What was asked for.", links=links)
        return {
            **_about(resource, resource.operation, resource.summary),
            "responses": _responses(resource, answer, refs("406")),
        }

    def _path(self, resource: Resource) -> str:
        return resource.path.format_map(self._names)


_DOCUMENT_SCHEMAS = {
    "getIndex": "Index",
    "listVocabularies": "VocabularyPage",
    "getVocabulary": "Vocabulary",
    "getQuality": "QualityAnswer",
    "getVersionQuality": "QualityAnswer",
}

_RDF_SCHEMAS: dict[str, dict[str, str]] = {
    "ttl": {"type": "string"},
    "jsonld": {"$ref": "#/components/schemas/ConceptScheme"},
}


def _about(resource: Resource, name: str, summary: str) -> Operation:
    description = f"{summary}."
    if resource.collection:
        description = f"{summary}: from {resource.reach.value}."
    return {
        "operationId": name,
        "summary": summary,
        "description": description,
        "tags": [resource.tag],
        "security": [],
    }


def _responses(resource: Resource, *groups: dict[str, Any]) -> dict[str, Any]:
    found = refs("304", "400", "414", "500", "503")
    if resource.path_names():
        found |= refs("404")
    for group in groups:
        found |= group
    return dict(sorted(found.items()))


def _collection(resource: Resource) -> Collection:
    assert resource.collection is not None
    return resource.collection


def _json(name: str, example: Mapping[str, Any] | None) -> dict[str, Any]:
    schema = {"$ref": f"#/components/schemas/{name}"}
    return {JSON.media_type: {"schema": schema, **({"example": example} if example else {})}}


def _csv(collection: Collection) -> dict[str, Any]:
    example = MACHINE.head(collection).decode()
    return {MACHINE.media_type: {"schema": {"type": "string"}, "example": example}}
