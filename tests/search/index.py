"""A full-text index over records, and plain ways to find the same without one."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Any

from opendata.errors import Problem
from opendata.reader import read_shared_lists
from opendata.records import COLLECTIONS, Collection
from opendata.search import SearchTexts, terms
from opendata.store.matching import CREATE_INDEX, MERGE_INDEX, RANK, match_expression
from opendata.versions import find_versions, read_folder

DATASETS = Path(__file__).parents[2] / "datasets"

#: A record and the collection it stands in.
Placed = tuple[Collection, dict[str, Any]]


class Index:
    """Rows of :class:`SearchTexts` in SQLite; row 1 is the first."""

    def __init__(self, rows: Iterable[SearchTexts]) -> None:
        self.database = sqlite3.connect(":memory:")
        self.database.execute(CREATE_INDEX)
        self.database.executemany("INSERT INTO search VALUES (?, ?, ?, ?, ?)", rows)
        self.database.execute(MERGE_INDEX)

    def find(self, q: str) -> list[int]:
        """Return the rows that ``q`` finds, best first."""
        asked = terms(q)
        if not asked:
            return []
        statement = f"SELECT rowid FROM search WHERE search MATCH ? ORDER BY {RANK}, rowid"  # noqa: S608
        return [row for (row,) in self.database.execute(statement, [match_expression(asked)])]


@cache
def kuiwen() -> tuple[Placed, ...]:
    """All records of Kuiwen 2025, version 0.2.0."""
    problems: list[Problem] = []
    shared = read_shared_lists(DATASETS / "vocabularies", problems)
    folders = find_versions(DATASETS, problems, only="kuiwen-2025")
    folder = next(folder for folder in folders if folder.version == "0.2.0")
    content = read_folder(folder, shared, problems)
    assert not problems
    return tuple((COLLECTIONS[n], r) for n, records in content.collections.items() for r in records)
