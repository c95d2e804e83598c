"""The links of a response: where to go from here, as absolute addresses."""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import urlencode


def page_links(
    base_url: str, path: str, query: Mapping[str, str], following: str | None
) -> dict[str, str | None]:
    """Return the links of a page of a collection.

    :param path: the address without suffix.
    :param query: the parameters of the request.
    :param following: the cursor of the next page, if there is one.
    """
    filters = {k: v for k, v in query.items() if k not in ("limit", "cursor", "expand")}
    return {
        "self": address(base_url, path, query),
        "next": address(base_url, path, {**query, "cursor": following}) if following else None,
        "csv": address(base_url, f"{path}.csv", filters),
        "csv_excel": address(base_url, f"{path}.csv", {**filters, "profile": "excel"}),
        "describedby": f"{base_url}/openapi.json",
    }


def record_links(
    base_url: str, path: str, pinned: str, query: Mapping[str, str]
) -> dict[str, str | None]:
    """Return the links of one record.

    :param pinned: the path of the record in its version, which never changes.
    :param query: the parameters of the request.
    """
    return {
        "self": address(base_url, path, query),
        "canonical": f"{base_url}{pinned}",
        "collection": f"{base_url}{path.rpartition('/')[0]}",
        "csv": f"{base_url}{path}.csv",
        "describedby": f"{base_url}/openapi.json",
    }


def address(base_url: str, path: str, query: Mapping[str, str]) -> str:
    """Return the absolute address of ``path`` with ``query``."""
    return f"{base_url}{path}" + (f"?{urlencode(query)}" if query else "")
