"""Each format through the same contract, read back by an ordinary reader of its kind."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from decimal import Decimal
from itertools import product
from typing import Any

import openpyxl
from openpyxl.utils.escape import unescape

from opendata.formats import CSV, FORMATS, JSON, NDJSON, XLSX, Options, Table
from opendata.formats.delimited import DELIMITERS
from opendata.records import COLLECTIONS, Column
from tests.formats.any_record import shown
from tests.formats.format_contract import FormatContract


class TestJson(FormatContract):
    """Records in a list."""

    format = JSON
    variants = ((Options(), "|"),)

    def read(self, body: bytes, table: Table, columns: Sequence[Column]) -> list[list[str]]:
        return _of_records(json.loads(body, parse_float=Decimal)["data"], columns)


class TestNdjson(FormatContract):
    """A record a line."""

    format = NDJSON
    variants = ((Options(), "|"),)

    def read(self, body: bytes, table: Table, columns: Sequence[Column]) -> list[list[str]]:
        assert body == b"" or body.endswith(b"\n")
        lines = body.split(b"\n")[:-1]
        return _of_records([json.loads(line, parse_float=Decimal) for line in lines], columns)


class TestCsv(FormatContract):
    """Every option of CSV, by Python's own reader."""

    format = CSV
    variants = tuple(
        (Options(profile, language, bom, header, delimiter), separator)
        for (profile, language, separator), bom, header, delimiter in product(
            (("machine", "zh", "|"), ("excel", "zh", "；"), ("excel", "en", "; ")),
            (None, True, False),
            (None, "id", "zh", "en", "none"),
            DELIMITERS,
        )
    )

    def read(self, body: bytes, table: Table, columns: Sequence[Column]) -> list[list[str]]:
        options = table.options
        people = options.profile == "excel"
        bom = people if options.bom is None else options.bom
        assert body.startswith(b"\xef\xbb\xbf") == bom
        text = io.StringIO(body.removeprefix(b"\xef\xbb\xbf" if bom else b"").decode(), newline="")
        lines = list(csv.reader(text, delimiter=DELIMITERS[options.delimiter], strict=True))
        if options.header != "none":
            headings = lines.pop(0)
            language = options.header or (options.language if people else "id")
            assert headings[: len(columns)] == [_heading(c, language, people) for c in columns]
            assert len(set(headings)) == len(headings)
        added = ["集" if options.language == "zh" else "Set", "v1.0.0", "CC", "https://a.example/x"]
        for line in lines:
            assert line[len(columns) :] == (added if people else [])
        return [line[: len(columns)] for line in lines]


class TestXlsx(FormatContract):
    """The data sheet, by openpyxl, as Excel would show it."""

    format = XLSX
    variants = ((Options(language="zh"), "；"), (Options(language="en"), "; "))

    def read(self, body: bytes, table: Table, columns: Sequence[Column]) -> list[list[str]]:
        sheet = openpyxl.load_workbook(io.BytesIO(body)).worksheets[1]
        rows = list(sheet.iter_rows(max_col=len(columns)))
        headings = [cell.value for cell in rows[0]]
        language = table.options.language
        assert headings == [getattr(c.heading, language) for c in columns]
        return [[_as_shown(cell) for cell in row] for row in rows[1:]]


def test_formats_stand_in_order_of_preference() -> None:
    """A client without a preference gets JSON; each type is the one that is registered or usual."""
    assert [(f.suffix, f.media_type, f.options) for f in FORMATS.values()] == [
        ("json", "application/json", ()),
        ("csv", "text/csv", ("profile", "lang", "bom", "header", "delimiter")),
        ("ndjson", "application/x-ndjson", ()),
        (
            "xlsx",
            "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            ("lang",),
        ),
    ]
    assert [f.content_type_for(Options()) for f in FORMATS.values()] == [
        "application/json",
        "text/csv; charset=utf-8; header=present",
        "application/x-ndjson",
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ]


def test_a_page_of_json_is_its_rows_and_what_belongs_to_them() -> None:
    """However the rows come, the body is the same; further members follow in their order."""
    envelope = {"meta": b'{"total":2}', "links": b"{}", "facets": b"[]"}
    table = Table(COLLECTIONS["projects"], envelope=envelope)
    body = b"".join(JSON.write(table, [[b'{"id":"a"}'], [], [b'{"id":"b"}']]))
    assert body == (b'{"data":[{"id":"a"},{"id":"b"}],"meta":{"total":2},"links":{},"facets":[]}')
    assert b"".join(JSON.write(replace(table, envelope={}), [])) == b'{"data":[]}'


def test_workbooks_alone_say_what_they_hold() -> None:
    """The others need neither words about the rows nor their number, which cost a count."""
    assert [f.suffix for f in FORMATS.values() if f.explains] == ["xlsx"]
    assert [f.suffix for f in FORMATS.values() if f.paged] == ["json"]


def _of_records(records: list[dict[str, Any]], columns: Sequence[Column]) -> list[list[str]]:
    return [["|".join(map(shown, c.values(record))) for c in columns] for record in records]


def _heading(column: Column, language: str, people: bool) -> str:
    if language == "id":
        return column.name
    label = column.heading if people else column.label
    return label.zh if language == "zh" else label.en


def _as_shown(cell: Any) -> str:
    value = cell.value
    assert cell.data_type in ("s", "inlineStr", "n", "d"), "a formula, a truth or an error"
    if isinstance(value, datetime):
        assert cell.number_format == "yyyy-mm-dd"
        return value.date().isoformat()
    if isinstance(value, (int, float)):
        decimals = len(cell.number_format.partition(".")[2])
        return format(Decimal(f"{value:.15g}"), f".{decimals}f")
    assert cell.hyperlink is None
    return unescape(value or "")  # which openpyxl leaves undone where a text stands in its cell
