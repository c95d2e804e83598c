"""Cells of a workbook: each value as what it is, and never as more than that."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from opendata.formats.representation import TooLongTextError
from opendata.query import Kind
from opendata.vocabularies import Label

#: Significant digits of a number that Excel keeps.
_DIGITS = 15
#: UTF-16 code units of a cell.
_LONGEST = 32_767
#: Excel's calendar is true from here on: it takes 1900 for a leap year.
_FIRST_DAY = date(1900, 3, 1)

_TOP: dict[str, Any] = {"valign": "top"}


class Cells:
    """Writes cells into the sheets of one workbook, with that workbook's formats."""

    def __init__(self, workbook: Any) -> None:
        self._workbook = workbook
        self._head = workbook.add_format({"bold": True, "bg_color": "#DDE6EE", "text_wrap": True})
        self._bold = workbook.add_format({"bold": True, **_TOP})
        self._text = workbook.add_format({"num_format": "@", "text_wrap": True, **_TOP})
        self._link = workbook.get_default_url_format()
        self._date = workbook.add_format({"num_format": "yyyy-mm-dd", **_TOP})
        self._numbers: dict[int, Any] = {}

    def head(self, sheet: Any, row: int, column: int, text: str) -> None:
        """Write the heading of a column."""
        self._string(sheet, row, column, text, self._head)

    def name(self, sheet: Any, row: int, column: int, text: str) -> None:
        """Write what the cell beside it is."""
        self._string(sheet, row, column, text, self._bold)

    def text(self, sheet: Any, row: int, column: int, text: str) -> None:
        """Write a text, whatever it looks like; nothing where it is empty."""
        self._string(sheet, row, column, text, self._text)

    def link(self, sheet: Any, row: int, column: int, url: str) -> None:
        """Write an address that can be followed."""
        sheet.write_url(row, column, url, self._link)

    def value(self, sheet: Any, row: int, column: int, text: str, kind: Kind) -> None:
        """Write a value of ``kind``: a number or date where Excel holds it exactly, else text."""
        if not text:
            return
        if kind is Kind.NUMBER and is_exact(text):
            sheet.write_number(row, column, float(text), self._number(text))
        elif kind is Kind.DATE and date.fromisoformat(text) >= _FIRST_DAY:
            sheet.write_datetime(row, column, date.fromisoformat(text), self._date)
        else:
            self.text(sheet, row, column, text)

    def _number(self, text: str) -> Any:
        """Return the format that shows as many decimals as ``text`` has."""
        decimals = len(text.partition(".")[2])
        if decimals not in self._numbers:
            shown = f"0.{'0' * decimals}" if decimals else "0"
            self._numbers[decimals] = self._workbook.add_format({"num_format": shown, **_TOP})
        return self._numbers[decimals]

    def _string(self, sheet: Any, row: int, column: int, text: str, look: Any) -> None:
        if len(text) > _LONGEST // 2 and len(text.encode("utf-16-le")) // 2 > _LONGEST:
            raise _too_long(row)
        if text.startswith("<r>") and text.endswith("</r>"):
            # XlsxWriter takes such a text for markup of its own and would write it as it is
            sheet.write_rich_string(row, column, text[0], self._text, text[1:], look)
        elif text:
            sheet.write_string(row, column, text, look)


def is_exact(text: str) -> bool:
    """Tell whether a workbook holds the number ``text`` to the last digit."""
    number = Decimal(text)
    digits = len("".join(map(str, number.as_tuple().digits)).strip("0"))
    return digits <= _DIGITS and Decimal(f"{float(number):.16G}") == number


def _too_long(row: int) -> TooLongTextError:
    return TooLongTextError(
        Label(
            f"第 {row + 1} 行有文本超过 Excel 单元格的 {_LONGEST} 个字符；请用 CSV 或 JSON。",
            f"A text in line {row + 1} is longer than the {_LONGEST} characters of a cell of "
            "Excel; take CSV or JSON.",
        )
    )
