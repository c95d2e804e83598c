"""Every file of an export by name, kept on disk: what has to be sorted, and what is stale."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from opendata.errors import OpendataError
from opendata.export.manifest import Entry


class CollisionError(OpendataError):
    """Two addresses that would be one file."""


class Index:
    """The files of a run."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        connection.execute("CREATE TABLE files (file TEXT PRIMARY KEY, sha256 TEXT) WITHOUT ROWID")

    def add(self, entries: Iterable[Entry]) -> None:
        """Add the files of entries.

        :raises CollisionError: where one is there already.
        """
        rows = ((entry.file, entry.sha256) for entry in entries if entry.file)
        try:
            self._connection.executemany("INSERT INTO files VALUES (?, ?)", rows)
        except sqlite3.IntegrityError as error:
            raise CollisionError(f"two addresses would be one file: {error}") from error

    def lines(self) -> Iterator[str]:
        """Yield the lines of ``SHA256SUMS``, sorted by file."""
        for file, sha256 in self._connection.execute("SELECT * FROM files ORDER BY file"):
            yield f"{sha256}  {file}\n"

    def without(self, files: Iterable[str]) -> Iterator[str]:
        """Yield those of ``files`` that are not of this run."""
        for file in files:
            found = self._connection.execute("SELECT 1 FROM files WHERE file = ?", (file,))
            if found.fetchone() is None:
                yield file


@contextmanager
def new_index(path: Path) -> Iterator[Index]:
    """Open an index that lives as long as the run, in the file ``path``."""
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("PRAGMA journal_mode = OFF")
        connection.execute("PRAGMA synchronous = OFF")
        yield Index(connection)


def files_of(sums: Path) -> Iterator[str]:
    """Yield the files that digests as ``sha256sum`` writes them are of; none without them."""
    try:
        with sums.open(encoding="utf-8") as lines:
            for line in lines:
                yield line.rstrip("\n").partition("  ")[2]
    except FileNotFoundError:
        return
