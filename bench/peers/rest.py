"""The addresses of the two services that are written for the benchmark, in the usual way."""

from __future__ import annotations

from urllib.parse import urlencode

import orjson

from bench.answers import Answer
from bench.peers.base import Peer, flat, rows_of_csv
from bench.questions import Ask, Kind, Question


class Rest(Peer):
    """``/records``, ``/records/{id}``, ``/records.csv``, ``/search`` and ``/facets``."""

    def ask(self, question: Question) -> Ask | None:
        match question.kind:
            case Kind.RECORD | Kind.UNCHANGED:
                return Ask(f"/records/{question.key}")
            case Kind.PAGE:
                return _get("/records", limit=question.limit, offset=question.offset)
            case Kind.TOTAL:
                return _get("/records", limit=question.limit, offset=question.offset, total=1)
            case Kind.FILTER:
                chosen = {"comparator": question.comparator, "least": question.least}
                return _get("/records", **chosen, sort="-value", limit=question.limit)
            case Kind.SEARCH:
                return _get("/search", q=" ".join(question.words), limit=question.limit)
            case Kind.FACET:
                return _get("/facets", least=question.least or 0)
            case Kind.CSV:
                return Ask("/records.csv")

    def read(self, question: Question, body: bytes) -> Answer:
        if question.kind is Kind.CSV:
            return Answer([flat(row) for row in rows_of_csv(body)])
        told = orjson.loads(body)
        if question.kind is Kind.FACET:
            return Answer(counts=told["indicator"])
        if question.kind in (Kind.RECORD, Kind.UNCHANGED):
            return Answer([flat(told)])
        return Answer([flat(row) for row in told["data"]], told.get("total"))


def _get(path: str, **query: object) -> Ask:
    return Ask(f"{path}?{urlencode(query)}")
