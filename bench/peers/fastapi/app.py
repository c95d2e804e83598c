"""The records behind FastAPI, as its documentation would have it."""

import csv
import io
import os
import sqlite3
import threading
from collections.abc import Iterator
from typing import Any

from fastapi import FastAPI, HTTPException
from fastapi.responses import StreamingResponse
from pydantic import BaseModel

app = FastAPI()
_local = threading.local()


class Record(BaseModel):
    """A row of the table."""

    id: str
    dataset: str
    title_zh: str
    title_en: str
    section: str
    kind: str
    indicator: str
    measure: str
    comparator: str
    strength: str
    value: float
    unit: str
    as_printed: str
    period: str
    deadline: str
    deadline_basis: str
    source_document: str
    source_paragraph: int
    source_start: int
    source_end: int
    source_quote: str


class Page(BaseModel):
    """Some records, and how many there are where that is asked for."""

    data: list[Record]
    total: int | None = None


def connect() -> sqlite3.Connection:
    """Return a new connection, which may go from thread to thread with what it answers."""
    address = f"file:{os.environ['BENCH_TABLE']}?mode=ro&immutable=1"
    found = sqlite3.connect(address, uri=True, check_same_thread=False)
    found.row_factory = sqlite3.Row
    return found


def database() -> sqlite3.Connection:
    """Return the connection of this thread."""
    if not hasattr(_local, "database"):
        _local.database = connect()
    found: sqlite3.Connection = _local.database
    return found


@app.get("/records.csv")
def table() -> StreamingResponse:
    """Stream all records."""

    def blocks() -> Iterator[str]:
        cursor = connect().execute("SELECT * FROM records ORDER BY rowid")
        text = io.StringIO()
        writer = csv.writer(text)
        writer.writerow([column[0] for column in cursor.description])
        while rows := cursor.fetchmany(1000):
            writer.writerows(rows)
            yield text.getvalue()
            text.seek(0)
            text.truncate()

    return StreamingResponse(blocks(), media_type="text/csv")


@app.get("/records")
def page(
    limit: int = 100,
    offset: int = 0,
    total: bool = False,
    comparator: str | None = None,
    least: float | None = None,
    sort: str | None = None,
) -> Page:
    """Return a page of those that are asked for."""
    conditions, values = ["1"], []
    if comparator is not None:
        conditions.append("comparator = ?")
        values.append(comparator)
    if least is not None:
        conditions.append("value >= ?")
        values.append(least)
    where = f"FROM records WHERE {' AND '.join(conditions)}"
    order = "value DESC" if sort == "-value" else "rowid"
    rows = database().execute(
        f"SELECT * {where} ORDER BY {order} LIMIT ? OFFSET ?", [*values, limit, offset]
    )
    counted = database().execute(f"SELECT count(*) {where}", values) if total else None
    return Page(
        data=[Record(**dict(row)) for row in rows], total=counted.fetchone()[0] if counted else None
    )


@app.get("/records/{key}")
def record(key: str) -> Record:
    """Return a record."""
    row = database().execute("SELECT * FROM records WHERE id = ?", [key]).fetchone()
    if row is None:
        raise HTTPException(404)
    return Record(**dict(row))


@app.get("/search")
def search(q: str, limit: int = 20) -> Page:
    """Return the records whose titles have all the words."""
    rows = database().execute(
        "SELECT records.* FROM records_fts JOIN records ON records.rowid = records_fts.rowid"
        " WHERE records_fts MATCH ? ORDER BY rank LIMIT ?",
        [q, limit],
    )
    return Page(data=[Record(**dict(row)) for row in rows])


@app.get("/facets")
def facets(least: float = 0) -> dict[str, Any]:
    """Count the records of each indicator."""
    rows = database().execute(
        "SELECT indicator, count(*) FROM records WHERE value >= ? GROUP BY indicator", [least]
    )
    return {"indicator": dict(tuple(row) for row in rows)}
