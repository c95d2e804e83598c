"""CSV as asked for: the bytes of each option, and the stored lines untouched where they serve."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from opendata.formats import CSV, EXCEL_ZH, MACHINE, Options, Table, resolve
from opendata.records import COLLECTIONS
from tests.formats.made_up_row import row_of

_PROJECTS = COLLECTIONS["projects"]


def _written(options: Options, *names: str) -> str:
    columns = resolve(_PROJECTS, names, CSV.offered(_PROJECTS, options))
    line = {r.name: r.fragment(row_of()) for r in (MACHINE, EXCEL_ZH)}[CSV.stored(options)]
    return b"".join(CSV.write(Table(_PROJECTS, columns, options), [[line]])).decode()


@pytest.mark.parametrize(
    ("options", "content_type", "expected"),
    [
        (
            Options(),
            "text/csv; charset=utf-8; header=present",
            (
                "title_zh,title_en\r\n"
                '"建成“水泵厂”,一期","Complete the ""pump factory"", phase one"\r\n'
            ),
        ),
        (
            Options(bom=True, header="zh", delimiter="semicolon"),
            "text/csv; charset=utf-8; header=present",
            (
                "\ufeff标题（中文）;标题（英文）\r\n"
                '建成“水泵厂”,一期;"Complete the ""pump factory"", phase one"\r\n'
            ),
        ),
        (
            Options(header="none", delimiter="tab"),
            "text/tab-separated-values; charset=utf-8",
            '建成“水泵厂”,一期\t"Complete the ""pump factory"", phase one"\r\n',
        ),
        (
            Options(header="none"),
            "text/csv; charset=utf-8; header=absent",
            '"建成“水泵厂”,一期","Complete the ""pump factory"", phase one"\r\n',
        ),
        (
            Options("excel", bom=False, header="id"),
            "text/csv; charset=utf-8; header=present",
            (
                "title_zh,dataset_title,version,licence,permalink\r\n"
                '"建成“水泵厂”,一期",柳溪县2030年工作安排,v1.2.3,CC-BY-4.0,'
                "https://data.example.org/v1/datasets/demo-2030/versions/1.2.3/projects/pump-factory\r\n"
            ),
        ),
    ],
)
def test_options_make_these_bytes(options: Options, content_type: str, expected: str) -> None:
    """Byte order mark, header and separator are what was asked for, and the type says so."""
    assert _written(options, "title") == expected
    assert CSV.content_type_for(options) == content_type


@pytest.mark.parametrize(("options", "made"), [(Options(), MACHINE), (Options("excel"), EXCEL_ZH)])
def test_stored_lines_pass_untouched(options: Options, made: object) -> None:
    """Without a choice of fields or another separator, a block is the stored bytes, joined."""
    lines = [b"not a line\r\n", b'"nor this']
    body = list(CSV.write(Table(_PROJECTS, options=options), [lines, [], lines]))
    assert body == [made.head(_PROJECTS), b"".join(lines), b"".join(lines)]  # type: ignore[attr-defined]


def test_the_header_does_not_wait_for_rows() -> None:
    """The first bytes come before a single row was read."""
    read = []

    def blocks() -> Iterator[list[bytes]]:
        read.append(1)
        yield []

    assert next(CSV.write(Table(_PROJECTS), blocks())) == MACHINE.head(_PROJECTS)
    assert read == []


def test_a_cell_may_be_very_long() -> None:
    """A list of long texts is one cell, longer than Python's reader takes by default."""
    row = row_of(aliases=["水" * 3000] * 100)
    options = Options(delimiter="semicolon")
    columns = resolve(_PROJECTS, ["aliases"])
    table = Table(_PROJECTS, columns, options)
    body = b"".join(CSV.write(table, [[MACHINE.fragment(row)]])).decode()
    assert len(body) == len("aliases\r\n\r\n") + 100 * 3000 + 99
