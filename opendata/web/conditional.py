"""Strong validators, known before any work is done, and what follows from them (RFC 9110 §13)."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable

from flask import Response, request

#: A pinned version does not change, but fields may be added to what is served of it.
PINNED = "public, max-age=86400"
#: The latest version may change with the next release.
LATEST = "public, max-age=60, stale-while-revalidate=600"


def validator(*parts: str) -> str:
    """Return the entity tag of what ``parts`` determine."""
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()[:32]


def answer(
    tag: str,
    caching: str,
    vary: str,
    content_type: str,
    body: Callable[[], bytes | Iterable[bytes]],
) -> Response:
    """Answer 304 where the client holds this representation, else with ``body``.

    :param vary: the fields of the request it depends on, or nothing.
    :param body: makes the body; called only where it is needed.
    """
    response = Response(content_type=content_type)
    response.set_etag(tag)
    response.headers["Cache-Control"] = caching
    if vary:
        response.headers["Vary"] = vary
    if request.if_none_match.contains_weak(tag):
        response.status_code = 304
        response.headers.remove("Content-Type")
        return response
    made = body()
    if isinstance(made, bytes):
        response.set_data(made)
    else:
        response.response = made
    return response
