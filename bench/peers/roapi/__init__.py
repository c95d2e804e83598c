"""ROAPI (Rust): the rows as Parquet."""

from __future__ import annotations

import subprocess
from collections.abc import Sequence
from urllib.parse import urlencode

import orjson

from bench.answers import Answer
from bench.peers.base import HERE, Peer, flat, rows_of_csv
from bench.questions import Ask, Kind, Question

_CONFIG = """\
addr:
  http: 127.0.0.1:{port}
  postgres: 127.0.0.1:{other}
tables:
  - name: records
    uri: {parquet}
"""


class Roapi(Peer):
    """ROAPI as its wheel brings it; totals it does not offer."""

    name = "roapi"
    title = "ROAPI"
    ready = "/api/schema"

    def prepare(self) -> None:
        parquet = self.data.folder / "records.parquet"
        if not parquet.exists():
            make = [self.program("python"), str(HERE / "roapi" / "parquet.py")]
            subprocess.run([*make, str(self.data.table), str(parquet)], check=True)

    def commands(self, port: int) -> list[Sequence[str]]:
        config = self.work / "roapi.yml"
        parquet = self.data.folder / "records.parquet"
        config.write_text(_CONFIG.format(port=port, other=port + 1000, parquet=parquet), "utf-8")
        return [[self.program("roapi"), "-c", str(config)]]

    def settings(self) -> dict[str, str]:
        return {"RUST_LOG": "error"}

    def ask(self, question: Question) -> Ask | None:
        match question.kind:
            case Kind.RECORD:
                return _rows({"filter[id]": f"'{question.key}'", "limit": 1})
            case Kind.PAGE:
                begun = {"offset": question.offset} if question.offset else {}
                return _rows({"limit": question.limit, **begun})
            case Kind.FILTER:
                least = float(question.least)  # a whole number would be of another type
                chosen = {"filter[comparator]": f"'{question.comparator}'"}
                sorted_ = {"sort": "-value", "limit": question.limit}
                return _rows({**chosen, "filter[value]gte": least, **sorted_})
            case Kind.SEARCH:
                liked = " AND ".join(f"lower(title_en) LIKE '%{w}%'" for w in question.words)
                columns = "SELECT * FROM records WHERE"
                return _sql(f"{columns} {liked} LIMIT {question.limit}")
            case Kind.FACET:
                counted_of = f"WHERE value >= {question.least or 0}"
                counted = "SELECT indicator, count(*) AS counted FROM records"
                return _sql(f"{counted} {counted_of} GROUP BY indicator")
            case Kind.CSV:
                return Ask("/api/tables/records", headers=(("Accept", "application/csv"),))
            case _:
                return None

    def read(self, question: Question, body: bytes) -> Answer:
        if question.kind is Kind.CSV:
            return Answer([flat(row) for row in rows_of_csv(body)])
        rows = orjson.loads(body)
        if question.kind is Kind.FACET:
            return Answer(counts={row["indicator"]: row["counted"] for row in rows})
        return Answer([flat(row) for row in rows])


def _rows(query: dict[str, object]) -> Ask:
    return Ask(f"/api/tables/records?{urlencode(query)}")


def _sql(statement: str) -> Ask:
    return Ask("/api/sql", "POST", body=statement)
