"""Answers are held to the table before they are timed."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from bench.answers import Answer, Row, Table
from bench.data.sizes import Size
from bench.questions import COLD, Kind, Question, cold

_ROWS = [
    ("a_1", "green industrial output", "about", "one", 5.5),
    ("a_2", "rural tree planting", "about", "two", 7),
    ("a_3", "green tree planting", "equal", "two", 7),
]


@pytest.fixture
def table(tmp_path: Path) -> Table:
    """A table of three rows."""
    with sqlite3.connect(tmp_path / "records.sqlite") as database:
        database.execute("CREATE TABLE records (id, title_en, comparator, indicator, value)")
        database.executemany("INSERT INTO records VALUES (?, ?, ?, ?, ?)", _ROWS)
    database.close()
    return Table(tmp_path / "records.sqlite")


def _rows(*numbers: int) -> list[Row]:
    return [
        {"id": _ROWS[n][0], "title_en": _ROWS[n][1], "value": str(_ROWS[n][4])} for n in numbers
    ]


_RECORD = Question(Kind.RECORD, "a", "2")
_PAGE = Question(Kind.PAGE, limit=2, offset=1)
_TOTAL = Question(Kind.TOTAL, limit=3)
_FILTER = Question(Kind.FILTER, comparator="about", least="5", limit=5)
_SEARCH = Question(Kind.SEARCH, words=("tree",), limit=5)
_FACET = Question(Kind.FACET, least="6")
_CSV = Question(Kind.CSV)


@pytest.mark.parametrize(
    ("question", "right", "wrong"),
    [
        (_RECORD, Answer(_rows(1)), Answer(_rows(0))),
        (_PAGE, Answer(_rows(1, 2)), Answer(_rows(2, 1))),
        (_TOTAL, Answer(_rows(0, 1, 2), 3), Answer(_rows(0, 1, 2), 2)),
        (_FILTER, Answer(_rows(1, 0)), Answer(_rows(0, 1))),
        (_SEARCH, Answer(_rows(2, 1)), Answer(_rows(2, 0))),
        (_SEARCH, Answer(_rows(1, 2)), Answer(_rows(1))),
        (_FACET, Answer(counts={"two": 2}), Answer(counts={"one": 1, "two": 2})),
        (_CSV, Answer(_rows(0, 1, 2)), Answer(_rows(0, 1, 1))),
    ],
)
def test_right_answers_pass_and_wrong_ones_do_not(
    table: Table, question: Question, right: Answer, wrong: Answer
) -> None:
    """Order counts where it is asked for, and totals, and every word."""
    assert table.fault(question, right) is None
    assert table.fault(question, wrong) is not None


@pytest.mark.parametrize("kind", COLD)
def test_cold_questions_are_all_different_and_the_same_in_every_run(kind: Kind) -> None:
    """Another seed asks others."""
    size = Size("some", 400, 250)
    first = cold(kind, size, range(50, 50_000, 50), 1, 500)
    assert len(first) == len(set(first)) == 500
    assert first == cold(kind, size, range(50, 50_000, 50), 1, 500)
    assert first != cold(kind, size, range(50, 50_000, 50), 2, 500)
