"""Actions about packages and their resources."""

from __future__ import annotations

from opendata.ckan import sorts
from opendata.ckan.syntax import Everything
from opendata.formats.json import dump
from opendata.store import Asked, Store
from opendata.store.packages import RESOURCE_TEXTS
from opendata.web.ckan.arguments import Arguments
from opendata.web.ckan.faults import not_found
from opendata.web.ckan.joining import keyed, listed
from opendata.web.ckan.searching import MOST_ROWS


def package_list(current: Store, arguments: Arguments) -> bytes:
    """Return the names of all datasets, sorted.

    limit: at most so many. offset: skip so many.
    """
    limit = arguments.natural("limit", 0) if "limit" in arguments else None
    offset = arguments.natural("offset", 0)
    arguments.check()
    return dump(current.packages.names(limit, offset))


def package_show(current: Store, arguments: Arguments) -> bytes:
    """Return a dataset with its resources.

    id: its name or id.
    """
    name = arguments.needed("id", "name_or_id")
    found = current.packages.one(name)
    if found is None:
        raise not_found(f"package {name!r}")
    return found


def current_package_list_with_resources(current: Store, arguments: Arguments) -> bytes:
    """Return the datasets with their resources, those changed last first.

    limit: at most so many (1000, which is the most). offset: skip so many. page: instead of
    offset, from 1.
    """
    limit = arguments.natural("limit", MOST_ROWS, MOST_ROWS)
    offset = arguments.natural("offset", 0)
    if "page" in arguments:
        offset = max(arguments.natural("page", 1) - 1, 0) * limit
    arguments.check()
    order = sorts("metadata_modified desc")
    return listed(current.packages.page(Asked(Everything()), order, offset, limit))


def package_autocomplete(current: Store, arguments: Arguments) -> bytes:
    """Return the datasets whose name or title has a text.

    q: the text. limit: at most so many (10).
    """
    text, limit = arguments.needed("q"), arguments.natural("limit", 10, MOST_ROWS)
    arguments.check()
    return dump([_completed(text, *found) for found in current.packages.completing(text, limit)])


def _completed(text: str, name: str, title: str) -> dict[str, str]:
    by_title = text.lower() in title.lower()
    return {
        "name": name,
        "title": title,
        "match_field": "title" if by_title else "name",
        "match_displayed": f"{title} ({name})" if by_title else name,
    }


def resource_show(current: Store, arguments: Arguments) -> bytes:
    """Return a resource.

    id: its id.
    """
    known = arguments.needed("id")
    found = current.packages.resource(known)
    if found is None:
        raise not_found(f"resource {known!r}")
    return found.json


def resource_search(current: Store, arguments: Arguments) -> bytes:
    """Return the resources whose texts have others.

    query: field:text, or a list of such, all of which have to hold; fields are name,
    description, format, url, hash and mimetype. order_by: one of these. limit: at most so many.
    offset: skip so many.
    """
    wanted = []
    for term in arguments.texts("query"):
        name, _, text = term.partition(":")
        if name not in RESOURCE_TEXTS or not text:
            arguments.fault("query", f"{term!r}: write one of {', '.join(RESOURCE_TEXTS)}:text")
        wanted.append((name, text))
    if not wanted:
        arguments.fault("query", "Missing value")
    order = arguments.text("order_by") or None
    if order not in (None, *RESOURCE_TEXTS):
        arguments.fault("order_by", f"Must be one of {', '.join(RESOURCE_TEXTS)}")
    limit = arguments.natural("limit", MOST_ROWS, MOST_ROWS)
    offset = arguments.natural("offset", 0)
    arguments.check()
    total, found = current.packages.resources(wanted, order, limit, offset)
    return keyed({"count": dump(total), "results": listed(found)})


def resource_view_list(current: Store, arguments: Arguments) -> bytes:
    """Return the views of a resource: there are none.

    id: the resource's id.
    """
    known = arguments.needed("id")
    if current.packages.resource(known) is None:
        raise not_found(f"resource {known!r}")
    return dump([])
