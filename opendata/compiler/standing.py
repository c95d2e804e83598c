"""How the versions of a store stand to each other, known only once all of them are together.

Parts are compiled version by version. What a version's answers say of later ones is put into
them here: its neighbours, whether it is superseded, and whether its dataset is given up, which
the latest version decides for all. Rows are left alone, so that downloads keep their digests.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from itertools import groupby
from typing import Any

import orjson
from sqlalchemy import Row, select, update
from sqlalchemy.engine import Connection

from opendata.formats.json import dump
from opendata.records.patterns import DRAFT
from opendata.spec.notices import DRAFT_NOTICE, deprecated, joined, superseded
from opendata.store.layout import documents, versions


def settle(connection: Connection, base_url: str) -> None:
    """Complete what is said of every version of the store that ``connection`` writes."""
    statement = select(versions).order_by(versions.c.version_key)
    rows = connection.execute(statement).all()
    for _, group in groupby(rows, key=lambda row: row.dataset):
        for row, values in _values(list(group), base_url):
            key = versions.c.version_key == row.version_key
            connection.execute(update(versions).where(key).values(**values))
            if values["meta"] != row.meta:
                _replace_meta(connection, row, values["meta"])


def _values(rows: list[Row[Any]], base_url: str) -> Iterator[tuple[Row[Any], dict[str, Any]]]:
    """Yield each version of a dataset with what is to be written of it, oldest first."""
    deprecation = rows[-1].deprecation
    given_up = deprecated(orjson.loads(deprecation), base_url) if deprecation else None
    released = [row for row in rows if row.version != DRAFT]
    beside = [None, *(row.version for row in rows), None]
    for row, before, after in zip(rows, beside, beside[2:], strict=False):
        meta = orjson.loads(row.meta)
        newest = released[-1] if released else row
        notice = DRAFT_NOTICE if row.version == DRAFT else None
        if row.version not in (newest.version, DRAFT):
            meta["superseded_by"] = newest.version
            dataset = f"{base_url}/v1/datasets/{row.dataset}"
            notice = superseded(row.version, newest.version, newest.released, dataset)
        meta["notice"] = joined(notice, given_up)
        yield (
            row,
            {
                "meta": dump(meta),
                "predecessor": before,
                "successor": after,
                "deprecation": deprecation,
            },
        )


def _replace_meta(connection: Connection, row: Row[Any], meta: bytes) -> None:
    """Put the completed ``meta`` into the ready-made documents of a version."""
    path = f"/v1/datasets/{row.dataset}/versions/{row.version}"
    below = documents.c.path.between(f"{path}/", f"{path}0")  # "0" is what follows "/"
    for found in connection.execute(select(documents).where(below)).all():
        body = found.body.replace(b',"meta":' + row.meta, b',"meta":' + meta, 1)
        digest = hashlib.sha256(body).hexdigest()
        values = {"body": body, "sha256": digest}
        connection.execute(update(documents).where(documents.c.path == found.path).values(**values))
