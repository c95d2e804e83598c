"""Feeds, sitemaps and what is asked for at fixed addresses, written into an assembled store.

Versions are read and documents written one after another over one connection, so that a store of
many records needs no more memory than one of few.
"""

from __future__ import annotations

import hashlib
import heapq
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any

import orjson
from sqlalchemy import insert, select, true
from sqlalchemy.engine import Connection, Row

from opendata import discovery as pure
from opendata.compiler.inserting import writable_engine
from opendata.compiler.listing import listed
from opendata.discovery import ATOM, SITEMAP, Correction, Download, Event, Release, Url
from opendata.discovery import site as fixed
from opendata.query import Kind
from opendata.query.values import encode
from opendata.records import COLLECTIONS, DATASETS
from opendata.spec.resources import ZIP
from opendata.store import ARCHIVE, ARCHIVE_PATH, archive_in
from opendata.store.layout import (
    TABLES,
    corrections,
    documents,
    facts,
    files,
    publications,
    versions,
)
from opendata.vocabularies import CLOSED, OPEN, Label

#: What describes or holds everything that is published; a preview of drafts has none of it.
_CATALOGUES = (
    *("/catalog.ttl", "/catalog.jsonld", "/catalog.rdf", "/data.json", "/datapackage.json"),
    "/bulk.zip",
)
#: What of it programs can ask, beside our own API.
_APIS = ("/api/3", "/catalog", "/data.json")
#: For programs where the service runs; an export of files has no answer to it.
_ACTION_API = "/api/3/action/package_list"
#: What every site has beside its datasets.
_PAGES = (
    *("/", "/docs", "/docs/errors", "/openapi.json", "/openapi.yaml", "/llms.txt"),
    *("/feed.atom", "/feed.en.atom", "/v1", "/v1/changes", "/v1/schema", "/v1/vocabularies"),
)
_DOWNLOADS = ("csv", "ndjson", "xlsx")
#: Rows read at a time.
_BLOCK = 1000


def add_discovery(path: Path, base_url: str) -> None:
    """Add to the store at ``path`` what leads to everything in it."""
    engine = writable_engine(path)
    try:
        with engine.begin() as connection:
            releases = list(_releases(connection, base_url))
            happened = pure.events(releases, _corrections(connection))
            _add_publications(connection, base_url, releases, happened)
            catalogues = _catalogues(connection)
            _add(connection, SITEMAP, _sitemaps(connection, base_url, releases, catalogues))
            _add(connection, ATOM, pure.feeds(base_url, happened))
            services = [_ACTION_API] if catalogues else []
            latest = sorted((r for r in releases if r.latest), key=lambda r: r.published)
            _add(connection, fixed.TEXT, [("/robots.txt", fixed.robots(base_url))])
            llms = fixed.llms(base_url, latest[::-1], [*catalogues, *services])
            _add(connection, fixed.TEXT, [("/llms.txt", llms)])
            apis = fixed.api_catalog(base_url, _APIS if catalogues else ())
            _add(connection, fixed.LINKSET, [(fixed.API_CATALOG, apis)])
    finally:
        engine.dispose()


def _add(connection: Connection, content_type: str, found: Iterable[tuple[str, bytes]]) -> None:
    for path, body in found:
        digest = hashlib.sha256(body).hexdigest()
        row = {"path": path, "content_type": content_type, "body": body, "sha256": digest}
        connection.execute(insert(documents), row)


def _releases(connection: Connection, base_url: str) -> Iterator[Release]:
    """Yield every version, those of one dataset oldest first."""
    rows = TABLES[DATASETS.name].rows
    statement = (
        select(versions, rows.c.json.label("record"), *ARCHIVE)
        .join_from(versions, rows, rows.c.row == versions.c.version_key)  # a row is a version
        .outerjoin(files, files.c.path == ARCHIVE_PATH)
        .order_by(versions.c.version_key)
        .execution_options(yield_per=_BLOCK)
    )
    return (_release(row, base_url) for row in connection.execute(statement))


def _release(row: Row[Any], base_url: str) -> Release:
    meta, record = orjson.loads(row.meta), listed(row.record, base_url, archive_in(row))
    downloads = [
        Download(file["url"], file["media_type"], file["byte_size"], Label(**file["title"]))
        for file in record["distributions"]
        if "?" not in file["url"]  # those for programs
    ]
    return Release(
        row.dataset,
        row.version,
        row.latest,
        row.published,
        row.released,
        row.sha256,
        Label(**record["title"]),
        Label(**record["notes"]),
        Label(**record["publisher"]["name"]),
        record["publisher"]["url"],
        record["licence"],
        meta["licence_url"],
        tuple(downloads),
    )


def _corrections(connection: Connection) -> Iterator[Correction]:
    """Yield every correction, those of one version by number."""
    statement = (
        select(versions.c.dataset, corrections.c.number, corrections.c.body)
        .join_from(corrections, versions, corrections.c.version_key == versions.c.version_key)
        .order_by(corrections.c.version_key, corrections.c.number)
        .execution_options(yield_per=_BLOCK)
    )
    for row in connection.execute(statement):
        told = orjson.loads(row.body)
        yield Correction(
            row.dataset,
            told["version"],
            row.number,
            told["since"],
            told["collection"],
            tuple(told["ids"]),
            tuple(told["columns"]),
            Label(**told["wrong"]),
            Label(**told["reason"]),
        )


def _add_publications(
    connection: Connection, base_url: str, releases: Sequence[Release], happened: list[Event]
) -> None:
    counts = Counter((e.correction.dataset, e.correction.version) for e in happened if e.correction)
    rows: list[dict[str, Any]] = []
    for before, release in pairwise((None, *releases)):
        assert release is not None
        same = before is not None and before.dataset == release.dataset
        number = before.version if before and same else None
        made = counts[release.dataset, release.version]
        row = pure.publication(base_url, release, number, made)
        version = encode(Kind.VERSION, release.version)
        place = pure.position(release.published, release.dataset, version)
        line = pure.publication_line(row)
        rows.append({"position": place, "json": orjson.dumps(row), "csv": line})
    rows.sort(key=lambda row: str(row["position"]))
    connection.execute(insert(publications), rows)


def _catalogues(connection: Connection) -> list[str]:
    preview = select(facts.c.value).where(facts.c.name == "preview")
    return [] if connection.execute(preview).first() else list(_CATALOGUES)


def _sitemaps(
    connection: Connection, base_url: str, releases: Sequence[Release], catalogues: Sequence[str]
) -> Iterator[tuple[str, bytes]]:
    newest = max(release.published for release in releases)
    shares = _shares(connection, releases, [Url(path, newest) for path in _site(catalogues)])
    return pure.sitemaps(base_url, shares)


def _site(catalogues: Sequence[str]) -> Iterator[str]:
    yield from _PAGES
    yield from catalogues
    for name in sorted((*CLOSED, *OPEN)):
        yield f"/v1/vocabularies/{name}"
    for name in (DATASETS.name, *COLLECTIONS):
        yield f"/v1/{name}"
        yield from (f"/v1/{name}.{suffix}" for suffix in _DOWNLOADS)


def _shares(
    connection: Connection, releases: Sequence[Release], site: list[Url]
) -> Iterator[tuple[str, Iterable[Url]]]:
    """Yield the addresses of the site and of each dataset, with the names of their sitemaps."""
    yield "site", site
    ids = _Ids(connection)
    own: list[Release] = []
    for release, after in pairwise((*releases, None)):
        assert release is not None
        own.append(release)
        if after is None or after.dataset != release.dataset:
            yield f"datasets/{release.dataset}", _of_dataset(own, ids)
            own = []


def _of_dataset(releases: list[Release], ids: _Ids) -> Iterator[Url]:
    latest = releases[-1]
    base = f"/v1/datasets/{latest.dataset}"
    feeds = (pure.feed_path(language, latest.dataset) for language in Label._fields)
    # pages first: programs that read metadata from pages may take the first address for one
    for path in (f"{base}.html", base, f"{base}/versions", *feeds):
        yield Url(path, latest.published)
    if any(file.media_type == ZIP for file in latest.downloads):
        yield Url(f"{base}.zip", latest.published)
    for release in releases:
        yield Url(f"{release.path}.html", release.published)
        yield Url(release.path, release.published)
    for name in COLLECTIONS:
        yield Url(f"{base}/{name}", latest.published)
        for suffix in _DOWNLOADS:
            yield Url(f"{base}/{name}.{suffix}", latest.published)
    for collection, record in ids.of(latest.dataset):
        yield Url(f"{base}/{collection}/{record}", latest.published)


class _Ids:
    """The ids of the records of the latest versions, read as they are asked for, in order."""

    def __init__(self, connection: Connection) -> None:
        streams = [self._stream(connection, place) for place in range(len(COLLECTIONS))]
        self._merged = heapq.merge(*streams, key=lambda found: found[:2])
        self._next = next(self._merged, None)

    @staticmethod
    def _stream(connection: Connection, place: int) -> Iterator[tuple[str, int, str]]:
        rows = TABLES[list(COLLECTIONS)[place]].rows
        statement = select(rows.c.dataset, rows.c.id).where(rows.c.latest == true())
        ordered = statement.order_by(rows.c.row).execution_options(yield_per=_BLOCK)
        for dataset, record in connection.execute(ordered):
            yield dataset, place, record

    def of(self, dataset: str) -> Iterator[tuple[str, str]]:
        """Yield the collection and id of each record; datasets are asked for in their order."""
        names = list(COLLECTIONS)
        while self._next and self._next[0] == dataset:
            _, place, record = self._next
            yield names[place], record
            self._next = next(self._merged, None)
