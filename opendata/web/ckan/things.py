"""Actions about what packages are grouped by: organizations, groups and tags."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from opendata.ckan import sorts
from opendata.ckan.syntax import Phrase
from opendata.formats.json import dump
from opendata.store import Asked, Store, Thing
from opendata.web.ckan.arguments import Arguments
from opendata.web.ckan.faults import not_found
from opendata.web.ckan.joining import extended, listed
from opendata.web.ckan.searching import MOST_ROWS

#: The field of packages that names a thing of each kind.
_FIELDS = {"organization": "organization", "group": "groups", "tag": "tags"}
#: What a CKAN that has users shows of an organization or a group beside what there is here.
_EMPTY = dict.fromkeys(("extras", "groups", "tags", "users"), b"[]")
_SORTED = ("name", "package_count", "title")
#: Names that are completed at a time.
_COMPLETED = 20


def organization_list(current: Store, arguments: Arguments) -> bytes:
    """Return the organizations, by title.

    all_fields: whole ones, not their names. organizations: only those of these names. sort:
    name, title or package_count with asc or desc. limit, offset: a page. include_extras,
    include_groups, include_tags, include_users: with all_fields, these too, which are empty.
    """
    return _list(current, arguments, "organization")


def group_list(current: Store, arguments: Arguments) -> bytes:
    """Return the groups, which are themes, by title.

    groups: only those of these names. Others are as of organization_list.
    """
    return _list(current, arguments, "group")


def organization_show(current: Store, arguments: Arguments) -> bytes:
    """Return an organization.

    id: its name or id. include_datasets: with its first 1000 datasets.
    """
    return _show(current, arguments, "organization")


def group_show(current: Store, arguments: Arguments) -> bytes:
    """Return a group.

    id: its name or id. include_datasets: with its first 1000 datasets.
    """
    return _show(current, arguments, "group")


def group_package_show(current: Store, arguments: Arguments) -> bytes:
    """Return the datasets of a group.

    id: its name or id. limit: at most so many (1000, which is the most).
    """
    found = _found(current, arguments.needed("id"), "group")
    limit = arguments.natural("limit", MOST_ROWS, MOST_ROWS)
    arguments.check()
    return listed(_packages(current, found, "group", limit))


def tag_list(current: Store, arguments: Arguments) -> bytes:
    """Return the tags, by name.

    query: only those with this text. all_fields: whole ones, not their names. vocabulary_id: of
    a vocabulary, of which there is none.
    """
    query, whole = arguments.text("query").lower(), arguments.truth("all_fields", default=False)
    vocabulary = arguments.text("vocabulary_id")
    arguments.check()
    if vocabulary:
        raise not_found(f"could not find vocabulary {vocabulary!r}")
    found = [tag for tag in current.packages.things("tag") if query in tag.name.lower()]
    return listed(tag.json for tag in found) if whole else dump([tag.name for tag in found])


def tag_show(current: Store, arguments: Arguments) -> bytes:
    """Return a tag.

    id: its name or id. include_datasets: with its first 1000 datasets.
    """
    found = _found(current, arguments.needed("id"), "tag")
    with_packages = arguments.truth("include_datasets", default=False)
    arguments.check()
    more = {"packages": listed(_packages(current, found, "tag", MOST_ROWS))}
    return extended(found.json, more if with_packages else {})


def tag_search(current: Store, arguments: Arguments) -> bytes:
    """Return the tags that have a text.

    query: the text, or a list of texts, all of which it has. limit, offset: a page.
    """
    sought = [text.lower() for text in arguments.texts("query")]
    limit, offset = arguments.natural("limit", MOST_ROWS, MOST_ROWS), arguments.natural("offset", 0)
    if not sought:
        arguments.fault("query", "Missing value")
    arguments.check()
    tags = current.packages.things("tag")
    found = [tag for tag in tags if all(text in tag.name.lower() for text in sought)]
    results = [
        {"id": tag.id, "name": tag.name, "vocabulary_id": None}
        for tag in found[offset : offset + limit]
    ]
    return dump({"count": len(found), "results": results})


def tag_autocomplete(current: Store, arguments: Arguments) -> bytes:
    """Return the names of tags that begin with a text.

    q or query: the text. limit: at most so many (10).
    """
    text = arguments.needed("query", "q").lower()
    limit = arguments.natural("limit", 10, MOST_ROWS)
    arguments.check()
    tags = current.packages.things("tag")
    return dump([tag.name for tag in tags if tag.name.lower().startswith(text)][:limit])


def organization_autocomplete(current: Store, arguments: Arguments) -> bytes:
    """Return the organizations whose name or title has a text.

    q: the text. limit: at most so many (20).
    """
    return _complete(current, arguments, "organization")


def group_autocomplete(current: Store, arguments: Arguments) -> bytes:
    """Return the groups whose name or title has a text.

    q: the text. limit: at most so many (20).
    """
    return _complete(current, arguments, "group")


def _list(current: Store, arguments: Arguments, kind: str) -> bytes:
    named, plural = arguments.texts(f"{kind}s", commas=True), f"{kind}s"
    whole = arguments.truth("all_fields", default=False)
    field, descending = _order(arguments)
    limit = arguments.natural("limit", 0) if "limit" in arguments else None
    offset = arguments.natural("offset", 0)
    if (asked := arguments.text("type", kind)) != kind:
        arguments.fault("type", f"There are no {plural} of the type {asked!r}")
    arguments.check()
    found = [t for t in current.packages.things(kind) if not named or t.name in named]
    found.sort(key=lambda thing: _key(thing, field), reverse=descending)
    page = found[offset:] if limit is None else found[offset : offset + limit]
    if not whole:
        return dump([thing.name for thing in page])
    more = {
        name: value
        for name, value in _EMPTY.items()
        if arguments.truth(f"include_{name}", default=False)
    }
    arguments.check()
    return listed(extended(thing.json, more) for thing in page)


def _order(arguments: Arguments) -> tuple[str, bool]:
    """Return what is sorted by and whether the other way round."""
    words = arguments.text("sort").split() or ["title"]
    direction = words[1].lower() if len(words) == 2 else "asc"
    if words[0] not in _SORTED or len(words) > 2 or direction not in ("asc", "desc"):
        arguments.fault("sort", f"Write one of {', '.join(_SORTED)}, then asc or desc")
    return words[0], direction == "desc"


def _key(thing: Thing, field: str) -> tuple[Any, str]:
    known = {"name": thing.name, "package_count": thing.packages, "title": thing.title}
    return known.get(field), thing.name


def _show(current: Store, arguments: Arguments, kind: str) -> bytes:
    found = _found(current, arguments.needed("id"), kind)
    with_packages = arguments.truth("include_datasets", default=False)
    arguments.check()
    more = dict(_EMPTY)
    if with_packages:
        more["packages"] = listed(_packages(current, found, kind, MOST_ROWS))
    return extended(found.json, more)


def _found(current: Store, name: str, kind: str) -> Thing:
    found = current.packages.thing(kind, name)
    if found is None:
        raise not_found(f"{kind} {name!r}")
    return found


def _packages(current: Store, thing: Thing, kind: str, limit: int) -> Sequence[bytes]:
    asked = Asked(Phrase(_FIELDS[kind], thing.name))
    return current.packages.page(asked, sorts("name asc"), 0, limit)


def _complete(current: Store, arguments: Arguments, kind: str) -> bytes:
    text = arguments.needed("q").lower()
    limit = arguments.natural("limit", _COMPLETED, MOST_ROWS)
    arguments.check()
    found = [
        {"id": thing.id, "name": thing.name, "title": thing.title}
        for thing in current.packages.things(kind)
        if text in thing.name.lower() or text in thing.title.lower()
    ]
    return dump(found[:limit])
