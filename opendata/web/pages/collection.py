"""The page of a collection: a table to search, narrow down, sort, page through and take along."""

from __future__ import annotations

from collections.abc import Iterator

from flask import Response, request

from opendata.spec import Resource
from opendata.spec.links import Turns
from opendata.store import LostPlaceError
from opendata.web.current import store
from opendata.web.languages import reader
from opendata.web.lookup import caching, collection_of, find_version, gone, locate
from opendata.web.pages.answering import failed_page, led_on, page_answer, shell_of
from opendata.web.pages.asking import canonical
from opendata.web.pages.collection_model import CollectionPage
from opendata.web.pages.listing import Listing
from opendata.web.problems import ProblemError
from opendata.web.relations import relations, turning


def collection_page(
    resource: Resource,
    suffix: str | None = None,
    *,
    dataset: str | None = None,
    version: str | None = None,
) -> Response:
    """Answer with the page of what a query selects; where it has faults, with what they are."""
    current, collection = store(), collection_of(resource)
    held = find_version(current, dataset, version) if dataset else None
    view = Listing(current, resource, collection, shell_of(reader(), suffix), held)
    clean = canonical(request.args.lists(), view.listed, view.filters)
    if clean is not None:
        return led_on(view.shell, clean)
    try:
        asked = view.asked()
        start = view.places(asked).start()
    except ProblemError as error:
        if error.code != 400:
            raise
        return failed_page(400, "collection.html", view.refused(error.faults), view.shell)
    except LostPlaceError:
        problem = gone()
        return failed_page(409, "collection.html", view.refused(problem.faults), view.shell)
    turns: list[Turns] = []

    def model() -> CollectionPage:
        page = view.page(asked, start)
        turns.append(page.turns)
        return page

    def links() -> Iterator[str]:
        yield from relations(resource, view.whole, view.pinned)
        yield from turning(turns[-1])

    response = page_answer(
        "collection.html",
        view.shell,
        model,
        view.state,
        caching=caching(resource),
        links=links,
        negotiated=not suffix,
    )
    if view.whole is None:
        return response
    return locate(response, resource, current.base_url, view.pinned, suffix)
