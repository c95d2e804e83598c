"""What an engine has to bring."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, Protocol

from sqlalchemy import ColumnElement, Engine

from opendata.ckan import syntax
from opendata.store.answers import StoredFile


class Dialect(Protocol):
    """How an engine is asked for what SQL has no common words for.

    The full-text index is a table ``search`` whose ``rowid`` is the ``docid`` of ``searched``.
    """

    def matching(self, text: str) -> ColumnElement[bool]:
        """Return the expression that the index finds a row for ``text``.

        A text without a letter or digit finds nothing.
        """

    def rank(self, text: str) -> ColumnElement[float]:
        """Return how well a row that is found matches ``text``: less is better.

        Okapi BM25 as SQLite's FTS5 computes it, so that every engine gives the same order.
        """

    def fits(
        self, column: ColumnElement[Any], parts: Sequence[str | syntax.Joker]
    ) -> ColumnElement[bool]:
        """Return the expression that a text has the form of a pattern, to the case of letters."""


class Backend(Protocol):
    """An open store: where its statements go, and its files."""

    engine: Engine
    #: What messages call it; no secrets.
    name: str

    def check(self, files: Sequence[StoredFile]) -> None:
        """Check that every file is there, as long as it was written.

        :raises opendata.errors.StoreError: naming the first that is not.
        """

    def blocks(self, file: StoredFile, wanted: slice) -> Iterator[bytes]:
        """Yield the bytes of a file from ``wanted.start`` up to ``wanted.stop``.

        :raises OSError: where the file is gone or shorter, so that the transfer breaks off.
        """
