"""What a workbook says of itself."""

from __future__ import annotations

import io

import openpyxl


def front_of(body: bytes) -> list[tuple[str, str]]:
    """Return the lines of the first sheet: a name and a text each."""
    sheet = openpyxl.load_workbook(io.BytesIO(body)).worksheets[0]
    return [(str(row[0]), str(row[1])) for row in sheet.iter_rows(values_only=True)]
