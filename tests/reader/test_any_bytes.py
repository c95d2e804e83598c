"""Whatever bytes a file holds, reading gives a value or an error with a place in the file."""

from __future__ import annotations

import tempfile
from pathlib import Path

from hypothesis import example, given
from hypothesis import strategies as st

from opendata.errors import Problem
from opendata.reader.file import DataFile
from opendata.reader.yaml import YamlError, parse, positions
from opendata.records import COLLECTIONS

#: Pieces of YAML, so that chance builds more than noise.
PIECES = st.lists(
    st.sampled_from(
        [
            *("a", "b: ", "- ", "? ", ": ", "\n", "\n  ", "\n    ", "[", "]", "{", "}", ", ", "'"),
            *('"', "\\", "#", " #", "&x ", "*x", "!t ", "!!", "|\n", ">\n", "---\n", "...\n", "%"),
            *("@", "`", "\t", "~", "null", "<<: ", "id: ", "source: ", "quantities: ", "甲", "𠀀"),
            *("\u2028", "\x85", "\r", "\ufeff", "0", "3: ", "²: ", "a.0: ", "_schema: ", "title: "),
        ]
    ),
    max_size=40,
).map("".join)
FILES = st.one_of(
    st.binary(max_size=60), st.text(max_size=60).map(str.encode), PIECES.map(str.encode)
)


def _within(position: tuple[int, int], content: bytes) -> bool:
    """Tell whether the file has that line, and the line that column or the place after it."""
    lines = content.decode("utf-8", "replace").split("\n")
    line, column = position
    return 1 <= line <= len(lines) and 1 <= column <= len(lines[line - 1]) + 1


@given(FILES)
@example(b"\xff\xfe")
@example("x: a\u2028b\nd: 1\nd: 2\n".encode())
@example(b"x: 'a\rb'\nd: 1\nd: 2\n")
@example("甲: [1\n乙: 2\n".encode())
def test_any_bytes_give_a_value_or_a_placed_error(content: bytes) -> None:
    """Never another exception, and never a place outside the file."""
    try:
        value, faults = parse(content)
    except YamlError as error:
        assert _within(error.position, content)
        assert error.fault.message
        assert error.fault.fix
        return
    assert isinstance(value, str | list | dict | None)
    found = positions(content)
    assert all(_within(position, content) for position in found.values())
    for fault in faults:
        assert _within(fault.position, content)
        assert fault.path in found


@given(FILES)
@example("- ²: 1\n".encode())
@example(b"- a.0: 1\n")
@example(b"- _schema: 1\n")
@example(b"- quantities: [~, {as_printed: a}]\n  source: {quote: b}\n")
def test_any_file_of_records_gives_records_or_placed_problems(content: bytes) -> None:
    """Whatever it holds, each collection can be asked to read it."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "records.yaml"
        path.write_bytes(content)
        for collection in COLLECTIONS.values():
            problems: list[Problem] = []
            records = DataFile(path, problems).load_many(collection.schema())
            assert problems or records or content.split(b"#")[0].strip(b" \n\r-") == b"[]"
            for problem in problems:
                assert _within((problem.place.line, problem.place.column), content)
                assert str(problem).isprintable()
