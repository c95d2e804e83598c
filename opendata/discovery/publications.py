"""The rows of ``/v1/changes``: which versions were published when, for mirrors to go on from."""

from __future__ import annotations

import csv
import io
from typing import Any

from opendata.discovery.model import Release

_COLUMNS = (
    *("dataset", "version", "latest", "published", "released", "title_zh", "title_en"),
    *("corrections", "sha256", "url", "feed", "changes"),
)


def position(published: str, dataset: str, version: str) -> str:
    """Return the place of a version in time as it is compared, and as cursors carry it.

    :param version: as it is compared (:func:`opendata.query.values.encode`).
    """
    return f"{published}~{dataset}~{version}"


def publication(
    base_url: str, release: Release, before: str | None, corrections: int
) -> dict[str, Any]:
    """Return the row of a version.

    :param before: the version before it, where there is one.
    :param corrections: how many it makes.
    """
    dataset = f"{base_url}/v1/datasets/{release.dataset}"
    changes = f"{dataset}/changes?from={before}&to={release.version}" if before else None
    return {
        "dataset": release.dataset,
        "version": release.version,
        "latest": release.latest,
        "published": release.published,
        "released": release.released,
        "title": release.title._asdict(),
        "corrections": corrections,
        "sha256": release.sha256,
        "url": f"{base_url}{release.path}",
        "feed": f"{dataset}/feed.atom",
        "changes": changes,
    }


def publication_line(row: dict[str, Any]) -> bytes:
    """Return a row as a line of CSV (RFC 4180)."""
    title = row["title"]
    flat = {**row, "title_zh": title["zh"], "title_en": title["en"]}
    return _line([_cell(flat[column]) for column in _COLUMNS])


def _cell(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return "" if value is None else str(value)


def _line(cells: list[str]) -> bytes:
    out = io.StringIO()
    csv.writer(out).writerow(cells)
    return out.getvalue().encode()


CSV_HEAD = _line(list(_COLUMNS))
