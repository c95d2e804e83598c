"""What is new: the feed of a dataset, and versions in the order they were published."""

from __future__ import annotations

import hashlib

from flask import Response, request

from opendata.discovery import CSV_HEAD
from opendata.formats import CSV, JSON
from opendata.formats.json import dump
from opendata.formats.representation import Options
from opendata.query.parameters import DEFAULT_LIMIT
from opendata.query.publications import cursor_of
from opendata.spec import Resource
from opendata.spec.links import Turns
from opendata.spec.news import publication_links
from opendata.web import query
from opendata.web.conditional import LATEST, answer
from opendata.web.current import published, store
from opendata.web.discovery import ready_made
from opendata.web.lookup import find_version
from opendata.web.negotiation import choose
from opendata.web.relations import relations, turning, welcoming

_CSV_TYPE = CSV.content_type_for(Options())


def feed(_: Resource, *, dataset: str) -> Response:
    """Answer with the feed of a dataset."""
    query.none()
    find_version(store(), dataset, None)
    return ready_made(request.path, lambda: welcoming(dataset))


def publications(resource: Resource, suffix: str | None = None) -> Response:
    """Answer with the versions that were published since a moment, oldest first."""
    chosen = choose(suffix, resource.media_types)
    paged = chosen == JSON.suffix
    current, asked = store(), query.of_publications()
    limit = asked.limit or (DEFAULT_LIMIT if paged else None)
    found, total, more = current.publications(asked.since, asked.after, limit, chosen)
    rows = [row for _, row in found]
    last = cursor_of(found[-1][0]) if found else None
    following = last if more else None
    if paged:
        arguments = query.arguments()
        # who finds nothing new has a place to go on from as well
        kept = last or arguments.get("cursor") or cursor_of(current.last_publication())
        meta = dump({"total": total, "cursor": kept})
        path = request.path.removesuffix(f".{suffix}")
        links = dump(publication_links(current.base_url, path, arguments, following))
        parts = b'{"data":[', b",".join(rows), b'],"meta":', meta, b',"links":', links, b"}"
        body = b"".join(parts)
    else:
        body = CSV_HEAD + b"".join(rows)
    response = answer(
        hashlib.sha256(body).hexdigest()[:32],
        LATEST,
        "" if suffix else "Accept",
        JSON.content_type if paged else _CSV_TYPE,
        lambda: body,
        modified=published(),
    )
    if response.status_code != 304:
        own = (*relations(resource, None), *turning(Turns(None, following)))
        response.headers["Link"] = ", ".join(own)
    return response
