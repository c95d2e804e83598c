"""What the versions of a dataset corrected, and which downloads had been wrong."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice
from typing import Any

import orjson
from flask import Response, request

from opendata.formats import CSV
from opendata.formats.changes import CORRECTION_COLUMNS, correction_lines, lines
from opendata.formats.filename import attachment
from opendata.formats.json import dump
from opendata.package.about import title_of
from opendata.query.changes import CORRECTIONS, Mark, read_mark, read_parameters
from opendata.query.faults import RequestFault
from opendata.query.parameters import DEFAULT_LIMIT
from opendata.spec import Resource
from opendata.spec.links import Turns, search_links
from opendata.store import Correction, Store, VersionRow
from opendata.vocabularies import PARTS
from opendata.web import query
from opendata.web.asked_changes import FOREIGN
from opendata.web.changes import PAGE_LIMIT, exact
from opendata.web.conditional import LATEST, validator
from opendata.web.current import store
from opendata.web.languages import preferred
from opendata.web.lookup import find_versions, gone, notice_of
from opendata.web.negotiation import choose
from opendata.web.pages.assets import rendering
from opendata.web.pages.comparisons import corrections_page
from opendata.web.telling import tell

#: What cursors name instead of a part.
_PART = "corrections"
_BLOCK = 100


def corrections(resource: Resource, suffix: str | None = None, *, dataset: str) -> Response:
    """Answer with what was ever corrected in a dataset."""
    current = store()
    chosen = choose(suffix, resource.media_types)
    held = find_versions(current, dataset)
    path = request.path.removesuffix(f".{suffix}") if suffix else request.path
    listing = _Listing(current, held, path, chosen)
    state = current.software, current.base_url, held[-1].version, held[-1].sha256
    asking = repr(sorted(request.args.items(multi=True)))
    drawn = f"{listing.language} {rendering()}" if chosen == "html" else ""
    tag = validator(*state, str(listing.notice), path, asking, chosen, drawn)
    return tell(resource, dataset, suffix, chosen, listing, tag, LATEST)


class _Listing:
    """The corrections that are asked for, in one form.

    :raises ProblemError: 400, naming every fault; 409 where the cursor's version is not there.
    """

    def __init__(self, current: Store, held: Sequence[VersionRow], path: str, chosen: str) -> None:
        allowed = {n: p for n, p in CORRECTIONS.items() if chosen == "html" or n != "lang"}
        given, faults = read_parameters(list(request.args.lists()), allowed)
        self.language = (given.get("lang") or preferred("zh")) if chosen == "html" else ""
        self.links: dict[str, str | None] = {}
        self._store, self._held, self._path, self._chosen = current, held, path, chosen
        self.notice = notice_of(current, held[-1])
        self._numbers = {version.version_key: version.version for version in held}
        self._names: Sequence[str] = given.get("collection", tuple(PARTS))
        self._limit = int(given["limit"]) if "limit" in given else None
        self._scope = f"{path} {sorted(self._names)}"
        self._start: tuple[int, int] | None = None
        self._backward = False
        query.refuse(faults)
        if "cursor" in given:
            self._go_on(given["cursor"])
        self._files: dict[int, list[dict[str, Any]]] = {}

    def _go_on(self, text: str) -> None:
        mark = read_mark(text)
        keys = {number: key for key, number in self._numbers.items()}
        version, _, place = mark.name.partition(":")
        if mark.part != _PART or version not in keys or not place.isdecimal():
            raise gone()
        if mark.text(self._scope) != text:
            query.refuse([RequestFault("cursor", "foreign_cursor", FOREIGN)])
        self._start, self._backward = (keys[version], int(place)), mark.backward

    def file_name(self) -> str:
        """Return the Content-Disposition field of a download."""
        last = self._held[-1]
        narrowed = request.args.get("collection", "")
        plain = [last.dataset, last.version, "corrections", narrowed]
        named = [title_of(last).zh, last.version, "更正", narrowed]
        return attachment(plain, named, CSV.suffix)

    def body(self) -> bytes | Iterator[bytes]:
        """Return the body; CSV in blocks."""
        if self._chosen == CSV.suffix:
            return self._csv()
        limit = self._limit or (PAGE_LIMIT if self._chosen == "html" else DEFAULT_LIMIT)
        found = list(islice(self._found(), limit + 1))
        more, found = len(found) > limit, found[:limit]
        if self._backward:
            found.reverse()
        self.links = self._links(found, more=more)
        counts = self._store.log.correction_counts(self._held[0].dataset)
        total = sum(counts.get(name, 0) for name in self._names)
        meta = {"dataset": self._held[0].dataset, "total": total, "notice": self.notice}
        data = [self._told(correction) for correction in found]
        if self._chosen == "html":
            return corrections_page(self._store, self._held, data, meta, self.links)
        return dump({"data": data, "meta": meta, "links": self.links})

    def _found(self) -> Iterator[Correction]:
        return self._store.log.corrections(
            self._held[0].dataset, self._names, self._start, backward=self._backward
        )

    def _csv(self) -> Iterator[bytes]:
        found = self._found()
        if self._limit is not None:
            found = islice(found, self._limit)
        if self._backward:
            found = iter(list(found)[::-1])
        yield lines([CORRECTION_COLUMNS])
        while block := list(islice(found, _BLOCK)):
            yield b"".join(correction_lines(exact(correction.body)) for correction in block)

    def _told(self, correction: Correction) -> dict[str, Any]:
        told: dict[str, Any] = exact(correction.body)
        since = next(
            (v.version_key for v in self._held if v.version == correction.since),
            correction.version_key - 1,
        )
        told["downloads"] = [
            {name: file[name] for name in ("url", "media_type", "sha256")} | {"version": number}
            for key in range(since, correction.version_key)
            for number in [self._numbers[key]]
            for file in self._distributions(key)
            if file["collection"] == correction.collection
        ]
        return told

    def _distributions(self, key: int) -> list[dict[str, Any]]:
        if key not in self._files:
            version = next(v for v in self._held if v.version_key == key)
            described = orjson.loads(self._store.log.description(version))
            self._files[key] = described["distributions"]
        return self._files[key]

    def _links(self, found: Sequence[Correction], *, more: bool) -> dict[str, str | None]:
        base, given = self._store.base_url, query.arguments()
        turns = Turns()
        if found:
            before = more if self._backward else self._start is not None
            after = self._start is not None if self._backward else more
            turns = Turns(
                self._cursor(found[0], backward=True) if before else None,
                self._cursor(found[-1], backward=False) if after else None,
            )
        path = f"{self._path}.html" if self._chosen == "html" else self._path
        links = search_links(base, path, given, turns)
        plain = {n: v for n, v in given.items() if n not in ("limit", "cursor", "lang")}
        others = {
            suffix: search_links(base, f"{self._path}.{suffix}", plain, Turns())["self"]
            for suffix in ("csv", "html")
        }
        described = links.pop("describedby")
        return {**links, **others, "describedby": described}

    def _cursor(self, correction: Correction, *, backward: bool) -> str:
        name = f"{self._numbers[correction.version_key]}:{correction.number}"
        return Mark(_PART, name, backward).text(self._scope)
