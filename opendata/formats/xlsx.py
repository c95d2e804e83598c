"""XLSX (ISO/IEC 29500): a workbook that explains itself, from the lines of the Excel profile.

Three sheets: what the file is, the data, and what each column means. Numbers and dates are
numbers and dates where Excel can hold them exactly; all else is text, so that nothing becomes a
formula, a link or a date by accident. Rows go through temporary files, so that memory is
constant; the bytes follow from the table and its rows alone.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from xlsxwriter import Workbook

from opendata.formats.cells import Cells
from opendata.formats.delimited import cells_of, excel, of_language
from opendata.formats.front import write_dictionary, write_readme
from opendata.formats.representation import Blocks, Options, Table, TooManyRowsError
from opendata.formats.shown import Shown, shown
from opendata.query import Kind
from opendata.records import Collection, Column
from opendata.vocabularies import Label

#: Rows of a workbook: Excel would hold ten times as many, but they take minutes to write before
#: the first byte can be sent.
MOST_ROWS = 100_000

#: The names of the sheets.
SHEETS = (Label("说明", "Readme"), Label("数据", "Data"), Label("字段", "Dictionary"))

#: Characters that a column is wide, by what is in it.
_WIDTHS = {Kind.TEXT: 32, Kind.NAME: 18, Kind.NUMBER: 14}
_WIDTH = 12
#: The same in every file, whenever it is made.
_CREATED = datetime(2000, 1, 1)  # noqa: DTZ001 - XlsxWriter takes it as UTC
_SIZE = 1 << 16


@dataclass(frozen=True, slots=True)
class Xlsx:
    """The cells of the Excel profile, in one language."""

    suffix: str = "xlsx"
    media_type: str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    options: tuple[str, ...] = ("lang",)
    paged: bool = False
    explains: bool = True

    def content_type_for(self, options: Options) -> str:
        return self.media_type

    def stored(self, options: Options) -> str:
        return excel(options.language).name

    def offered(self, collection: Collection, options: Options) -> tuple[Column, ...]:
        return of_language(collection, options.language)

    def write(self, table: Table, blocks: Blocks) -> Iterator[bytes]:
        if table.rows is not None and table.rows > MOST_ROWS:
            raise _too_many(table.rows)
        return _stream(table, blocks)


XLSX = Xlsx()


def _stream(table: Table, blocks: Blocks) -> Iterator[bytes]:
    """Make the workbook in a folder of its own, which goes whatever becomes of the reader."""
    with tempfile.TemporaryDirectory(prefix="opendata-xlsx-") as folder:
        path = Path(folder) / "table.xlsx"
        _make(path, table, blocks)
        with path.open("rb") as file:
            while block := file.read(_SIZE):
                yield block


def _make(path: Path, table: Table, blocks: Blocks) -> None:
    columns, language = shown(table), table.options.language
    options = {"constant_memory": True, "tmpdir": str(path.parent)}
    with Workbook(str(path), options) as workbook:
        workbook.set_properties({"created": _CREATED, **_properties(table)})
        cells = Cells(workbook)
        readme, data, dictionary = (
            workbook.add_worksheet(getattr(name, language)) for name in SHEETS
        )
        data.activate()
        write_readme(readme, cells, table, language=language)
        _write_data(data, cells, columns, blocks, language)
        write_dictionary(dictionary, cells, columns, language=language)


def _properties(table: Table) -> dict[str, str]:
    about = table.about
    return {"title": about.title, "author": about.publisher} if about else {}


def _write_data(
    sheet: Any, cells: Cells, columns: Sequence[Shown], blocks: Blocks, language: str
) -> None:
    sheet.freeze_panes(1, 0)
    for at, column in enumerate(columns):
        sheet.set_column(at, at, _WIDTHS.get(column.cell_kind, _WIDTH))
        cells.head(sheet, 0, at, getattr(column.heading, language))
    wanted = [(at, column.place, column.cell_kind) for at, column in enumerate(columns)]
    row = 0
    for row, line in enumerate(_rows(blocks), 1):
        if row > MOST_ROWS:
            raise _too_many(row)
        for at, place, kind in wanted:
            cells.value(sheet, row, at, line[place], kind)
    sheet.autofilter(0, 0, row, len(columns) - 1)


def _rows(blocks: Blocks) -> Iterator[list[str]]:
    for block in blocks:
        yield from cells_of(block)


def _too_many(rows: int) -> TooManyRowsError:
    return TooManyRowsError(
        Label(
            f"XLSX 最多 {MOST_ROWS} 行，这里有 {rows} 行或更多；请缩小筛选范围，或用 CSV。",
            f"A workbook has {MOST_ROWS} rows at most here, and these are {rows} or more; narrow "
            "the filter, or take CSV.",
        )
    )
