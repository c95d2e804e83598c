"""Whole answers that are kept: what goes out again, for conditions and ranges too."""

from __future__ import annotations

import re
import time
from typing import Any, NamedTuple

Environ = dict[str, Any]
Headers = list[tuple[str, str]]

#: The most bytes of a body that is kept.
LARGEST = 2 << 20
#: What an entry costs beside its body: header fields, keys and bookkeeping.
_OVERHEAD = 3000
#: Longer addresses and fields are not worth keeping.
_LONGEST = 2000

#: Fields that answers without a body do not have: 304 describes what the client holds already.
_OF_BODIES = frozenset(
    {
        *("accept-ranges", "content-disposition", "content-encoding", "content-language"),
        *("content-length", "content-type", "last-modified", "link", "repr-digest"),
    }
)
_MAX_AGE = re.compile(r"max-age=([0-9]+)")
_RANGE = re.compile(r"bytes=([0-9]{0,18})-([0-9]{0,18})")
_STRONG = re.compile(r'"[\x21\x23-\x7e]*"')
_TAG = re.compile(r'(?:W/)?("[\x21\x23-\x7e]*")')
_TAGS = re.compile(rf"{_TAG.pattern}(?:[ \t]*,[ \t]*{_TAG.pattern})*")
#: What a tag ends in where the body has a coding (:mod:`opendata.web.conditional`).
_CODING = re.compile(r'(-[a-z]+)?"$')

_HIT = ("Cache-Status", "opendata; hit")


class Told(NamedTuple):
    """Status, header fields and body as they go out."""

    status: str
    headers: Headers
    body: bytes


class Entry:
    """A whole answer, made ready to go out.

    ``asked`` says that it was since the bounded store last looked.
    """

    __slots__ = ("_bare", "asked", "body", "expires", "headers", "size", "tag")

    def __init__(self, headers: Headers, body: bytes) -> None:
        fields = {name.lower(): value for name, value in headers}
        aged = _MAX_AGE.search(fields["cache-control"])
        self.expires = time.monotonic() + (int(aged[1]) if aged else 0)
        self.tag = fields["etag"]
        self.headers = [*headers, _HIT]
        self.body = body
        self.size = len(body) + _OVERHEAD
        self.asked = False
        bare = [(name, value) for name, value in headers if name.lower() not in _OF_BODIES]
        self._bare = [*bare, _HIT]

    def whole(self) -> Told:
        """Return the answer to a request without conditions."""
        return Told("200 OK", self.headers.copy(), self.body)

    def weighed(self, tags: str | None, part: str) -> Told | None:
        """Return the answer to a request with conditions or for a part.

        :param tags: its ``If-None-Match``, where it has one.
        :param part: its ``Range``; empty for the whole.
        :returns: ``None`` where the application must weigh it.
        """
        if tags is not None:
            held = self._holds(tags)
            if held is None:
                return None
            if held:
                return Told("304 NOT MODIFIED", self._bare.copy(), b"")
        return self._part(part) if part else self.whole()

    def _holds(self, tags: str) -> bool | None:
        """Whether a client that names these tags holds this answer (RFC 9110 §13.1.2).

        ``None`` where it may hold it in another coding, which it could use as well.
        """
        if tags in (self.tag, "*"):
            return True
        if _TAGS.fullmatch(tags) is None:
            return None
        if self.tag in _TAG.findall(tags):
            return True
        return None if _CODING.sub("", self.tag) in tags else False

    def _part(self, part: str) -> Told | None:
        """Return a single range of a body without a coding (RFC 9110 §14.2)."""
        asked = _RANGE.fullmatch(part)
        if asked is None or not any(asked.groups()) or self._coded():
            return None
        first, last, length = asked[1], asked[2], len(self.body)
        start = int(first) if first else max(length - int(last), 0)
        stop = min(int(last) + 1, length) if first and last else length
        if not start < stop:
            return None
        size = str(stop - start)
        headers = [(n, size if n.lower() == "content-length" else v) for n, v in self.headers]
        headers.append(("Content-Range", f"bytes {start}-{stop - 1}/{length}"))
        return Told("206 PARTIAL CONTENT", headers, self.body[start:stop])

    def _coded(self) -> bool:
        return any(name.lower() == "content-encoding" for name, _ in self.headers)


def keeps(status: str, headers: Headers, environ: Environ) -> bool:
    """Whether an answer may be kept: whole, public, of a known length that is not too large."""
    fields = {name.lower(): value for name, value in headers}
    length = fields.get("content-length", "")
    asked = len(environ.get("RAW_URI") or environ["PATH_INFO"]) + len(environ["QUERY_STRING"])
    return (
        status.startswith("200 ")
        and environ["REQUEST_METHOD"] == "GET"
        and asked <= _LONGEST
        and len(environ.get("HTTP_ACCEPT", "")) <= _LONGEST
        and _STRONG.fullmatch(fields.get("etag", "")) is not None
        and "public" in fields.get("cache-control", "")
        and length.isdecimal()
        and int(length) <= LARGEST
    )
