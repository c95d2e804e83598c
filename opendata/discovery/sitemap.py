"""Sitemaps (sitemaps.org 0.9): one where it holds all, else an index of those of each dataset.

A sitemap of a dataset changes only with the dataset, so that crawlers fetch again what changed.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple
from xml.sax.saxutils import escape

from opendata.discovery.xml import DECLARATION, legal

SITEMAP = "application/xml"
#: The most that one sitemap may hold, in addresses and in bytes.
MOST_URLS = 50_000
MOST_BYTES = 50 * 1024 * 1024

_NAMESPACE = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'
_OPEN = DECLARATION + f"<urlset {_NAMESPACE}>\n".encode()
_CLOSE = b"</urlset>\n"
_OPEN_INDEX = DECLARATION + f"<sitemapindex {_NAMESPACE}>\n".encode()
_CLOSE_INDEX = b"</sitemapindex>\n"


class Url(NamedTuple):
    """An address without the base, and when what is there last changed (RFC 3339)."""

    path: str
    modified: str


class _Chunk(NamedTuple):
    path: str
    modified: str
    body: bytes
    urls: int


def sitemaps(
    base_url: str, shares: Iterable[tuple[str, Iterable[Url]]]
) -> Iterator[tuple[str, bytes]]:
    """Yield every sitemap with its path, ``/sitemap.xml`` last.

    :param shares: the addresses of each dataset and of the rest, by a name that is safe in paths.
    """
    held: list[_Chunk] = []  # as long as one sitemap may hold all
    members: list[Url] = []
    for chunk in _chunks(base_url, shares):
        held.append(chunk)
        if members or not _fit(held):
            for one in held:
                members.append(Url(one.path, one.modified))
                yield one.path, _OPEN + one.body + _CLOSE
            held = []
    if members:
        listed = b"".join(_entry("sitemap", base_url, member) for member in members)
        yield "/sitemap.xml", _OPEN_INDEX + listed + _CLOSE_INDEX
    else:
        yield "/sitemap.xml", _OPEN + b"".join(chunk.body for chunk in held) + _CLOSE


def _fit(chunks: list[_Chunk]) -> bool:
    size = sum(len(chunk.body) for chunk in chunks) + len(_OPEN + _CLOSE)
    return sum(chunk.urls for chunk in chunks) <= MOST_URLS and size <= MOST_BYTES


def _chunks(base_url: str, shares: Iterable[tuple[str, Iterable[Url]]]) -> Iterator[_Chunk]:
    for name, urls in shares:
        number, size, modified = 1, len(_OPEN + _CLOSE), ""
        lines: list[bytes] = []
        for url in urls:
            line = _entry("url", base_url, url)
            if len(lines) == MOST_URLS or size + len(line) > MOST_BYTES:
                path = f"/sitemap/{name}/{number}.xml"
                yield _Chunk(path, modified, b"".join(lines), len(lines))
                number, size, modified, lines = number + 1, len(_OPEN + _CLOSE), "", []
            lines.append(line)
            size += len(line)
            modified = max(modified, url.modified)
        if lines:
            yield _Chunk(f"/sitemap/{name}/{number}.xml", modified, b"".join(lines), len(lines))


def _entry(name: str, base_url: str, url: Url) -> bytes:
    address = escape(legal(f"{base_url}{url.path}"))
    return f"<{name}><loc>{address}</loc><lastmod>{url.modified}</lastmod></{name}>\n".encode()
