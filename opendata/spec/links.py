"""The links of a response: where to go from here, as absolute addresses."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple
from urllib.parse import quote, urlencode

from opendata.formats import FORMATS
from opendata.spec.resources import CITE

#: Parameters that say which part of the rows an answer holds, or what stands beside them.
_OF_PAGES = ("limit", "cursor", "expand", "facet")
#: Parameters that say how rows are written.
_OF_FORMATS = ("profile", "lang", "bom", "header", "delimiter")


class Turns(NamedTuple):
    """The cursors of the pages before and after one, where there are any."""

    before: str | None = None
    after: str | None = None


def page_links(
    base_url: str, path: str, query: Mapping[str, str], turns: Turns, *, citable: bool
) -> dict[str, str | None]:
    """Return the links of a page of a collection.

    :param path: the address without suffix.
    :param query: the parameters of the request.
    :param citable: whether what the query selects can be cited as such.
    """
    turning = search_links(base_url, path, query, turns)
    described = turning.pop("describedby")
    cite = cite_link(base_url, path, query) if citable else None
    files = downloads(base_url, path, query)
    return {**turning, **files, "cite": cite, "describedby": described}


def citation_links(
    base_url: str, path: str, pinned: str, query: Mapping[str, str]
) -> dict[str, str]:
    """Return the links of a citation.

    :param path: the address without suffix.
    :param pinned: the path of what is cited, in its version where it is of one.
    :param query: the parameters of the request.
    """
    return {
        "self": address(base_url, path, query),
        "canonical": cite_link(base_url, pinned, query),
        "describedby": f"{base_url}/openapi.json",
    }


def search_links(
    base_url: str, path: str, query: Mapping[str, str], turns: Turns
) -> dict[str, str | None]:
    """Return the links of a page of what a search finds."""
    first = {name: value for name, value in query.items() if name != "cursor"}
    return {
        "self": address(base_url, path, query),
        "first": address(base_url, path, first),
        "prev": turned(base_url, path, query, turns.before),
        "next": turned(base_url, path, query, turns.after),
        "describedby": f"{base_url}/v1/schema",
    }


def downloads(base_url: str, path: str, query: Mapping[str, str]) -> dict[str, str]:
    """Return the addresses of the same rows, all of them, in every other format."""
    rows = {name: value for name, value in query.items() if name not in _OF_PAGES}
    found = {
        suffix: address(base_url, f"{path}.{suffix}", rows)
        for suffix, format_ in FORMATS.items()
        if not format_.paged
    }
    excel = address(base_url, f"{path}.csv", {**rows, "profile": "excel"})
    return {"csv": found.pop("csv"), "csv_excel": excel, **found}


def turned(base_url: str, path: str, query: Mapping[str, str], cursor: str | None) -> str | None:
    """Return the address of another page of the same query, where there is one."""
    return address(base_url, path, {**query, "cursor": cursor}) if cursor else None


def record_links(
    base_url: str, path: str, pinned: str, query: Mapping[str, str]
) -> dict[str, str | None]:
    """Return the links of one record; its other formats are in the Link field.

    :param pinned: the path of the record in its version, which never changes.
    :param query: the parameters of the request.
    """
    return {
        "self": address(base_url, path, query),
        "canonical": f"{base_url}{pinned}",
        "cite": cite_link(base_url, path, {}),
        "collection": f"{base_url}{path.rpartition('/')[0]}",
        **_told_of(base_url, path, pinned),
        "describedby": f"{base_url}/v1/schema",
    }


def _told_of(base_url: str, path: str, pinned: str) -> dict[str, str]:
    """Return where it is told what became of a record, or what a dataset changed and corrected.

    What a version changed is asked for by its number, what the latest did by none.
    """
    dataset, _, in_version = pinned.partition("/versions/")
    version, _, below = in_version.partition("/")
    if below:
        return {"history": f"{base_url}{dataset}/{below}/history"}
    to = {} if path == dataset else {"to": version}
    return {
        "changes": address(base_url, f"{dataset}/changes", to),
        "corrections": f"{base_url}{dataset}/corrections",
    }


def permalink(base_url: str, pinned: str, query: Mapping[str, str]) -> str:
    """Return the one address of what a query selects, however it was asked for.

    Parameters stand in the order of their names; those that choose a page or a form are left
    out. It is ASCII: UTF-8, percent-encoded (RFC 3986).

    :param pinned: the path in its version, without suffix.
    """
    asked = sorted(rows_of(query).items())
    return f"{base_url}{pinned}" + (f"?{urlencode(asked, quote_via=quote)}" if asked else "")


def cite_link(base_url: str, path: str, query: Mapping[str, str]) -> str:
    """Return where it stands how to cite what is at ``path``, without suffix."""
    return permalink(base_url, f"{path}{CITE}", query)


def rows_of(query: Mapping[str, str]) -> dict[str, str]:
    """Return the parameters that say which rows are wanted, in which order and columns."""
    unneeded = (*_OF_PAGES, *_OF_FORMATS)
    return {name: value for name, value in query.items() if name not in unneeded}


def address(base_url: str, path: str, query: Mapping[str, str]) -> str:
    """Return the absolute address of ``path`` with ``query``."""
    return f"{base_url}{path}" + (f"?{urlencode(query)}" if query else "")
