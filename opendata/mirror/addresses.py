"""Which addresses of a site are known before it is asked, and which others those tell of."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from opendata.mirror.listing import UnreadableError, leads
from opendata.mirror.releases import CHECKSUM, is_record

INDEX = "/v1"
SITEMAP = "/sitemap.xml"
BULK = "/bulk.zip"
#: The page that every site has; it leads to what all pages are shown with.
START = "/"
#: What a site may have beside what its sitemap lists.
OPTIONAL = (
    *("/robots.txt", "/llms.txt", "/.well-known/api-catalog", "/.well-known/security.txt"),
    *("/docs/swagger.js", "/docs/swagger-ui.css", "/docs/swagger-ui-bundle.js"),
    *("/docs/favicon-32x32.png", "/datapackage.json", "/data.json"),
    *("/catalog.ttl", "/catalog.jsonld", "/catalog.rdf"),
)
#: The checksums of archives, which are had before these.
CHECKSUMS = (f"{BULK}{CHECKSUM}",)

#: What a dataset or a version may have beside its record, by what the address has more.
_OF_DATASET = (
    *(".ttl", ".jsonld", "/catalog-cn.json", "/catalog-cn.csv", "/datapackage.json"),
    *("/corrections", "/quality"),
)
_OF_VERSION = ("/datapackage.json", "/quality")
_DATASET = re.compile(r"/v1/datasets/[^/.]+")
_DESCRIBES = "-metadata.json"

_ASSET = re.compile(r'(?:href|src)="[^"]*(/static/[A-Za-z0-9._-]+)"')
_ARCHIVE = re.compile(r"(.*/feed)/([1-9]\d{0,4})((?:\.\w+)?\.atom)")


def beside(address: str) -> tuple[str, ...]:
    """Return the addresses that may be there beside ``address``."""
    if is_record(address):
        return tuple(address + more for more in _OF_VERSION)
    if _DATASET.fullmatch(address):
        return tuple(address + more for more in _OF_DATASET)
    return (address + _DESCRIBES,) if address.endswith(".csv") else ()


def is_package(address: str) -> bool:
    """Tell whether ``address`` is that of the data package of a dataset or a version."""
    return address.startswith("/v1/datasets/") and address.endswith("/datapackage.json")


def is_feed(address: str) -> bool:
    """Tell whether ``address`` is that of a feed of now, not of an archive."""
    return address.endswith(".atom") and not _ARCHIVE.fullmatch(address)


def assets_of(page: Path) -> Iterator[str]:
    """Yield the addresses of what a page is shown with, which are named by their content."""
    yield from dict.fromkeys(_ASSET.findall(page.read_text("utf-8", "replace")))


def archives_of(feed: Path) -> Iterator[str]:
    """Yield the URLs of the archives of a feed: of the last, to which it leads, and all before.

    :raises UnreadableError: where it is no feed, or leads to none of ours.
    """
    for url, _ in leads(feed):
        found = _ARCHIVE.fullmatch(url)
        if not found:
            raise UnreadableError("leads to an archive of another form than /feed/1.atom")
        for number in range(1, int(found[2]) + 1):
            yield f"{found[1]}/{number}{found[3]}"
