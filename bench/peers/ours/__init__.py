"""opendata: under gunicorn, under Granian, and without its response cache."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from urllib.parse import urlencode

import orjson

from bench.answers import Answer
from bench.data import Data
from bench.pages import Cursors
from bench.peers.base import Peer, rows_of_csv
from bench.questions import Ask, Kind, Question

ROOT = Path(__file__).parents[3]


class Gunicorn(Peer):
    """As ``opendata serve`` starts it."""

    name = "ours"
    title = "opendata, gunicorn"
    ready = "/readyz"

    def __init__(self, data: Data, environments: Path, work: Path) -> None:
        super().__init__(data, environments, work)
        self.cursors = Cursors(data.store)

    @property
    def requirements(self) -> Path | None:
        return None

    def program(self, name: str) -> str:
        return str(Path(sys.executable).parent / name)

    def folder(self) -> Path:
        return ROOT

    def settings(self) -> dict[str, str]:
        return {"OPENDATA_STORE": str(self.data.store)}

    def commands(self, port: int) -> list[Sequence[str]]:
        return [[self.program("opendata"), "serve", "--bind", f"127.0.0.1:{port}"]]

    def ask(self, question: Question) -> Ask | None:
        match question.kind:
            case Kind.RECORD | Kind.UNCHANGED:
                return Ask(f"/v1/datasets/{question.dataset}/targets/{question.record}")
            case Kind.CSV:
                return Ask("/v1/targets.csv")
            case _:
                return Ask(f"/v1/targets?{urlencode(self._query(question))}")

    def _query(self, question: Question) -> dict[str, str | int]:
        match question.kind:
            case Kind.FILTER:
                chosen = {"comparator": question.comparator, "value__gte": question.least}
                return {**chosen, "sort": "-value", "limit": question.limit}
            case Kind.SEARCH:
                return {"q": " ".join(question.words), "limit": question.limit}
            case Kind.FACET:
                least = {"value__gte": question.least} if question.least else {}
                return {**least, "facet": "indicator", "limit": 1}
            case _:
                after = {"cursor": self.cursors.at(question.offset)} if question.offset else {}
                return {"limit": question.limit, **after}

    def read(self, question: Question, body: bytes) -> Answer:
        if question.kind is Kind.CSV:
            rows = rows_of_csv(body)
            return Answer([{**row, "id": f"{row['dataset']}_{row['id']}"} for row in rows])
        told = orjson.loads(body)
        data = told["data"] if isinstance(told["data"], list) else [told["data"]]
        rows = [
            {
                "id": f"{row['dataset']}_{row['id']}",
                "title_en": row["title"]["en"],
                "value": row["value"],
            }
            for row in data
        ]
        counted = told.get("facets", {}).get("indicator", {"values": []})["values"]
        counts = {found["value"]: found["count"] for found in counted if found["count"]}
        return Answer(rows, told["meta"].get("total"), counts)


class Granian(Gunicorn):
    """As ``opendata serve --server granian`` starts it."""

    name = "granian"
    title = "opendata, Granian"

    def commands(self, port: int) -> list[Sequence[str]]:
        return [[*super().commands(port)[0], "--server", "granian"]]


class Uncached(Gunicorn):
    """gunicorn with the same settings, and every answer made anew."""

    name = "uncached"
    title = "opendata without its cache"

    def commands(self, port: int) -> list[Sequence[str]]:
        settings = ["--config", "python:opendata.cli.gunicorn_settings"]
        served = ["--bind", f"127.0.0.1:{port}", "bench.peers.ours.uncached:app"]
        return [[self.program("gunicorn"), *settings, *served]]
