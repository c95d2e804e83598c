"""What a mirror remembers: of each file what it is and what the origin said of it, in SQLite.

A file is renamed into its place first and remembered then, so a run that is killed between may
hold a file that is newer than what is remembered; its size and time tell, and it is digested
before anybody relies on it.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from dataclasses import astuple, dataclass
from pathlib import Path

_SCHEMA = """
CREATE TABLE IF NOT EXISTS origin (url TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS files (
  path TEXT PRIMARY KEY, sha256 TEXT NOT NULL, size INTEGER NOT NULL, mtime INTEGER NOT NULL,
  etag TEXT, modified TEXT
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS wanted (
  path TEXT PRIMARY KEY, address TEXT NOT NULL, stage INTEGER NOT NULL, required INTEGER NOT NULL,
  sha256 TEXT, version TEXT
) WITHOUT ROWID;
"""


@dataclass(frozen=True, slots=True)
class FileRow:
    """A file that is in its place; ``mtime`` is in nanoseconds."""

    path: str
    sha256: str
    size: int
    mtime: int
    etag: str | None
    modified: str | None


@dataclass(frozen=True, slots=True)
class Wanted:
    """A file that is to be had: where, when in a run, and whether the origin must have it.

    ``sha256`` is the digest that it must have, ``version`` the digest that stands for the
    version whose archive it is.
    """

    path: str
    address: str
    stage: int
    required: bool = True
    sha256: str | None = None
    version: str | None = None


class State:
    """The memory of a mirror at ``path``; used by one thread."""

    def __init__(self, path: Path) -> None:
        self._db = sqlite3.connect(path)
        self._db.executescript(_SCHEMA)

    def close(self) -> None:
        """Keep what was remembered and close."""
        self._db.commit()
        self._db.close()

    def commit(self) -> None:
        """Keep what was remembered."""
        self._db.commit()

    def origin(self, url: str) -> str:
        """Return the origin of the mirror: the first that it was given."""
        row = self._db.execute("SELECT url FROM origin").fetchone()
        if row is None:
            self._db.execute("INSERT INTO origin VALUES (?)", (url,))
            self._db.commit()
            return url
        return str(row[0])

    def remember(self, row: FileRow) -> None:
        self._db.execute("INSERT OR REPLACE INTO files VALUES (?,?,?,?,?,?)", astuple(row))

    def forget(self, path: str) -> None:
        self._db.execute("DELETE FROM files WHERE path = ?", (path,))

    def file(self, path: str) -> FileRow | None:
        row = self._db.execute("SELECT * FROM files WHERE path = ?", (path,)).fetchone()
        return FileRow(*row) if row else None

    def files(self) -> Iterator[FileRow]:
        """Yield every file, by path."""
        return (FileRow(*row) for row in self._db.execute("SELECT * FROM files ORDER BY path"))

    def count(self) -> int:
        return int(self._db.execute("SELECT count(*) FROM files").fetchone()[0])

    def want_nothing(self) -> None:
        self._db.execute("DELETE FROM wanted")

    def want(self, wanted: Iterable[Wanted]) -> None:
        """Add what is to be had; of what was added before, all that is known is put together."""
        self._db.executemany(
            "INSERT INTO wanted VALUES (?,?,?,?,?,?) ON CONFLICT (path) DO UPDATE SET "
            "stage = min(stage, excluded.stage), required = max(required, excluded.required), "
            "sha256 = coalesce(excluded.sha256, sha256), "
            "version = coalesce(excluded.version, version)",
            map(astuple, wanted),
        )

    def find(self, path: str) -> Wanted | None:
        """Return what is known of a file that is to be had."""
        row = self._db.execute("SELECT * FROM wanted WHERE path = ?", (path,)).fetchone()
        return Wanted(*row) if row else None

    def want_no_more(self, path: str) -> None:
        self._db.execute("DELETE FROM wanted WHERE path = ?", (path,))

    def wanted(self, stage: int, most: int = 500) -> Iterator[list[Wanted]]:
        """Yield what is to be had in ``stage``, ``most`` at a time; more may be added meanwhile.

        Only what stands behind what was yielded already is met; :meth:`want` in a later stage.
        """
        last = ""
        while True:
            rows = self._db.execute(
                "SELECT * FROM wanted WHERE stage = ? AND path > ? ORDER BY path LIMIT ?",
                (stage, last, most),
            ).fetchall()
            if not rows:
                return
            last = rows[-1][0]
            yield [Wanted(*row) for row in rows]

    def count_wanted(self, stage: int) -> int:
        found = self._db.execute("SELECT count(*) FROM wanted WHERE stage = ?", (stage,))
        return int(found.fetchone()[0])

    def unwanted(self) -> list[str]:
        """Return the paths of files that the origin has no more."""
        found = self._db.execute(
            "SELECT path FROM files WHERE path NOT IN (SELECT path FROM wanted) ORDER BY path"
        )
        return [path for (path,) in found]
