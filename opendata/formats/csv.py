"""Ready-made lines of CSV (RFC 4180), in two profiles of the same rows.

The machine profile has field names as headers, codes as values and no byte order mark. The
Excel profile is for people: byte order mark (without it Excel and WPS on Chinese Windows take
UTF-8 for GBK), headers and codes spelled out in one language, and on every row the dataset,
version, licence and permalink, so that pasted rows stay attributable.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from opendata.formats.representation import Row
from opendata.records import Collection, Column
from opendata.records.patterns import DRAFT
from opendata.records.text import LIST_SEPARATOR
from opendata.vocabularies import Label

BOM = "\ufeff"
LINE_END = "\r\n"

#: What the Excel profile adds to every row: name, heading and meaning.
ADDED = (
    ("dataset_title", Label("数据集", "Dataset title"), Label("所属数据集。", "The dataset.")),
    ("version", Label("版本", "Version"), Label("数据集的版本。", "Version of the dataset.")),
    ("licence", Label("许可", "Licence"), Label("使用许可。", "Licence of the data.")),
    (
        "permalink",
        Label("永久链接", "Permalink"),
        Label("该记录在该版本中的固定地址。", "Lasting address of the record in its version."),
    ),
)


@dataclass(frozen=True, slots=True)
class Csv:
    """What both profiles share."""

    name: str
    suffix: str = "csv"
    media_type: str = "text/csv"


@dataclass(frozen=True, slots=True)
class MachineCsv(Csv):
    """CSV for programs: every column, named by its field."""

    def head(self, collection: Collection) -> bytes:
        return _line(column.name for column in collection.columns)

    def fragment(self, row: Row) -> bytes:
        return self.line(row.collection, row.record)

    def line(self, collection: Collection, record: Mapping[str, Any]) -> bytes:
        """Return the line of a record."""
        return _line(
            LIST_SEPARATOR.join(_text(value) for value in column.values(record))
            for column in collection.columns
        )


@dataclass(frozen=True, slots=True)
class ExcelCsv(Csv):
    """CSV for people, in one language."""

    language: str = "zh"

    def head(self, collection: Collection) -> bytes:
        headers = [column.heading for column in self.columns(collection)]
        headers += [heading for _, heading, _ in ADDED]
        return BOM.encode() + _line(getattr(heading, self.language) for heading in headers)

    def fragment(self, row: Row) -> bytes:
        title = row.dataset.zh if self.language == "zh" else row.dataset.en
        cells = [self._cell(column, row) for column in self.columns(row.collection)]
        # "v" keeps spreadsheets from reading a version as a date
        version = row.version if row.version == DRAFT else f"v{row.version}"
        return _line([*cells, title, version, row.licence, row.permalink])

    def columns(self, collection: Collection) -> list[Column]:
        """Return the columns of its table that are the records' own: of one language."""
        return [
            column
            for column in collection.columns
            if column.language in (None, self.language) and column.name not in ON_EVERY_ROW
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
ON_EVERY_ROW = frozenset({"dataset", "version", "licence"})

MACHINE = MachineCsv("csv")
EXCEL_ZH = ExcelCsv("csv_excel_zh", language="zh")
EXCEL_EN = ExcelCsv("csv_excel_en", language="en")


def _text(value: Any) -> str:
    if value is None:
        return ""
    return format(value, "f") if isinstance(value, Decimal) else str(value)


def _line(cells: Iterable[str]) -> bytes:
    line = io.StringIO()
    csv.writer(line, lineterminator=LINE_END).writerow(cells)
    return line.getvalue().encode()
