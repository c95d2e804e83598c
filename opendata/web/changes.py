"""What changed between two versions: as JSON and CSV for programs and as a page for people."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import islice
from typing import Any

import orjson
from flask import Response, request

from opendata.formats import CSV
from opendata.formats.changes import CHANGE_COLUMNS, change_lines, lines
from opendata.formats.filename import attachment
from opendata.formats.json import dump
from opendata.package.about import title_of
from opendata.query.changes import COMPARED
from opendata.query.parameters import DEFAULT_LIMIT
from opendata.records import COLLECTIONS
from opendata.spec import Resource
from opendata.spec.links import Turns, search_links
from opendata.store import Change, Store, VersionRow
from opendata.vocabularies import CHANGE_KINDS
from opendata.web.asked_changes import AskedChanges, asked_changes, cursor
from opendata.web.conditional import LATEST, PINNED, validator
from opendata.web.current import store
from opendata.web.languages import preferred
from opendata.web.lookup import find_versions, notice_of
from opendata.web.negotiation import choose
from opendata.web.pages.assets import rendering
from opendata.web.pages.comparisons import changes_page
from opendata.web.telling import tell

#: Changes on a page for people, where they do not say how many.
PAGE_LIMIT = 50
#: Changes that are written at a time.
_BLOCK = 200


def changes(resource: Resource, suffix: str | None = None, *, dataset: str) -> Response:
    """Answer with what changed in a dataset from one version to another."""
    current = store()
    chosen = choose(suffix, resource.media_types)
    held = find_versions(current, dataset)
    path = request.path.removesuffix(f".{suffix}") if suffix else request.path
    asked = asked_changes(current, path, held, page=chosen == "html")
    telling = _Telling(current, held, asked, path, chosen)
    caching = PINNED if "to" in request.args else LATEST
    return tell(resource, dataset, suffix, chosen, telling, telling.tag, caching)


class _Telling:
    """The changes that are asked for, in one form."""

    def __init__(
        self,
        current: Store,
        held: Sequence[VersionRow],
        asked: AskedChanges,
        path: str,
        chosen: str,
    ) -> None:
        self.language = (asked.language or preferred("zh")) if chosen == "html" else ""
        self.links: dict[str, str | None] = {}
        self._store = current
        self._held = held
        self._asked = asked
        self._path = path
        self._chosen = chosen
        self._notice = notice_of(current, asked.new)

    @property
    def tag(self) -> str:
        """The entity tag."""
        asked, current = self._asked, self._store
        old = f"{asked.old.version} {asked.old.sha256}" if asked.old else ""
        new = f"{asked.new.version} {asked.new.sha256}"
        asking = repr(sorted(request.args.items(multi=True)))
        notice = str(self._notice)
        known = (current.software, current.base_url, old, new, notice, self._path, asking)
        drawn = rendering() if self._chosen == "html" else ""
        return validator(*known, self._chosen, self.language, drawn)

    def file_name(self) -> str:
        """Return the Content-Disposition field of a download."""
        asked = self._asked
        old, new = asked.old.version if asked.old else "0", asked.new.version
        narrowed = [v for n in ("collection", "kind") if (v := request.args.get(n))]
        plain = [asked.new.dataset, f"{old}-{new}", "changes", *narrowed]
        named = [title_of(asked.new).zh, f"{old}-{new}", "变更", *narrowed]
        return attachment(plain, named, CSV.suffix)

    def body(self) -> bytes | Iterator[bytes]:
        """Return the body; CSV in blocks."""
        if self._chosen == CSV.suffix:
            return self._csv()
        limit = self._asked.limit or (PAGE_LIMIT if self._chosen == "html" else DEFAULT_LIMIT)
        found = list(islice(self._found(), limit + 1))
        more, found = len(found) > limit, found[:limit]
        backward = bool(self._asked.start and self._asked.start.backward)
        if backward:
            found.reverse()
        self.links = self._links(found, more=more, backward=backward)
        meta = self._meta()
        if self._chosen == "html":
            data = [self._told(change, exact) for change in found]
            return changes_page(self._store, self._held, data, meta, self.links)
        data = [self._told(change, orjson.Fragment) for change in found]
        return dump({"data": data, "meta": meta, "links": self.links})

    def _found(self) -> Iterator[Change]:
        asked = self._asked
        if asked.span.upto <= asked.span.after:
            return iter(())
        return self._store.log.changes(asked.span, asked.places, asked.kinds, asked.start)

    def _csv(self) -> Iterator[bytes]:
        found = self._found()
        if self._asked.limit is not None:
            found = islice(found, self._asked.limit)
        if self._asked.start and self._asked.start.backward:
            found = iter(list(found)[::-1])
        yield lines([CHANGE_COLUMNS])
        while block := list(islice(found, _BLOCK)):
            yield b"".join(change_lines(self._told(change, exact)) for change in block)

    def _told(self, change: Change, read: Any) -> dict[str, Any]:
        return told(self._store, self._asked.old, self._asked.new, change, read)

    def _meta(self) -> dict[str, Any]:
        asked = self._asked
        counted = self._store.log.counts(asked.span) if asked.span.upto > asked.span.after else {}
        counts = {
            name: {kind: counted.get((place, kind), 0) for kind in CHANGE_KINDS}
            for place, name in enumerate(COMPARED)
        }
        return {
            "dataset": asked.new.dataset,
            "from": asked.old.version if asked.old else None,
            "to": asked.new.version,
            "total": sum(
                counts[COMPARED[place]][kind] for place in asked.places for kind in asked.kinds
            ),
            "counts": counts,
            "notice": self._notice,
        }

    def _links(self, found: list[Change], *, more: bool, backward: bool) -> dict[str, str | None]:
        asked, base = self._asked, self._store.base_url
        turns = Turns()
        if found:
            before = more if backward else asked.start is not None
            after = asked.start is not None if backward else more
            first, last = found[0], found[-1]
            turns = Turns(
                cursor(asked, first.place, first.thread, backward=True) if before else None,
                cursor(asked, last.place, last.thread, backward=False) if after else None,
            )
        path = f"{self._path}.html" if self._chosen == "html" else self._path
        links = search_links(base, path, asked.arguments, turns)
        plain = {n: v for n, v in asked.arguments.items() if n not in ("limit", "cursor", "lang")}
        others = {
            suffix: search_links(base, f"{self._path}.{suffix}", plain, Turns())["self"]
            for suffix in ("csv", "html")
        }
        described = links.pop("describedby")
        return {**links, **others, "describedby": described}


def told(
    current: Store, old: VersionRow | None, new: VersionRow, change: Change, read: Any
) -> dict[str, Any]:
    """Return a change as JSON has it.

    :param read: makes of ready JSON what stands there.
    """
    held = old if change.kind == "removed" and old else new
    return {
        "collection": change.collection,
        "id": change.id,
        "previous_id": change.previous_id,
        "kind": change.kind,
        "title": {"zh": change.title_zh, "en": change.title_en},
        "url": url(current, held, change.collection, change.id),
        "fields": read(change.fields),
        "reason": read(change.reason),
        "successor": change.successor,
        "corrections": read(change.corrections),
    }


def url(current: Store, held: VersionRow, collection: str, record: str) -> str:
    """Return the address of what changed, in a version; parts of others have that of the whole."""
    if collection.startswith("vocabularies/"):
        return f"{current.base_url}/v1/{collection}"
    version = f"{current.base_url}/v1/datasets/{held.dataset}/versions/{held.version}"
    return f"{version}/{collection}/{record}" if collection in COLLECTIONS else version


def exact(content: bytes) -> Any:
    """Read JSON with exact numbers."""
    return json.loads(content, parse_float=Decimal, parse_int=Decimal)
