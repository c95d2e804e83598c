"""Pictures: their numbers as JSON, and each drawn as SVG in the reader's language."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Callable, Mapping
from typing import Any

import orjson
from flask import Response

from opendata.formats import JSON
from opendata.formats.json import dump, wrap
from opendata.pictures import STYLE, Drawing, draw
from opendata.spec import Resource
from opendata.spec.pictures import picture_links, pictures_links
from opendata.spec.resources import SVG, SVG_TYPE
from opendata.store import Store, VersionRow
from opendata.web import query
from opendata.web.conditional import answer, validator
from opendata.web.current import published, store
from opendata.web.languages import reader
from opendata.web.lookup import caching, find_version, locate, missing, state
from opendata.web.negotiation import choose
from opendata.web.relations import relations

Picture = Mapping[str, Any]

#: A picture has its own rules and loads nothing.
_POLICY = (
    f"default-src 'none'; style-src 'sha256-"
    f"{base64.b64encode(hashlib.sha256(STYLE.encode()).digest()).decode()}'; "
    "frame-ancestors 'none'"
)


def drawn(current: Store, held: VersionRow) -> list[Picture]:
    """Return the pictures there are of a version, in their order."""
    found = current.document(f"{path_of(held)}/pictures")
    assert found is not None
    pictures: list[Picture] = orjson.loads(found.body)
    return pictures


def path_of(held: VersionRow) -> str:
    """Return the pinned path of a version."""
    return f"/v1/datasets/{held.dataset}/versions/{held.version}"


def picture_of(current: Store, held: VersionRow, name: str) -> Picture:
    """Return a picture of a version.

    :raises ProblemError: 404 where there is none of that name, or it would show nothing.
    """
    found = next((p for p in drawn(current, held) if p["name"] == name), None)
    if found is None:
        raise missing("picture", name)
    return found


def drawing(held: VersionRow, picture: Picture, language: str) -> Drawing:
    """Draw a picture of a version."""
    meta = orjson.loads(held.meta)
    notice = meta["notice"] and meta["notice"][language]
    about, citation = meta["title"][language], picture["citation"][language]
    return draw(picture, language, about, citation, notice)


def pictures(
    resource: Resource, suffix: str | None = None, *, dataset: str, version: str | None = None
) -> Response:
    """Answer with the numbers of every picture of a version."""
    query.none()
    current = store()
    held = find_version(current, dataset, version)
    pinned = f"{path_of(held)}/pictures"
    path = resource.path.format_map({"dataset": dataset, "version": version})

    def body() -> bytes:
        links = pictures_links(current.base_url, path, pinned)
        return wrap(dump(drawn(current, held)), held.meta, dump(links))

    return _answered(resource, held, pinned, path, suffix, JSON.suffix, "", body)


def picture(
    resource: Resource,
    suffix: str | None = None,
    *,
    dataset: str,
    version: str | None = None,
    name: str,
) -> Response:
    """Answer with a picture as SVG, or with its numbers."""
    query.language()
    current = store()
    held = find_version(current, dataset, version)
    found = picture_of(current, held, name)
    chosen = choose(suffix, resource.offered)
    pinned = f"{path_of(held)}/pictures/{name}"
    path = resource.path.format_map({"dataset": dataset, "version": version, "picture": name})
    language = reader().language if chosen == SVG else ""

    def body() -> bytes:
        if chosen == SVG:
            return drawing(held, found, language).svg
        links = picture_links(current.base_url, path, pinned)
        return wrap(dump(found), held.meta, dump(links))

    return _answered(resource, held, pinned, path, suffix, chosen, language, body)


def _answered(
    resource: Resource,
    held: VersionRow,
    pinned: str,
    path: str,
    suffix: str | None,
    chosen: str,
    language: str,
    body: Callable[[], bytes],
) -> Response:
    current, speaks = store(), language and not reader().asked
    tag = validator(current.software, current.base_url, state(held, JSON), path, chosen, language)
    vary = ("" if suffix else "Accept", "Accept-Language" if speaks else "")
    response = answer(
        tag,
        caching(resource),
        ", ".join(filter(None, vary)),
        SVG_TYPE if chosen == SVG else JSON.content_type,
        body,
        modified=published(),
    )
    if language:
        response.headers["Content-Language"] = language
        response.headers["Content-Security-Policy"] = _POLICY
    if response.status_code != 304:
        response.headers["Link"] = ", ".join(relations(resource, held, pinned))
    return locate(response, resource, current.base_url, pinned, suffix)
