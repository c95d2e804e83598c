"""Datasets as catalogues list them: their records, and the archives that records cannot name.

An archive holds the record of its version, so the record cannot state the archive's digest.
"""

from __future__ import annotations

from typing import Any

import orjson

from opendata.store import StoredFile
from opendata.vocabularies import Label

_TITLE = Label("全部文件（ZIP）", "All files (ZIP)")


def listed(record: bytes, base_url: str, archive: StoredFile | None) -> dict[str, Any]:
    """Return the record of a version, with its archive among the distributions.

    :param record: as JSON.
    :param archive: none in a preview.
    """
    found: dict[str, Any] = orjson.loads(record)
    if archive is not None:
        found["distributions"].append(
            {
                "collection": None,
                "title": _TITLE._asdict(),
                "url": f"{base_url}{archive.path}",
                "media_type": archive.content_type,
                "byte_size": archive.size,
                "sha256": archive.sha256,
            }
        )
    return found
