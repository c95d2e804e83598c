"""What a request asks for: the query language, read from Flask's request."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import partial

from flask import request

from opendata.formats import Format, Options, resolve
from opendata.query.checks import missing, unknown
from opendata.query.cursor import Cursor
from opendata.query.faults import RequestFault, told
from opendata.query.filters import Filter, filters
from opendata.query.parameters import Parameter
from opendata.query.publications import Since, read_since
from opendata.query.reading import Request, read
from opendata.query.settings import search_settings, settings
from opendata.records import DATASETS, Collection, Column
from opendata.spec import Resource
from opendata.spec.parameters import (
    citation_settings,
    page_settings,
    record_settings,
    row_settings,
    settings_elsewhere,
)
from opendata.store import Store, VersionRow
from opendata.vocabularies import Label
from opendata.web.languages import preferred
from opendata.web.problems import ProblemError

_DETAIL = Label("请求参数有误，见 errors。", "The request has faults; see errors.")


def arguments() -> dict[str, str]:
    """Return the parameters of the request; a list that came in pieces is joined by commas."""
    return {name: ",".join(texts) for name, texts in request.args.lists()}


def none(*allowed: str) -> None:
    """Refuse every parameter that is not ``allowed``.

    :raises ProblemError: 400, naming each.
    """
    names = (name for name in request.args if name not in allowed)
    refuse(told(partial(unknown, name, allowed) for name in names))


def language() -> str | None:
    """Return the language that the request names, where that is all it may name.

    :raises ProblemError: 400, naming every fault.
    """
    asked = _read(DATASETS, "", {}, ["lang"], {})
    return asked.settings.get("lang")


def of_rows(
    current: Store,
    collection: Collection,
    format_: Format,
    path: str,
    *,
    across: bool,
    latest: VersionRow | None,
) -> Request:
    """Return what a request for the rows of a collection asks.

    :param path: the pinned address without suffix, which cursors belong to: those of the latest
        version are good at both its addresses.
    :param across: whether the address spans datasets, so that these can be filtered on.
    :param latest: the version that the address means without naming it. Where a cursor is of
        another one, the data have changed.
    :raises ProblemError: 400, naming every fault.
    """
    return _of_rows(
        current, collection, row_settings(collection, format_), path, across=across, latest=latest
    )


def of_page(
    current: Store,
    collection: Collection,
    path: str,
    *,
    across: bool,
    latest: VersionRow | None,
) -> Request:
    """Return what a request for a page of a collection asks; as :func:`of_rows`.

    :raises ProblemError: 400, naming every fault.
    """
    return _of_rows(current, collection, page_settings(), path, across=across, latest=latest)


def _of_rows(
    current: Store,
    collection: Collection,
    names: Iterable[str],
    path: str,
    *,
    across: bool,
    latest: VersionRow | None,
) -> Request:
    known = filters(collection, current.codes, across=across)
    others = settings_elsewhere(collection, row_settings)
    return _read(collection, path, known, names, others, _known(current, latest))


def of_search(current: Store, path: str) -> Request:
    """Return what a search across collections asks for.

    :raises ProblemError: 400, naming every fault.
    """
    return _of_search(current, path, search_settings())


def of_search_page(current: Store, path: str) -> Request:
    """Return what a page of a search asks for; as :func:`of_search`.

    :raises ProblemError: 400, naming every fault.
    """
    lang = {"lang": settings(DATASETS)["lang"]}
    return _of_search(current, path, search_settings() | lang)


def _of_search(current: Store, path: str, allowed: Mapping[str, Parameter]) -> Request:
    given = list(request.args.lists())
    asked, faults = read(DATASETS, _scope(path), given, {}, allowed, knows=_known(current))
    if "q" not in request.args:
        faults.append(missing("q"))
    refuse(faults)
    return asked


def of_publications() -> Since:
    """Return what a request for the versions that were published asks.

    :raises ProblemError: 400, naming every fault.
    """
    asked, faults = read_since(list(request.args.lists()))
    refuse(faults)
    return asked


def search_cursor(cursor: Cursor, path: str, asked: Request) -> str:
    """Return the text of a cursor that goes on with a search across collections."""
    return cursor.text(_scope(path), asked.query)


def of_record(collection: Collection, format_: Format) -> Request:
    """Return what a request for one record of a collection asks.

    :raises ProblemError: 400, naming every fault.
    """
    names = record_settings(collection, format_)
    return _read(collection, "", {}, names, settings_elsewhere(collection, record_settings))


def of_citation(current: Store, resource: Resource) -> Request:
    """Return what is to be cited: of a collection, the rows that a query selects.

    :raises ProblemError: 400, naming every fault.
    """
    assert resource.collection is not None
    collection, rows = resource.collection, resource.of_rows
    known = filters(collection, current.codes, across=resource.spans) if rows else {}
    return _read(collection, "", known, citation_settings(rows=rows), {})


def options(asked: Request) -> Options:
    """Return how a table is to be written."""
    given = asked.settings
    return Options(
        profile=given.get("profile", "machine"),
        language=given.get("lang") or preferred("zh"),
        bom=given.get("bom"),
        header=given.get("header"),
        delimiter=given.get("delimiter", "comma"),
    )


def columns(
    collection: Collection, asked: Request, format_: Format, chosen: Options
) -> tuple[Column, ...] | None:
    """Return the columns that ``fields`` names, in its order; ``None`` where all are wanted."""
    names = asked.names("fields")
    if not names:
        return None
    return resolve(collection, names, format_.offered(collection, chosen))


def refuse(faults: Iterable[RequestFault]) -> None:
    """Do nothing where there are no faults.

    :raises ProblemError: 400, naming every fault.
    """
    found = list(faults)
    if found:
        raise ProblemError(400, _DETAIL, found)


def _scope(path: str) -> str:
    """Return what a cursor of a search belongs to: the address and the collections looked in."""
    return f"{path}?{arguments().get('collection', '')}"


def _known(current: Store, latest: VersionRow | None = None) -> Callable[[Cursor], bool]:
    """Return what tells whether the version that a cursor names is there, and still the latest."""

    def knows(cursor: Cursor) -> bool:
        if latest and cursor.dataset == latest.dataset:
            return cursor.version == latest.version
        return current.version(cursor.dataset, cursor.version) is not None

    return knows


def _read(
    collection: Collection,
    path: str,
    known: Mapping[str, Filter],
    names: Iterable[str],
    others: Mapping[str, Sequence[str]],
    knows: Callable[[Cursor], bool] = lambda _: True,
) -> Request:
    every = settings(collection)
    allowed = {name: every[name] for name in names}
    given = list(request.args.lists())
    asked, faults = read(collection, path, given, known, allowed, others=others, knows=knows)
    refuse(faults)
    return asked
