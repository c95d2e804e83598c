"""Single records: one fragment, with what it belongs to and where to go from it."""

from __future__ import annotations

from flask import Response, request

from opendata.formats import JSON
from opendata.formats.json import dump, wrap
from opendata.spec import Resource
from opendata.spec.links import record_links
from opendata.store import Scope
from opendata.web import query
from opendata.web.conditional import answer, validator
from opendata.web.current import store
from opendata.web.expansion import embed
from opendata.web.lookup import (
    caching,
    collection_of,
    find_version,
    locate,
    missing,
    pinned_path,
    vary,
)
from opendata.web.negotiation import negotiate


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
    representation = negotiate(suffix)
    expand = query.expansion(collection, representation)
    held = find_version(current, dataset, version)
    name = name or dataset
    fragment = current.fragment(collection.name, representation.name, held, name)
    if fragment is None:
        raise missing(collection.one, name)
    pinned = pinned_path(resource, held, name)
    path = request.path.removesuffix(f".{suffix}") if suffix else request.path

    def body() -> bytes:
        if representation is not JSON:
            return representation.head(collection) + fragment
        scope = Scope(held, filters={"id": name})
        [whole] = embed(current, collection.name, expand, [fragment], scope)
        links = record_links(current.base_url, path, pinned, request.args.to_dict())
        return wrap(whole, held.meta, dump(links))

    state = current.software, current.base_url, held.version, held.sha256
    tag = validator(*state, path, ",".join(expand), representation.name)
    depends = vary(suffix, representation)
    response = answer(tag, caching(resource), depends, representation.content_type, body)
    return locate(response, resource, current.base_url, pinned, suffix)
