"""Any record of a record type, drawn from its schema: whatever its texts may hold, and worse."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from functools import cache
from typing import Any

from hypothesis import strategies as st
from marshmallow import Schema, fields

from opendata.formats import REPRESENTATIONS, Row
from opendata.records import Collection
from opendata.records.fields import Date, ExactDecimal, Integer
from opendata.vocabularies import Label
from tests.formats.test_json import NUMBERS

#: What readers and spreadsheets are known to take for something else.
TREACHEROUS = (
    *("00123", "1-2", "1/2", "3月4日", "1e5", "TRUE", "#N/A", "NULL", "-", "123456789012345678901"),
    *("=1+1", "@SUM(A1)", "+86", "http://a.example", "mailto:a@b.c", "internal:x", "{=A1}"),
    *('a"b', '"', '""', "a,b;c\td", "；", "，", " a ", "'1", "<r>x</r>", "<r><t>&", "_x0041_"),
    *("👩‍👩‍👧", "שלום, עולם", "a\u202eb", "\ufeffa", "水泵厂", "&amp;", "\\n", "\u2028", "e\u0301"),
)

#: Anything on one line but what XML cannot hold; tabs too, which records refuse.
TEXTS = st.sampled_from(TREACHEROUS) | st.text(
    st.characters(exclude_categories=["Cs", "Cc", "Cn"]) | st.sampled_from(",;\"'\t0"),
    min_size=1,
    max_size=20,
)


#: Records have no zero below zero, which a spreadsheet would show as zero.
_DECIMALS = NUMBERS.map(Decimal).filter(lambda number: number or not number.is_signed())


@cache
def records(collection: Collection) -> st.SearchStrategy[dict[str, Any]]:
    """Return a strategy of records; fields that tables leave out are empty."""
    return _group(collection.schema())


def fragments(collection: Collection, record: dict[str, Any]) -> dict[str, bytes]:
    """Return the ready-made fragments of a record; no code has a label, so that it is shown."""
    row = Row(collection, record, "https://a.example/x", Label("集", "Set"), "1.0.0", "CC", {})
    return {name: made.fragment(row) for name, made in REPRESENTATIONS.items()}


def shown(value: Any) -> str:
    """Return a value as a cell shows it."""
    if value is None:
        return ""
    return format(value, "f") if isinstance(value, Decimal) else str(value)


def _group(schema: Schema) -> st.SearchStrategy[dict[str, Any]]:
    return st.fixed_dictionaries({name: _value(f) for name, f in schema.fields.items()})


def _value(field: fields.Field[Any]) -> st.SearchStrategy[Any]:
    if not field.metadata.get("in_tables", True):
        return st.just([])
    if isinstance(field, fields.List):
        return st.lists(_value(field.inner), max_size=2)
    if isinstance(field, fields.Nested):
        inner = _group(field.schema)
        return inner if field.required else st.none() | inner
    return _scalar(field) if field.required else st.none() | _scalar(field)


def _scalar(field: fields.Field[Any]) -> st.SearchStrategy[Any]:
    if isinstance(field, ExactDecimal):
        return _DECIMALS
    if isinstance(field, Integer):
        return st.integers(0, 999_999_999)
    return st.dates(date(1, 1, 1)) if isinstance(field, Date) else TEXTS
