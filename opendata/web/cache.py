"""A response cache in front of Flask: what was answered once is answered again before it wakes.

A small shared cache (RFC 9111) that holds whole successful answers to GET by the address and by
the fields of the request that the answer's ``Vary`` names, and forgets all of them when another
store is put in place. It answers GET and HEAD, conditions on a tag that it holds (304) and single
ranges of uncoded bodies (206) as the application would; whatever else it is asked goes through.
``Cache-Status`` (RFC 9211) says of each answer which it was.
"""

from __future__ import annotations

import re
import threading
import time
from collections.abc import Callable, Hashable, Iterable
from dataclasses import dataclass
from typing import Any

from cachetools import LRUCache

Environ = dict[str, Any]
Headers = list[tuple[str, str]]
StartResponse = Callable[..., Any]
App = Callable[[Environ, StartResponse], Iterable[bytes]]

#: Bytes of bodies and header fields that a process keeps, and the most of one answer.
CAPACITY = 64 << 20
LARGEST = 2 << 20

#: What an entry costs beside its body: header fields, keys and bookkeeping.
_OVERHEAD = 3000
#: Longer addresses and fields are not worth keeping.
_LONGEST = 2000

#: Conditions that only the application weighs; those on a tag that is held are weighed here.
_WEIGHED = (
    *("HTTP_IF_MATCH", "HTTP_IF_UNMODIFIED_SINCE", "HTTP_IF_RANGE", "HTTP_TRANSFER_ENCODING"),
)
#: Fields that answers without a body do not have: 304 describes what the client holds already.
_OF_BODIES = frozenset(
    {
        *("accept-ranges", "content-disposition", "content-encoding", "content-language"),
        *("content-length", "content-type", "last-modified", "link", "repr-digest"),
    }
)
_MAX_AGE = re.compile(r"max-age=([0-9]+)")
_RANGE = re.compile(r"bytes=([0-9]{0,18})-([0-9]{0,18})")
_REFUSES_IDENTITY = re.compile(r"(identity|\*)\s*;\s*q=0(\.0*)?\s*(,|$)", re.IGNORECASE)

_HIT = ("Cache-Status", "opendata; hit")
_MISS = ("Cache-Status", "opendata; fwd=miss")
_STORED = ("Cache-Status", "opendata; fwd=miss; stored")
_BYPASS = ("Cache-Status", "opendata; fwd=bypass")


@dataclass(frozen=True, slots=True)
class _Entry:
    """A whole answer: as it goes out, and without its body for a client that holds it."""

    expires: float
    tag: str
    headers: Headers
    bare: Headers
    body: bytes

    @property
    def coded(self) -> bool:
        """Whether the body has a content coding, so that its parts mean nothing."""
        return any(name.lower() == "content-encoding" for name, _ in self.headers)


@dataclass(slots=True)
class Counts:
    """What became of the requests so far."""

    hits: int = 0
    misses: int = 0
    bypassed: int = 0


class ResponseCache:
    """WSGI middleware that answers repeated requests itself.

    :param state: tells which store is served from every other, past and to come; ``None`` where
        nothing is to be kept.
    """

    def __init__(
        self, app: App, state: Callable[[], Hashable | None], capacity: int = CAPACITY
    ) -> None:
        self.counts = Counts()
        self._app = app
        self._current = state
        self._state: Hashable | None = None
        self._lock = threading.Lock()
        self._entries: LRUCache[tuple[str, ...], _Entry] = LRUCache(capacity, _size)
        # which fields answers at an address depend on, by address
        self._varies: LRUCache[tuple[str, ...], tuple[str, ...]] = LRUCache(20_000)

    def __call__(self, environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        state = self._seen()
        if state is None or not _cacheable(environ):
            self.counts.bypassed += 1
            return self._app(environ, _saying(start_response, _BYPASS))
        # parts are for GET only (RFC 9110 §14.2)
        part = environ.get("HTTP_RANGE", "") if environ["REQUEST_METHOD"] == "GET" else ""
        address = _address(environ)
        held = self._find(address, environ, part)
        if held is None:
            return self._ask(environ, start_response, state, address)
        answered = _answer(held, environ, part)
        if answered is None:
            self.counts.bypassed += 1
            return self._app(environ, _saying(start_response, _BYPASS))
        status, headers, body = answered
        self.counts.hits += 1
        start_response(status, headers)
        return [body] if body and environ["REQUEST_METHOD"] == "GET" else []

    def _seen(self) -> Hashable | None:
        """Return what tells the current store from every other; forget answers of another one.

        An answer that was made while another store came is kept under the state before it, where
        nobody asks for it any more.
        """
        state = self._current()
        if state is not None and state != self._state:
            with self._lock:
                self._entries.clear()
                self._varies.clear()
                self._state = state
        return state

    def _find(self, address: tuple[str, ...], environ: Environ, part: str) -> _Entry | None:
        with self._lock:
            varies = self._varies.get(address)
            if varies is None:
                return None
            entry = self._entries.get(_key(address, varies, environ, part))
        return entry if entry is not None and entry.expires > time.monotonic() else None

    def _ask(
        self,
        environ: Environ,
        start_response: StartResponse,
        state: Hashable,
        address: tuple[str, ...],
    ) -> Iterable[bytes]:
        """Let the application answer, and keep what may be kept."""
        self.counts.misses += 1
        if (
            environ["REQUEST_METHOD"] != "GET"
            or "HTTP_RANGE" in environ
            or "HTTP_IF_NONE_MATCH" in environ
        ):
            return self._app(environ, _saying(start_response, _MISS))
        told: list[tuple[str, Headers]] = []

        def hear(status: str, headers: Headers, exc_info: Any = None) -> Callable[[bytes], object]:
            told.append((status, headers))
            kept = _keeps(status, headers, environ)
            written: Callable[[bytes], object] = start_response(
                status, [*headers, _STORED if kept else _MISS], exc_info
            )
            return written

        body = self._app(environ, hear)
        if not told or not _keeps(*told[-1], environ):
            return body
        whole = b"".join(body)
        close = getattr(body, "close", None)
        if close is not None:
            close()
        self._keep(environ, state, address, told[-1][1], whole)
        return [whole]

    def _keep(
        self,
        environ: Environ,
        state: Hashable,
        address: tuple[str, ...],
        headers: Headers,
        body: bytes,
    ) -> None:
        entry, varies = _entry(headers, body), _varying(headers)
        with self._lock:
            if state != self._state:
                return
            every = tuple(sorted({*self._varies.get(address, ()), *varies}))
            self._varies[address] = every
            self._entries[_key(address, every, environ, "")] = entry


def _cacheable(environ: Environ) -> bool:
    """Whether the cache may answer: a plain GET or HEAD without a body or special conditions."""
    return (
        environ["REQUEST_METHOD"] in ("GET", "HEAD")
        and not any(name in environ for name in _WEIGHED)
        # a tag goes before a date (RFC 9110 §13.2.2)
        and ("HTTP_IF_MODIFIED_SINCE" not in environ or "HTTP_IF_NONE_MATCH" in environ)
        and environ.get("CONTENT_LENGTH") in (None, "", "0")
        and len(environ.get("QUERY_STRING", "")) + len(environ["PATH_INFO"]) <= _LONGEST
        and len(environ.get("HTTP_ACCEPT", "")) <= _LONGEST
    )


def _address(environ: Environ) -> tuple[str, ...]:
    # the path as it was sent, since servers may decode two addresses to one
    path = environ.get("RAW_URI") or environ["PATH_INFO"]
    return environ.get("SCRIPT_NAME", ""), path, environ.get("QUERY_STRING", "")


def _key(
    address: tuple[str, ...], varies: tuple[str, ...], environ: Environ, part: str
) -> tuple[str, ...]:
    values = [environ.get(name, "\0") for name in varies]  # an absent field is not an empty one
    if part and "HTTP_ACCEPT_ENCODING" in varies:
        # parts are of the body without a coding, unless the client refuses that
        accepted = environ.get("HTTP_ACCEPT_ENCODING", "")
        if not _REFUSES_IDENTITY.search(accepted):
            values[varies.index("HTTP_ACCEPT_ENCODING")] = "\0"
    return (*address, *values)


def _keeps(status: str, headers: Headers, environ: Environ) -> bool:
    """Whether an answer may be kept: whole, public, of a known length that is not too large."""
    fields = {name.lower(): value for name, value in headers}
    length = fields.get("content-length", "")
    return (
        status.startswith("200 ")
        and environ["REQUEST_METHOD"] == "GET"
        and "etag" in fields
        and "public" in fields.get("cache-control", "")
        and length.isdecimal()
        and int(length) <= LARGEST
    )


def _entry(headers: Headers, body: bytes) -> _Entry:
    fields = {name.lower(): value for name, value in headers}
    aged = _MAX_AGE.search(fields["cache-control"])
    bare = [(name, value) for name, value in headers if name.lower() not in _OF_BODIES]
    return _Entry(
        time.monotonic() + (int(aged[1]) if aged else 0),
        fields["etag"],
        [*headers, _HIT],
        [*bare, _HIT],
        body,
    )


def _varying(headers: Headers) -> tuple[str, ...]:
    named = (v for name, value in headers if name.lower() == "vary" for v in value.split(","))
    return tuple(sorted("HTTP_" + name.strip().upper().replace("-", "_") for name in named))


def _answer(entry: _Entry, environ: Environ, part: str) -> tuple[str, Headers, bytes] | None:
    """Return status, header fields and body; ``None`` where the application must weigh it."""
    tags = environ.get("HTTP_IF_NONE_MATCH")
    if tags is not None:
        # another tag may be of another coding that the client takes as well
        return ("304 NOT MODIFIED", entry.bare, b"") if tags == entry.tag else None
    if not part:
        return "200 OK", entry.headers, entry.body
    asked = _RANGE.fullmatch(part)
    if asked is None or entry.coded or not any(asked.groups()):
        return None
    return _part(entry, asked[1], asked[2])


def _part(entry: _Entry, first: str, last: str) -> tuple[str, Headers, bytes] | None:
    length = len(entry.body)
    start = int(first) if first else max(length - int(last), 0)
    stop = min(int(last) + 1, length) if first and last else length
    if not start < stop:
        return None
    size = str(stop - start)
    headers = [(n, size if n.lower() == "content-length" else v) for n, v in entry.headers]
    headers.append(("Content-Range", f"bytes {start}-{stop - 1}/{length}"))
    return "206 PARTIAL CONTENT", headers, entry.body[start:stop]


def _saying(start_response: StartResponse, status: tuple[str, str]) -> StartResponse:
    def started(code: str, headers: Headers, exc_info: Any = None) -> Any:
        return start_response(code, [*headers, status], exc_info)

    return started


def _size(entry: _Entry) -> int:
    return len(entry.body) + _OVERHEAD
