"""Single records: one fragment, with what it belongs to and where to go from it."""

from __future__ import annotations

from dataclasses import replace

from flask import Response, request

from opendata.formats import Table, content_disposition
from opendata.formats.json import cut, dump, wrap
from opendata.query import Condition, Operator, Query, fields_of
from opendata.query.reading import Request
from opendata.query.values import encode
from opendata.records import Collection
from opendata.spec import Resource
from opendata.spec.links import record_links
from opendata.store import Scope, VersionRow
from opendata.web import query
from opendata.web.about import about, title_of
from opendata.web.conditional import answer, validator
from opendata.web.current import published, store
from opendata.web.expansion import embed
from opendata.web.lookup import (
    caching,
    collection_of,
    find_version,
    locate,
    missing,
    pinned_path,
    speaks,
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
    name = name or dataset
    found = current.record(collection.name, format_.stored(options), held, name)
    if found is None:
        raise missing(collection.one, name)
    row, fragment = found
    pinned = pinned_path(resource, held, name)
    path = request.path.removesuffix(f".{suffix}") if suffix else request.path

    def there(other: VersionRow) -> bool:
        return current.record(collection.name, format_.stored(options), other, name) is not None

    def body() -> bytes:
        if not format_.paged:
            address = f"{current.base_url}{pinned}"
            told = about(
                current, collection, Scope(held), _only(collection, name), options, address
            )
            whole = replace(table, about=told, rows=1) if format_.explains else table
            return b"".join(format_.write(whole, [[fragment]]))
        [shown] = embed(current, collection.name, asked.names("expand"), [row], [fragment])
        links = record_links(current.base_url, path, pinned, query.arguments())
        return wrap(cut(table, shown), held.meta, dump(links))

    state = current.software, current.base_url, held.version, held.sha256
    asking = repr(sorted(query.arguments().items()))
    language = options.language if speaks(format_, asked) else ""
    tag = validator(*state, path, asking, format_.suffix, language)
    response = answer(
        tag,
        caching(resource),
        vary(suffix, format_, asked),
        format_.content_type_for(options),
        body,
        modified=published(),
    )
    if response.status_code != 304:
        response.headers["Link"] = ", ".join(relations(resource, held, pinned, there))
        if not format_.paged:
            response.headers["Content-Disposition"] = content_disposition(
                collection,
                held.dataset,
                held.version,
                [("id", name)],
                format_.suffix,
                title_of(held).zh,
            )
    return locate(response, resource, current.base_url, pinned, suffix)


def _only(collection: Collection, name: str) -> Request:
    """Return the request for the one record that is called ``name``."""
    field = fields_of(collection)["id"]
    return Request(Query((Condition(field, Operator.EQ, (encode(field.kind, name),)),)))
