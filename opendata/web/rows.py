"""Collections: the rows a query asks for, as a page of JSON or as a table."""

from __future__ import annotations

from collections.abc import Iterable

from flask import Response, request

from opendata.formats import JSON
from opendata.formats.json import dump, join
from opendata.records import Collection
from opendata.spec import Reach, Resource
from opendata.spec.links import address, page_links
from opendata.store import Scope, Store
from opendata.store.reading import BLOCK, Part
from opendata.web import query
from opendata.web.conditional import answer, validator
from opendata.web.current import store
from opendata.web.expansion import embed
from opendata.web.lookup import caching, collection_of, find_version, locate, pinned_path, vary
from opendata.web.negotiation import negotiate


def rows(
    resource: Resource,
    suffix: str | None = None,
    *,
    dataset: str | None = None,
    version: str | None = None,
) -> Response:
    """Answer with the rows that the query of the request asks for."""
    current, collection = store(), collection_of(resource)
    across = resource.reach is Reach.EVERYWHERE
    asked = query.read(collection, negotiate(suffix), across=across, codes=current.codes)
    held = find_version(current, dataset, version) if dataset else None
    whole = held if resource.reach in (Reach.LATEST, Reach.VERSION) else None
    representation = asked.representation
    path = request.path.removesuffix(f".{suffix}") if suffix else request.path
    page = _Page(current, collection, Scope(whole, dataset, asked.filters), asked, path)
    tag = validator(
        current.software,
        current.base_url,
        f"{whole.version} {whole.sha256}" if whole else current.digest,
        path,
        repr(sorted(request.args.items())),
        representation.name,
    )
    response = answer(
        tag,
        caching(resource),
        vary(suffix, representation),
        representation.content_type,
        page.json if representation is JSON else page.table,
    )
    if response.status_code != 304:  # a cache would replace the Link field it holds
        response.headers["Link"] = page.relations()
    if whole is None:
        return response
    pinned = pinned_path(resource, whole)
    return locate(response, resource, current.base_url, pinned, suffix)


class _Page:
    """The rows of a query, read when they are needed."""

    def __init__(
        self, current: Store, collection: Collection, scope: Scope, asked: query.Query, path: str
    ) -> None:
        self._store = current
        self._collection = collection
        self._scope = scope
        self._asked = asked
        self._path = path
        self._following: str | None = None

    def json(self) -> bytes:
        """Return the page as JSON."""
        fragments, more_after = self._read()
        self._follow(more_after)
        total = self._store.count(self._collection.name, self._scope)
        version = self._scope.version
        meta = b'{"total":%d' % total + (b"," + version.meta[1:] if version else b"}")
        arguments = request.args.to_dict()
        links = page_links(self._store.base_url, self._path, arguments, self._following)
        return join(fragments, meta, dump(links))

    def table(self) -> bytes | Iterable[bytes]:
        """Return the rows as a table: in one piece where a block holds them, else streamed."""
        fragments, more_after = self._read()
        head = self._asked.representation.head(self._collection)
        first = head + b"".join(fragments)
        if more_after is None:
            return first
        if self._asked.limit:
            self._follow(more_after)
            return first
        return self._stream(first, more_after)

    def relations(self) -> str:
        """Return the Link field (RFC 8288)."""
        base = self._store.base_url
        found = [f'<{base}/openapi.json>; rel="service-desc"']
        if self._following:
            following = {**request.args.to_dict(), "cursor": self._following}
            found.insert(0, f'<{address(base, request.path, following)}>; rel="next"')
        return ", ".join(found)

    def _read(self) -> Part:
        asked, name = self._asked, self._collection.name
        after = self._store.row(name, asked.after) if asked.after else 0
        limit = asked.limit or BLOCK
        part = self._store.part(name, asked.representation.name, self._scope, after, limit)
        whole = embed(self._store, name, asked.expand, part.fragments, self._scope, after)
        return part._replace(fragments=whole)

    def _follow(self, more_after: int | None) -> None:
        if more_after is not None:
            position = self._store.position(self._collection.name, more_after)
            self._following = "~".join(map(str, position))

    def _stream(self, first: bytes, after: int) -> Iterable[bytes]:
        yield first
        yield from self._store.blocks(
            self._collection.name, self._asked.representation.name, self._scope, after
        )
