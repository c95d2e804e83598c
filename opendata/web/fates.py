"""Ids that stand no more: records that are called otherwise now, and records that are gone."""

from __future__ import annotations

import orjson
from flask import Response, request

from opendata.formats import JSON
from opendata.records import DATASETS, Collection
from opendata.spec import Kind, Reach, Resource
from opendata.spec.resources import CITE
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
    path = f"{_above(resource, held)}/{fate.id}{_below(resource)}"
    return moved(current, path, suffix, pinned)


def path_beside(
    current: Store,
    collection: Collection,
    held: VersionRow,
    name: str,
    version: VersionRow,
    path: str,
) -> str | None:
    """Return where the record called ``name`` in the version ``held`` stands in another version.

    :param path: where it stands there if it has the same id.
    """
    if collection is DATASETS or current.record(collection.name, JSON.name, version, name):
        return path
    other = current.log.name_in(version, collection.name, name, held)
    if other is None:
        return None
    before, _, after = path.rpartition(f"/{collection.name}/{name}")
    return f"{before}/{collection.name}/{other}{after}"


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
    path = resource.path.removesuffix(_below(resource))
    return path.rpartition("/")[0].format_map(names)


def _below(resource: Resource) -> str:
    """Return what the address has more than that of the record."""
    return CITE if resource.kind is Kind.CITATION else ""


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
    dataset = f"{current.base_url}/v1/datasets/{held.dataset}"
    last = f"{dataset}/versions/{fate.last}/{collection.name}/{fate.id}"
    history = f"{dataset}/{collection.name}/{fate.id}/history"
    leading = ((f"{last}{_below(resource)}", "predecessor-version"), (history, "version-history"))
    return ProblemError(
        410,
        Label(zh, en),
        headers={"Link": ", ".join(f'<{to}>; rel="{relation}"' for to, relation in leading)},
        members={
            "code": "withdrawn",
            "reason": reason,
            "successor": f"{above}/{removed.successor}" if removed.successor else None,
            "withdrawn_in": fate.version,
            "last_version": {"version": fate.last, "url": last},
        },
    )
