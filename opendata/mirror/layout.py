"""Where the file of an address stands in a copy, and which names are let into one.

The rule is that of an export: ``/v1/datasets/x`` is the file ``v1/datasets/x.json``, and
``/v1/x.csv?lang=zh`` the file ``v1/x.csv@lang=zh.csv``. Addresses of this software need no
percent-encoding; any other name is refused, so that no address can lead out of the copy.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from opendata.errors import OpendataError

#: The digests of all files of a copy, at its root.
SUMS = "SHA256SUMS"
#: What the mirror keeps for itself; no file of a site is called so.
KEPT = ".mirror"
#: What belongs to no site: what the mirror and the export keep for themselves.
OWN = (KEPT, ".export")

_WELL_KNOWN = ".well-known"
_SEGMENT = re.compile(r"[A-Za-z0-9_~-][A-Za-z0-9_~.-]*")
_QUERY = re.compile(r"[A-Za-z0-9._~=&%,+:-]+")
_LONGEST_SEGMENT, _LONGEST = 120, 1000
#: Pages whose addresses have no suffix, and the files of these without theirs.
_PAGES = {
    "/": "index",
    **{path: path[1:] for path in ("/docs", "/docs/errors", "/docs/reference")},
}
_SUFFIX = re.compile(
    r"\.(json|csv|ndjson|xlsx|html|xml|atom|ttl|jsonld|rdf|yaml|txt|zip|sha256|css|js|png|svg)"
)


class UnsafeError(OpendataError):
    """An address that a copy must not follow."""


def file_of(address: str) -> str:
    """Return the path of the file of ``address``, relative to the root of a copy.

    :raises UnsafeError: where no file may be called so.
    """
    path, asked, query = address.partition("?")
    page = _PAGES.get(path)
    if page and not asked:
        return f"{page}.html"
    segments = path[1:].split("/")
    names = segments[1:] if segments[0] == _WELL_KNOWN else segments
    if (
        not path.startswith("/")
        or not names
        or len(address) > _LONGEST
        or not (page or all(_is_plain(name) for name in names))
        or path == f"/{SUMS}"
        or (asked and not (_QUERY.fullmatch(query) and len(query) <= _LONGEST_SEGMENT))
    ):
        raise UnsafeError(f"{shown(address)} is no address that can be kept as a file")
    if page:
        return f"{page}@{query}.html"
    suffix = _suffix_of(names[-1])
    if asked:
        return f"{path[1:]}@{query}{suffix or '.json'}"
    if suffix is None and segments[0] != _WELL_KNOWN:
        return f"{path[1:]}.json"
    return path[1:]


def _is_plain(name: str) -> bool:
    return _SEGMENT.fullmatch(name) is not None and len(name) <= _LONGEST_SEGMENT


def _suffix_of(name: str) -> str | None:
    """Return the suffix by which a name tells its form; versions such as 1.0.0 have none."""
    stem, dot, suffix = name.rpartition(".")
    return dot + suffix if stem and _SUFFIX.fullmatch(dot + suffix) else None


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
