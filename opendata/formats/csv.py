"""CSV (RFC 4180), in two profiles of the same rows.

The machine profile has field names as headers, codes as values and no byte order mark. The
Excel profile is for people: byte order mark (without it Excel and WPS on Chinese Windows take
UTF-8 for GBK), headers and codes spelled out in one language, and on every row the dataset,
version, licence and permalink, so that pasted rows stay attributable.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from opendata.formats.representation import Row
from opendata.records import Collection, Column
from opendata.records.text import LIST_SEPARATOR

_BOM = "\ufeff"


@dataclass(frozen=True, slots=True)
class Csv:
    """What both profiles share."""

    name: str
    suffix: str = "csv"
    media_type: str = "text/csv"
    content_type: str = "text/csv; charset=utf-8; header=present"


@dataclass(frozen=True, slots=True)
class MachineCsv(Csv):
    """CSV for programs: every column, named by its field."""

    def head(self, collection: Collection) -> bytes:
        return _line(column.name for column in collection.columns)

    def fragment(self, row: Row) -> bytes:
        return _line(
            LIST_SEPARATOR.join(_text(value) for value in column.values(row.record))
            for column in row.collection.columns
        )


@dataclass(frozen=True, slots=True)
class ExcelCsv(Csv):
    """CSV for people, in one language."""

    language: str = "zh"

    def head(self, collection: Collection) -> bytes:
        zh = self.language == "zh"
        headers = [
            column.heading.zh if zh else column.heading.en for column in self._columns(collection)
        ]
        added = ("数据集", "版本", "许可", "永久链接")
        added_en = ("Dataset title", "Version", "Licence", "Permalink")
        return _BOM.encode() + _line([*headers, *(added if zh else added_en)])

    def fragment(self, row: Row) -> bytes:
        title = row.dataset.zh if self.language == "zh" else row.dataset.en
        cells = [self._cell(column, row) for column in self._columns(row.collection)]
        # "v" keeps spreadsheets from reading a version as a date
        return _line([*cells, title, f"v{row.version}", row.licence, row.permalink])

    def _columns(self, collection: Collection) -> list[Column]:
        return [
            column
            for column in collection.columns
            if column.language in (None, self.language) and column.name not in _ON_EVERY_ROW
        ]

    def _cell(self, column: Column, row: Row) -> str:
        separator = "；" if self.language == "zh" else "; "
        labels = row.labels.get(column.vocabulary or "", {})
        shown = []
        for value in column.values(row.record):
            label = labels.get(value) if isinstance(value, str) else None
            shown.append(_text(value) if label is None else getattr(label, self.language))
        return separator.join(shown)


#: Said by the columns that the Excel profile adds.
_ON_EVERY_ROW = frozenset({"dataset", "version", "licence"})

MACHINE = MachineCsv("csv")
EXCEL_ZH = ExcelCsv("csv_excel_zh", language="zh")
EXCEL_EN = ExcelCsv("csv_excel_en", language="en")


def _text(value: Any) -> str:
    if value is None:
        return ""
    return format(value, "f") if isinstance(value, Decimal) else str(value)


def _line(cells: Iterable[str]) -> bytes:
    line = io.StringIO()
    csv.writer(line, lineterminator="\r\n").writerow(cells)
    return line.getvalue().encode()
