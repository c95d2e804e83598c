"""What the views of the API share: finding a version, and what follows from how it was asked."""

from __future__ import annotations

import orjson
from flask import Response, request

from opendata.formats import Format
from opendata.query.faults import RequestFault
from opendata.query.reading import Request
from opendata.records import COLLECTIONS, Collection
from opendata.records.patterns import DRAFT
from opendata.spec import Reach, Resource
from opendata.spec.notices import DRAFT_NOTICE, deprecated, joined
from opendata.store import Store, VersionRow
from opendata.vocabularies import Label
from opendata.web.conditional import LATEST, PINNED
from opendata.web.deprecation import remember
from opendata.web.problems import ProblemError

_KINDS_ZH = {
    "dataset": "数据集",
    "version": "版本",
    "vocabulary": "代码表",
    "picture": "图片",
    **{c.one: c.title.zh for c in COLLECTIONS.values()},
}


def collection_of(resource: Resource) -> Collection:
    """Return the collection of a resource that has one."""
    assert resource.collection is not None
    return resource.collection


def find_version(store: Store, dataset: str, version: str | None) -> VersionRow:
    """Return a version of ``dataset``, the latest where none is named.

    :raises ProblemError: 404, saying which of the two there is not.
    """
    held = store.version(dataset, version)
    if held is not None:
        remember(held)
        return held
    if version is not None and store.version(dataset) is not None:
        raise missing("version", version)
    raise missing("dataset", dataset)


def find_versions(store: Store, dataset: str) -> list[VersionRow]:
    """Return the versions of ``dataset``, oldest first.

    :raises ProblemError: 404.
    """
    held = store.log.versions(dataset)
    if not held:
        raise missing("dataset", dataset)
    remember(held[-1])
    return held


def notice_of(store: Store, held: VersionRow) -> dict[str, str] | None:
    """Return what is to be minded of what versions up to ``held`` tell together."""
    about = held.deprecation
    return joined(
        DRAFT_NOTICE if held.version == DRAFT else None,
        deprecated(orjson.loads(about), store.base_url) if about else None,
    )


def state(version: VersionRow, format_: Format) -> str:
    """Return what the bytes of a version in a format follow from.

    Where the format tells of later versions too, that is part of it (``meta``).
    """
    fixed = f"{version.version} {version.sha256}"
    return f"{fixed} {version.meta.decode()}" if format_.paged or format_.explains else fixed


def missing(kind: str, name: str) -> ProblemError:
    """Return the problem that there is no ``kind`` called ``name``."""
    return ProblemError(
        404,
        Label(
            f"没有标识为“{name}”的{_KINDS_ZH[kind]}；请在上级地址查看全部。",
            f"There is no {kind} {name!r}; the address above it lists all.",
        ),
    )


def pinned_path(resource: Resource, version: VersionRow, name: str = "") -> str:
    """Return the path, in its version, of what was asked for."""
    names = {collection_of(resource).one: name}
    names |= {"dataset": version.dataset, "version": version.version}
    return resource.pinned_path().format_map(names)


def locate(
    response: Response, resource: Resource, base_url: str, pinned: str, suffix: str | None
) -> Response:
    """Name the pinned address of what a latest address answers with (RFC 9110 §8.7)."""
    if resource.reach is Reach.LATEST:
        ending = f".{suffix}" if suffix else ""
        asked = f"?{request.query_string.decode()}" if request.query_string else ""
        response.headers["Content-Location"] = f"{base_url}{pinned}{ending}{asked}"
    return response


def caching(resource: Resource) -> str:
    """Return how long an answer may be kept."""
    return PINNED if resource.reach is Reach.VERSION else LATEST


def vary(suffix: str | None, format_: Format, asked: Request) -> str:
    """Return what of the request, beside its address, the answer depends on."""
    names = [] if suffix else ["Accept"]
    if speaks(format_, asked) and "lang" not in asked.settings:
        names.append("Accept-Language")
    return ", ".join(names)


def speaks(format_: Format, asked: Request) -> bool:
    """Whether the answer is in one language: with headers and codes spelled out."""
    people = asked.settings.get("profile") == "excel" or "profile" not in format_.options
    return "lang" in format_.options and people


def gone() -> ProblemError:
    """Return the problem that the row a cursor names is no longer there."""
    detail = Label(
        "数据已更新，这个游标所指的记录已不存在；请从第一页重新开始。",
        "The data have changed and the record that this cursor names is gone; start again at the "
        "first page.",
    )
    return ProblemError(409, detail, [RequestFault("cursor", "lost_cursor", detail)])
