"""Every query gives the same rows in every format: JSON page by page, NDJSON, CSV, XLSX."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal
from itertools import chain
from typing import Any

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.http.asking import ALL, Asked, Query, Record, leaves, parse, queries
from tests.serving import BASE, get, walk

#: What smaller tests cover already; counting lines would double the time it takes.
pytestmark = pytest.mark.no_cover


def _columns(query: Query) -> list[str]:
    """Return the columns that the fields of a query mean, each where it is named first."""
    columns = ALL[query.collection].columns
    if not query.fields:
        return [column.name for column in columns]
    found = [
        column.name
        for name in query.fields
        for column in columns
        if name in (column.name, column.path[0])
        and (name == column.name or name not in (c.name for c in columns))
    ]
    return list(dict.fromkeys(found))


def _cell(record: Record, name: str) -> str:
    return "|".join("" if v is None else f"{v}" for key, v in leaves(record) if key == name)


def _values(record: Record, names: Sequence[str]) -> dict[str, list[Any]]:
    found: dict[str, list[Any]] = {}
    for key, value in leaves(record):
        if key in names and value is not None:
            found.setdefault(key, []).append(value)
    return found


def _table(text: str) -> list[list[str]]:
    return list(csv.reader(io.StringIO(text, newline=""), strict=True))


def _sheet(body: bytes) -> list[list[Any]]:
    workbook = openpyxl.load_workbook(io.BytesIO(body))
    return [list(row) for row in workbook.worksheets[1].iter_rows(values_only=True)]


def _same(shown: Any, text: str) -> bool:
    """Whether a cell of a workbook holds what a cell of text says."""
    if isinstance(shown, datetime):
        return shown.date().isoformat() == text
    if isinstance(shown, int | float):
        return Decimal(repr(shown)) == Decimal(text)
    return (shown or "") == text


def _permalink(query: Query, record: Record) -> str:
    if query.collection == "datasets":
        return f"{BASE}/v1/datasets/{record['id']}/versions/{record['version']}"
    version = f"{BASE}/v1/datasets/{record['dataset']}/versions/{record['version']}"
    return f"{version}/{query.collection}/{record['id']}"


@settings(max_examples=80)
@given(data=st.data())
def test_every_format_holds_the_same_rows(asked: Asked, data: st.DataObject) -> None:
    """In the same order, with the same fields; whatever is asked for."""
    query = data.draw(queries(asked))
    whole = get(asked.client, query.address(".ndjson")).data
    records = [parse(line) for line in whole.splitlines()]
    columns = _columns(query)
    _check_json(asked, query, columns, records, data.draw(st.sampled_from([9, 50, 1000])))
    lines = _table(get(asked.client, query.address(".csv", "fields")).text)
    assert lines == [columns, *([_cell(r, name) for name in columns] for r in records)]
    _check_for_people(asked, query, records, data.draw(st.sampled_from(["zh", "en"])))


def _check_json(
    asked: Asked, query: Query, columns: list[str], records: list[Record], limit: int
) -> None:
    pages = walk(asked.client, query.address("", limit=limit))
    rows = list(chain.from_iterable(page["data"] for page in pages))
    found = [{name: row[name] for name in row if name != "matches"} for row in rows]
    assert found == [parse_again(record) for record in records]
    assert all(page["meta"]["total"] == len(records) for page in pages)
    cut = walk(asked.client, query.address("", "fields", limit=limit))
    lines = get(asked.client, query.address(".ndjson", "fields")).data.splitlines()
    order = list(dict.fromkeys(_first_name(query, name) for name in columns))
    for line, row, record in zip(
        lines, chain.from_iterable(page["data"] for page in cut), records, strict=True
    ):
        shown = parse(line)
        assert _values(shown, columns) == _values(record, columns)
        assert {name: row[name] for name in row if name != "matches"} == parse_again(shown)
        if query.fields:
            assert list(shown) == order


def parse_again(record: Record) -> Record:
    """Return a record with numbers as a client's ordinary reader has them."""

    def plain(value: Any) -> Any:
        if isinstance(value, dict):
            return {name: plain(inner) for name, inner in value.items()}
        if isinstance(value, list):
            return [plain(member) for member in value]
        return float(value) if isinstance(value, Decimal) else value

    found: Record = plain(record)
    return found


def _first_name(query: Query, name: str) -> str:
    [column] = [column for column in ALL[query.collection].columns if column.name == name]
    return column.path[0]


def _check_for_people(asked: Asked, query: Query, records: list[Record], language: str) -> None:
    address = query.address(".csv", "fields", profile="excel", lang=language)
    answer = get(asked.client, address)
    assert answer.data.startswith("\ufeff".encode())
    lines = _table(answer.text.removeprefix("\ufeff"))
    assert [line[-1] for line in lines[1:]] == [_permalink(query, record) for record in records]
    sheet = _sheet(get(asked.client, query.address(".xlsx", "fields", lang=language)).data)
    assert len(sheet) == len(lines)
    for shown, line in zip(sheet, lines, strict=True):
        assert len(shown) == len(line)
        assert all(map(_same, shown, line)), (shown, line)
