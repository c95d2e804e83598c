"""Collections: the rows that a query asks for, in whichever format."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from itertools import chain

from flask import Response, request

from opendata.formats import Format, Table, UnfitError, content_disposition
from opendata.formats.json import dump
from opendata.package.about import about, title_of
from opendata.query import Query
from opendata.query.faults import RequestFault
from opendata.query.fields import fields_of
from opendata.query.parameters import DEFAULT_LIMIT
from opendata.query.reading import Request
from opendata.records import DATASETS, Collection
from opendata.records.patterns import DRAFT
from opendata.spec import Reach, Resource
from opendata.spec.links import Turns, address, page_links
from opendata.spec.notices import across
from opendata.store import LostPlaceError, Part, Scope, Start, Store, VersionRow
from opendata.web import query
from opendata.web.conditional import answer, validator
from opendata.web.current import published, store
from opendata.web.expansion import embed, embed_matches
from opendata.web.facets import counted
from opendata.web.lookup import (
    caching,
    collection_of,
    find_version,
    gone,
    locate,
    pinned_path,
    speaks,
    state,
    vary,
)
from opendata.web.negotiation import negotiate
from opendata.web.places import Places
from opendata.web.problems import ProblemError
from opendata.web.relations import relations, turning

#: Rows read at a time where a download goes on from a cursor.
_BLOCK = 1000
#: Bodies up to this many bytes are made whole, so that their length and digest are known and they
#: can be kept: a thousand rows or so. A worker needs twice as much for each of its threads.
_WHOLE = 1 << 20
#: Of more rows than these a table begins before those that are wanted have been found.
_MANY = 3000


def rows(
    resource: Resource,
    suffix: str | None = None,
    *,
    dataset: str | None = None,
    version: str | None = None,
) -> Response:
    """Answer with the rows that the query of the request asks for."""
    current, collection = store(), collection_of(resource)
    format_ = negotiate(suffix)
    path = request.path.removesuffix(f".{suffix}") if suffix else request.path
    held = find_version(current, dataset, version) if dataset else None
    whole = None if resource.spans else held
    pinned = pinned_path(resource, whole) if whole else path
    latest = whole if resource.reach is Reach.LATEST else None
    asked = query.of_rows(
        current, collection, format_, pinned, across=resource.spans, latest=latest
    )
    page = _Page(current, collection, Scope(whole, dataset), asked, format_, path, pinned)
    tag = validator(
        current.software,
        current.base_url,
        state(whole, format_) if whole else current.digest,
        path,
        repr(query.arguments()),
        format_.suffix,
        page.table.options.language if speaks(format_, asked) else "",
    )
    response = answer(
        tag,
        caching(resource),
        vary(suffix, format_, asked),
        format_.content_type_for(page.table.options),
        page.body,
        modified=published(),
    )
    if response.status_code != 304:  # a cache would replace the fields it holds
        _describe(response, resource, page, whole, pinned)
    if whole is None:
        return response
    return locate(response, resource, current.base_url, pinned, suffix)


def _describe(
    response: Response, resource: Resource, page: _Page, whole: VersionRow | None, pinned: str
) -> None:
    response.headers["Link"] = ", ".join((*relations(resource, whole, pinned), *page.turns()))
    if not page.format_.paged:
        response.headers["Content-Disposition"] = page.file_name(whole)


class _Page:
    """The rows of a query, read when they are needed; that they can be told is known before.

    :raises ProblemError: 400 where the format cannot hold the rows, 409 where the row to go on
        from is gone. Preconditions come after these (RFC 9110 §13.2.1).
    """

    def __init__(
        self,
        current: Store,
        collection: Collection,
        scope: Scope,
        asked: Request,
        format_: Format,
        path: str,
        pinned: str,
    ) -> None:
        self.format_ = format_
        self._store = current
        self._scope = scope
        self._asked = asked
        self._path = path
        self._pinned = pinned
        self._arguments = query.arguments()
        self._turns = Turns()
        options = query.options(asked)
        columns = query.columns(collection, asked, format_, options)
        self.table = Table(collection, columns, options)
        self._places = Places(current, collection, scope, asked, pinned)
        with _told():
            self._start = self._places.start()
            if format_.explains:
                self.table = replace(self.table, rows=self._wanted())
                format_.write(self.table, iter(()))  # refuses too many before anything is made

    def body(self) -> bytes | Iterator[bytes]:
        """Return the body: in one piece where it is small, else as it is made.

        :raises ProblemError: 400 where the format cannot hold what is in the rows, 409 where
            the row to go on from is not among those that are found.
        """
        with _told():
            if self.format_.paged:
                return _whole(self.format_.write(*self._page()))
            made = self.format_.write(*self._download())
            return made if self._at_once() else _whole(made)

    def turns(self) -> Iterator[str]:
        """Yield the relations to other pages of the same query."""
        return turning(self._turns)

    def file_name(self, version: VersionRow | None) -> str:
        """Return the Content-Disposition field of a download."""
        known = fields_of(self.table.collection)
        filters = [(n, v) for n, v in self._arguments.items() if n.partition("__")[0] in known]
        if self._asked.query.search:
            filters.append(("q", self._asked.query.search))
        number = version.version if version else DRAFT if self._store.preview else None
        title = title_of(version).zh if version else None
        named = version.dataset if version else self._scope.dataset
        return content_disposition(
            self.table.collection, named, number, filters, self.format_.suffix, title
        )

    def _page(self) -> tuple[Table, list[list[bytes]]]:
        """Return a page with what stands beside its rows."""
        asked, name = self._asked, self.table.collection.name
        part = self._part(asked.limit or DEFAULT_LIMIT)
        fragments = embed(self._store, name, asked.names("expand"), part.rows, part.fragments)
        if asked.query.search:
            fragments = embed_matches(
                self._store, self.table.collection, asked.query.search, part.rows, fragments
            )
        total = self._store.count(name, self._scope, asked.query)
        version = self._scope.version
        if version is None:
            meta = dump({"total": total, **across(preview=self._store.preview)})
        else:
            meta = b'{"total":%d,' % total + version.meta[1:]
        envelope = {
            "meta": meta,
            "links": dump(
                page_links(
                    self._store.base_url,
                    self._path,
                    self._arguments,
                    self._turns,
                    citable=self.table.collection is not DATASETS,
                )
            ),
        }
        if facets := asked.names("facet"):
            envelope["facets"] = counted(
                self._store, self.table.collection, self._scope, asked.query, facets
            )
        return replace(self.table, envelope=envelope), [fragments]

    def _download(self) -> tuple[Table, Iterator[list[bytes]]]:
        """Return all the rows that are wanted.

        :raises LostPlaceError: where the row to go on from is gone.
        """
        blocks = self._blocks()
        if self._asked.cursor:  # before anything is sent
            blocks = chain([next(blocks, [])], blocks)
        if not self.format_.explains:
            return self.table, blocks
        told = about(
            self._store,
            self.table.collection,
            self._scope,
            self._asked,
            self.table.options,
            self._address(),
        )
        return replace(self.table, about=told), blocks

    def _at_once(self) -> bool:
        """Whether a table is to begin at once: where finding all its rows may take a while."""
        if self.format_.explains or self._asked.limit is not None:
            return False
        return self._store.count(self.table.collection.name, self._scope, Query()) > _MANY

    def _wanted(self) -> int:
        """Return how many rows there will be; those beyond a cursor have to be read."""
        if self._start:
            return sum(map(len, self._blocks()))
        total = self._store.count(self.table.collection.name, self._scope, self._asked.query)
        return min(total, self._asked.limit or total)

    def _address(self) -> str:
        """Return the address of these rows, in their version where they are of one."""
        asked = {**self._arguments, "lang": self.table.options.language}
        return address(self._store.base_url, f"{self._pinned}.{self.format_.suffix}", asked)

    def _blocks(self) -> Iterator[list[bytes]]:
        name, stored = self.table.collection.name, self.format_.stored(self.table.options)
        limit = self._asked.limit
        if limit is not None:
            yield self._part(limit).fragments
        elif self._start is None:
            yield from self._store.blocks(name, stored, self._scope, self._asked.query)
        else:
            yield from self._following(name, stored, self._start)

    def _following(self, name: str, stored: str, start: Start | None) -> Iterator[list[bytes]]:
        """Yield all rows beyond a cursor: those after it, or those before it."""
        if start and start.backward:
            yield from self._preceding(name, stored, start)
        while start and not start.backward:
            part = self._block(name, stored, start)
            yield part.fragments
            start = Start(part.rows[-1]) if part.more else None

    def _preceding(self, name: str, stored: str, start: Start) -> Iterator[list[bytes]]:
        """Yield all rows before ``start`` in their order: block by block, the first block first."""
        starts = [start]
        while (part := self._block(name, stored, starts[-1])).more:
            starts.append(Start(part.rows[0], backward=True))
        for following in reversed(starts):
            yield self._block(name, stored, following).fragments

    def _block(self, name: str, stored: str, start: Start) -> Part:
        return self._store.part(name, stored, self._scope, self._asked.query, start, _BLOCK)

    def _part(self, limit: int) -> Part:
        """Return the rows of a page and remember which pages are next to it."""
        name, stored = self.table.collection.name, self.format_.stored(self.table.options)
        start = self._start
        part = self._store.part(name, stored, self._scope, self._asked.query, start, limit)
        self._turns = self._places.turns(part, start)
        return part


@contextmanager
def _told() -> Iterator[None]:
    """Turn what may be wrong with the rows into problems."""
    try:
        yield
    except UnfitError as error:
        fault = RequestFault("limit", "too_many", error.reason)
        raise ProblemError(400, error.reason, [fault]) from error
    except LostPlaceError as error:
        raise gone() from error


def _whole(blocks: Iterator[bytes]) -> bytes | Iterator[bytes]:
    """Return ``blocks`` joined where they are few bytes, else as they come."""
    begun: list[bytes] = []
    size = 0
    for block in blocks:
        begun.append(block)
        size += len(block)
        if size > _WHOLE:
            return chain(begun, blocks)
    return b"".join(begun)
