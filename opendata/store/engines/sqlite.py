"""SQLite: a store is one immutable file, with its archives beside it."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any
from urllib.parse import quote

from sqlalchemy import ColumnElement, Double
from sqlalchemy import literal_column as literally

from opendata.ckan import syntax
from opendata.errors import StoreError
from opendata.search import terms
from opendata.store.answers import FILES, StoredFile
from opendata.store.files import file_engine
from opendata.store.matching import RANK, match_expression

#: Asks the index for nothing.
_NOTHING = "a NOT a"
#: Bytes of a file read at a time.
_BLOCK = 1 << 18


class SqliteDialect:
    """FTS5 and GLOB."""

    def matching(self, text: str) -> ColumnElement[bool]:
        sought = terms(text)
        expression = match_expression(sought) if sought else _NOTHING
        match: ColumnElement[bool] = literally("search").op("MATCH")(expression)
        return match

    def rank(self, text: str) -> ColumnElement[float]:
        return literally(RANK, Double)

    def fits(
        self, column: ColumnElement[Any], parts: Sequence[str | syntax.Joker]
    ) -> ColumnElement[bool]:
        return column.op("GLOB", is_comparison=True)("".join(map(_glob, parts)))


def _glob(part: str | syntax.Joker) -> str:
    """Return a part of a pattern as GLOB has it, which takes one in brackets as it is."""
    if isinstance(part, syntax.Joker):
        return part.value
    return "".join(f"[{c}]" if c in "*?[" else c for c in part)


class SqliteFile:
    """An open store file."""

    def __init__(self, path: Path) -> None:
        """Open the file at ``path`` read-only; what is wrong with it is found by reading it."""
        self.path = path
        self.name = str(path)
        address = f"file:{quote(str(path))}?mode=ro&immutable=1"
        self.engine = file_engine(
            lambda: sqlite3.connect(address, uri=True, check_same_thread=False)
        )

    def check(self, files: Sequence[StoredFile]) -> None:
        for found in files:
            path = self.path_of(found)
            try:
                size = path.stat().st_size
            except OSError as error:
                raise StoreError(f"{path} is missing; build again, or copy {FILES}/") from error
            if size != found.size:
                raise StoreError(f"{path} has {size} bytes instead of {found.size}")

    def path_of(self, file: StoredFile) -> Path:
        return self.path.parent / FILES / file.file

    def blocks(self, file: StoredFile, wanted: slice) -> Iterator[bytes]:
        path, left = self.path_of(file), wanted.stop - wanted.start
        with path.open("rb") as opened:
            opened.seek(wanted.start)
            while left:
                block = opened.read(min(left, _BLOCK))
                if not block:
                    raise OSError(f"{path} ends {left} bytes too early")
                left -= len(block)
                yield block
