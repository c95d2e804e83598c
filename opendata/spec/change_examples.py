"""Examples of changes, corrections and histories, made of a record that there is."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from opendata.query.changes import COMPARED
from opendata.spec.links import Turns, search_links
from opendata.vocabularies import CHANGE_KINDS


def change_example(
    base_url: str, path: str, meta: Mapping[str, Any], target: Mapping[str, Any] | None
) -> dict[str, Any]:
    """Return what there is to tell of a first version with one target, or with none."""
    dataset, version = meta["dataset"], meta["version"]
    counts = {name: dict.fromkeys(CHANGE_KINDS, 0) for name in COMPARED}
    data = []
    if target:
        counts["targets"]["added"] = 1
        address = f"{base_url}/v1/datasets/{dataset}/versions/{version}/targets/{target['id']}"
        told = {"collection": "targets", "id": target["id"], "previous_id": None, "kind": "added"}
        data.append({**told, "title": target["title"], "url": address, **_UNTOLD})
    about = {"dataset": dataset, "from": None, "to": version, "total": len(data)}
    links = _example_links(base_url, path)
    return {"data": data, "meta": {**about, "counts": counts, "notice": None}, "links": links}


def correction_example(base_url: str, path: str, meta: Mapping[str, Any]) -> dict[str, Any]:
    """Return what there is to tell where nothing was corrected."""
    about = {"dataset": meta["dataset"], "total": 0, "notice": None}
    return {"data": [], "meta": about, "links": _example_links(base_url, path)}


def history_example(
    base_url: str, collection: str, meta: Mapping[str, Any], record: Mapping[str, Any] | None
) -> dict[str, Any] | None:
    """Return the history of a record that was added in the version of ``meta``, where any is."""
    if record is None:
        return None
    dataset, name = meta["dataset"], record["id"]
    base = f"{base_url}/v1/datasets/{dataset}"
    entry = {
        "version": meta["version"],
        "released": meta["released"],
        "url": f"{base}/versions/{meta['version']}/{collection}/{name}",
        "id": name,
        "previous_id": None,
        "status": "added",
        **_UNTOLD,
        "record": record,
    }
    address = f"{base}/{collection}/{name}"
    return {
        "data": [entry],
        "meta": {
            "total": 1,
            "dataset": dataset,
            "collection": collection,
            "id": name,
            "notice": None,
        },
        "links": {
            "self": f"{address}/history",
            "record": address,
            "describedby": f"{base_url}/v1/schema",
        },
    }


_UNTOLD: dict[str, Any] = {"fields": [], "reason": None, "successor": None, "corrections": []}


def _example_links(base_url: str, path: str) -> dict[str, str | None]:
    links = search_links(base_url, path, {}, Turns())
    described = links.pop("describedby")
    others = {suffix: f"{base_url}{path}.{suffix}" for suffix in ("csv", "html")}
    return {**links, **others, "describedby": described}
