"""The resources of the API: every address of the description, looked up and joined."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from functools import partial

from flask import Blueprint, Flask, Response, request
from werkzeug.routing import BaseConverter

from opendata.formats import EXCEL_EN, EXCEL_ZH, JSON, MEDIA_TYPES, Representation
from opendata.formats.json import dump, join, wrap
from opendata.records import COLLECTIONS, Collection
from opendata.records.fields import Slug, VersionNumber
from opendata.spec import RESOURCES, Kind, Reach, Resource
from opendata.spec.links import address, page_links, record_links
from opendata.store import Scope, Store, VersionRow
from opendata.store.reading import BLOCK, Position
from opendata.vocabularies import Label
from opendata.web import query
from opendata.web.conditional import LATEST, PINNED, answer, validator
from opendata.web.current import store
from opendata.web.negotiation import negotiate
from opendata.web.problems import ProblemError

bp = Blueprint("resources", __name__)


class _SlugConverter(BaseConverter):
    regex = Slug.pattern.replace("(", "(?:")


class _VersionConverter(BaseConverter):
    regex = VersionNumber.pattern.replace("(", "(?:")


class _NameConverter(BaseConverter):
    regex = "[a-z0-9_]+"


def init_app(app: Flask) -> None:
    """Serve every resource of the description, with and without suffix."""
    app.url_map.converters |= {
        "slug": _SlugConverter,
        "version": _VersionConverter,
        "name": _NameConverter,
    }
    for resource in RESOURCES:
        _route(resource)
    app.register_blueprint(bp)


def _route(resource: Resource) -> None:
    rule = resource.path.replace("{dataset}", "<slug:dataset>")
    rule = rule.replace("{version}", "<version:version>")
    rule = rule.replace("{vocabulary}", "<name:vocabulary>")
    rule = re.sub(r"{\w+}", "<slug:record>", rule)
    view = partial(_VIEWS[resource.kind], resource)
    suffixes = ["json"] if resource.kind is Kind.DOCUMENT else list(MEDIA_TYPES)
    bp.add_url_rule(rule, resource.operation, view)
    for suffix in suffixes:
        bp.add_url_rule(
            f"{rule}.{suffix}", f"{resource.operation}_{suffix}", view, defaults={"suffix": suffix}
        )


def _document(resource: Resource, suffix: str | None = None, **names: str) -> Response:
    query.none()
    negotiate(suffix, ("json",))
    found = store().document(resource.path.format_map(names))
    if found is None:
        raise _missing("vocabulary", names.get("vocabulary", ""))
    vary = "Accept" if suffix is None else "Origin"
    return answer(found.sha256[:32], LATEST, vary, found.content_type, lambda: found.body)


def _record(
    resource: Resource,
    suffix: str | None = None,
    *,
    dataset: str,
    version: str | None = None,
    record: str | None = None,
) -> Response:
    query.none()
    current, collection = store(), _collection(resource)
    representation = negotiate(suffix)
    held = _version(current, dataset, version)
    name = record or dataset
    pinned = _pinned(resource, held, name)
    fragment = current.fragment(collection.name, representation.name, held, name)
    if fragment is None:
        raise _missing(collection.one, name)
    tag = validator(current.software, current.base_url, held.sha256, pinned, representation.name)

    def body() -> bytes:
        if representation is not JSON:
            return representation.head(collection) + fragment
        path = request.path.removesuffix(".json")
        links = record_links(current.base_url, path, pinned)
        return wrap(fragment, held.meta, dump(links))

    # the links of a body name the address it was asked at
    path_tag = validator(tag, request.path) if representation is JSON else tag
    response = answer(
        path_tag,
        _caching(resource),
        _vary(suffix, representation),
        representation.content_type,
        body,
    )
    return _located(response, resource, current, pinned, suffix)


def _rows(
    resource: Resource,
    suffix: str | None = None,
    *,
    dataset: str | None = None,
    version: str | None = None,
) -> Response:
    current, collection = store(), _collection(resource)
    asked = query.read(
        collection,
        negotiate(suffix),
        across=resource.reach is Reach.EVERYWHERE,
        codes=current.codes,
    )
    held = None
    if dataset is not None:
        held = _version(current, dataset, version)
    whole = held if resource.reach in (Reach.LATEST, Reach.VERSION) else None
    scope = Scope(whole, dataset, asked.filters)
    representation = asked.representation
    tag = validator(
        current.software,
        current.base_url,
        whole.sha256 if whole else current.digest,
        request.path,
        repr(sorted(request.args.items())),
        representation.name,
    )
    path = request.path.removesuffix(f".{suffix}") if suffix else request.path
    page = _Page(current, collection, scope, asked, path)
    response = answer(
        tag,
        _caching(resource),
        _vary(suffix, representation),
        representation.content_type,
        page.json if representation is JSON else page.table,
    )
    response.headers["Link"] = page.relations()
    if whole is None:
        return response
    return _located(response, resource, current, _pinned(resource, whole), suffix)


class _Page:
    """The rows a query asks for, read once and written in any representation."""

    def __init__(
        self, current: Store, collection: Collection, scope: Scope, asked: query.Query, path: str
    ) -> None:
        self._store = current
        self._collection = collection
        self._scope = scope
        self._asked = asked
        self._path = path
        self._following: str | None = None
        self._after = current.row(collection.name, asked.after) if asked.after else 0

    def json(self) -> bytes:
        """Return the page as JSON."""
        asked, name = self._asked, self._collection.name
        part = self._store.part(name, JSON.name, self._scope, self._after, asked.limit or BLOCK)
        if part.more_after is not None:
            self._following = _cursor(self._store.position(name, part.more_after))
        total = self._store.count(name, self._scope)
        version = self._scope.version
        meta = b'{"total":%d' % total + (b"," + version.meta[1:] if version else b"}")
        links = page_links(
            self._store.base_url, self._path, request.args.to_dict(), self._following
        )
        return join(part.fragments, meta, dump(links))

    def table(self) -> bytes | Iterable[bytes]:
        """Return the rows as a table: in one piece where a block holds them, else streamed."""
        asked, name = self._asked, self._collection.name
        representation = asked.representation
        head = representation.head(self._collection)
        part = self._store.part(
            name, representation.name, self._scope, self._after, asked.limit or BLOCK
        )
        first = head + b"".join(part.fragments)
        if part.more_after is None:
            return first
        if asked.limit:
            self._following = _cursor(self._store.position(name, part.more_after))
            return first
        return self._stream(first, part.more_after)

    def _stream(self, first: bytes, after: int) -> Iterable[bytes]:
        yield first
        yield from self._store.blocks(
            self._collection.name, self._asked.representation.name, self._scope, after
        )

    def relations(self) -> str:
        """Return the Link field (RFC 8288)."""
        base = self._store.base_url
        found = [f'<{base}/openapi.json>; rel="service-desc"']
        if self._following:
            following = {**request.args.to_dict(), "cursor": self._following}
            found.insert(0, f'<{address(base, request.path, following)}>; rel="next"')
        return ", ".join(found)


def _cursor(position: Position) -> str:
    return "~".join(map(str, position))


def _collection(resource: Resource) -> Collection:
    assert resource.collection is not None
    return resource.collection


def _version(current: Store, dataset: str, version: str | None) -> VersionRow:
    held = current.version(dataset, version)
    if held is not None:
        return held
    if version is not None and current.version(dataset) is not None:
        raise _missing("version", version)
    raise _missing("dataset", dataset)


def _missing(kind: str, name: str) -> ProblemError:
    zh = _KINDS_ZH.get(kind, "资源")
    return ProblemError(
        404,
        Label(
            f"没有标识为“{name}”的{zh}；请在上级地址查看全部。",
            f"There is no {kind} {name!r}; the address above it lists all.",
        ),
    )


_KINDS_ZH = {
    "dataset": "数据集",
    "version": "版本",
    "vocabulary": "代码表",
    **{c.one: c.title.zh for c in COLLECTIONS.values()},
}


def _pinned(resource: Resource, version: VersionRow, record: str = "") -> str:
    names = {"dataset": version.dataset, "version": version.version}
    return resource.pinned_path().format_map({**names, _collection(resource).one: record, **names})


def _located(
    response: Response, resource: Resource, current: Store, pinned: str, suffix: str | None
) -> Response:
    """Name the pinned address of what a latest address answers with (RFC 9110 §8.7)."""
    if resource.reach is Reach.LATEST:
        ending = f".{suffix}" if suffix else ""
        asked = f"?{request.query_string.decode()}" if request.query_string else ""
        response.headers["Content-Location"] = f"{current.base_url}{pinned}{ending}{asked}"
    return response


def _caching(resource: Resource) -> str:
    return PINNED if resource.reach is Reach.VERSION else LATEST


def _vary(suffix: str | None, representation: Representation) -> str:
    names = [] if suffix else ["Accept"]
    if representation in (EXCEL_ZH, EXCEL_EN) and "lang" not in request.args:
        names.append("Accept-Language")
    return ", ".join(names) or "Origin"


_VIEWS: dict[Kind, Callable[..., Response]] = {
    Kind.COLLECTION: _rows,
    Kind.RECORD: _record,
    Kind.DOCUMENT: _document,
}
