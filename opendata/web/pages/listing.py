"""What the page of a collection shows, made of what the store answers to its query."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import orjson
from flask import request

from opendata.formats import JSON, resolve
from opendata.formats.delimited import of_language
from opendata.package.about import title_of
from opendata.query import Query, fields_of
from opendata.query.faults import RequestFault
from opendata.query.filters import Filter, filters
from opendata.query.parameters import DEFAULT_LIMIT
from opendata.query.reading import Request
from opendata.records import DATASETS, Collection, Column
from opendata.spec import Reach, Resource
from opendata.spec.links import address, downloads, rows_of
from opendata.store import Scope, Start, Store, VersionRow
from opendata.web import query
from opendata.web.lookup import pinned_path
from opendata.web.pages.asking import ADD, TO, column_choices, comparisons, orders
from opendata.web.pages.calls import calls
from opendata.web.pages.cells import Lines
from opendata.web.pages.collection_model import CollectionPage, Form, Heading, Listed
from opendata.web.pages.narrowing import (
    MOST_COUNTED,
    Narrowing,
    chips,
    narrowings,
    uncounted,
)
from opendata.web.pages.rendering import Shell
from opendata.web.places import Places

#: What has no place of its own in the form and is carried on unseen.
_CARRIED = ("facet", "limit")
#: Cells of a page at most.
_CELLS = 1000


@dataclass(frozen=True, slots=True)
class Listing:
    """A collection as it is asked for; ``held`` is the version, where it is of one dataset."""

    current: Store
    resource: Resource
    collection: Collection
    shell: Shell
    held: VersionRow | None

    @property
    def whole(self) -> VersionRow | None:
        """The version that all rows are of."""
        return None if self.resource.spans else self.held

    @property
    def scope(self) -> Scope:
        """Which rows the page is about."""
        return Scope(self.whole, self.held.dataset if self.held else None)

    @property
    def pinned(self) -> str:
        """The path of the list in its version, where it is of one."""
        return pinned_path(self.resource, self.whole) if self.whole else self.shell.path

    @property
    def state(self) -> str:
        """What the data of the page follow from; what stands around them has no part in it."""
        held = self.whole
        return f"{held.sha256} {held.meta.decode()}" if held else self.current.digest

    @property
    def filters(self) -> Mapping[str, Filter]:
        """The comparisons that may be asked for."""
        return filters(self.collection, self.current.codes, across=self.resource.spans)

    @property
    def listed(self) -> Sequence[str]:
        """The fields that are shown where none are chosen."""
        several = self.resource.reach is Reach.EVERYWHERE and self.collection is not DATASETS
        if several and self.current.count(DATASETS.name, Scope(), Query()) > 1:
            return (*self.collection.listed, "dataset")
        return self.collection.listed

    @property
    def offered(self) -> tuple[Column, ...]:
        """The columns that can be shown in the reader's language."""
        return of_language(self.collection, self.shell.language)

    def asked(self) -> Request:
        """Return what is asked for.

        :raises ProblemError: 400, naming every fault.
        """
        latest = self.whole if self.resource.reach is Reach.LATEST else None
        return query.of_page(
            self.current, self.collection, self.pinned, across=self.resource.spans, latest=latest
        )

    def places(self, asked: Request) -> Places:
        """Return where in the rows of a query a page stands."""
        return Places(self.current, self.collection, self.scope, asked, self.pinned)

    def refused(self, faults: Sequence[RequestFault]) -> CollectionPage:
        """Return the page of a query with faults: its form, still filled."""
        arguments = _arguments()
        every = [
            (name, value, {n: v for n, v in arguments.items() if n != name})
            for name, value in arguments.items()
            if name not in ("q", "lang", *_CARRIED) or name in {f.parameter for f in faults}
        ]
        columns = resolve(self.collection, self.listed, self.offered)
        return CollectionPage(
            self._of(), _arguments(), self._form(columns, [], [], {}), faults=faults, refused=every
        )

    def page(self, asked: Request, start: Start | None) -> CollectionPage:
        """Return the page of a query."""
        current, name, path = self.current, self.collection.name, self.shell.path
        places = self.places(asked)
        chosen = asked.names("fields") or self.listed
        columns = resolve(self.collection, chosen, self.offered)
        part = current.part(
            name, JSON.name, self.scope, asked.query, start, _rows_shown(asked.limit, len(columns))
        )
        lines = Lines(
            current,
            self.collection,
            self.scope,
            self.resource.reach,
            self.shell.language,
            columns,
            asked.query.search,
        )
        facets = self._facets(asked)
        covered = {n: one.parameter for one in facets for n in (one.name, one.parameter)}
        rows = rows_of(_arguments())
        whole = downloads(current.base_url, path, rows)["csv"]
        return CollectionPage(
            self._of(),
            _arguments(),
            self._form(columns, facets, asked.settings.get("sort", ()), covered),
            chips=list(chips(current, self.scope, asked.query, _arguments())),
            headings=[self._heading(column) for column in columns],
            lines=lines.of(part),
            total=current.count(name, self.scope, asked.query),
            turns=places.turns(part, start),
            rows=rows,
            calls=list(calls(address(current.base_url, f"{path}.json", rows), whole)),
        )

    def _of(self) -> Listed:
        held, pinned = self.held, self.resource.reach is Reach.VERSION
        return Listed(
            self.collection,
            self.resource.reach,
            held.dataset if held else None,
            held.version if held and pinned else None,
            title_of(held) if held else None,
            orjson.loads(held.meta)["notice"] if held and self.whole else None,
        )

    def _facets(self, asked: Request) -> list[Narrowing]:
        """Return the facets: those asked for, and the usual ones unless there is too much."""
        wanted = asked.names("facet")
        usual: Sequence[str] = self.collection.narrowing
        if self.resource.spans and self.listed[-1] == "dataset":
            usual = ("dataset", *(name for name in usual if name != "section_path"))
        few = self.current.count(self.collection.name, self.scope, Query()) <= MOST_COUNTED
        counted = list(dict.fromkeys((*(usual if few else ()), *wanted)))
        query = asked.query
        found = narrowings(self.current, self.collection, self.scope, query, counted, whole=wanted)
        rest = [] if few else [name for name in usual if name not in wanted]
        return [*found, *uncounted(self.collection, query, rest)]

    def _form(
        self,
        columns: Sequence[Column],
        facets: Sequence[Narrowing],
        sorted_by: Sequence[str],
        covered: Mapping[str, str],
    ) -> Form:
        arguments = _arguments()
        sort = arguments.get("sort", "")
        able = (name for name, one in fields_of(self.collection).items() if one.sortable)
        hidden = [
            (name, value)
            for name, value in arguments.items()
            if name not in ("q", "sort", "fields", "cursor", ADD, TO, *covered)
        ]
        return Form(
            arguments.get("q", ""),
            facets,
            list(comparisons(self.filters.values())),
            (request.args.get(ADD, ""), request.args.get(TO, "")),
            list(orders(columns, able, sort)),
            column_choices(self.collection, self.offered, columns),
            hidden,
        )

    def _heading(self, column: Column) -> Heading:
        """Return a column's head: it sorts upward, then downward, then not at all."""
        fields = fields_of(self.collection)
        if not fields[column.name].sortable:
            return Heading(column)
        # figures compare in their base unit: 3 hundred million is more than 20 thousand
        base = f"{column.name}_base"
        name = base if base in fields else column.name
        now = request.args.get("sort", "")
        said = {name: "ascending", f"-{name}": "descending"}.get(now, "")
        return Heading(column, {name: f"-{name}", f"-{name}": ""}.get(now, name), said)


def _rows_shown(limit: int | None, columns: int) -> int:
    """Return how many rows a page shows: no more than people read, and than stays a light page."""
    return min(limit or DEFAULT_LIMIT, DEFAULT_LIMIT, max(_CELLS // columns, 1))


def _arguments() -> dict[str, str]:
    """Return the parameters of the query: all but the reader's language, which links keep."""
    return {name: value for name, value in query.arguments().items() if name != "lang"}
