"""The page of a search across collections: what a text finds, with where it stands."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

import orjson
from flask import Response, request

from opendata.query.faults import RequestFault
from opendata.query.parameters import DEFAULT_LIMIT
from opendata.query.reading import Request
from opendata.records import COLLECTIONS, DATASETS, Collection
from opendata.search import Term, matches, terms
from opendata.spec import Reach, Resource
from opendata.spec.links import Turns
from opendata.store import Hit, LostPlaceError, Start, Store
from opendata.vocabularies import Label
from opendata.web import query
from opendata.web.conditional import LATEST
from opendata.web.current import store
from opendata.web.languages import reader
from opendata.web.lookup import gone
from opendata.web.pages.answering import failed_page, led_on, page_answer, shell_of
from opendata.web.pages.asking import canonical
from opendata.web.pages.cells import Found, pieces, record_path, title_pieces
from opendata.web.problems import ProblemError
from opendata.web.relations import relations, turning
from opendata.web.search import start_of, turns_of

_ALL = {**COLLECTIONS, DATASETS.name: DATASETS}
#: Places of a record in which a text was found that are shown, beside its title.
_PLACES = 2


@dataclass(frozen=True, slots=True)
class Result:
    """A record that was found."""

    collection: Collection
    path: str
    title: Mapping[str, str]
    pieces: Sequence[tuple[str, bool]]
    dataset: str
    version: str
    found: Sequence[Found]


@dataclass(frozen=True, slots=True)
class SearchPage:
    """What the page shows; without results where nothing was asked, or the query has faults."""

    sought: str
    query: Mapping[str, str]
    chosen: Sequence[str]
    faults: Sequence[RequestFault] = ()
    total: int | None = None
    results: Sequence[Result] = ()
    turns: Turns = field(default_factory=Turns)


def search_page(resource: Resource, suffix: str | None = None) -> Response:
    """Answer with the page of what ``q`` finds; without ``q``, with what to ask."""
    current, shell = store(), shell_of(reader(), suffix)
    clean = canonical(request.args.lists(), (), {})
    if clean is not None:
        return led_on(shell, clean)
    if "q" not in request.args and not set(request.args) - {"lang", "collection"}:
        return page_answer(
            "search.html", shell, lambda: _empty(()), current.digest, negotiated=not suffix
        )
    try:
        asked = query.of_search_page(current, resource.path)
        start = start_of(current, asked.cursor)
    except ProblemError as error:
        if error.code != 400:
            raise
        return failed_page(400, "search.html", _empty(error.faults), shell)
    except LostPlaceError:
        return failed_page(409, "search.html", _empty(gone().faults), shell)
    turns: list[Turns] = []

    def model() -> SearchPage:
        page = _page(current, resource.path, asked, start, shell.language)
        turns.append(page.turns)
        return page

    def links() -> Iterator[str]:
        yield from turning(turns[-1])
        yield from relations(resource, None)

    return page_answer(
        "search.html",
        shell,
        model,
        current.digest,
        caching=LATEST,
        links=links,
        negotiated=not suffix,
    )


def _empty(faults: Sequence[RequestFault]) -> SearchPage:
    arguments = _arguments()
    chosen = arguments.get("collection", "").split(",")
    return SearchPage(arguments.get("q", ""), arguments, chosen, faults)


def _page(
    current: Store, path: str, asked: Request, start: Start | None, language: str
) -> SearchPage:
    sought = asked.query.search or ""
    names = asked.names("collection")
    within = names or tuple(_ALL)
    hits, more = current.hits(sought, within, start, asked.limit or DEFAULT_LIMIT)
    wanted = terms(sought)
    return SearchPage(
        sought,
        _arguments(),
        names,
        (),
        current.hit_count(sought, within),
        [_result(hit, wanted, language) for hit in hits],
        turns_of(current, path, asked, hits, start, more=more),
    )


def _result(hit: Hit, wanted: Sequence[Term], language: str) -> Result:
    record, collection = orjson.loads(hit.fragment), _ALL[hit.collection]
    found = matches(collection, record, wanted, hit.reading)
    title = record["title"][language]
    others = [(name, one) for name, one in found if one.text != title][:_PLACES]
    labels = {column.name: column.heading for column in collection.columns}
    return Result(
        collection,
        record_path(collection, Reach.EVERYWHERE, record),
        record["title"],
        title_pieces(title, found, f"title_{language}"),
        hit.dataset,
        hit.version,
        [Found(labels.get(name, Label(name, name)), pieces(one)) for name, one in others],
    )


def _arguments() -> dict[str, str]:
    return {name: value for name, value in query.arguments().items() if name != "lang"}
