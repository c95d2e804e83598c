"""Answers with a body: validators known before any work, and what follows from them.

Conditional requests (RFC 9110 §13), content codings (§8.4), ranges (§14) and the digest of the
representation (RFC 9530) are decided here and nowhere else.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import datetime
from functools import lru_cache
from itertools import chain

from flask import Response, request
from werkzeug.http import parse_if_range_header, parse_range_header

from opendata.vocabularies import Label
from opendata.web.encoding import (
    IDENTITY,
    SMALLEST,
    acceptable,
    codings,
    encode,
    encode_stream,
)
from opendata.web.kept import Kept
from opendata.web.problems import ProblemError

#: A pinned version does not change, but fields may be added to what is served of it.
PINNED = "public, max-age=86400"
#: The latest version may change with the next release.
LATEST = "public, max-age=60, stale-while-revalidate=600"

_CHANGED = Label(
    "资源已改变，不符合 If-Match 或 If-Unmodified-Since 的条件。",
    "The resource has changed: If-Match or If-Unmodified-Since does not hold.",
)


def validator(*parts: str) -> str:
    """Return the entity tag of what ``parts`` determine."""
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()[:32]


def answer(
    tag: str,
    caching: str,
    vary: str,
    content_type: str,
    body: Callable[[], bytes | Kept | Iterable[bytes]],
    *,
    modified: datetime | None = None,
    stored: bool = False,
) -> Response:
    """Answer 304 where the client holds this representation, else with ``body``.

    :param tag: strong validator of the body without a coding, without quotes.
    :param vary: the fields of the request it depends on, or nothing; Accept-Encoding is added.
    :param body: makes the body; called only where it is needed. Blocks are streamed: the first
        is made before anything is sent, so that what fails at once is an ordinary problem, and
        what fails later breaks the transfer. A file on the disk is sent from there.
    :param modified: when what is served last changed, with its time zone.
    :param stored: whether the body is a ready-made file, whose coded forms are kept.
    :raises ProblemError: 406 where no coding is acceptable, 412 where a precondition of the
        request does not hold, 416 where there is nothing in the range that is asked for.
    """
    offered = codings(content_type)
    accepted = _accepted(offered, prefer_identity=_wants_part())
    response = Response(content_type=content_type)
    response.set_etag(_variant(tag, accepted[0]))
    if modified:
        response.last_modified = modified
    response.headers["Cache-Control"] = caching
    response.vary.update(name for name in vary.split(", ") if name)
    if len(offered) > 1:
        response.vary.add("Accept-Encoding")
    held = _held(tag, accepted, response.last_modified)
    if held:
        response.set_etag(held)
        response.status_code = 304
        response.headers.remove("Content-Type")
        return response
    made = body()
    if isinstance(made, bytes):
        _fill(response, accepted, made, stored=stored)
    elif isinstance(made, Kept):
        _send(response, made)
    else:
        response.headers["Accept-Ranges"] = "none"
        response.response = encode_stream(accepted[0], _begun(made))
        _name_coding(response, accepted[0])
    return response


def _wants_part() -> bool:
    """Whether there is a range to look at: for GET only (RFC 9110 §14.2)."""
    return request.method == "GET" and "Range" in request.headers


def _accepted(offered: tuple[str, ...], *, prefer_identity: bool) -> list[str]:
    """Return the codings this request may get, the best first.

    A part of a file is a part of the file itself, not of one of its coded forms, which clients
    could not decode from its middle.
    """
    sent = "Accept-Encoding" in request.headers
    accepted = acceptable(offered, request.accept_encodings if sent else None)
    if not accepted:
        listed = ", ".join(offered)
        detail = Label(
            f"Accept-Encoding 拒绝了所有可用的内容编码：{listed}。",
            f"Accept-Encoding refuses every content coding there is: {listed}.",
        )
        raise ProblemError(406, detail)
    if prefer_identity:
        accepted.sort(key=lambda coding: coding != IDENTITY)
    return accepted


def _variant(tag: str, coding: str) -> str:
    return tag if coding == IDENTITY else f"{tag}-{coding}"


def _held(tag: str, accepted: Sequence[str], modified: datetime | None) -> str | None:
    """Return the tag that the client holds, in the order of RFC 9110 §13.2.2.

    A tag of any coding that this request accepts will do: the client can use what it holds.

    :raises ProblemError: 412.
    """
    tags = [_variant(tag, coding) for coding in accepted]
    if "If-Match" in request.headers:
        if not any(map(request.if_match.contains, tags)):
            raise ProblemError(412, _CHANGED)
    elif request.if_unmodified_since and modified and modified > request.if_unmodified_since:
        raise ProblemError(412, _CHANGED)
    if "If-None-Match" in request.headers:
        return next(filter(request.if_none_match.contains_weak, tags), None)
    since = request.if_modified_since
    return tags[0] if since and modified and modified <= since else None


def _fill(response: Response, accepted: Sequence[str], body: bytes, *, stored: bool) -> None:
    small = len(body) < SMALLEST and IDENTITY in accepted
    coding = IDENTITY if small else accepted[0]
    coded, digest = _kept(coding, body) if stored else _code(coding, body)
    _name_coding(response, coding)
    response.headers["Repr-Digest"] = digest
    response.headers["Accept-Ranges"] = "bytes"
    part = _part(response, len(coded)) if coding == IDENTITY and _wants_part() else None
    if part is None:
        response.set_data(coded)
        return
    response.status_code = 206
    response.content_range.set(part.start, part.stop, len(coded))
    response.set_data(coded[part])


def _send(response: Response, file: Kept) -> None:
    """Answer with a file, or the part of it that is asked for; files have no coding."""
    response.headers["Repr-Digest"] = f"sha-256=:{base64.b64encode(file.sha256).decode()}:"
    response.headers["Accept-Ranges"] = "bytes"
    part = _part(response, file.size) if _wants_part() else None
    wanted = part or slice(0, file.size)
    if part:
        response.status_code = 206
        response.content_range.set(part.start, part.stop, file.size)
    response.content_length = wanted.stop - wanted.start
    response.response = file.blocks(wanted)


def _code(coding: str, body: bytes) -> tuple[bytes, str]:
    """Return the body in ``coding``, and the digest of that: a coding is part of what is sent."""
    coded = encode(coding, body)
    digest = base64.b64encode(hashlib.sha256(coded).digest()).decode()
    return coded, f"sha-256=:{digest}:"


#: Stored files are few, and the largest takes a hundred times as long to code as to send.
_kept = lru_cache(maxsize=32)(_code)


def _part(response: Response, length: int) -> slice | None:
    """Return what the request wants of ``length`` bytes, ``None`` for all (RFC 9110 §14.2).

    Units that are not bytes, damaged ranges and several at once may be ignored, and are.

    :raises ProblemError: 416 where the range begins behind the end.
    """
    asked = parse_range_header(request.headers.get("Range"))
    if asked is None or not _unchanged(response):
        return None
    if asked.units != "bytes" or len(asked.ranges) != 1:
        return None
    [(begin, end)] = asked.ranges  # counted from the end where negative
    start = max(begin + length, 0) if begin < 0 else begin
    if start >= length:
        detail = Label(f"共 {length} 字节。", f"There are {length} bytes.")
        raise ProblemError(416, detail, headers={"Content-Range": f"bytes */{length}"})
    return slice(start, min(end or length, length))


def _unchanged(response: Response) -> bool:
    """Whether If-Range holds: by a strong tag only, since a date cannot be one (§13.1.5)."""
    field = request.headers.get("If-Range")
    if field is None:
        return True
    tag, weak = response.get_etag()
    return not field.startswith("W/") and parse_if_range_header(field).etag == tag and not weak


def _begun(blocks: Iterable[bytes]) -> Iterator[bytes]:
    """Return the blocks, the first of them made already."""
    following = iter(blocks)
    first = next(following, b"")
    return chain((first,), following)


def _name_coding(response: Response, coding: str) -> None:
    if coding != IDENTITY:
        response.headers["Content-Encoding"] = coding
