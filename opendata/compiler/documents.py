"""The resources that are no collections, made once at build: index, code lists, description."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from typing import Any

import orjson

from opendata.formats.json import JSON, dump
from opendata.reader import OpenLists
from opendata.records import COLLECTIONS, DATASETS
from opendata.spec import Examples, describe, to_json, to_yaml
from opendata.store import Scope, Store
from opendata.store.reading import Document
from opendata.vocabularies import CLOSED, OPEN, CodeList, Label


def ready_made(store: Store, lists: OpenLists) -> dict[str, Document]:
    """Return every ready-made resource of ``store``, by path."""
    bodies = _vocabularies(store.base_url, lists)
    bodies["/v1"] = _index(store)
    found = {path: _document(JSON.content_type, dump(body)) for path, body in bodies.items()}
    codes = {name: list(entries) for name, entries in lists.items()}
    names = sorted([*CLOSED, *OPEN])
    document = describe(store.base_url, codes, names, _examples(store, bodies))
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
            "total": store.count(name, Scope()),
        }
        for name in names
    ]
    links = {
        "self": f"{base}/v1",
        "vocabularies": f"{base}/v1/vocabularies",
        "service-desc": f"{base}/openapi.json",
        "service-doc": f"{base}/docs",
    }
    return {"data": collections, "meta": {"total": len(names)}, "links": links}


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
            "links": {"self": address, "collection": f"{base}/v1/vocabularies"},
        }
    bodies["/v1/vocabularies"] = {
        "data": summaries,
        "meta": {"total": len(summaries)},
        "links": {"self": f"{base}/v1/vocabularies"},
    }
    return bodies


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


def _examples(store: Store, bodies: Mapping[str, Any]) -> Examples:
    records = {}
    for name in (DATASETS.name, *COLLECTIONS):
        part = store.part(name, JSON.name, Scope(), after=0, limit=1)
        if part.fragments:
            records[name] = orjson.loads(part.fragments[0])
    dataset = records[DATASETS.name]
    version = store.version(dataset["id"])
    assert version is not None
    shown = {name: _shortened(record) for name, record in records.items()}
    documents = {path: _shortened(body) for path, body in bodies.items()}
    return Examples(shown, orjson.loads(version.meta), documents)


def _shortened(value: Any) -> Any:
    """Return ``value`` with at most two members of each list, enough for an example."""
    if isinstance(value, dict):
        return {key: _shortened(member) for key, member in value.items()}
    return [_shortened(member) for member in value[:2]] if isinstance(value, list) else value
