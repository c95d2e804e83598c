"""The forms of values: their order is the order of the values, and none is lost."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from opendata.query.values import Kind, decode, encode

NUMBERS = st.decimals(
    allow_nan=False, allow_infinity=False, min_value=-(10**30), max_value=10**30, places=None
).filter(lambda number: number == 0 or number.adjusted() > -400)


@given(NUMBERS, NUMBERS)
@example(Decimal("-1.2"), Decimal(-1))
@example(Decimal(0), Decimal("-0.0"))
@example(Decimal("9.99"), Decimal(10))
def test_numbers_keep_their_order(one: Decimal, other: Decimal) -> None:
    forms = encode(Kind.NUMBER, one), encode(Kind.NUMBER, other)
    assert (forms[0] < forms[1]) == (one < other)
    assert (forms[0] == forms[1]) == (one == other)


@given(NUMBERS)
def test_numbers_come_back_exactly(number: Decimal) -> None:
    assert decode(Kind.NUMBER, encode(Kind.NUMBER, number)) == number


@pytest.mark.parametrize("text", ["6.10", "6.1", "6.100"])
def test_zeros_at_the_end_make_no_difference(text: str) -> None:
    assert encode(Kind.NUMBER, Decimal(text)) == encode(Kind.NUMBER, Decimal("6.1"))


VERSIONS = st.tuples(*(3 * [st.integers(0, 999_999)]))


@given(VERSIONS, VERSIONS)
@example((1, 10, 0), (1, 9, 0))
def test_versions_keep_their_order(one: tuple[int, ...], other: tuple[int, ...]) -> None:
    texts = [".".join(map(str, version)) for version in (one, other)]
    forms = [encode(Kind.VERSION, text) for text in texts]
    assert (forms[0] < forms[1]) == (one < other)
    assert [decode(Kind.VERSION, form) for form in forms] == texts


@given(st.dates(), st.dates())
def test_dates_keep_their_order(one: date, other: date) -> None:
    assert (encode(Kind.DATE, one) < encode(Kind.DATE, other)) == (one < other)
    assert decode(Kind.DATE, encode(Kind.DATE, one)) == one.isoformat()


@pytest.mark.parametrize("kind", [Kind.NAME, Kind.TEXT, Kind.PERIOD])
def test_texts_stay_as_they_are(kind: Kind) -> None:
    assert decode(kind, encode(kind, "2025/2027")) == "2025/2027"


@pytest.mark.parametrize("kind", Kind)
def test_every_kind_has_a_name_for_people(kind: Kind) -> None:
    assert kind.label.zh
    assert kind.label.en


def test_periods_come_by_their_first_year() -> None:
    """A year before the intervals that begin with it, as the documentation says."""
    periods = ["2024", "2024/2030", "2025", "2025/2026", "2025/2027", "2026"]
    shuffled = periods[3:] + periods[:3]
    assert sorted(shuffled, key=lambda period: encode(Kind.PERIOD, period)) == periods
