"""The action package_search: which datasets a query selects, in which order, how many of each."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

import orjson

from opendata.ckan import (
    FIELDS,
    Expression,
    SolrError,
    Sort,
    field_of,
    many_values,
    parse,
    sorts,
)
from opendata.ckan.syntax import DEFAULT_FIELD, Word
from opendata.errors import choose_from
from opendata.formats.json import dump
from opendata.store import Asked, Store
from opendata.web.ckan.arguments import Arguments
from opendata.web.ckan.faults import bad_search, bad_search_query
from opendata.web.ckan.joining import keyed, listed

#: Packages of a page: CKAN's own number, and the most (ckan.search.rows_max).
ROWS, MOST_ROWS = 10, 1000
#: Values of a facet: CKAN's own number; and fields that can be counted at a time.
_VALUES, _MOST_FACETS = 50, 20
#: Filters of one search.
_MOST_FILTERS = 50

_PARAMETERS = (
    *("q", "fq", "fq_list", "sort", "rows", "start", "fl", "facet", "facet.field", "facet.limit"),
    *("facet.mincount", "include_private", "include_drafts", "include_deleted"),
    "use_default_schema",
)
#: The kind of thing that gives the values of a field their titles.
_TITLED = {"organization": "organization", "groups": "group", "license_id": "license"}
#: What shows that ``q`` is a query: a field's name with something behind its colon.
_NAMES_FIELD = re.compile(r"(?:^|[\s(+!-])(?:[A-Za-z_][\w.-]*|\*):\S", re.ASCII)


def package_search(current: Store, arguments: Arguments) -> bytes:
    """Return the datasets that a query selects, in pages.

    q: words to look for, or a query; fq, fq_list: queries that have to hold too. Supported is
    this part of Solr's syntax: field:word, field:"some words", field:(a OR b), field:ab*,
    field:[low TO high], field:{low TO high}, field:*, *:*, AND, OR, NOT, + and -, parentheses.
    sort: fields with asc or desc. rows: at most so many (10; the most is 1000). start: skip so
    many. facet.field: count the values of these fields; facet.limit (50, -1 for all),
    facet.mincount (1). fl: only these fields, as the index has them. There are no private
    datasets and no drafts, so include_private and include_drafts change nothing.
    """
    _refuse_unknown(arguments)
    rows = arguments.natural("rows", ROWS, MOST_ROWS)
    start = arguments.natural("start", 0)
    q, order = arguments.text("q"), arguments.text("sort")
    filters = arguments.texts("fq") + arguments.texts("fq_list")
    if len(filters) > _MOST_FILTERS:
        arguments.fault("fq_list", f"Has more than {_MOST_FILTERS} members")
    wanted, counted = arguments.texts("fl", commas=True), _Counted.of(arguments)
    arguments.check()
    by = _order(order)
    try:
        asked = Asked(_query(q), tuple(map(parse, filters)))
        page = current.packages.page(asked, by, start, rows)
        facets = {name: counted.values(current, asked, name) for name in counted.fields}
        total = current.packages.count(asked)
        results = listed(_chosen(page, wanted))
    except SolrError as error:
        raise bad_search(str(error)) from error
    return keyed(
        {
            "count": dump(total),
            "facets": dump({name: dict(values) for name, values in facets.items()}),
            "results": results,
            "sort": dump(", ".join(f"{s.field} {'desc' if s.descending else 'asc'}" for s in by)),
            "search_facets": dump({n: _shown(current, n, v) for n, v in facets.items()}),
        }
    )


def _refuse_unknown(arguments: Arguments) -> None:
    """Refuse what would be ignored; what changes nothing here has to be valid all the same."""
    unknown = sorted(set(arguments.names()) - set(_PARAMETERS))
    if unknown:
        advice = choose_from(unknown[0], _PARAMETERS)
        raise bad_search_query(f"Invalid search parameters: {unknown}; {advice}")
    for name in ("include_private", "include_drafts", "include_deleted", "use_default_schema"):
        arguments.truth(name, default=False)


def _query(q: str) -> Expression:
    """Return what ``q`` asks for: a query, or words of people, who may write what they like.

    :raises SolrError: where it names a field, and so means to be a query, but is none.
    """
    try:
        return parse(q)
    except SolrError:
        if _NAMES_FIELD.search(q):
            raise
        return Word(DEFAULT_FIELD, q)


def _order(text: str) -> tuple[Sort, ...]:
    try:
        return sorts(text)
    except SolrError as error:
        raise bad_search_query(f'Invalid "sort" parameter: {error}') from error


class _Counted(NamedTuple):
    """Which fields are counted: so many of their values, of at least so many packages."""

    fields: Sequence[str]
    limit: int | None
    least: int

    @classmethod
    def of(cls, arguments: Arguments) -> _Counted:
        """Return what is asked to be counted."""
        names = list(dict.fromkeys(arguments.texts("facet.field")))
        if len(names) > _MOST_FACETS:
            arguments.fault("facet.field", f"Has more than {_MOST_FACETS} members")
        limit = arguments.integer("facet.limit", _VALUES)
        least = arguments.natural("facet.mincount", 1)
        asked = arguments.truth("facet", default=True)
        return cls(names if asked else (), None if limit < 0 else limit, least)

    def values(self, current: Store, asked: Asked, name: str) -> list[tuple[str, int]]:
        """Return the values of a field with how many packages have each.

        :raises SolrError: where the field cannot be counted.
        """
        if not field_of(name).countable:
            raise SolrError(f"{name!r} cannot be counted")
        return current.packages.facet(asked, name, self.limit, self.least)


def _shown(current: Store, name: str, values: Sequence[tuple[str, int]]) -> dict[str, Any]:
    """Return a facet as CKAN shows it to people."""
    titles: dict[str, str] = {}
    if name in _TITLED and values:
        titles = {thing.name: thing.title for thing in current.packages.things(_TITLED[name])}
    items = [
        {"name": value, "display_name": titles.get(value, value), "count": count}
        for value, count in values
    ]
    return {"title": name, "items": items}


def _chosen(page: Iterable[bytes], wanted: Sequence[str]) -> Iterator[bytes]:
    """Yield packages, with the fields ``wanted`` only where there are such.

    :raises SolrError: for a field there is not.
    """
    if not wanted or "*" in wanted:
        yield from page
        return
    for name in wanted:
        if field_of(name).name == DEFAULT_FIELD:
            raise SolrError(f"{DEFAULT_FIELD!r} is searched only, it cannot be had")
    for fragment in page:
        yield dump(_fields(orjson.loads(fragment), wanted))


def _fields(package: Mapping[str, Any], wanted: Sequence[str]) -> dict[str, Any]:
    """Return the fields of a package as Solr has them: flat, with lists of texts."""
    flat = {
        **{name: package.get(name) for name in FIELDS},
        "title_string": package["title"],
        "organization": package["organization"]["name"],
        "dataset_type": package["type"],
        "capacity": "public",
        "entity_type": "package",
    }
    members: dict[str, list[str]] = {}
    for name, value in many_values(package):
        members.setdefault(name, []).append(value)
    return {name: members.get(name, []) if FIELDS[name].many else flat[name] for name in wanted}
