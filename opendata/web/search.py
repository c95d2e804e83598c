"""Search across collections: what a text finds in the latest versions, the best first."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import orjson
from flask import Response

from opendata.formats.json import JSON, dump
from opendata.query.cursor import Cursor
from opendata.query.parameters import DEFAULT_LIMIT
from opendata.query.reading import Request
from opendata.records import COLLECTIONS, DATASETS
from opendata.search import Term, matches, terms
from opendata.spec import Resource
from opendata.spec.links import Turns, search_links
from opendata.spec.notices import across
from opendata.store import Hit, LostPlaceError, Position, Start, Store
from opendata.web import query
from opendata.web.conditional import LATEST, answer, validator
from opendata.web.current import published, store
from opendata.web.lookup import gone
from opendata.web.negotiation import choose
from opendata.web.relations import relations, turning

_ALL = {**COLLECTIONS, DATASETS.name: DATASETS}


def search(resource: Resource, suffix: str | None = None) -> Response:
    """Answer with the records that ``q`` finds."""
    current = store()
    choose(suffix, resource.media_types)
    asked = query.of_search(current, resource.path)

    try:  # preconditions come after what is wrong (RFC 9110 §13.2.1)
        start = start_of(current, asked.cursor)
    except LostPlaceError as error:
        raise gone() from error
    turns: list[Turns] = []

    def body() -> bytes:
        try:
            page, found = _page(current, resource.path, asked, start)
        except LostPlaceError as error:
            raise gone() from error
        turns.append(found)
        return page

    tag = validator(current.software, current.base_url, current.digest, repr(query.arguments()))
    vary = "" if suffix else "Accept"
    response = answer(tag, LATEST, vary, JSON.content_type, body, modified=published())
    if response.status_code != 304:
        response.headers["Link"] = ", ".join((*turning(turns[-1]), *relations(resource, None)))
    return response


def start_of(current: Store, cursor: Cursor | None) -> Start | None:
    """Return where to go on.

    :raises LostPlaceError: where what the cursor names is not there any more.
    """
    if cursor is None:
        return None
    row = current.row(cursor.collection, Position(*cursor[1:4]))
    return Start(current.docid(cursor.collection, row), cursor.backward)


def _page(current: Store, path: str, asked: Request, start: Start | None) -> tuple[bytes, Turns]:
    sought = asked.query.search or ""
    names = asked.names("collection") or tuple(_ALL)
    found, more = current.hits(sought, names, start, asked.limit or DEFAULT_LIMIT)
    wanted = terms(sought)
    total = current.hit_count(sought, names)
    turns = turns_of(current, path, asked, found, start, more=more)
    links = search_links(current.base_url, path, query.arguments(), turns)
    data = [_hit(current, hit, wanted) for hit in found]
    meta = {"total": total, **across(preview=current.preview)}
    return dump({"data": data, "meta": meta, "links": links}), turns


def turns_of(
    current: Store,
    path: str,
    asked: Request,
    found: Sequence[Hit],
    start: Start | None,
    *,
    more: bool,
) -> Turns:
    """Return the cursors of the pages beside the hits ``found``."""
    if not found:
        return Turns()

    def cursor(hit: Hit, *, backward: bool) -> str:
        position = current.position(hit.collection, hit.row)
        return query.search_cursor(Cursor(hit.collection, *position, backward), path, asked)

    backward = bool(start and start.backward)
    before = more if backward else start is not None
    after = more if not backward else start is not None
    return Turns(
        cursor(found[0], backward=True) if before else None,
        cursor(found[-1], backward=False) if after else None,
    )


def _hit(current: Store, hit: Hit, wanted: Sequence[Term]) -> dict[str, Any]:
    record = orjson.loads(hit.fragment)
    dataset = f"{current.base_url}/v1/datasets/{hit.dataset}"
    own = "" if hit.collection == DATASETS.name else f"/{hit.collection}/{hit.id}"
    return {
        "collection": hit.collection,
        "id": hit.id,
        "dataset": hit.dataset,
        "version": hit.version,
        "title": record["title"],
        "url": f"{dataset}{own}",
        "matches": [
            {"field": name, "text": snippet.text, "ranges": snippet.ranges}
            for name, snippet in matches(_ALL[hit.collection], record, wanted, hit.reading)
        ],
    }
