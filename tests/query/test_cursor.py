"""Cursors: a lasting place in the answer to one query."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from opendata.query import Query
from opendata.query.cursor import Cursor
from opendata.query.filters import filters
from opendata.query.reading import read
from opendata.query.settings import settings
from opendata.records import COLLECTIONS

TARGETS = COLLECTIONS["targets"]
KNOWN = filters(TARGETS, {}, across=True), settings(TARGETS)
PLACE = Cursor("targets", "kuiwen-2025", "1.0.0", 40)


def given_cursor(text: str, *arguments: tuple[str, str], path: str = "/v1/targets") -> list[str]:
    asked = [("cursor", [text]), *((name, [value]) for name, value in arguments)]
    request, faults = read(TARGETS, path, asked, *KNOWN)
    assert faults or request.cursor is not None
    return [fault.code for fault in faults]


@given(st.integers(1, 999_999_999), st.booleans())
def test_a_cursor_comes_back(nth: int, backward: bool) -> None:
    cursor = Cursor("targets", "a", "10.0.1", nth, backward)
    request, faults = read(
        TARGETS, "/v1/targets", [("cursor", [cursor.text("/v1/targets", Query())])], *KNOWN
    )
    assert faults == []
    assert request.cursor == cursor


def test_a_cursor_goes_with_its_query_in_any_order_of_parameters() -> None:
    conditions = [("kind", "qualitative"), ("strength", "commit")]
    request, _ = read(TARGETS, "/v1/targets", [(n, [v]) for n, v in conditions], *KNOWN)
    text = PLACE.text("/v1/targets", request.query)
    assert given_cursor(text, *conditions) == []
    assert given_cursor(text, *reversed(conditions)) == []


def test_a_cursor_goes_with_the_same_values_in_any_order() -> None:
    request, _ = read(TARGETS, "/v1/targets", [("id__in", ["a,b"])], *KNOWN)
    text = PLACE.text("/v1/targets", request.query)
    assert given_cursor(text, ("id__in", "b,a")) == []
    assert given_cursor(text, ("id__in", "b,a,b")) == []
    assert given_cursor(text, ("id__in", "a")) == ["foreign_cursor"]


@pytest.mark.parametrize(
    "other", [("kind", "quantitative"), ("sort", "value"), ("q", "教育"), ("sort", "-id")]
)
def test_a_cursor_of_another_query_is_refused(other: tuple[str, str]) -> None:
    assert given_cursor(PLACE.text("/v1/targets", Query()), other) == ["foreign_cursor"]


def test_a_cursor_of_another_address_is_refused() -> None:
    text = PLACE.text("/v1/datasets/kuiwen-2025/targets", Query())
    assert given_cursor(text) == ["foreign_cursor"]


def test_a_setting_that_changes_no_row_leaves_the_cursor_good() -> None:
    text = PLACE.text("/v1/targets", Query())
    assert given_cursor(text, ("limit", "5"), ("fields", "id")) == []


@given(st.data())
def test_an_altered_cursor_is_refused(data: st.DataObject) -> None:
    text = PLACE.text("/v1/targets", Query())
    at = data.draw(st.integers(0, len(text) - 1))
    new = data.draw(st.sampled_from("0123456789abcdefnp~.-").filter(lambda c: c != text[at]))
    assert given_cursor(text[:at] + new + text[at + 1 :]) in (["foreign_cursor"], ["wrong_form"])
