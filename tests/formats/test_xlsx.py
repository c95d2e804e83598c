"""XLSX: the three sheets, what is a number or a date, and the limits of Excel."""

from __future__ import annotations

import io
import tempfile
from collections.abc import Iterator
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl.workbook import Workbook

from opendata.formats import (
    XLSX,
    About,
    Options,
    Table,
    TooLongTextError,
    TooManyRowsError,
    resolve,
    xlsx,
)
from opendata.formats.cells import is_exact
from opendata.records import COLLECTIONS
from tests.formats.any_record import fragments
from tests.formats.made_up_row import RECORD

_PROJECTS, _GLOSSARY = COLLECTIONS["projects"], COLLECTIONS["glossary"]
_ABOUT = About(
    title="柳溪县2030年工作安排",
    description="=说明",
    publisher="opendata 项目",
    version="demo-2030 1.2.3",
    licence="CC BY 4.0",
    licence_url="https://creativecommons.org/licenses/by/4.0/",
    citation="柳溪县2030年工作安排，1.2.3 版",
    address="https://data.example.org/v1/projects.xlsx?action=complete",
    filters=("推进方式等于建成", "期限不为空"),
    sources=("《甲》，1.0.0 版", "《乙》，2.0.0 版"),
    caveats=("范围不明：1 条",),
    notes="首次发布。",
)


def _body(table: Table, *rows: dict[str, Any]) -> bytes:
    name = XLSX.stored(table.options)
    return b"".join(XLSX.write(table, [[fragments(table.collection, r)[name] for r in rows]]))


def _open(body: bytes) -> Workbook:
    return openpyxl.load_workbook(io.BytesIO(body))


def _texts(sheet: Any) -> list[tuple[Any, ...]]:
    return list(sheet.iter_rows(values_only=True))


def test_the_first_sheet_says_what_the_file_is() -> None:
    """Title, licence with its link, citation, filters and caveats; nothing runs as a formula."""
    workbook = _open(_body(Table(_PROJECTS, about=_ABOUT, rows=1), RECORD))
    assert workbook.sheetnames == ["说明", "数据", "字段"]
    sheet = workbook["说明"]
    assert _texts(sheet) == [
        ("标题", "柳溪县2030年工作安排"),
        ("说明", "=说明"),
        ("发布者", "opendata 项目"),
        ("数据集与版本", "demo-2030 1.2.3"),
        ("内容", "项目"),
        ("行数", "1"),
        ("筛选", "推进方式等于建成"),
        ("筛选", "期限不为空"),
        ("许可", "CC BY 4.0"),
        ("许可文本", "https://creativecommons.org/licenses/by/4.0/"),
        ("引用", "柳溪县2030年工作安排，1.2.3 版"),
        ("来源与引用", "《甲》，1.0.0 版"),
        ("来源与引用", "《乙》，2.0.0 版"),
        ("注意", "范围不明：1 条"),
        ("本版说明", "首次发布。"),
        ("网址", "https://data.example.org/v1/projects.xlsx?action=complete"),
    ]
    assert sheet["B2"].data_type == "s"
    links = [cell.value for row in sheet.rows for cell in row if cell.hyperlink]
    assert links == [_ABOUT.licence_url]
    assert workbook.properties.title == _ABOUT.title
    assert workbook.active is workbook["数据"]


def test_the_data_sheet_is_ready_to_use() -> None:
    """The header stays in sight and filters; every row says where it is from."""
    columns = resolve(_PROJECTS, ["name", "deadline"], XLSX.offered(_PROJECTS, Options()))
    sheet = _open(_body(Table(_PROJECTS, columns), RECORD))["数据"]
    assert _texts(sheet) == [
        ("名称", "期限", "数据集", "版本", "许可", "永久链接"),
        ("水泵厂", datetime(2030, 12, 31), "集", "v1.0.0", "CC", "https://a.example/x"),  # noqa: DTZ001
    ]
    assert sheet.freeze_panes == "A2"
    assert sheet.auto_filter.ref == "A1:F2"
    assert sheet["B2"].number_format == "yyyy-mm-dd"
    assert [sheet.column_dimensions[x].width for x in "AB"] == pytest.approx([32.7, 12.7], abs=0.1)


def test_the_dictionary_says_what_columns_mean() -> None:
    """A column a line: heading, field, meaning, kind and what its values are."""
    options = Options(language="en")
    names = ["action", "quantities_unit", "targets", "section"]
    columns = resolve(_PROJECTS, names, XLSX.offered(_PROJECTS, options))
    workbook = _open(_body(Table(_PROJECTS, columns, options), RECORD))
    assert workbook.sheetnames == ["Readme", "Data", "Dictionary"]
    lines = _texts(workbook["Dictionary"])
    assert lines[0] == ("Column", "Field", "Meaning", "Kind", "Values")
    assert lines[1][:2] == ("Action", "action")
    assert lines[1][3:] == (
        "code or identifier",
        (
            "Complete (complete); Advance (advance); Start (start); Upgrade (upgrade); "
            "Support (support); Bid for (bid)"
        ),
    )
    several = "code or identifier (may be several, separated by “; ”)"
    assert [line[3:] for line in lines[2:5]] == [
        (several, "Units"),
        (several, "Targets"),
        ("code or identifier", "Sections"),
    ]
    assert [line[1] for line in lines[5:]] == ["dataset_title", "version", "licence", "permalink"]


@pytest.mark.parametrize(
    ("number", "exact"),
    [
        ("6.10", True),
        ("-0.5", True),
        ("0", True),
        ("123456789012345", True),
        ("300000000000000000000", True),
        ("1234567890123456", False),
        ("0.1234567890123456", False),
        ("9.00000000000001", False),
    ],
)
def test_only_exact_numbers_are_numbers(number: str, exact: bool) -> None:
    """Fifteen significant digits are what Excel keeps; what would change stays a text."""
    assert is_exact(number) == exact
    source = {**RECORD["source"], "paragraph": Decimal(number)}
    columns = resolve(_PROJECTS, ["source_paragraph"])
    cell = _open(_body(Table(_PROJECTS, columns), {**RECORD, "source": source}))["数据"]["A2"]
    assert cell.data_type == ("n" if exact else "s")
    assert Decimal(str(cell.value)) == Decimal(number)


def test_days_before_the_calendar_of_excel_are_texts() -> None:
    """Excel knows no day before 1900, and takes that year for a leap year."""
    columns = resolve(_PROJECTS, ["deadline"])
    rows = [{**RECORD, "deadline": date(1900, 2, 28)}, {**RECORD, "deadline": date(1900, 3, 1)}]
    sheet = _open(_body(Table(_PROJECTS, columns), *rows))["数据"]
    assert [sheet["A2"].value, sheet["A3"].value] == ["1900-02-28", datetime(1900, 3, 1)]  # noqa: DTZ001


def test_the_same_rows_make_the_same_bytes() -> None:
    """Nothing of the moment is in the file."""
    table = Table(_PROJECTS, about=_ABOUT, rows=1)
    body = _body(table, RECORD)
    assert body == _body(table, RECORD)
    properties = _open(body).properties
    assert properties.created == properties.modified == datetime(2000, 1, 1)  # noqa: DTZ001


def test_too_many_rows_are_refused_before_any_work() -> None:
    """The count says so at once."""
    with pytest.raises(TooManyRowsError, match="100000 rows at most here, and these are 100001"):
        XLSX.write(Table(_PROJECTS, rows=100_001), [])


def test_the_row_too_many_stops_a_table_of_unknown_length(monkeypatch: pytest.MonkeyPatch) -> None:
    """Rows are counted on the way too."""
    monkeypatch.setattr(xlsx, "MOST_ROWS", 2)
    assert _body(Table(_PROJECTS), RECORD, RECORD)
    with pytest.raises(TooManyRowsError):
        _body(Table(_PROJECTS), RECORD, RECORD, RECORD)


def test_a_text_that_no_cell_holds_is_refused() -> None:
    """Excel would cut it; emoji count twice, as Excel counts them."""
    assert _body(Table(_PROJECTS), {**RECORD, "aliases": ["🏭" * 16_383]})
    with pytest.raises(TooLongTextError, match="line 2 is longer than the 32767 characters"):
        _body(Table(_PROJECTS), {**RECORD, "aliases": ["🏭" * 16_384]})


@pytest.fixture
def temporary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of temporary files, empty."""
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    return tmp_path


def test_a_client_that_goes_away_leaves_nothing(temporary: Path) -> None:
    """The temporary files go when the body is closed, read or not, and when rows fail."""
    made = fragments(_PROJECTS, RECORD)["csv_excel_zh"]
    body = XLSX.write(Table(_PROJECTS), [[made]])
    next(body)
    assert list(temporary.iterdir()) != []
    body.close()  # type: ignore[attr-defined]
    assert list(temporary.iterdir()) == []

    def failing() -> Iterator[list[bytes]]:
        yield [made]
        raise ConnectionError

    with pytest.raises(ConnectionError):
        next(XLSX.write(Table(_PROJECTS), failing()))
    assert list(temporary.iterdir()) == []
