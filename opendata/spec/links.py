"""The links of a response: where to go from here, as absolute addresses."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple
from urllib.parse import urlencode

from opendata.formats import FORMATS

#: Parameters that say which part of the rows an answer holds, or what stands beside them.
_OF_PAGES = ("limit", "cursor", "expand", "facet")


class Turns(NamedTuple):
    """The cursors of the pages before and after one, where there are any."""

    before: str | None = None
    after: str | None = None


def page_links(
    base_url: str, path: str, query: Mapping[str, str], turns: Turns
) -> dict[str, str | None]:
    """Return the links of a page of a collection.

    :param path: the address without suffix.
    :param query: the parameters of the request.
    """
    turning = search_links(base_url, path, query, turns)
    described = turning.pop("describedby")
    return {**turning, **downloads(base_url, path, query), "describedby": described}


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
        "collection": f"{base_url}{path.rpartition('/')[0]}",
        "describedby": f"{base_url}/v1/schema",
    }


def address(base_url: str, path: str, query: Mapping[str, str]) -> str:
    """Return the absolute address of ``path`` with ``query``."""
    return f"{base_url}{path}" + (f"?{urlencode(query)}" if query else "")
