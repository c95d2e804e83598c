"""Where the file of an address stands in a copy, and which names are let into one.

An address that has several forms is kept in its default form: ``/v1/datasets/x`` is the file
``v1/datasets/x.json``. Addresses of this software need no percent-encoding; any other
name is refused, so that no address can lead out of the copy.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from opendata.errors import OpendataError

#: The digests of all files of a copy, at its root.
SUMS = "SHA256SUMS"
#: What the mirror keeps for itself; no file of a site is called so.
KEPT = ".mirror"

_WELL_KNOWN = ".well-known"
_SEGMENT = re.compile(r"[A-Za-z0-9_~-][A-Za-z0-9_~.-]*")
_LONGEST_SEGMENT, _LONGEST = 200, 1000
_PAGES = {"/": "index.html", "/docs": "docs.html", "/docs/errors": "docs/errors.html"}
_SUFFIX = re.compile(
    r"\.(json|csv|ndjson|xlsx|html|xml|atom|ttl|jsonld|rdf|yaml|txt|zip|sha256|css|js|png|svg)"
)


class UnsafeError(OpendataError):
    """An address that a copy must not follow."""


def file_of(address: str) -> str:
    """Return the path of the file of ``address``, relative to the root of a copy.

    :raises UnsafeError: where no file may be called so.
    """
    if address in _PAGES:
        return _PAGES[address]
    segments = address[1:].split("/")
    first, names = segments[0], segments[1:]
    if first != _WELL_KNOWN:
        names = segments
    if (
        not address.startswith("/")
        or not names
        or len(address) > _LONGEST
        or not all(_SEGMENT.fullmatch(name) and len(name) <= _LONGEST_SEGMENT for name in names)
        or address == f"/{SUMS}"
    ):
        raise UnsafeError(f"{shown(address)} is no address that can be kept as a file")
    stem, dot, suffix = names[-1].rpartition(".")
    if first == _WELL_KNOWN or (stem and _SUFFIX.fullmatch(dot + suffix)):
        return address[1:]
    return f"{address[1:]}.json"


def local(url: str, bases: Sequence[str]) -> str:
    """Return the address of ``url`` within its site, which begins with a slash.

    :param bases: the addresses of the site, without a slash at the end: the one it is asked at
        and the one it gives itself.
    :raises UnsafeError: where it leads elsewhere.
    """
    for base in bases:
        if url == base:
            return "/"
        if url.startswith(f"{base}/"):
            return url[len(base) :]
    raise UnsafeError(f"{shown(url)} leads out of the site ({bases[0]})")


def shown(text: str) -> str:
    """Return what a stranger wrote, short and without anything that does not print."""
    text = text if len(text) <= 200 else f"{text[:200]}…"
    return text if text.isprintable() else ascii(text)[1:-1]
