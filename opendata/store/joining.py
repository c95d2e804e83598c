"""Documents of the catalogue, joined from pieces that were written when the store was built."""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from typing import Any, NamedTuple, TypeVar

from sqlalchemy import ColumnElement, Row, Select, select
from sqlalchemy.engine import Connection

from opendata.store.answers import StoredFile
from opendata.store.layout import TABLES, files, pieces, versions

#: The columns of a version's archive.
ARCHIVE = tuple(column.label(f"archive_{column.name}") for column in files.columns)
#: Where the archive of a version is served.
ARCHIVE_PATH: ColumnElement[str] = (
    "/v1/datasets/" + versions.c.dataset + "/versions/" + versions.c.version + ".zip"
)

#: The fact that says which datasets are on each page of the catalogue.
PAGES = "catalogue_pages"


Chosen = TypeVar("Chosen", bound=Select[Any])


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


class StoredPiece(NamedTuple):
    """The SHA-256 of a piece, and its length in bytes."""

    sha256: str
    size: int


class StoredEdition(NamedTuple):
    """A version of a dataset: its record as JSON, when it was published (UTC), its archive."""

    dataset: str
    published: str
    record: bytes
    archive: StoredFile | None


def head_name(suffix: str, page: int) -> str:
    """Return what the catalogue's own piece of a page is called, in the place of a version.

    :param suffix: that the page is asked for with, empty for none.
    """
    return f"{suffix}?page={page}"


def digests(connection: Connection, which: Pieces) -> list[StoredPiece]:
    """Return the digest and the size of each piece, in their order."""
    found = connection.execute(_chosen(select(pieces.c.sha256, pieces.c.size), which))
    return [StoredPiece(*row) for row in found]


def bodies(connection: Connection, which: Pieces) -> Iterator[bytes]:
    """Yield each piece, in their order."""
    statement = _chosen(select(pieces.c.body), which).execution_options(yield_per=100)
    for body in connection.execute(statement).scalars():
        yield zlib.decompress(body)


def editions(connection: Connection) -> Iterator[StoredEdition]:
    """Yield every version of every dataset, those of a dataset together, oldest first."""
    rows = TABLES["datasets"].rows
    statement = (
        select(versions.c.dataset, versions.c.published, rows.c.json, *ARCHIVE)
        .join(rows, rows.c.row == versions.c.version_key)  # a version is one row, in their order
        .outerjoin(files, files.c.path == ARCHIVE_PATH)
        .order_by(versions.c.version_key)
        .execution_options(yield_per=100)
    )
    for row in connection.execute(statement):
        yield StoredEdition(row.dataset, row.published, row.json, archive_in(row))


def archive_in(row: Row[Any]) -> StoredFile | None:
    """Return the archive whose columns are in ``row``; there is none in a preview."""
    found = [getattr(row, column.name) for column in ARCHIVE]
    return StoredFile(*found) if row.archive_path else None


def _chosen(statement: Chosen, which: Pieces) -> Chosen:
    statement = statement.where(
        pieces.c.form == which.form,
        pieces.c.language == which.language,
        pieces.c.dataset >= which.first,
        pieces.c.dataset <= which.last,
    )
    if which.version is not None:
        statement = statement.where(pieces.c.version.in_(("", which.version)))
    return statement.order_by(pieces.c.dataset, pieces.c.position, pieces.c.version)
