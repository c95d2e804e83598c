"""A response's body, received into a file: whole, of the size and digest that it states."""

from __future__ import annotations

import re
import time
from dataclasses import dataclass

from urllib3 import BaseHTTPResponse

from opendata.mirror.digests import stated
from opendata.mirror.partial import Partial

_BLOCK = 1 << 16
#: A body that comes more slowly than this for as long as the timeout is given up; bytes a second.
_SLOWEST = 512
_RANGE = re.compile(r"bytes (\d+)-(\d+)/(\d+)")


class RefusedError(Exception):
    """An answer that must not be taken, and that will not be another next time."""


class UnfinishedError(Exception):
    """A body that broke off, or does not go on where the last one broke off: worth another try."""


@dataclass(frozen=True, slots=True)
class Received:
    """What was received: its validators, and its digest and size in bytes.

    ``size`` is ``None`` where the origin says that what is held is still what it has. ``moved``
    counts the bytes that came now.
    """

    etag: str | None
    modified: str | None
    sha256: str = ""
    size: int | None = None
    moved: int = 0


def receive(
    response: BaseHTTPResponse, partial: Partial, largest: int, patience: float
) -> Received:
    """Receive a body of 200 or 206 into ``partial``.

    :param largest: the most bytes that a file may have.
    :param patience: how long a body may be slow, in seconds.
    :raises RefusedError: where the answer is not to be taken.
    :raises UnfinishedError: where it broke off.
    :raises urllib3.exceptions.HTTPError: where the connection failed.
    """
    etag = response.headers.get("ETag")
    offset, total = _extent(response, partial, etag)
    if total is not None and total > largest:
        raise RefusedError(f"has {total} bytes; at most {largest} are taken (--max-size)")
    if not offset:
        partial.start(etag, total)
    with partial.writing(offset) as (file, digest):
        size, begun = offset, time.monotonic()
        while block := response.read1(_BLOCK, decode_content=False):
            size += len(block)
            if size > largest:
                partial.drop()
                raise RefusedError(f"has more than {largest} bytes (--max-size)")
            digest.update(block)
            file.write(block)
            taken = time.monotonic() - begun
            if taken > patience and size - offset < taken * _SLOWEST:
                raise UnfinishedError(f"came at less than {_SLOWEST} bytes a second")
    if total is not None and size != total:
        raise UnfinishedError(f"ended after {size} of {total} bytes")
    _compare(digest.hexdigest(), response.headers.get("Repr-Digest"), partial, resumed=offset > 0)
    partial.done()
    modified = response.headers.get("Last-Modified")
    return Received(etag, modified, digest.hexdigest(), size, size - offset)


def _extent(
    response: BaseHTTPResponse, partial: Partial, etag: str | None
) -> tuple[int, int | None]:
    """Return where the body begins, and how long the whole is where that is told beforehand."""
    if response.headers.get("Content-Encoding", "identity").lower() != "identity":
        raise RefusedError("comes in a coding that was not asked for")
    length = response.headers.get("Content-Length", "")
    if response.status == 206:
        begun = partial.begun()
        found = _RANGE.fullmatch(response.headers.get("Content-Range", ""))
        if not begun or not found or int(found[1]) != begun.size or etag != begun.etag:
            partial.drop()
            raise UnfinishedError("went on elsewhere than it had broken off")
        return begun.size, int(found[3])
    if response.headers.get("Transfer-Encoding", "").lower() == "chunked":
        return 0, None
    if not length.isdecimal():
        raise RefusedError("does not tell where its body ends, so that nobody can tell it whole")
    return 0, int(length)


def _compare(sha256: str, field: str | None, partial: Partial, *, resumed: bool) -> None:
    expected = stated(field)
    if expected is None or expected == sha256:
        return
    partial.drop()
    said = f"has SHA-256 {sha256}, but its Repr-Digest says {expected}"
    if resumed:  # what was there before may be what is wrong
        raise UnfinishedError(said)
    raise RefusedError(said)
