"""Relations that lead from an answer to what belongs with it (RFC 8288; RFC 5829 for versions)."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

import orjson
from flask import Flask, Response, g, request

from opendata.discovery import ATOM, feed_path
from opendata.discovery.site import API_CATALOG
from opendata.formats import CSV, FORMATS
from opendata.query.settings import settings
from opendata.records import DATASETS
from opendata.spec import Kind, Reach, Resource
from opendata.spec.links import Turns, address, permalink, turned
from opendata.spec.parameters import page_settings, record_settings, row_settings
from opendata.spec.resources import CSVM, DESCRIBES, PAGE_SUFFIX, SVG
from opendata.store import VersionRow
from opendata.web import query
from opendata.web.current import store

#: Characters of a query that is repeated for every representation; with longer ones the field
#: would outgrow what clients and proxies take.
_LONGEST = 1000
#: What tells of all datasets beside their collection.
_OF_ALL = ("getIndex", "listPublications")


def init_app(app: Flask) -> None:
    """Let whatever a store answers lead to the rest, where its view said nothing of that."""
    app.after_request(_lead)


def _lead(response: Response) -> Response:
    if "store" in g and response.status_code == 200 and not response.headers.get("Link"):
        response.headers["Link"] = ", ".join(welcoming())
    return response


def leading(dataset: str | None = None) -> Iterator[str]:
    """Yield the relations that lead from any answer to the APIs and to what is new.

    :param dataset: what the answer is of, where it is of one dataset.
    """
    base = store().base_url
    yield _link(f"{base}{API_CATALOG}", "api-catalog")
    yield _link(f"{base}{feed_path('zh', dataset)}", "alternate", ATOM)


def welcoming(dataset: str | None = None) -> Iterator[str]:
    """Yield the relations that lead from what is no answer of the API to everything that is.

    :param dataset: what the answer is of, where it is of one dataset.
    """
    base = store().base_url
    yield _link(f"{base}/v1", "item", "application/json")
    yield _link(f"{base}/openapi.json", "service-desc", "application/json")
    yield _link(f"{base}/docs", "service-doc", "text/html")
    yield from leading(dataset)


#: Where another version has what is asked for, given the path there if nothing is called
#: otherwise; ``None`` where it has not.
Beside = Callable[[VersionRow, str], str | None]


def turning(turns: Turns) -> Iterator[str]:
    """Yield the relations to other pages of the same query."""
    base, path, arguments = store().base_url, request.path, query.arguments()
    if not _is_long():
        first = {name: value for name, value in arguments.items() if name != "cursor"}
        yield _link(address(base, path, first), "first")
    for name, cursor in (("prev", turns.before), ("next", turns.after)):
        found = turned(base, path, arguments, cursor)
        if found:
            yield _link(found, name)


def turning_to(links: Mapping[str, str | None]) -> Iterator[str]:
    """Yield the relations to other pages, from the links of a body."""
    if not _is_long():
        for name in ("first", "prev", "next"):
            if target := links.get(name):
                yield _link(target, name)


def relations(
    resource: Resource,
    held: VersionRow | None,
    pinned: str = "",
    beside: Beside = lambda _, path: path,
) -> Iterator[str]:
    """Yield the members of the Link field that every answer of ``/v1`` has.

    :param held: the version that the answer is of, where it is of one.
    :param pinned: the path of the answer in its version, without suffix.
    :param beside: where another version has what was asked for, given the path with its number;
        ``None`` where it has not.
    """
    base = store().base_url
    yield _described(base, resource)
    yield _link(f"{base}/openapi.json", "service-desc", "application/json")
    yield _link(f"{base}/docs", "service-doc", "text/html")
    if resource.collection is DATASETS or resource.operation in _OF_ALL:
        yield from leading((request.view_args or {}).get("dataset"))
    else:
        yield _link(f"{base}{API_CATALOG}", "api-catalog")
    suffix = next((s for s in resource.offered if request.path.endswith(f".{s}")), "")
    path = request.path.removesuffix(f".{suffix}")
    if not _is_long():
        for other, media_type in resource.offered.items():
            if other != suffix:
                same = address(base, f"{path}.{other}", _taken(resource, other))
                yield _link(same, "alternate", media_type)
    if held is None:
        return
    if not _is_long():
        ending = f".{suffix}" if suffix else ""
        yield _link(address(base, f"{pinned}{ending}", query.arguments()), "canonical")
        yield from _cited(base, resource, pinned)
    licence = orjson.loads(held.meta)["licence_url"]
    if licence:
        yield _link(licence, "license")
    yield from _versions(base, resource, held, pinned, beside)


def _described(base: str, resource: Resource) -> str:
    """Return the relation to what says what the answer holds.

    A whole CSV of field names and codes has metadata of its own, which describe that address
    only: validators take no other, and csvw (Python) takes what stands first.
    """
    whole = resource.kind is Kind.COLLECTION and not request.query_string
    if whole and request.path.endswith(f".{CSV.suffix}"):
        return _link(f"{base}{request.path}{DESCRIBES}", "describedby", CSVM)
    return _link(f"{base}/v1/schema", "describedby", "application/json")


def _cited(base: str, resource: Resource, pinned: str) -> Iterator[str]:
    """Yield what to cite an answer by (RFC 8574): its address in its version, in no format."""
    if resource.kind in (Kind.COLLECTION, Kind.RECORD):
        asked = query.arguments() if resource.kind is Kind.COLLECTION else {}
        yield _link(permalink(base, pinned, asked), "cite-as")


def _versions(
    base: str,
    resource: Resource,
    held: VersionRow,
    pinned: str,
    beside: Beside,
) -> Iterator[str]:
    dataset = f"{base}/v1/datasets/{held.dataset}"
    record = resource.kind is Kind.RECORD and resource.collection is not DATASETS
    if record:
        alone = pinned.replace(f"/versions/{held.version}", "", 1)
        yield _link(f"{base}{alone}/history", "version-history")
    else:
        yield _link(f"{dataset}/versions", "version-history")
    in_version = f"/versions/{held.version}"
    if resource.reach is Reach.VERSION:
        latest = held if held.latest else store().version(held.dataset)
        path = latest and beside(latest, pinned.replace(in_version, "", 1))
        if path:
            yield _link(f"{base}{path}", "latest-version")
    for number, relation in (
        (held.predecessor, "predecessor-version"),
        (held.successor, "successor-version"),
    ):
        other = store().version(held.dataset, number) if number else None
        path = other and beside(other, pinned.replace(in_version, f"/versions/{number}", 1))
        if path:
            yield _link(f"{base}{path}", relation)


def _taken(resource: Resource, suffix: str) -> dict[str, str]:
    """Return the parameters of the request that mean something in another format too."""
    collection = resource.collection
    if resource.kind is Kind.CITATION:
        return query.arguments()
    if collection is None:
        found = query.arguments()
        if suffix not in (PAGE_SUFFIX, SVG):
            found.pop("lang", None)
        return found
    every = settings(collection)
    if suffix == PAGE_SUFFIX:
        taken = page_settings() if resource.kind is Kind.COLLECTION else ["lang"]
    else:
        of = row_settings if resource.kind is Kind.COLLECTION else record_settings
        taken = of(collection, FORMATS[suffix])
    return {n: v for n, v in query.arguments().items() if n in taken or n not in every}


def _is_long() -> bool:
    return len(request.query_string) > _LONGEST


def _link(target: str, relation: str, media_type: str = "") -> str:
    of_type = f'; type="{media_type}"' if media_type else ""
    return f'<{target}>; rel="{relation}"{of_type}'
