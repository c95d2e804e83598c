"""The whole-collection files that a version lists with their digests.

They stay the same for good, which JSON and workbooks do not: those tell which versions came after.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from typing import Any

from opendata.formats import (
    EXCEL_EN,
    EXCEL_ZH,
    JSON,
    MACHINE,
    NDJSON,
    Representation,
    Table,
)
from opendata.records import Collection
from opendata.vocabularies import Label

#: The tables for programs and for spreadsheets.
_FILES = (
    (MACHINE, "", Label("CSV，供程序使用", "CSV for programs")),
    (
        EXCEL_ZH,
        "?profile=excel&lang=zh",
        Label("CSV，供 Excel 使用，中文", "CSV for Excel, Chinese"),
    ),
    (
        EXCEL_EN,
        "?profile=excel&lang=en",
        Label("CSV，供 Excel 使用，英文", "CSV for Excel, English"),
    ),
)


def distributions(
    collection: Collection, fragments: Mapping[str, list[bytes]], address: str
) -> Iterator[dict[str, Any]]:
    """Yield the files of a collection that stay the same for good, with their digests.

    :param fragments: of its rows, by representation.
    :param address: the pinned one of the version.
    """
    title = collection.title
    bodies = [
        (r.suffix, query, r.media_type, named, _file(r, collection, fragments[r.name]))
        for r, query, named in _FILES
    ]
    lines = b"".join(NDJSON.write(Table(collection), [fragments[JSON.name]]))
    bodies.append((NDJSON.suffix, "", NDJSON.media_type, Label("NDJSON", "NDJSON"), lines))
    for suffix, query, media_type, named, body in bodies:
        yield {
            "collection": collection.name,
            "title": {"zh": f"{title.zh}（{named.zh}）", "en": f"{title.en}: {named.en}"},
            "url": f"{address}/{collection.name}.{suffix}{query}",
            "media_type": media_type,
            "byte_size": len(body),
            "sha256": hashlib.sha256(body).hexdigest(),
        }


def _file(representation: Representation, collection: Collection, fragments: list[bytes]) -> bytes:
    return representation.head(collection) + b"".join(fragments)
