"""Ids that stand no more: records that are called otherwise now, and records that are gone."""

from __future__ import annotations

import orjson
from flask import Response, request

from opendata.spec import Reach, Resource
from opendata.store import Fate, Store, VersionRow
from opendata.vocabularies import Label
from opendata.web.conditional import LATEST, PINNED
from opendata.web.lookup import collection_of, missing
from opendata.web.problems import ProblemError


def elsewhere(
    current: Store, resource: Resource, held: VersionRow, name: str, suffix: str | None
) -> Response:
    """Lead to the record that had the id ``name`` once, in the version that is asked.

    :raises ProblemError: 410 where it was removed, 404 where no version up to this one has it.
    """
    collection = collection_of(resource)
    fate = current.log.fate(held, collection.name, name)
    if fate is None:
        raise missing(collection.one, name)
    if fate.removed is not None:
        raise _withdrawn(current, resource, held, fate)
    pinned = PINNED if resource.reach is Reach.VERSION else LATEST
    return moved(current, f"{_above(resource, held)}/{fate.id}", suffix, pinned)


def moved(current: Store, path: str, suffix: str | None, caching: str) -> Response:
    """Return the answer that what is asked for stands at another path now (RFC 9110 §15.4.9)."""
    ending = f".{suffix}" if suffix else ""
    asked = f"?{request.query_string.decode()}" if request.query_string else ""
    response = Response(status=308)
    response.headers["Location"] = f"{current.base_url}{path}{ending}{asked}"
    response.headers["Cache-Control"] = caching
    response.headers.remove("Content-Type")
    return response


def _above(resource: Resource, held: VersionRow) -> str:
    names = {"dataset": held.dataset, "version": held.version}
    return resource.path.rpartition("/")[0].format_map(names)


def _withdrawn(current: Store, resource: Resource, held: VersionRow, fate: Fate) -> ProblemError:
    removed = fate.removed
    assert removed is not None
    collection = collection_of(resource)
    reason = orjson.loads(removed.reason)
    zh = f"“{fate.id}”已于 {fate.version} 版撤回，{fate.last} 版仍有。"
    en = f"{fate.id!r} was withdrawn in version {fate.version}; version {fate.last} still has it."
    if reason:
        zh, en = f"{zh}理由：{reason['zh']}", f"{en} The reason: {reason['en']}"
    above = f"{current.base_url}{_above(resource, held)}"
    pinned = f"/v1/datasets/{held.dataset}/versions/{fate.last}/{collection.name}/{fate.id}"
    return ProblemError(
        410,
        Label(zh, en),
        members={
            "code": "withdrawn",
            "reason": reason,
            "successor": f"{above}/{removed.successor}" if removed.successor else None,
            "withdrawn_in": fate.version,
            "last_version": {"version": fate.last, "url": f"{current.base_url}{pinned}"},
        },
    )
