"""Whether answers are right: what the table says, and what was answered."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from bench.questions import Kind, Question

Row = dict[str, Any]


@dataclass(frozen=True)
class Answer:
    """What an answer says, whoever gave it.

    ``rows`` have ``id`` (as in the peers' table), ``title_en`` and ``value``.
    """

    rows: list[Row] = field(default_factory=list)
    total: int | None = None
    counts: dict[str, int] = field(default_factory=dict)


class Table:
    """The truth: the table of the peers."""

    def __init__(self, path: Path) -> None:
        self._database = sqlite3.connect(f"file:{path}?mode=ro&immutable=1", uri=True)
        self._database.row_factory = sqlite3.Row

    def fault(self, question: Question, answer: Answer) -> str | None:
        """Return what is wrong with an answer, if anything."""
        match question.kind:
            case Kind.RECORD:
                return _differ(self._rows("WHERE id = ?", question.key), answer.rows)
            case Kind.PAGE | Kind.TOTAL:
                return self._page_fault(question, answer)
            case Kind.FILTER:
                return self._filter_fault(question, answer)
            case Kind.SEARCH:
                return self._search_fault(question, answer)
            case Kind.FACET:
                return self._facet_fault(question, answer)
            case Kind.CSV:
                expected, found = self._count(), len({row["id"] for row in answer.rows})
                return None if expected == found else f"{found} rows, not {expected}"
            case _:
                return None

    def _rows(self, clause: str, *values: Any) -> list[Row]:
        statement = f"SELECT id, title_en, value FROM records {clause}"  # noqa: S608
        return [dict(row) for row in self._database.execute(statement, values)]

    def _count(self, clause: str = "", *values: Any) -> int:
        statement = f"SELECT count(*) FROM records {clause}"  # noqa: S608
        found: int = self._database.execute(statement, values).fetchone()[0]
        return found

    def _page_fault(self, question: Question, answer: Answer) -> str | None:
        clause = "ORDER BY rowid LIMIT ? OFFSET ?"
        differ = _differ(self._rows(clause, question.limit, question.offset), answer.rows)
        if differ or question.kind is Kind.PAGE:
            return differ
        expected = self._count()
        return None if answer.total == expected else f"total {answer.total}, not {expected}"

    def _filter_fault(self, question: Question, answer: Answer) -> str | None:
        clause = "WHERE comparator = ? AND value >= ? ORDER BY value DESC LIMIT ?"
        values = question.comparator, float(question.least), question.limit
        expected = [float(row["value"]) for row in self._rows(clause, *values)]
        found = [float(row["value"]) for row in answer.rows]  # equal ones come in any order
        return None if found == expected else f"values {found[:3]}…, not {expected[:3]}…"

    def _search_fault(self, question: Question, answer: Answer) -> str | None:
        clause = " AND ".join(f"title_en LIKE '%{word}%'" for word in question.words)
        expected = min(self._count(f"WHERE {clause}"), question.limit)
        if len(answer.rows) != expected:
            return f"{len(answer.rows)} rows, not {expected}"
        texts = [row["title_en"].lower() for row in answer.rows]
        wrong = [text for text in texts if not all(word in text for word in question.words)]
        return f"{wrong[0]!r} has not {' '.join(question.words)}" if wrong else None

    def _facet_fault(self, question: Question, answer: Answer) -> str | None:
        statement = "SELECT indicator, count(*) FROM records WHERE value >= ? GROUP BY indicator"
        expected = dict(self._database.execute(statement, (float(question.least or 0),)))
        return None if answer.counts == expected else f"{answer.counts}, not {expected}"


def _differ(expected: list[Row], found: list[Row]) -> str | None:
    def told(rows: list[Row]) -> list[tuple[str, str, float]]:
        return [(row["id"], row["title_en"], float(row["value"])) for row in rows]

    return None if told(found) == told(expected) else f"{found[:1]}…, not {expected[:1]}…"
