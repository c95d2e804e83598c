"""Datasette: two workers of its ASGI application, as its documentation deploys it."""

from __future__ import annotations

from collections.abc import Sequence
from urllib.parse import urlencode

import orjson

from bench.answers import Answer
from bench.peers.base import Peer, flat, rows_of_csv
from bench.questions import Ask, Kind, Question

_LEAN: dict[str, str | int] = {
    "_shape": "objects",
    "_nocount": 1,
    "_nofacet": 1,
    "_nosuggest": 1,
}


class Datasette(Peer):
    """Datasette 0.65 on the SQLite file, opened as immutable."""

    name = "datasette"
    title = "Datasette ×2"

    def settings(self) -> dict[str, str]:
        return {"BENCH_TABLE": str(self.data.table)}

    def commands(self, port: int) -> list[Sequence[str]]:
        quiet = ["--no-access-log", "--log-level", "warning"]
        served = ["--workers", "2", "--port", str(port), "app:app"]
        return [[self.program("uvicorn"), *quiet, *served]]

    def ask(self, question: Question) -> Ask | None:
        match question.kind:
            case Kind.RECORD:
                return Ask(f"/records/records/{question.key}.json?_shape=objects")
            case Kind.CSV:
                return Ask("/records/records.csv?_stream=on")
            case Kind.UNCHANGED:
                return None
            case _:
                return Ask(f"/records/records.json?{urlencode(self._query(question))}")

    def _query(self, question: Question) -> dict[str, str | int]:
        match question.kind:
            case Kind.FILTER:
                chosen = {"comparator": question.comparator, "value__gte": question.least}
                return {**chosen, "_sort_desc": "value", "_size": question.limit, **_LEAN}
            case Kind.SEARCH:
                return {"_search": " ".join(question.words), "_size": question.limit, **_LEAN}
            case Kind.FACET:
                least = {"value__gte": question.least} if question.least else {}
                return {**least, "_facet": "indicator", "_size": 0, "_nosuggest": 1}
            case _:
                shown: dict[str, str | int] = {**_LEAN, "_size": question.limit}
                if question.kind is Kind.TOTAL:
                    del shown["_nocount"]
                if question.offset:
                    dataset, record = divmod(question.offset - 1, self.data.size.each)
                    shown["_next"] = f"made-{dataset:04}_t-{record:04}"
                return shown

    def read(self, question: Question, body: bytes) -> Answer:
        if question.kind is Kind.CSV:
            return Answer([flat(row) for row in rows_of_csv(body)])
        told = orjson.loads(body)
        if question.kind is Kind.FACET:
            results = told["facet_results"]["indicator"]["results"]
            return Answer(counts={found["value"]: found["count"] for found in results})
        total = told.get("filtered_table_rows_count")
        return Answer([flat(row) for row in told["rows"]], total)
