"""The data made ready once: the datasets' store, and the same rows as a table for the peers."""

from __future__ import annotations

import csv
import shutil
import sqlite3
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple, TypeVar

from bench.data.datasets import write_datasets
from bench.data.sizes import Size
from opendata.compiler import build
from opendata.web import create_app

_BASE_URL = "http://127.0.0.1:8000"
_COLUMNS = (
    *("dataset", "title_zh", "title_en", "section", "kind", "indicator", "measure", "comparator"),
    *("strength", "value", "unit", "as_printed", "period", "deadline", "deadline_basis"),
    *("source_document", "source_paragraph", "source_start", "source_end", "source_quote"),
)
_NUMBERS = ("value", "source_paragraph", "source_start", "source_end")

_Step = TypeVar("_Step")


class Data(NamedTuple):
    """Where the data of a size are, below ``folder``."""

    size: Size
    folder: Path

    @property
    def datasets(self) -> Path:
        """The YAML."""
        return self.folder / "datasets"

    @property
    def store(self) -> Path:
        """The folder of the store."""
        return self.folder / "build"

    @property
    def table(self) -> Path:
        """A SQLite file with the table ``records``, its indexes and its full-text index."""
        return self.folder / "records.sqlite"


def prepare(size: Size, folder: Path) -> Data:
    """Make what is not there yet of the data of ``size`` below ``folder``."""
    data = Data(size, folder / size.name)
    if not data.datasets.exists():
        made = data.folder / "making"
        shutil.rmtree(made, ignore_errors=True)
        write_datasets(made, size)
        made.rename(data.datasets)
    build(data.datasets, data.store, _BASE_URL, quietly)
    if not data.table.exists():
        made = data.folder / "making.sqlite"
        made.unlink(missing_ok=True)
        _write_table(made, _rows(data.store))
        made.rename(data.table)
    return data


def quietly(steps: Iterable[_Step], total: int) -> Iterable[_Step]:
    """Show no progress."""
    return steps


def _rows(store: Path) -> Iterator[dict[str, str]]:
    """Yield the rows of the table that the store serves, in its order."""
    client = create_app(store, cache=0).test_client()
    response = client.get("/v1/targets.csv", buffered=False)
    lines = (line + "\n" for line in _lines(response.iter_encoded()))
    yield from csv.DictReader(lines)


def _lines(blocks: Iterable[bytes]) -> Iterator[str]:
    rest = b""
    for block in blocks:
        *whole, rest = (rest + block).split(b"\r\n")
        for line in whole:
            yield line.decode()


def _write_table(path: Path, rows: Iterator[dict[str, str]]) -> None:
    columns = ", ".join(f"{c} {'NUMERIC' if c in _NUMBERS else 'TEXT'} NOT NULL" for c in _COLUMNS)
    places = ", ".join("?" * (len(_COLUMNS) + 1))
    with sqlite3.connect(path) as database:
        database.execute(f"CREATE TABLE records (id TEXT PRIMARY KEY, {columns})")
        database.executemany(
            f"INSERT INTO records VALUES ({places})",  # noqa: S608
            ((f"{row['dataset']}_{row['id']}", *(row[c] for c in _COLUMNS)) for row in rows),
        )
        database.executescript(_INDEXES)
    database.close()


#: What each request of the benchmark can be answered by.
_INDEXES = """
CREATE INDEX by_value ON records (value);
CREATE INDEX by_comparator ON records (comparator, value);
CREATE INDEX by_indicator ON records (indicator);
CREATE VIRTUAL TABLE records_fts USING fts5 (title_zh, title_en, content="records");
INSERT INTO records_fts (rowid, title_zh, title_en) SELECT rowid, title_zh, title_en FROM records;
ANALYZE;
"""
