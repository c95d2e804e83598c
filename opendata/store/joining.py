"""Documents of the catalogue, joined from pieces that were written when the store was built."""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from typing import NamedTuple

from sqlalchemy import Select, select
from sqlalchemy.engine import Connection

from opendata.store.layout import TABLES, pieces, versions

#: The fact that says which datasets are on each page of the catalogue.
PAGES = "catalogue_pages"


class Pieces(NamedTuple):
    """Which pieces: of a form and language, of datasets in a row, of one version or of all.

    ``language`` is empty for all languages. With a version, the pieces are that of the dataset
    and that of the version.
    """

    form: str
    language: str
    first: str
    last: str
    version: str | None = None


class StoredEdition(NamedTuple):
    """A version of a dataset: its record as JSON, and when it was published (UTC)."""

    dataset: str
    published: str
    record: bytes


def digests(connection: Connection, which: Pieces) -> list[str]:
    """Return the SHA-256 of each piece, in their order."""
    return list(connection.execute(_chosen(select(pieces.c.sha256), which)).scalars())


def bodies(connection: Connection, which: Pieces) -> Iterator[bytes]:
    """Yield each piece, in their order."""
    statement = _chosen(select(pieces.c.body), which).execution_options(yield_per=100)
    for body in connection.execute(statement).scalars():
        yield zlib.decompress(body)


def editions(connection: Connection) -> Iterator[StoredEdition]:
    """Yield every version of every dataset, those of a dataset together, oldest first."""
    rows = TABLES["datasets"].rows
    statement = (
        select(versions.c.dataset, versions.c.released, rows.c.json)
        .join(rows, rows.c.row == versions.c.version_key)
        .order_by(versions.c.version_key)
        .execution_options(yield_per=100)
    )
    for dataset, released, record in connection.execute(statement):
        yield StoredEdition(dataset, _published(released), record)


def _published(released: str) -> str:
    """Return when a version was published, as far as its date of release tells."""
    return f"{released}T00:00:00Z"


def _chosen(statement: Select[tuple[str]] | Select[tuple[bytes]], which: Pieces) -> Select[tuple]:  # type: ignore[type-arg]
    statement = statement.where(
        pieces.c.form == which.form,
        pieces.c.language == which.language,
        pieces.c.dataset >= which.first,
        pieces.c.dataset <= which.last,
    )
    if which.version is not None:
        statement = statement.where(pieces.c.version.in_(("", which.version)))
    return statement.order_by(pieces.c.dataset, pieces.c.position, pieces.c.version)
