"""The sheets of a workbook that explain its data: what the file is, and what its columns mean."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any
from unicodedata import east_asian_width

from opendata.formats.cells import Cells
from opendata.formats.representation import About, Table
from opendata.formats.shown import Shown
from opendata.records import COLLECTIONS
from opendata.vocabularies import CLOSED, OPEN, Label

_SEVERAL = Label("（可有多个，以“；”分隔）", " (may be several, separated by “; ”)")
_HEADINGS = (
    (Label("列", "Column"), 24),
    (Label("字段名", "Field"), 24),
    (Label("含义", "Meaning"), 60),
    (Label("类型", "Kind"), 24),
    (Label("取值", "Values"), 60),
)
#: Characters that the texts of the first sheet are wide, and points that a line is high.
_TEXT_WIDTH = 100
_LINE_HEIGHT = 15
#: Points that a row may be high.
_HIGHEST = 409


def write_readme(sheet: Any, cells: Cells, table: Table, *, language: str) -> None:
    """Write what the file holds, where it is from and how to cite it: a name and a text a line."""
    sheet.set_column(0, 0, 22)
    sheet.set_column(1, 1, _TEXT_WIDTH)
    sheet.fit_to_pages(1, 0)  # on paper, a name and its text side by side
    licence_url = table.about.licence_url if table.about else ""
    for row, (name, text) in enumerate(_lines(table)):
        # said outright, for not every program fits rows to wrapped text when it opens a file
        sheet.set_row(row, min(_LINE_HEIGHT * _line_count(text), _HIGHEST))
        cells.name(sheet, row, 0, getattr(name, language))
        if text and text == licence_url:
            cells.link(sheet, row, 1, text)
        else:
            cells.text(sheet, row, 1, text)


def write_dictionary(sheet: Any, cells: Cells, columns: Sequence[Shown], *, language: str) -> None:
    """Write what each column means: a column a line."""
    sheet.freeze_panes(1, 0)
    for at, (heading, width) in enumerate(_HEADINGS):
        sheet.set_column(at, at, width)
        cells.head(sheet, 0, at, getattr(heading, language))
    for row, column in enumerate(columns, 1):
        kind = getattr(column.kind.label, language)
        several = getattr(_SEVERAL, language) if column.many else ""
        texts = (
            getattr(column.heading, language),
            column.name,
            getattr(column.note, language),
            kind + several,
            _values(column.vocabulary, language),
        )
        for at, text in enumerate(texts):
            cells.text(sheet, row, at, text)


def _line_count(text: str) -> int:
    """Return how many lines ``text`` takes; characters of East Asia are two wide."""
    width = sum(2 if east_asian_width(c) in "WF" else 1 for c in text)
    return max(1, -(-width // _TEXT_WIDTH))


def _lines(table: Table) -> Iterator[tuple[Label, str]]:
    """Yield the lines of the first sheet that have something to say."""
    about = table.about or About("")
    held = getattr(table.collection.title, table.options.language)
    rows = "" if table.rows is None else str(table.rows)
    lines = (
        (Label("提示", "Notice"), about.notice),
        (Label("标题", "Title"), about.title),
        (Label("说明", "Description"), about.description),
        (Label("发布者", "Publisher"), about.publisher),
        (Label("数据集与版本", "Dataset and version"), about.version),
        (Label("内容", "Holds"), held),
        (Label("行数", "Rows"), rows),
        *((Label("筛选", "Filter"), text) for text in about.filters),
        (Label("许可", "Licence"), about.licence),
        (Label("许可文本", "Licence text"), about.licence_url),
        (Label("引用", "Citation"), about.citation),
        *((Label("来源与引用", "Source and citation"), text) for text in about.sources),
        *((Label("注意", "Caveat"), text) for text in about.caveats),
        (Label("本版说明", "Notes of this version"), about.notes),
        (Label("网址", "Address"), about.address),
    )
    return ((name, text) for name, text in lines if text)


def _values(vocabulary: str | None, language: str) -> str:
    """Return what names the values of a column; the codes themselves where the list is closed."""
    if vocabulary is None:
        return ""
    if vocabulary in CLOSED:
        separator = "；" if language == "zh" else "; "
        return separator.join(
            f"{getattr(code.label, language)} ({code.code})" for code in CLOSED[vocabulary].codes
        )
    if vocabulary in COLLECTIONS:
        title = COLLECTIONS[vocabulary].title
    else:
        title = OPEN.get(vocabulary, Label("章节", "Sections"))
    return str(getattr(title, language))
