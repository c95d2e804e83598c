"""The history of a record: in which versions it stood, as what, and what became of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import orjson
from flask import Response, request

from opendata.formats import JSON
from opendata.formats.json import dump
from opendata.spec import Resource
from opendata.store import Change, Store, VersionRow
from opendata.web import query
from opendata.web.asked_changes import released
from opendata.web.changes import exact, url
from opendata.web.conditional import LATEST, answer, validator
from opendata.web.current import published, store
from opendata.web.fates import moved
from opendata.web.lookup import collection_of, find_versions, missing, notice_of
from opendata.web.negotiation import choose
from opendata.web.relations import relations


def history(resource: Resource, suffix: str | None = None, *, dataset: str, name: str) -> Response:
    """Answer with every version of a dataset from the first that had the record on."""
    query.none()
    current, collection = store(), collection_of(resource)
    choose(suffix, resource.media_types)
    held = find_versions(current, dataset)
    steps = current.log.history(dataset, collection.name, name)
    if not steps:
        raise missing(collection.one, name)
    if steps[-1].id != name:
        path = f"/v1/datasets/{dataset}/{collection.name}/{steps[-1].id}/history"
        return moved(current, path, suffix, LATEST)
    told = _History(current, held, collection.name, steps)
    state = current.software, current.base_url, held[-1].version, held[-1].sha256
    response = answer(
        validator(*state, str(told.notice), request.path),
        LATEST,
        "" if suffix else "Accept",
        JSON.content_type,
        told.body,
        modified=published(),
    )
    if response.status_code != 304:
        links = [*relations(resource, None), f'<{told.latest}>; rel="latest-version"']
        response.headers["Link"] = ", ".join(links)
    return response


def history_of(current: Store, dataset: str, collection: str, name: str) -> list[dict[str, Any]]:
    """Return what became of a record that was last called ``name``, as JSON has it."""
    held = current.log.versions(dataset)
    steps = current.log.history(dataset, collection, name)
    data: list[dict[str, Any]] = exact(_History(current, held, collection, steps).body())["data"]
    return data


class _History:
    """What became of one record, version by version."""

    def __init__(
        self, current: Store, held: Sequence[VersionRow], collection: str, steps: Sequence[Change]
    ) -> None:
        self._store = current
        self._held = held
        self._collection = collection
        self._steps = {step.version_key: step for step in steps}
        self._last = steps[-1]
        self.notice = notice_of(current, held[-1])
        dataset = f"{current.base_url}/v1/datasets/{held[0].dataset}"
        self.latest = f"{dataset}/{collection}/{self._last.id}"

    def body(self) -> bytes:
        """Return the body."""
        ids = {step.id for step in self._steps.values()}
        dataset = self._held[0].dataset
        records = self._store.log.records(dataset, self._collection, sorted(ids))
        data = list(self._entries(records))
        meta = {
            "total": len(data),
            "dataset": dataset,
            "collection": self._collection,
            "id": self._last.id,
            "notice": self.notice,
        }
        links = {
            "self": f"{self.latest}/history",
            "record": self.latest,
            "describedby": f"{self._store.base_url}/v1/schema",
        }
        return dump({"data": data, "meta": meta, "links": links})

    def _entries(self, records: Mapping[str, bytes]) -> Iterator[dict[str, Any]]:
        name = None
        for version in self._held:
            step = self._steps.get(version.version_key)
            if step is not None:
                name = step.id
            if name is None:
                continue
            yield self._entry(version, step, name, records.get(version.version))
            if step is not None and step.kind == "removed":
                name = None

    def _entry(
        self, version: VersionRow, step: Change | None, name: str, record: bytes | None
    ) -> dict[str, Any]:
        nothing = orjson.Fragment(b"[]")
        return {
            "version": version.version,
            "released": released(version),
            "url": url(self._store, version, self._collection, name) if record else None,
            "id": name,
            "previous_id": step.previous_id if step else None,
            "status": step.kind if step else "unchanged",
            "fields": orjson.Fragment(step.fields) if step else nothing,
            "reason": orjson.Fragment(step.reason) if step else None,
            "successor": step.successor if step else None,
            "corrections": orjson.Fragment(step.corrections) if step else nothing,
            "record": orjson.Fragment(record) if record else None,
        }
