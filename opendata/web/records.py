"""Single records: one fragment, with what it belongs to and where to go from it."""

from __future__ import annotations

from dataclasses import dataclass, replace

from flask import Response, request

from opendata.formats import Format, Table, content_disposition
from opendata.formats.json import cut, dump, wrap
from opendata.package.about import about, title_of
from opendata.query import Condition, Operator, Query, fields_of
from opendata.query.reading import Request
from opendata.query.values import encode
from opendata.records import Collection
from opendata.spec import Resource
from opendata.spec.links import record_links
from opendata.store import Scope, Store, VersionRow
from opendata.web import query
from opendata.web.conditional import answer, validator
from opendata.web.current import published, store
from opendata.web.expansion import embed
from opendata.web.fates import elsewhere, path_beside
from opendata.web.lookup import (
    caching,
    collection_of,
    find_version,
    locate,
    missing,
    pinned_path,
    speaks,
    state,
    vary,
)
from opendata.web.negotiation import negotiate
from opendata.web.relations import relations


def record(
    resource: Resource,
    suffix: str | None = None,
    *,
    dataset: str,
    version: str | None = None,
    name: str | None = None,
) -> Response:
    """Answer with a record, or with the dataset itself where no record is named."""
    current, collection = store(), collection_of(resource)
    format_ = negotiate(suffix)
    asked = query.of_record(collection, format_)
    options = query.options(asked)
    table = Table(collection, query.columns(collection, asked, format_, options), options)
    held = find_version(current, dataset, version)
    one = _One(current, format_, asked, table, held, name or dataset)
    found = one.found()
    if found is None:
        if name is None:
            raise missing(collection.one, dataset)
        return elsewhere(current, resource, held, name, suffix)
    row, fragment = found
    pinned = pinned_path(resource, held, one.name)
    path = request.path.removesuffix(f".{suffix}") if suffix else request.path
    language = options.language if speaks(format_, asked) else ""
    asking = repr(query.arguments())
    response = answer(
        validator(
            current.software,
            current.base_url,
            state(held, format_),
            path,
            asking,
            format_.suffix,
            language,
        ),
        caching(resource),
        vary(suffix, format_, asked),
        format_.content_type_for(options),
        lambda: one.body(row, fragment, path, pinned),
        modified=published(),
    )
    if response.status_code != 304:
        response.headers["Link"] = ", ".join(relations(resource, held, pinned, one.beside))
        if not format_.paged:
            response.headers["Content-Disposition"] = one.file_name()
    return locate(response, resource, current.base_url, pinned, suffix)


@dataclass(frozen=True, slots=True)
class _One:
    """A record of a version, and how it is asked for."""

    store: Store
    format_: Format
    asked: Request
    table: Table
    held: VersionRow
    name: str

    def found(self) -> tuple[int, bytes] | None:
        """Return its row and its ready-made bytes."""
        stored = self.format_.stored(self.table.options)
        return self.store.record(self.table.collection.name, stored, self.held, self.name)

    def beside(self, version: VersionRow, path: str) -> str | None:
        """Return where it stands in another version, as relations want it."""
        return path_beside(self.store, self.table.collection, self.held, self.name, version, path)

    def body(self, row: int, fragment: bytes, path: str, pinned: str) -> bytes:
        """Return the answer's body."""
        collection = self.table.collection
        if not self.format_.paged:
            return b"".join(self.format_.write(self._explained(pinned), [[fragment]]))
        expand = self.asked.names("expand")
        [shown] = embed(self.store, collection.name, expand, [row], [fragment])
        links = record_links(self.store.base_url, path, pinned, query.arguments())
        return wrap(cut(self.table, shown), self.held.meta, dump(links))

    def file_name(self) -> str:
        """Return the Content-Disposition field of a download."""
        return content_disposition(
            self.table.collection,
            self.held.dataset,
            self.held.version,
            [("id", self.name)],
            self.format_.suffix,
            title_of(self.held).zh,
        )

    def _explained(self, pinned: str) -> Table:
        if not self.format_.explains:
            return self.table
        collection, options = self.table.collection, self.table.options
        address = f"{self.store.base_url}{pinned}"
        only = _only(collection, self.name)
        told = about(self.store, collection, Scope(self.held), only, options, address)
        return replace(self.table, about=told, rows=1)


def _only(collection: Collection, name: str) -> Request:
    """Return the request for the one record that is called ``name``."""
    field = fields_of(collection)["id"]
    return Request(Query((Condition(field, Operator.EQ, (encode(field.kind, name),)),)))
