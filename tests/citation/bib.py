"""BibTeX as its readers take it: braces are counted, whatever stands before them."""

from __future__ import annotations

import re
from typing import NamedTuple

_HEAD = re.compile(r"@(\w+)\{([A-Za-z0-9._-]+),\n")
_FIELD = re.compile(r"\s*(\w+) = ")
_COMMAND = re.compile(
    r"\\(textbackslash|textbraceleft|textbraceright|textasciitilde|textasciicircum)\{\}|\\(.)"
)
_MEANT = {
    "textbackslash": "\\",
    "textbraceleft": "{",
    "textbraceright": "}",
    "textasciitilde": "~",
    "textasciicircum": "^",
}


class Entry(NamedTuple):
    """One entry: its type, its key and its fields as they stand between their braces."""

    kind: str
    key: str
    fields: dict[str, str]


def parse(text: str) -> Entry:
    """Return the one entry of ``text``; anything else is an error."""
    head = _HEAD.match(text)
    assert head, text
    fields: dict[str, str] = {}
    at = head.end()
    while text[at] != "}":
        name = _FIELD.match(text, at)
        assert name, text[at:]
        assert name[1] not in fields
        fields[name[1]], at = _value(text, name.end())
        assert text[at : at + 2] == ",\n"
        at += 2
    assert text[at:] == "}\n"
    return Entry(head[1], head[2], fields)


def _value(text: str, start: int) -> tuple[str, int]:
    if text[start] != "{":
        word = re.match(r"[a-z]+", text[start:])
        assert word
        return word[0], start + word.end()
    depth = 0
    for at in range(start, len(text)):
        depth += {"{": 1, "}": -1}.get(text[at], 0)
        if depth == 0:
            return text[start + 1 : at], at + 1
    raise AssertionError("a brace is not closed")


def said(value: str) -> str:
    """Return what TeX sets for a value, and fail on what it would take for a command."""
    inner = value[1:-1] if value.startswith("{") and value.endswith("}") else value
    bare = _COMMAND.sub("", inner)
    assert not set(bare) & set("\\{}%&$#_^~"), bare
    return _COMMAND.sub(lambda found: _MEANT[found[1]] if found[1] else found[2], inner)
