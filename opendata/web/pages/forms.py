"""Numbers and dates in the form that readers of a language are used to."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import NamedTuple

_MONTHS = (
    *("January", "February", "March", "April", "May", "June", "July", "August"),
    *("September", "October", "November", "December"),
)


class Forms(NamedTuple):
    """How a language writes numbers and days."""

    number: Callable[[int | Decimal | str], str]
    day: Callable[[date | str | None], str]


def number(value: int | Decimal | str) -> str:
    """Return a number in full with its digits in groups of three: 12,345.5."""
    return format(Decimal(value), ",f")


def _zh_day(value: date | str | None) -> str:
    found = _date(value)
    return f"{found.year}年{found.month}月{found.day}日" if found else _as_is(value)


def _en_day(value: date | str | None) -> str:
    found = _date(value)
    return f"{found.day} {_MONTHS[found.month - 1]} {found.year}" if found else _as_is(value)


def _date(value: date | str | None) -> date | None:
    """Return the day, also of a moment (RFC 3339); ``None`` for what is none, as of a draft."""
    if value is None or isinstance(value, date):
        return value
    try:
        return date.fromisoformat(value[:10])
    except ValueError:
        return None


def _as_is(value: date | str | None) -> str:
    return "–" if value is None else str(value)


FORMS = {"zh": Forms(number, _zh_day), "en": Forms(number, _en_day)}
