"""Actions that read rows: a CSV resource is a table (CKAN's DataStore)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from urllib.parse import urlencode, urlsplit

from opendata.errors import choose_from
from opendata.formats.csv import MACHINE
from opendata.formats.delimited import cells_of
from opendata.formats.json import dump
from opendata.query import Query, fields_of
from opendata.records import COLLECTIONS, Collection
from opendata.store import Scope, Store, VersionRow
from opendata.store.windows import Window
from opendata.web.ckan.arguments import Arguments
from opendata.web.ckan.faults import not_found
from opendata.web.ckan.joining import keyed
from opendata.web.ckan.tables import RECORDS, ROW_ID, asked_columns, asked_rows, types

#: Rows of a page: CKAN's own number, and the most (ckan.datastore.search.rows_max).
ROWS, MOST_ROWS = 100, 32_000

_PARAMETERS = (
    *("resource_id", "id", "filters", "q", "fields", "sort", "limit", "offset", "include_total"),
    *("records_format", "distinct", "plain", "total_estimation_threshold"),
)


def datastore_search(current: Store, arguments: Arguments) -> bytes:
    """Return rows of a CSV resource with datastore_active, as its latest version has them.

    resource_id: its id. filters: an object of columns and values, or lists of values; null is
    having none. q: what the rows have, or an object of columns and what each has. fields: these
    columns only. sort: columns with asc or desc. limit: at most so many (100; the most is
    32000). offset: skip so many. include_total: whether to count them (true). records_format:
    objects, lists, csv or tsv.
    """
    _refuse_unknown(arguments)
    collection, version = _table(current, arguments)
    limit, offset = arguments.natural("limit", ROWS, MOST_ROWS), arguments.natural("offset", 0)
    query, columns = (
        asked_rows(current, collection, arguments),
        asked_columns(collection, arguments),
    )
    counted = arguments.truth("include_total", default=True)
    form = arguments.text("records_format", "objects")
    if form not in RECORDS:
        arguments.fault("records_format", f"Must be one of {', '.join(RECORDS)}")
    arguments.check()
    found = current.window(collection.name, MACHINE.name, version, query, offset, limit)
    kinds = types(collection)
    shown = [{"id": name, "type": kinds[name]} for name in columns]
    lines = _lines(collection, found, columns)
    members = {
        "include_total": dump(counted),
        "limit": dump(limit),
        **({"offset": dump(offset)} if offset else {}),
        "records_format": dump(form),
        "resource_id": dump(arguments.text("resource_id") or arguments.text("id")),
        "total_estimation_threshold": b"null",
        "records": RECORDS[form](columns, [kinds[name] for name in columns], lines),
        "fields": dump(shown),
        "_links": dump(_links(current.base_url, arguments, limit, offset)),
    }
    if counted:
        members |= {"total": dump(_total(current, collection, version, query))}
        members |= {"total_was_estimated": b"false"}
    return keyed(members)


def datastore_info(current: Store, arguments: Arguments) -> bytes:
    """Return what the columns of a CSV resource mean and how many rows it has.

    id or resource_id: its id.
    """
    collection, version = _table(current, arguments)
    arguments.check()
    known, columns = types(collection), fields_of(collection)
    fields = [
        {
            "id": name,
            "type": kind,
            "schema": {
                "native_type": kind,
                "notnull": name == ROW_ID,
                "is_index": False,
                "index_name": None,
                "uniquekey": name == ROW_ID,
            },
            "info": {
                "label": columns[name].column.label.zh,
                "label_en": columns[name].column.label.en,
                "notes": columns[name].column.note.zh,
                "notes_en": columns[name].column.note.en,
            }
            if name in columns
            else {},
        }
        for name, kind in known.items()
    ]
    count = _total(current, collection, version, Query())
    known_as = arguments.text("resource_id") or arguments.text("id")
    meta = {"id": known_as, "count": count, "table_type": "BASE TABLE", "aliases": []}
    return dump({"meta": meta, "fields": fields})


def _refuse_unknown(arguments: Arguments) -> None:
    """Refuse what would be ignored: rows would come that are not asked for."""
    for name in sorted(set(arguments.names()) - set(_PARAMETERS)):
        arguments.fault(name, f"There is no such parameter; {choose_from(name, _PARAMETERS)}")
    if arguments.truth("distinct", default=False):
        arguments.fault("distinct", "Distinct rows are not supported: every row differs by its id")
    if not arguments.truth("plain", default=True):
        arguments.fault("plain", "Queries of PostgreSQL's text search are not supported")
    arguments.check()


def _table(current: Store, arguments: Arguments) -> tuple[Collection, VersionRow]:
    known = arguments.needed("resource_id", "id")
    found = current.packages.resource(known)
    version = current.version(found.dataset) if found else None
    if found is None or version is None or found.collection is None:
        raise not_found(f'Resource "{known}" was not found.')
    return COLLECTIONS[found.collection], version


def _total(current: Store, collection: Collection, version: VersionRow, query: Query) -> int:
    return current.count(collection.name, Scope(version), query)


def _lines(collection: Collection, found: Window, columns: Sequence[str]) -> Iterator[list[str]]:
    """Yield the cells of each row, in the order of ``columns``."""
    places = [list(types(collection)).index(name) for name in columns]
    for place, cells in zip(found.places, cells_of(found.fragments), strict=True):
        whole = [str(place), *cells]
        yield [whole[at] for at in places]


def _links(base_url: str, arguments: Arguments, limit: int, offset: int) -> dict[str, str]:
    """Return the paths of this page and the next, for clients that ask by GET."""
    given = {
        name: value if isinstance(value, str) else dump(value).decode()
        for name in sorted(arguments.names())
        if name not in ("limit", "offset")
        for value in [arguments.value(name)]
    }
    path = f"{urlsplit(base_url).path}/api/3/action/datastore_search"
    first = urlencode({**given, "limit": limit})
    following = urlencode({**given, "limit": limit, "offset": offset + limit})
    return {"start": f"{path}?{first}", "next": f"{path}?{following}"}
