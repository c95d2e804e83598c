"""The site that is copied, asked politely: bounded, patient with its faults, and never believed.

Every answer is in the identity coding, so that digests and ranges are of the file itself. No
redirect is followed, so nothing is ever asked of another host.
"""

from __future__ import annotations

import random
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from pathlib import Path
from typing import TypeVar
from urllib.parse import urlsplit

import urllib3
from urllib3 import BaseHTTPResponse
from urllib3.exceptions import HTTPError

import opendata
from opendata.errors import OpendataError
from opendata.mirror.digests import stated
from opendata.mirror.layout import shown
from opendata.mirror.partial import Partial
from opendata.mirror.receiving import Received, RefusedError, UnfinishedError, receive

_Answer = TypeVar("_Answer")

#: Answers that may be others in a while.
_TRANSIENT = {408, 416, 425, 429, 500, 502, 503, 504}
_GONE = {404, 410}
#: The longest that an origin can make a run wait, whatever its Retry-After says; in seconds.
_LONGEST_WAIT = 300.0


@dataclass(frozen=True, slots=True)
class Limits:
    """How much is asked of an origin, and how much is taken from it.

    ``jobs`` are connections at a time; ``delay`` (before each request of one), ``timeout`` (of
    each step of a transfer) and ``pause`` (before the second attempt; doubled for each further
    one) are seconds; ``attempts`` are of one address; ``largest`` is the most bytes of one file.
    """

    jobs: int = 4
    delay: float = 0
    timeout: float = 60
    attempts: int = 5
    pause: float = 1
    largest: int = 8 << 30


class FetchError(OpendataError):
    """What could not be had, and why."""


@dataclass(frozen=True, slots=True)
class Validators:
    """What an origin said of a file that is held: its ``ETag`` and ``Last-Modified``."""

    etag: str | None
    modified: str | None


class _TransientError(Exception):
    """A failure that may pass; ``after`` is when to try again, in seconds, if that is known."""

    def __init__(self, message: str, after: float | None = None) -> None:
        super().__init__(message)
        self.after = after


class Origin:
    """A site at ``url``, which may have a path."""

    def __init__(self, url: str, limits: Limits) -> None:
        parts = urlsplit(url)
        if parts.scheme not in ("http", "https") or not parts.hostname or parts.username:
            raise FetchError(f"{shown(url)} is no address of a site; use https://host/path")
        if parts.query or parts.fragment:
            raise FetchError(f"{shown(url)} has a query or fragment; leave it out")
        self.url = url.rstrip("/")
        self.limits = limits
        self._pool = urllib3.PoolManager(
            num_pools=1,
            maxsize=limits.jobs,
            block=True,
            timeout=urllib3.Timeout(connect=min(limits.timeout, 30), read=limits.timeout),
            retries=False,
        )

    def close(self) -> None:
        """Close every connection."""
        self._pool.clear()

    def fetch(self, address: str, path: Path, held: Validators | None = None) -> Received | None:
        """Receive what is at ``address`` into ``path``, its length and digest checked.

        :param held: what is held of it: where that is what the origin has too, ``path`` is not
            written, and :attr:`Received.size` is ``None``.
        :returns: ``None`` where there is nothing (404, 410).
        :raises FetchError: where it cannot be had, or is not what it says.
        """
        partial = Partial(path)
        return self._patiently(lambda: self._get(address, partial, held))

    def digest(self, address: str, scratch: Path) -> str | None:
        """Return the SHA-256 of what is at ``address``, ``None`` where there is nothing.

        Where the origin does not state it, the body is received into ``scratch``.

        :raises FetchError: where it cannot be had, or is not what it says.
        """
        there, digest = self._patiently(lambda: self._head(address))
        if digest is None and there:
            received = self.fetch(address, scratch)
            scratch.unlink(missing_ok=True)
            return received.sha256 if received else None
        return digest

    def _patiently(self, ask: Callable[[], _Answer]) -> _Answer:
        """Return what ``ask`` does; where that fails for now, try again after a while."""
        attempt = 1
        while True:
            try:
                return ask()
            except RefusedError as error:
                raise FetchError(str(error)) from error
            except (HTTPError, UnfinishedError) as error:
                failure = _TransientError(_said(error))
            except _TransientError as error:
                failure = error
            if attempt == self.limits.attempts:
                raise FetchError(f"{failure} (tried {attempt} times)")
            time.sleep(self._wait(failure, attempt))
            attempt += 1

    def _wait(self, failure: _TransientError, attempt: int) -> float:
        if failure.after is not None:
            return min(failure.after, _LONGEST_WAIT)
        pause = self.limits.pause * float(1 << (attempt - 1))
        return min(pause * (0.5 + random.random()), _LONGEST_WAIT)  # noqa: S311

    def _ask(self, method: str, address: str, fields: dict[str, str]) -> BaseHTTPResponse:
        time.sleep(self.limits.delay)
        own = {
            "Accept-Encoding": "identity",
            "Accept": "*/*",
            "User-Agent": f"opendata-mirror/{opendata.__version__}",
        }
        return self._pool.request(
            method,
            self.url + address,
            headers={**own, **fields},
            preload_content=False,
            redirect=False,
        )

    def _get(self, address: str, partial: Partial, held: Validators | None) -> Received | None:
        fields = {}
        begun = partial.begun()
        if begun:
            fields = {"Range": f"bytes={begun.size}-", "If-Range": begun.etag}
        if held and held.etag:
            fields["If-None-Match"] = held.etag
        elif held and held.modified:
            fields["If-Modified-Since"] = held.modified
        response = self._ask("GET", address, fields)
        try:
            if response.status == 304 and held:
                response.drain_conn()
                return Received(held.etag, held.modified)
            if response.status == 416:
                partial.drop()
            if not _is_there(response):
                response.drain_conn()
                return None
            largest, patience = self.limits.largest, self.limits.timeout
            return receive(response, partial, largest, patience)
        except BaseException:
            response.close()
            raise
        finally:
            response.release_conn()

    def _head(self, address: str) -> tuple[bool, str | None]:
        response = self._ask("HEAD", address, {})
        try:
            response.drain_conn()
            if not _is_there(response):
                return False, None
            return True, stated(response.headers.get("Repr-Digest"))
        finally:
            response.release_conn()


def _is_there(response: BaseHTTPResponse) -> bool:
    """Tell whether an answer has what was asked for, or there is nothing.

    :raises _TransientError: where the origin cannot answer for now.
    :raises RefusedError: where it answers something else.
    """
    if response.status in (200, 206):
        return True
    if response.status in _GONE:
        return False
    if response.status in _TRANSIENT:
        after = _seconds(response.headers.get("Retry-After"))
        raise _TransientError(f"answers {response.status}", after)
    if 300 <= response.status < 400:
        target = shown(response.headers.get("Location", "nowhere"))
        raise RefusedError(f"redirects to {target}; a mirror follows no redirect")
    raise RefusedError(f"answers {response.status}")


def _seconds(field: str | None) -> float | None:
    """Return how long a ``Retry-After`` asks to wait (RFC 9110 §10.2.3), if it can be read."""
    if field is None:
        return None
    if field.strip().isdecimal():
        return float(field)
    try:
        moment = parsedate_to_datetime(field)
    except ValueError:
        return None
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=UTC)
    return max((moment - datetime.now(UTC)).total_seconds(), 0)


def _said(error: BaseException) -> str:
    """Return what went wrong with a connection, in a few words."""
    names = {
        "ConnectTimeoutError": "does not answer in time",
        "ReadTimeoutError": "does not answer in time",
        "NewConnectionError": "cannot be reached",
        "NameResolutionError": "cannot be reached: no such host",
        "SSLError": "has no certificate that can be trusted",
    }
    if isinstance(error, UnfinishedError):
        return str(error)
    known = names.get(type(error).__name__)
    return known or f"broke off ({shown(str(error))})"
