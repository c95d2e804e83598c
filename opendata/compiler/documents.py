"""The resources that are no collections, made once at build: index, code lists, description."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from decimal import Decimal
from functools import partial
from typing import Any

import orjson

from opendata.compiler.packages import site_documents
from opendata.compiler.skos import concept_scheme, turtle
from opendata.formats.json import JSON, dump
from opendata.package.descriptor import CURRENT, OLD
from opendata.query import Kind, Query, QueryField, fields_of
from opendata.query.values import encode
from opendata.reader import OpenLists
from opendata.records import COLLECTIONS, DATASETS, ENTRY_TYPES, Entry
from opendata.spec import Examples, describe, to_json, to_yaml
from opendata.spec.dictionary import dictionary
from opendata.spec.notices import across
from opendata.spec.pictures import picture_links, pictures_links
from opendata.spec.resources import RDF_TYPES
from opendata.store import Document, Scope, Store, VersionRow
from opendata.vocabularies import CLOSED, OPEN, CodeList, Label

_NAMES = sorted([*CLOSED, *OPEN])

#: The code list that the description shows (:meth:`Examples.names`).
_SHOWN = "/v1/vocabularies/units"

#: So many records of each collection are looked at for examples of values.
_LOOKED_AT = 1000

#: The whole Content-Type fields of :data:`RDF_TYPES`; Turtle that is not ASCII names its charset.
_RDF = RDF_TYPES | {"ttl": f"{RDF_TYPES['ttl']}; charset=utf-8"}


def ready_made(store: Store, lists: OpenLists) -> dict[str, Document]:
    """Return every ready-made resource of ``store``, by path."""
    bodies = _vocabularies(store.base_url, lists)
    bodies["/v1"] = _index(store)
    bodies["/v1/schema"] = dictionary(store.base_url)
    found = {path: _document(JSON.content_type, dump(body)) for path, body in bodies.items()}
    for name in _NAMES:
        path = f"/v1/vocabularies/{name}"
        for suffix, body in _rdf(bodies[path]).items():
            found[f"{path}.{suffix}"] = _document(_RDF[suffix], body)
    codes = {name: list(entries) for name, entries in lists.items()}
    described = site_documents(store, lists)
    document = describe(store.base_url, codes, _NAMES, _examples(store, bodies, described))
    if store.preview:
        document["info"]["title"] += " (drafts)"
    found |= described
    found["/openapi.json"] = _document(JSON.content_type, to_json(document))
    found["/openapi.yaml"] = _document("application/yaml", to_yaml(document))
    return found


def _document(content_type: str, body: bytes) -> Document:
    return Document(content_type, body, hashlib.sha256(body).hexdigest())


def _index(store: Store) -> dict[str, Any]:
    base = store.base_url
    names = [DATASETS.name, *COLLECTIONS]
    collections = [
        {
            "name": name,
            "url": f"{base}/v1/{name}",
            "csv": f"{base}/v1/{name}.csv",
            "total": store.count(name, Scope(), Query()),
        }
        for name in names
    ]
    links = {
        "self": f"{base}/v1",
        "search": f"{base}/v1/search",
        "changes": f"{base}/v1/changes",
        "feed": f"{base}/feed.atom",
        "schema": f"{base}/v1/schema",
        "vocabularies": f"{base}/v1/vocabularies",
        "service-desc": f"{base}/openapi.json",
        "service-doc": f"{base}/docs",
    }
    meta = {"total": len(names), **across(preview=store.preview)}
    return {"data": collections, "meta": meta, "links": links}


def _vocabularies(base: str, lists: OpenLists) -> dict[str, Any]:
    found: dict[str, tuple[Label, list[dict[str, Any]]]] = {
        name: (codes.title, _closed(codes)) for name, codes in CLOSED.items()
    }
    for name, title in OPEN.items():
        found[name] = title, [dict(entry) for entry in lists[name].values()]
    bodies: dict[str, Any] = {}
    summaries = []
    for name in sorted(found):
        title, entries = found[name]
        about = {"name": name, "title": title._asdict(), "closed": name in CLOSED}
        address = f"{base}/v1/vocabularies/{name}"
        summaries.append({**about, "total": len(entries), "url": address})
        bodies[f"/v1/vocabularies/{name}"] = {
            "data": entries,
            "meta": {"total": len(entries), **about},
            "links": {
                "self": address,
                "collection": f"{base}/v1/vocabularies",
                **{suffix: f"{address}.{suffix}" for suffix in RDF_TYPES},
            },
        }
    bodies["/v1/vocabularies"] = {
        "data": summaries,
        "meta": {"total": len(summaries)},
        "links": {"self": f"{base}/v1/vocabularies"},
    }
    return bodies


def _rdf(body: Mapping[str, Any]) -> dict[str, bytes]:
    """Return a code list as RDF, by suffix."""
    title = Label(**body["meta"]["title"])
    kind = ENTRY_TYPES.get(body["meta"]["name"], Entry)
    scheme = concept_scheme(body["links"]["self"], title, body["data"], kind)
    return {"ttl": turtle(scheme), "jsonld": dump(scheme)}


def _closed(codes: CodeList) -> list[dict[str, Any]]:
    """Return a closed list in the form of the open ones."""
    return [
        {
            "code": entry.code,
            "label": entry.label._asdict(),
            "definition": entry.definition._asdict(),
            "source": None,
            "exact_match": [],
        }
        for entry in codes.codes
    ]


def _examples(
    store: Store, bodies: Mapping[str, Any], described: Mapping[str, Document]
) -> Examples:
    records: dict[str, Any] = {}
    values: dict[str, dict[str, list[Any]]] = {}
    for collection in (DATASETS, *COLLECTIONS.values()):
        name = collection.name
        part = store.part(name, JSON.name, Scope(), Query(), None, _LOOKED_AT)
        found = [orjson.loads(fragment) for fragment in part.fragments]
        if found:
            records[name] = found[0]
        values[name] = {f.name: _values(f, found) for f in fields_of(collection).values()}
    dataset = records[DATASETS.name]
    version = store.version(dataset["id"])
    assert version is not None
    shown = {name: _shortened(record) for name, record in records.items()}
    documents = {path: _shortened(body) for path, body in bodies.items()}
    rdf = _rdf(documents[_SHOWN])
    documents[f"{_SHOWN}.ttl"] = rdf["ttl"].decode()
    documents[f"{_SHOWN}.jsonld"] = orjson.loads(rdf["jsonld"])
    meta = orjson.loads(version.meta)
    documents |= {path: _brief(found) for path, found in described.items()}
    documents |= _quality(store, version) | _packages(store, version)
    documents |= _pictures(store, version)
    return Examples(shown, values, meta, documents)


def _values(field: QueryField, records: list[dict[str, Any]]) -> list[Any]:
    """Return the different values of ``field`` in ``records``, in their order."""
    found = {value for record in records for value in field.column.values(record)} - {None}
    if field.kind is Kind.NUMBER:
        return sorted(found, key=lambda number: encode(field.kind, Decimal(str(number))))
    return sorted(found, key=partial(encode, field.kind))


def _quality(store: Store, version: VersionRow) -> dict[str, Any]:
    """Return what the audit of the latest version found, where it was audited, by path."""
    latest = f"/v1/datasets/{version.dataset}/quality"
    pinned = f"/v1/datasets/{version.dataset}/versions/{version.version}/quality"
    found = store.document(pinned)
    if found is None:
        return {}
    return dict.fromkeys((latest, pinned), _shortened(orjson.loads(found.body)))


def _pictures(store: Store, version: VersionRow) -> dict[str, Any]:
    """Return the pictures of the latest version, by path."""
    latest = f"/v1/datasets/{version.dataset}"
    pinned = f"{latest}/versions/{version.version}"
    found = store.document(f"{pinned}/pictures")
    assert found is not None
    drawn, meta = orjson.loads(found.body), orjson.loads(version.meta)
    shown: dict[str, Any] = {}
    for base in (latest, pinned):
        own, canonical = f"{base}/pictures", f"{pinned}/pictures"
        links = pictures_links(store.base_url, own, canonical)
        shown[own] = _shortened({"data": drawn[:1], "meta": meta, "links": links})
        for picture in drawn:
            name = picture["name"]
            to = picture_links(store.base_url, f"{own}/{name}", f"{canonical}/{name}")
            shown[f"{own}/{name}"] = _shortened({"data": picture, "meta": meta, "links": to})
    return shown


def _packages(store: Store, version: VersionRow) -> dict[str, Any]:
    """Return the descriptors of the latest version, by path."""
    latest = f"/v1/datasets/{version.dataset}"
    shown: dict[str, Any] = {}
    for name in (CURRENT, OLD):
        pinned = f"{latest}/versions/{version.version}/{name}"
        found = store.document(pinned)
        assert found is not None
        shown |= dict.fromkeys((f"{latest}/{name}", pinned), _brief(found))
    return shown


def _brief(found: Document) -> Any:
    """Return enough of a description for an example: of a schema, its first two fields."""
    body = _shortened(orjson.loads(found.body))
    if "$defs" in body:
        named = list(body["properties"])[:2]
        body |= {"properties": {name: body["properties"][name] for name in named}, "$defs": {}}
    return body


def _shortened(value: Any) -> Any:
    """Return ``value`` with at most two members of each list, enough for an example."""
    if isinstance(value, dict):
        return {key: _shortened(member) for key, member in value.items()}
    return [_shortened(member) for member in value[:2]] if isinstance(value, list) else value
