"""The operations of the API: what each address takes and answers, with examples of real data."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from opendata.formats import CSV, JSON, MACHINE, NDJSON, TSV, XLSX
from opendata.formats.json import dump
from opendata.pictures import PICTURES
from opendata.records import COLLECTIONS, DATASETS, Collection
from opendata.records.patterns import Slug, VersionNumber
from opendata.spec.catalogue import content_of, joined_parameters
from opendata.spec.change_examples import change_example, correction_example, history_example
from opendata.spec.changes import change_content, change_parameters
from opendata.spec.citing import citation_content, citation_example
from opendata.spec.csvw import table_metadata
from opendata.spec.links import Turns, page_links, record_links, search_links
from opendata.spec.news import publications_content
from opendata.spec.parameters import (
    SOUGHT,
    citation_components,
    publication_components,
    record_components,
    row_components,
    search_components,
    sought_for,
)
from opendata.spec.pictures import LANGUAGE, picture_content
from opendata.spec.resources import CSVM, PACKAGE, RDF_TYPES, Kind, Reach, Resource
from opendata.spec.responses import header_refs, ranged, refs

Operation = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Examples:
    """Real data to show.

    ``records`` holds a record of each collection that has any, ``values`` the different values
    of each of its columns in their order, ``meta`` what answers say of their version,
    ``documents`` the ready-made resources by path.
    """

    records: Mapping[str, Mapping[str, Any]]
    values: Mapping[str, Mapping[str, Sequence[Any]]]
    meta: Mapping[str, Any]
    documents: Mapping[str, Any]

    def names(self) -> dict[str, str]:
        """Return an example of each path parameter."""
        found = {c.one: str(self._record(c).get("id", c.one)) for c in COLLECTIONS.values()}
        found["dataset"] = str(self.meta["dataset"])
        found["version"] = str(self.meta["version"])
        found["vocabulary"] = "units"
        found["picture"] = "firmness"
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
            Kind.SEARCH: self._search,
            Kind.TABLE: self._table,
            Kind.PUBLICATIONS: self._publications,
            Kind.CHANGES: self._changes,
            Kind.CORRECTIONS: self._changes,
            Kind.HISTORY: self._history,
            Kind.CITATION: self._citation,
            Kind.JOINED: self._joined,
            Kind.FILE: self._file,
            Kind.DESCRIPTION: self._description,
            Kind.CHECKSUM: self._checksum,
            Kind.PICTURES: self._pictures,
            Kind.PICTURE: self._pictures,
        }
        yield resource.path, make[resource.kind](resource)
        if resource.kind is Kind.COLLECTION and resource.reach is Reach.EVERYWHERE:
            yield f"{resource.path}.{CSV.suffix}", self._download(resource)

    def path_parameters(self, resource: Resource) -> list[dict[str, Any]]:
        """Return the parameters in the path of ``resource``, in their order."""
        found = []
        for name in resource.path_names():
            schema: dict[str, Any] = {"type": "string", "pattern": f"^{Slug.pattern}$"}
            if name == "version":
                schema["pattern"] = f"^{VersionNumber.pattern}$"
            elif name == "vocabulary":
                schema = {"type": "string", "enum": self._lists}
            elif name == "picture":
                schema = {"type": "string", "enum": list(PICTURES)}
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
        across = resource.spans
        of_one_version = collection is not DATASETS and not across
        record = self._examples.records.get(collection.name)
        body = {
            "data": [record] if record else [],
            "meta": {
                "total": 1 if record else 0,
                **(self._examples.meta if of_one_version else {}),
            },
            "links": page_links(
                self._base_url,
                self._path(resource),
                {},
                Turns(),
                citable=collection is not DATASETS,
            ),
        }
        content = _json(f"{collection.schema_name}Page", body) | self._tables(collection)
        return {
            **_about(resource, resource.operation, resource.summary),
            "parameters": row_components(collection, JSON, across=across),
            "responses": _responses(
                resource,
                ranged(content, "A page of rows.", links=("Content-Location", "Link")),
                refs("409"),
            ),
        }

    def _download(self, resource: Resource) -> Operation:
        """Return the operation of the CSV file of a collection, with the settings of CSV."""
        collection = _collection(resource)
        name = resource.operation.replace("list", "download") + "Csv"
        content = {
            CSV.media_type: self._tables(collection)[CSV.media_type],
            TSV: {"schema": {"type": "string"}},
        }
        links = ("Content-Location", "Link", "Content-Disposition")
        about = _about(resource, name, f"{resource.summary}, as CSV")
        return {
            **about,
            "description": f"{about['description']} {_TABLES}",
            "parameters": row_components(collection, CSV, across=True),
            "responses": _responses(
                resource, ranged(content, "All matching rows.", links=links), refs("409")
            ),
        }

    def _tables(self, collection: Collection) -> dict[str, Any]:
        """Return what the rows of a collection are in every format but JSON."""
        record = self._examples.records.get(collection.name)
        line = dump(record).decode() + "\n" if record else ""
        return {
            MACHINE.media_type: {
                "schema": {"type": "string"},
                "example": MACHINE.head(collection).decode(),
            },
            NDJSON.media_type: {"schema": {"type": "string"}, "example": line},
            XLSX.media_type: {"schema": {"type": "string", "format": "binary"}},
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
        content = _json(f"{collection.schema_name}Answer", body) | self._tables(collection)
        return {
            **_about(resource, resource.operation, resource.summary),
            "parameters": record_components(collection, JSON),
            "responses": _responses(
                resource,
                ranged(content, "The record.", links=("Content-Location", "Link")),
                {} if collection is DATASETS else refs("308", "410"),
            ),
        }

    def _search(self, resource: Resource) -> Operation:
        content = _json("SearchPage", self._found(resource))
        answer = ranged(content, "What was found.", links=("Link",))
        return {
            **_about(resource, resource.operation, resource.summary),
            "parameters": search_components(),
            "responses": _responses(resource, answer, refs("409")),
        }

    def _found(self, resource: Resource) -> dict[str, Any] | None:
        """Return a page with the target that the example of ``q`` is taken from, if any."""
        targets = COLLECTIONS["targets"]
        record = self._examples.records.get(targets.name)
        if record is None:
            return None
        dataset, title = self._names["dataset"], record["title"]
        hit = {
            "collection": targets.name,
            "id": record["id"],
            "dataset": dataset,
            "version": self._names["version"],
            "title": title,
            "url": f"{self._base_url}/v1/datasets/{dataset}/{targets.name}/{record['id']}",
            "matches": [{"field": "title_zh", "text": title["zh"], "ranges": [[0, SOUGHT]]}],
        }
        query = {"q": sought_for(record)}
        links = search_links(self._base_url, resource.path, query, Turns())
        return {"data": [hit], "meta": {"total": 1}, "links": links}

    def _document(self, resource: Resource) -> Operation:
        path, shown = self._path(resource), self._examples.documents
        content = _json(_DOCUMENT_SCHEMAS[resource.operation], shown.get(path))
        if resource.rdf:
            for suffix, schema in _RDF_SCHEMAS.items():
                content[RDF_TYPES[suffix]] = {
                    "schema": schema,
                    "example": shown[f"{path}.{suffix}"],
                }
        located = ("Content-Location",) if resource.reach is Reach.LATEST else ()
        answer = ranged(content, "What was asked for.", links=(*located, "Link"))
        return {
            **_about(resource, resource.operation, resource.summary),
            "responses": _responses(resource, answer),
        }

    def _pictures(self, resource: Resource) -> Operation:
        one = resource.kind is Kind.PICTURE
        content = picture_content(resource, self._examples.documents.get(self._path(resource)))
        answer = ranged(content, "What was asked for.", links=("Content-Location", "Link"))
        return {
            **_about(resource, resource.operation, resource.summary),
            **({"parameters": [LANGUAGE]} if one else {}),
            "responses": _responses(resource, answer),
        }

    def _table(self, resource: Resource) -> Operation:
        whole = resource.reach in (Reach.LATEST, Reach.VERSION)
        meta = self._examples.meta if whole else None
        schema = {"$ref": "#/components/schemas/TableMetadata"}
        example = table_metadata(self._base_url, resource, meta)
        content = {CSVM: {"schema": schema, "example": example}}
        answer = ranged(content, "What was asked for.", links=("Content-Location", "Link"))
        return {
            **_about(resource, resource.operation, resource.summary),
            "responses": _responses(resource, answer),
        }

    def _publications(self, resource: Resource) -> Operation:
        content = publications_content(self._base_url, self._examples.records[DATASETS.name])
        answer = ranged(content, "Versions, oldest first.", links=("Link",))
        return {
            **_about(resource, resource.operation, resource.summary),
            "parameters": publication_components(),
            "responses": _responses(resource, answer),
        }

    def _changes(self, resource: Resource) -> Operation:
        shown, path = self._examples, self._path(resource)
        if resource.kind is Kind.CHANGES:
            target = shown.records.get("targets")
            example = change_example(self._base_url, path, shown.meta, target)
        else:
            example = correction_example(self._base_url, path, shown.meta)
        content = change_content(resource, example)
        links = ("Link", "Content-Disposition")
        answer = ranged(content, "What was asked for.", links=links)
        return {
            **_about(resource, resource.operation, resource.summary),
            "parameters": change_parameters(resource),
            "responses": _responses(resource, answer, refs("409")),
        }

    def _history(self, resource: Resource) -> Operation:
        collection = _collection(resource)
        record = self._examples.records.get(collection.name)
        example = history_example(self._base_url, collection.name, self._examples.meta, record)
        content = _json(f"{collection.schema_name}History", example)
        answer = ranged(content, "The versions.", links=("Link",))
        return {
            **_about(resource, resource.operation, resource.summary),
            "responses": _responses(resource, answer, refs("308")),
        }

    def _citation(self, resource: Resource) -> Operation:
        collection, rows = _collection(resource), resource.of_rows
        shown = citation_example(
            self._base_url, resource, self._names, self._examples.records, self._examples.meta
        )
        content = citation_content(resource, shown)
        answer = ranged(content, "How to cite it.", links=("Content-Location", "Link"))
        return {
            **_about(resource, resource.operation, resource.summary),
            "parameters": citation_components(collection, rows=rows, across=resource.spans),
            "responses": _responses(
                resource, answer, {} if rows or collection is DATASETS else refs("308", "410")
            ),
        }

    def _joined(self, resource: Resource) -> Operation:
        types = list(resource.media_types.values()) or [resource.media_type]
        content = {name: said for kind in types for name, said in content_of(kind).items()}
        about = _about(resource, resource.operation, resource.summary)
        return {
            **about,
            "parameters": joined_parameters(resource),
            "responses": _responses(
                resource, ranged(content, "What was asked for.", links=("Link",)), refs("404")
            ),
        }

    def _file(self, resource: Resource) -> Operation:
        content = content_of(resource.media_type)
        return {
            **_about(resource, resource.operation, resource.summary),
            "responses": _responses(
                resource, ranged(content, "What was asked for.", links=("Link",))
            ),
        }

    def _description(self, resource: Resource) -> Operation:
        name = "DataPackage" if resource.media_type == PACKAGE else "JsonSchema"
        schema = {"$ref": f"#/components/schemas/{name}"}
        example = self._examples.documents[self._path(resource)]
        content = {resource.media_type: {"schema": schema, "example": example}}
        return _packed(resource, content, "The description.", "Link")

    def _checksum(self, resource: Resource) -> Operation:
        named = f"{self._names['dataset']}-{self._names['version']}"
        line = f"{_DIGEST}  {named if resource.path_names() else 'bulk'}.zip\n"
        content = {"text/plain": {"schema": {"type": "string"}, "example": line}}
        return _packed(resource, content, "A line that sha256sum -c reads.", "Link")

    def _path(self, resource: Resource) -> str:
        return resource.path.format_map(self._names)


#: An example of a digest: that of nothing.
_DIGEST = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"

_DOCUMENT_SCHEMAS = {
    "getIndex": "Index",
    "getSchema": "DataDictionary",
    "listVocabularies": "VocabularyPage",
    "getVocabulary": "Vocabulary",
    "getQuality": "QualityAnswer",
    "getVersionQuality": "QualityAnswer",
}

_TABLES = (
    "The CSV of one dataset or version, at the same suffix, takes the same settings, and so do, "
    "of these, `.ndjson` and `.xlsx` what means something there: `lang` is for `.xlsx` too."
)

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


def _packed(
    resource: Resource, content: dict[str, Any], description: str, *links: str
) -> Operation:
    """Return the operation of something that is served as it lies in the store."""
    answer = ranged(content, description, links=("Content-Location", *links))
    return {
        **_about(resource, resource.operation, resource.summary),
        "responses": _responses(resource, answer),
    }


def _responses(resource: Resource, *groups: dict[str, Any]) -> dict[str, Any]:
    found = refs("304", "400", "406", "412", "414", "415", "500", "503")
    if resource.path_names():
        found |= refs("404")
    for group in groups:
        found |= group
    names = resource.path_names()
    if "dataset" in names:
        given_up = header_refs("Deprecation", *(() if "version" in names else ("Sunset",)))
        for status in {"200", "206"} & found.keys():
            found[status] = {**found[status], "headers": found[status]["headers"] | given_up}
    return dict(sorted(found.items()))


def _collection(resource: Resource) -> Collection:
    assert resource.collection is not None
    return resource.collection


def _json(name: str, example: Mapping[str, Any] | None) -> dict[str, Any]:
    schema = {"$ref": f"#/components/schemas/{name}"}
    return {JSON.media_type: {"schema": schema, **({"example": example} if example else {})}}
