"""Mistakes in the YAML itself are named with the line they stand on and how to mend them."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests import made_up
from tests.validate.broken import GLOSSARY, TARGETS, Broken, validate

COLON = "end the key with a"
ANCHORS = "anchors and aliases are not used"
SPACES = "indent with spaces"


def _line(typed: str, message: str, fix: str) -> Broken:
    """Something else typed on the line that gives the first target's strength."""
    return Broken(TARGETS, {"  strength: expect": typed}, "-", "-", message, fix)


UNREADABLE = {
    "no colon": _line("  ▶strength expect", "could not find expected ':'", COLON),
    "no space after the colon": _line("  ▶strength:expect", "expected ':'", COLON),
    "full-width colon": _line("  ▶strength：expect", "expected ':'", COLON),
    "two colons": _line("  strength: a▶: b", "mapping values are not allowed", "holds ': '"),
    "one space too many": _line("   strength▶: expect", "mapping values", "check the indentation"),
    "one space too few": _line(" ▶strength: expect", "expected '-'", "check indentation"),
    "no indentation": _line("▶strength: expect", "expected '-'", "check indentation"),
    "a tab as indentation": _line("▶\tstrength: expect", "tab character", SPACES),
    "unclosed double quote": _line('  strength: ▶"expect', "end of stream", "close the quotation"),
    "unclosed single quote": _line("  strength: ▶'expect", "end of stream", "close the quotation"),
    "text after the quote": _line('  strength: "a" ▶b', "expected key", "quotation marks"),
    "quote within quotes": _line("  strength: 'it'▶s'", "expected key", "quotation marks"),
    "unclosed bracket": _line("  strength: ▶[a, b", "expected ',' or ']'", "close the bracket"),
    "unclosed brace": _line("  strength: ▶{a: b", "expected ',' or '}'", "close the bracket"),
    "backslash": _line('  strength: "C:▶\\dir"', "unknown escape", "write each backslash twice"),
    "at sign": _line("  strength: ▶@expect", "cannot start any token", "quote values"),
    "percent sign": _line("  strength: ▶%expect", "cannot start any token", "quote values"),
    "grave accent": _line("  strength: ▶`expect", "cannot start any token", "quote values"),
    "a dash in a value": _line("  strength: ▶- expect", "entries are not allowed", "check"),
    "a block scalar's text on its line": _line("  strength: > ▶expect", "block scalar", "check"),
    "an alias that is no name": _line("  strength: *▶重要", "scanning an alias", "check"),
    "a tag that is no name": _line("  strength: !▶重要", "scanning a tag", "check"),
    "no key": _line("  ▶: expect", "did not find expected key", "check"),
    "a list within a mapping": _line("  ▶- strength: expect", "expected key", "check"),
    "a key that is a list": _line("  ? ▶[a]\n  : b", "is a key that is not text", "plain word"),
    "a second document": _line("▶---\n  strength: expect", "second document", "one document"),
    "the document ended": _line("▶...\n  strength: expect", "ends the document", "remove the ..."),
    "an unresolved merge": _line(
        "▶<<<<<<< HEAD\n  strength: expect\n=======\n", "merge conflict marker", "resolve"
    ),
    "a control character": _line("  strength: ▶\x08expect", "U+0008", "remove it"),
    "a line separator": _line("  strength: expect▶\u2028", "U+2028", "remove it"),
    "a next-line character": _line("  strength: expect▶\x85", "U+0085", "remove it"),
    "a lone carriage return": _line("  strength: ex▶\rpect", "U+000D", "remove it"),
    "nesting without end": _line(
        f"  strength: {'[' * 22}▶[{']' * 23}", "nested more than 24 deep", "flatten it"
    ),
    "a quotation mark closed far below": Broken(
        GLOSSARY,
        {'marker_in_text: "1"': 'marker_in_text: ▶"1'},
        *(
            "-",
            "-",
            "opens a quotation mark that closes only on line 45",
            "close the quotation mark",
        ),
    ),
}


@pytest.mark.parametrize("broken", UNREADABLE.values(), ids=UNREADABLE.keys())
def test_a_file_that_cannot_be_read_on_is_named_where_the_mistake_is(
    broken: Broken, datasets: Path
) -> None:
    """One problem with line and column, and no others that only follow from it."""
    broken.check(datasets)


def _key(typed: str, field: str, message: str, fix: str) -> Broken:
    """The same line, with a mistake that lets the rest be read."""
    return Broken(TARGETS, {"  strength: expect": typed}, "gdp-growth", field, message, fix)


ODD = {
    "a key that stands twice": _key(
        "  strength: expect\n  ▶strength: expect", "strength", "stands twice", "remove one"
    ),
    "an anchor": _key("  strength: ▶&a expect", "strength", "is an anchor (&a)", "remove it"),
    "a tag": _key("  strength: ▶!!str expect", "strength", "has the tag", "remove it"),
    "a long tag": _key(
        f"  strength: ▶!{'x' * 500} expect", "strength", f"has the tag !{'x' * 79}", "remove it"
    ),
    "a value that runs on": Broken(
        TARGETS,
        {"en: Growth of gross regional product": "en: ▶Growth of gross\n      regional product"},
        *("gdp-growth", "title.en", "runs on to line 5", "write it on one line"),
    ),
}


@pytest.mark.parametrize("broken", ODD.values(), ids=ODD.keys())
def test_a_mistake_of_form_does_not_hide_the_rest(broken: Broken, datasets: Path) -> None:
    """What YAML allows and a dataset does not is named while the file is read on."""
    broken.check(datasets)


def _of(found: list[dict[str, object]]) -> list[tuple[object, ...]]:
    return [(p["line"], p["column"], p["field"], p["problem"]) for p in found]


def test_a_value_written_twice_is_blamed_where_it_stands(datasets: Path) -> None:
    """Of two values for one key the second is read, and a fault in it has its line."""
    change = ("  strength: expect", "  strength: expect\n  strength: nonsense")
    made_up.change(datasets, TARGETS, change)
    assert _of(validate(datasets)) == [
        (11, 3, "strength", "nonsense is not a known code"),
        (11, 3, "strength", "stands twice in this mapping"),
    ]


def test_aliases_and_merge_keys_are_never_followed(datasets: Path) -> None:
    """An alias stands for nothing and a merge key merges nothing."""
    change = ("  strength: expect", "  <<: {strength: expect}\n  strength: *a")
    made_up.change(datasets, TARGETS, change)
    assert _of(validate(datasets)) == [
        (10, 3, "<<", "is a merge key"),
        (10, 3, "<<", "is not a key of this record"),
        (11, 3, "strength", "is empty"),
        (11, 13, "strength", "is an alias (*a)"),
    ]


ENCODINGS = {
    "a byte order mark": (b"\xef\xbb\xbf- id: a\n", 1, 1, "byte order mark", "without BOM"),
    "UTF-16": ("- id: a\n".encode("utf-16"), 1, 1, "is UTF-16", "UTF-8"),
    "UTF-16 without a mark": ("- id: a\n".encode("utf-16-le"), 1, 2, "U+0000", "remove it"),
    "GB 18030": ("- id: a\n  q: 柳".encode("gb18030"), 2, 6, "byte 0xc1", "as UTF-8"),
    "a cut character": ("# 柳\n- q: 溪".encode()[:-1], 2, 6, "byte 0xe6", "as UTF-8"),
    "a surrogate": (b"- q: \xed\xa0\x80", 1, 6, "byte 0xed", "as UTF-8"),
}


@pytest.mark.parametrize("case", ENCODINGS.values(), ids=ENCODINGS.keys())
def test_only_clean_utf8_is_read(case: tuple[bytes, int, int, str, str], datasets: Path) -> None:
    """A file in another encoding is named with the first byte that shows it, in characters."""
    content, line, column, message, fix = case
    (datasets / TARGETS).write_bytes(content)
    [found] = validate(datasets)
    assert (found["file"], found["line"], found["column"]) == (
        str(datasets / TARGETS),
        line,
        column,
    )
    assert message in found["problem"]
    assert fix in found["fix"]
