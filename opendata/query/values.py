"""How values are compared: each kind has a text form whose order by code point is its own order.

The store keeps these forms, so that one comparison serves every kind, exactly and in every
database: decimals never become floats, and version 1.10.0 follows 1.9.0.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from enum import Enum
from typing import Any

from opendata.records.patterns import DRAFT
from opendata.vocabularies import Label

#: Exponents of numbers are written with this added, in three digits.
_BIAS = 500
_COMPLEMENT = str.maketrans("0123456789", "9876543210")


class Kind(Enum):
    """What the values of a field are."""

    NAME = "name"  # an identifier or a code
    TEXT = "text"
    NUMBER = "number"
    DATE = "date"
    PERIOD = "period"
    VERSION = "version"

    @property
    def ordered(self) -> bool:
        """Whether values can be more or less than each other."""
        return self not in (Kind.NAME, Kind.TEXT)

    @property
    def label(self) -> Label:
        """What people call it."""
        return _LABELS[self]


_LABELS = {
    Kind.NAME: Label("代码或标识", "code or identifier"),
    Kind.TEXT: Label("文字", "text"),
    Kind.NUMBER: Label("数", "number"),
    Kind.DATE: Label("日期", "date"),
    Kind.PERIOD: Label("年份或起止年份", "year, or years from/to"),
    Kind.VERSION: Label("版本号", "version number"),
}


def encode(kind: Kind, value: Any) -> str:
    """Return the form of ``value`` that is kept and compared."""
    return _ENCODE.get(kind, str)(value)


def decode(kind: Kind, form: str) -> Any:
    """Return the value that ``form`` stands for, as JSON shows it."""
    return _DECODE.get(kind, str)(form)


def encode_number(number: Decimal | int) -> str:
    """Return a form of ``number`` that sorts as the number does; equal numbers have one form.

    A sign (``m``, ``o`` for zero, ``p``), the exponent of the first digit, and the digits
    without zeros at their end; for a negative number each is turned round, and ``~`` ends it.
    """
    exact = Decimal(number)
    if not exact:
        return "o"
    digits = "".join(map(str, exact.as_tuple().digits)).rstrip("0")
    form = f"{exact.adjusted() + _BIAS:03d}{digits}"
    return f"p{form}" if exact > 0 else f"m{form.translate(_COMPLEMENT)}~"


def decode_number(form: str) -> Decimal:
    """Return the number that :func:`encode_number` gave ``form`` for."""
    if form == "o":
        return Decimal(0)
    body = form[1:] if form[0] == "p" else form[1:-1].translate(_COMPLEMENT)
    digits = tuple(map(int, body[3:]))
    exponent = int(body[:3]) - _BIAS - len(digits) + 1
    return Decimal((0 if form[0] == "p" else 1, digits, exponent))


def _encode_version(version: str) -> str:
    if version == DRAFT:  # in a preview; letters follow digits, so it is the newest
        return version
    return ".".join(f"{int(part):06d}" for part in version.split("."))


def _decode_version(form: str) -> str:
    if form == DRAFT:
        return form
    return ".".join(str(int(part)) for part in form.split("."))


def _encode_date(day: date | str) -> str:
    return day if isinstance(day, str) else day.isoformat()


_ENCODE: dict[Kind, Callable[[Any], str]] = {
    Kind.NUMBER: encode_number,
    Kind.VERSION: _encode_version,
    Kind.DATE: _encode_date,
}
_DECODE: dict[Kind, Callable[[str], Any]] = {
    Kind.NUMBER: decode_number,
    Kind.VERSION: _decode_version,
}
