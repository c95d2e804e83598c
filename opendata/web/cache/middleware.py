"""The cache itself (WSGI middleware): a small shared cache (RFC 9111) of whole answers to GET.

It finds them by the address and by the fields of the request that the answer's ``Vary`` names, and
forgets all of them when another store is put in place. It answers GET and HEAD, conditions on
tags (304) and single ranges of uncoded bodies (206) as the application would; whatever else it is
asked goes through. ``Cache-Status`` (RFC 9211) says of each answer which it was.

A hit is the shortest way through the process: one look at what is current, a key, two look-ups
without a lock, and lists that were made when the answer was kept.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Hashable, Iterable
from dataclasses import dataclass
from typing import Any

from opendata.web.cache.answers import Entry, Environ, Headers, keeps
from opendata.web.cache.keys import address, key
from opendata.web.cache.recent import Recent

StartResponse = Callable[..., Any]
App = Callable[[Environ, StartResponse], Iterable[bytes]]

#: Bytes of bodies and header fields that a process keeps.
CAPACITY = 64 << 20

#: Conditions that only the application weighs; those on a tag that is held are weighed here.
_WEIGHED = frozenset(
    {"HTTP_IF_MATCH", "HTTP_IF_UNMODIFIED_SINCE", "HTTP_IF_RANGE", "HTTP_TRANSFER_ENCODING"}
)
#: Fields of a request for less than the whole answer.
_OF_LESS = ("HTTP_IF_NONE_MATCH", "HTTP_IF_MODIFIED_SINCE", "HTTP_RANGE")

_METHODS = ("GET", "HEAD")
#: What Content-Length says of a request without a body.
_NOTHING = (None, "", "0")

_MISS = ("Cache-Status", "opendata; fwd=miss")
_STORED = ("Cache-Status", "opendata; fwd=miss; stored")
_BYPASS = ("Cache-Status", "opendata; fwd=bypass")
_STALE = ("Cache-Status", "opendata; fwd=stale")


@dataclass(slots=True)
class Counts:
    """What became of the requests so far; threads that count at once may lose one."""

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
        self._state = state
        self._lock = threading.Lock()
        self._capacity = capacity
        self._held: tuple[Hashable | None, Recent] = None, Recent(capacity)

    def __call__(self, environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        kept = self._of_current()
        if kept is None or not _plain(environ):
            return self._pass(environ, start_response)
        asked = address(environ)
        readers = kept.readers(asked)
        found = None
        if readers is not None:
            found = kept.entry(key(asked, readers, environ, part=bool(_part(environ))))
        if found is None:
            return self._ask(environ, start_response, kept)
        if found.expires <= time.monotonic():
            return self._renew(environ, start_response, kept)
        found.asked = True
        answered = _answer(found, environ, start_response)
        if answered is None:
            return self._pass(environ, start_response)
        self.counts.hits += 1
        return answered

    def _of_current(self) -> Recent | None:
        """Return what is kept of the current store, and forget what was of another.

        An answer that was made while another store came is put among those of the store before
        it, where nobody asks for it any more.
        """
        state = self._state()
        if state is None:
            return None
        held = self._held
        if held[0] != state:
            with self._lock:
                held = self._held
                if held[0] != state:
                    held = self._held = state, Recent(self._capacity)
        return held[1]

    def _pass(self, environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        self.counts.bypassed += 1
        return self._app(environ, _saying(start_response, _BYPASS))

    def _ask(
        self, environ: Environ, start_response: StartResponse, kept: Recent
    ) -> Iterable[bytes]:
        """Let the application answer, and keep what may be kept."""
        self.counts.misses += 1
        if _for_less(environ):
            return self._app(environ, _saying(start_response, _MISS))
        told: list[tuple[str, Headers]] = []

        def hear(status: str, headers: Headers, exc_info: Any = None) -> Any:
            told.append((status, headers))
            said = _STORED if keeps(status, headers, environ) else _MISS
            return start_response(status, [*headers, said], exc_info)

        body = self._app(environ, hear)
        if not told or not keeps(*told[-1], environ):
            return body
        return [_keep(kept, environ, told[-1][1], body).body]

    def _renew(
        self, environ: Environ, start_response: StartResponse, kept: Recent
    ) -> Iterable[bytes]:
        """Answer what was kept for too long: keep the whole anew, whatever part is asked for.

        Clients that only ever ask whether something changed would else never find it kept.
        """
        if not _for_less(environ):
            return self._ask(environ, start_response, kept)
        self.counts.misses += 1
        whole = {name: value for name, value in environ.items() if name not in _OF_LESS}
        whole["REQUEST_METHOD"] = "GET"
        told: list[tuple[str, Headers]] = []
        body = self._app(whole, lambda status, headers, _=None: told.append((status, headers)))
        if told and keeps(*told[-1], whole):
            entry = _keep(kept, whole, told[-1][1], body)
            answered = _answer(entry, environ, _saying(start_response, _STALE))
            if answered is not None:
                return answered
        else:
            _close(body)
        return self._app(environ, _saying(start_response, _STALE))


def _plain(environ: Environ) -> bool:
    """Whether the cache may answer: a GET or HEAD without a body or special conditions."""
    return (
        environ["REQUEST_METHOD"] in _METHODS
        and _WEIGHED.isdisjoint(environ)
        # a tag goes before a date (RFC 9110 §13.2.2)
        and ("HTTP_IF_MODIFIED_SINCE" not in environ or "HTTP_IF_NONE_MATCH" in environ)
        and environ.get("CONTENT_LENGTH") in _NOTHING
    )


def _part(environ: Environ) -> str:
    """Return which part is asked for, as GET may (RFC 9110 §14.2); empty for the whole."""
    part: str = environ.get("HTTP_RANGE", "")
    return part if part and environ["REQUEST_METHOD"] == "GET" else ""


def _for_less(environ: Environ) -> bool:
    """Whether a request may be answered with less than the whole that could be kept."""
    return environ["REQUEST_METHOD"] != "GET" or any(name in environ for name in _OF_LESS)


def _answer(
    found: Entry, environ: Environ, start_response: StartResponse
) -> Iterable[bytes] | None:
    """Answer with what is kept; ``None`` where the application must weigh it."""
    tags, part = environ.get("HTTP_IF_NONE_MATCH"), _part(environ)
    told = found.whole() if tags is None and not part else found.weighed(tags, part)
    if told is None:
        return None
    start_response(told.status, told.headers)
    return [told.body] if told.body and environ["REQUEST_METHOD"] == "GET" else []


def _keep(kept: Recent, environ: Environ, headers: Headers, body: Iterable[bytes]) -> Entry:
    entry, asked = Entry(headers, b"".join(body)), address(environ)
    _close(body)
    readers = kept.vary(asked, _varying(headers))
    kept.put(key(asked, readers, environ, part=False), entry)
    return entry


def _varying(headers: Headers) -> list[str]:
    named = (v for name, value in headers if name.lower() == "vary" for v in value.split(","))
    return [name.strip().lower() for name in named]


def _close(body: Iterable[bytes]) -> None:
    close = getattr(body, "close", None)
    if close is not None:
        close()


def _saying(start_response: StartResponse, said: tuple[str, str]) -> StartResponse:
    """Return what starts a response that says in Cache-Status what ``said`` has."""

    def started(code: str, headers: Headers, exc_info: Any = None) -> Any:
        others = [field for field in headers if field[0] != said[0]]
        return start_response(code, [*others, said], exc_info)

    return started
