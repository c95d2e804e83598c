"""Faults and problems: values with a place, and advice that helps."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from opendata.errors import (
    InvalidDataError,
    OpendataError,
    Place,
    Problem,
    StoreError,
    choose_from,
)


def test_a_problem_is_one_line() -> None:
    """``file:line:column record field problem; fix``."""
    problem = Problem(Place("a/b.yaml", 4, 12), "gdp", "value", "x is not a number", "write 5")
    assert str(problem) == "a/b.yaml:4:12 gdp value x is not a number; write 5"


@given(st.text(), st.text(), st.text())
def test_a_problem_is_one_printable_line_whatever_it_names(
    record: str, field: str, message: str
) -> None:
    """Text from a file can neither start a line of its own nor steer a terminal."""
    line = str(Problem(Place("a.yaml"), record, field, message, "correct it"))
    assert line.isprintable()
    assert line.startswith("a.yaml:1:1 ")
    assert line.endswith("; correct it")


def test_chinese_in_a_problem_is_shown_as_it_is() -> None:
    """Only what does not print is written out."""
    problem = Problem(Place("a"), "-", "甲\u200b", "“乙”\n", "丙")
    assert str(problem) == r"a:1:1 - 甲\u200b “乙”\n; 丙"


def test_invalid_data_carries_every_problem_in_order() -> None:
    """By file, line and column; the message is all of them."""
    places = [Place("b", 1), Place("a", 10), Place("a", 9, 2), Place("a", 9, 1)]
    error = InvalidDataError(Problem(place, "-", "-", "is bad", "mend it") for place in places)
    assert [p.place for p in error.problems] == places[::-1]
    assert str(error).splitlines()[0] == "a:9:1 - - is bad; mend it"
    assert len(str(error).splitlines()) == 4


def test_every_error_raised_on_purpose_has_one_base() -> None:
    """So that a program can tell them from its own mistakes."""
    assert issubclass(InvalidDataError, OpendataError)
    assert issubclass(StoreError, OpendataError)


@pytest.mark.parametrize(
    ("value", "allowed", "advice"),
    [
        ("grwth", ["growth", "level"], "did you mean growth? (growth, level)"),
        ("GROWTH", ["growth", "level"], "did you mean growth? (growth, level)"),
        ("cc-by-4.0", ["CC-BY-4.0", "CC0-1.0"], "did you mean CC-BY-4.0? (CC-BY-4.0, CC0-1.0)"),
        ("x", ["level", "growth"], "use one of growth, level"),
        ("", ["growth"], "use one of growth"),
        ("x", [], "nothing is allowed here"),
        ("code99", [f"code{n}" for n in range(10, 99)], "did you mean code98?"),
    ],
)
def test_advice_names_the_nearest_value_or_all(value: str, allowed: list[str], advice: str) -> None:
    """Whatever its case; a long list is not shown where one is near."""
    assert choose_from(value, allowed) == advice


def test_of_a_long_list_the_nearest_are_named() -> None:
    """Five, the nearest first, with the number there are and where they stand."""
    codes = [f"c{n:03}" for n in range(100)]
    advice = choose_from("zzx", [*codes, "x-7"], "vocabularies/units.yaml")
    assert advice.startswith("use one of x-7, ")
    assert advice.endswith(" … (101 in all: vocabularies/units.yaml)")
    assert advice.count(", ") == 4
