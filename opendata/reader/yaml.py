"""A strict YAML reader: PyYAML's C event stream, text scalars only, nothing ambiguous.

Every scalar becomes text, or ``None`` where it is plain and empty, ``~`` or ``null``; what a
text means is decided by the field it is for. Refused, with line and column: duplicate keys,
keys that are not text, anchors, aliases, merge keys, tags, several documents in one file, and
nesting deeper than any record needs. All such faults of a file are found in one reading; only
where it cannot be read any further does the first one end it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import yaml

from opendata.errors import Fault

#: Where a value stands: the keys and list positions that lead to it.
Path = tuple[str | int, ...]
#: An event that may carry an anchor and a tag.
_Node = yaml.ScalarEvent | yaml.MappingStartEvent | yaml.SequenceStartEvent
#: 1-based line and column, in characters.
Position = tuple[int, int]

_DEEPEST = 24
_NULLS = frozenset({"", "~", "null"})
_CONFLICT = re.compile(r"^(<{7}|={7}|>{7})", re.MULTILINE)
#: What has to be mended where it began, though the parser notices later.
_BEGUN = ("while scanning a simple key", "while scanning a quoted", "while parsing a flow")
#: What to do about what libyaml says, the first that fits.
_ADVICE = {
    "escape": "write each backslash twice, or use single quotation marks",
    "tab": "indent with spaces",
    "start any token": "indent with spaces, and quote values that start with @ ` or %",
    "simple key": "end the key with a half-width colon and a space",
    "quoted scalar": "close the quotation mark",
    "mapping values": "quote a value that holds ': ', and check the indentation",
    "flow": "close the bracket",
}
#: Also the line breaks that only YAML knows, since they would shift every line number.
_UNREADABLE = re.compile(
    "\r(?!\n)|[^\t\n\r\x20-\x7e\xa0-\u2027\u202a-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]"
)


@dataclass(frozen=True, slots=True)
class PlacedFault:
    """A fault of a file, with the path and the position it stands at."""

    path: Path
    position: Position
    fault: Fault


class YamlError(Exception):
    """A file that cannot be read past one position."""

    def __init__(self, fault: Fault, position: Position) -> None:
        super().__init__(fault.message)
        self.fault = fault
        self.position = position


def parse(content: bytes) -> tuple[Any, list[PlacedFault]]:
    """Return the value of a YAML file and what is wrong with its form.

    :raises YamlError: where the file cannot be read any further.
    """
    builder = _Builder()
    return builder.build(decode(content)), builder.faults


def positions(content: bytes) -> dict[Path, Position]:
    """Return the position of every key and list member of a readable YAML file.

    Read only when there is something to report, so that good files cost nothing.
    """
    builder = _Builder()
    builder.positions = {}
    text = decode(content)
    builder.build(text)
    end = _position(text)  # the parser may point past it
    return {path: min(position, end) for path, position in builder.positions.items()}


def decode(content: bytes) -> str:
    """Return the text of ``content``.

    :raises YamlError: where it is not UTF-8 or holds characters YAML does not allow.
    """
    if content[:2] in (b"\xff\xfe", b"\xfe\xff"):
        raise YamlError(Fault("is UTF-16", "save the file as UTF-8"), (1, 1))
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError as error:
        before = content[: error.start].decode("utf-8")
        found = f"holds byte 0x{content[error.start]:02x}, which is not UTF-8"
        raise YamlError(Fault(found, "save the file as UTF-8"), _position(before)) from None
    if text.startswith("\ufeff"):
        raise YamlError(Fault("starts with a byte order mark", "save it without BOM"), (1, 1))
    if odd := _UNREADABLE.search(text):
        found = f"holds the control character U+{ord(odd.group()):04X}"
        raise YamlError(Fault(found, "remove it"), _position(text[: odd.start()]))
    return text


def _position(before: str) -> Position:
    lines = before.split("\n")
    return len(lines), len(lines[-1]) + 1


class _Builder:
    """Builds one document from events, without recursion."""

    def __init__(self) -> None:
        self.positions: dict[Path, Position] | None = None
        self.faults: list[PlacedFault] = []
        self._root: list[Any] = []
        self._stack: list[list[Any] | dict[str, Any]] = [self._root]
        self._keys: list[str | int | None] = [None]  # of a list: the place of its next member

    def build(self, text: str) -> Any:
        documents = 0
        for event in _events(text):
            if isinstance(event, yaml.ScalarEvent):
                self._scalar(event)
            elif isinstance(event, yaml.MappingStartEvent):
                self._open({}, None, event)
            elif isinstance(event, yaml.SequenceStartEvent):
                self._open([], 0, event)
            elif isinstance(event, yaml.MappingEndEvent | yaml.SequenceEndEvent):
                self._stack.pop()
                self._keys.pop()
                self._next()
            elif isinstance(event, yaml.AliasEvent):
                self._alias(event)
            elif isinstance(event, yaml.DocumentStartEvent):
                documents += 1
                if documents > 1:
                    fault = Fault("starts a second document", "keep one document in a file")
                    raise YamlError(fault, _start(event))
            elif isinstance(event, yaml.DocumentEndEvent) and event.explicit:
                raise YamlError(Fault("ends the document here", "remove the ..."), _start(event))
        return self._root[0] if self._root else None

    def _scalar(self, event: yaml.ScalarEvent) -> None:
        if event.anchor is not None or event.tag is not None:
            self._properties(event)
        value, plain = event.value, event.implicit[0]
        if event.style not in ("|", ">"):
            self._check_lines(event)
        if self._expects_key():
            self._key(value, plain, event)
        else:
            self._add(None if plain and value in _NULLS else value, event)
            self._next()

    def _key(self, key: str, plain: bool, event: yaml.ScalarEvent) -> None:
        container = self._stack[-1]
        repeated = key in container
        self._keys[-1] = key
        if plain and key in (*_NULLS, "<<"):
            shown = "a merge key" if key == "<<" else "an empty key"
            self._fault(event, f"is {shown}", "write the keys out by name")
        if repeated:
            self._fault(event, "stands twice in this mapping", "remove one of the two")
        if self.positions is not None:
            self.positions[self._path()] = _start(event)

    def _check_lines(self, event: yaml.ScalarEvent) -> None:
        """Refuse a value that runs on: mostly an unclosed quotation mark or a lost colon."""
        assert event.end_mark is not None
        last = event.end_mark.line + 1
        if last == _start(event)[0]:
            return
        if event.style:
            message = f"opens a quotation mark that closes only on line {last}"
            raise YamlError(Fault(message, "close the quotation mark here"), _start(event))
        self._fault(event, f"runs on to line {last}", "write it on one line, and key: value below")

    def _open(self, value: list[Any] | dict[str, Any], first: int | None, event: _Node) -> None:
        if event.anchor is not None or event.tag is not None:
            self._properties(event)
        if self._expects_key():
            fault = Fault("is a key that is not text", "write a plain word as key")
            raise YamlError(fault, _start(event))
        if len(self._stack) > _DEEPEST:
            fault = Fault(
                f"is nested more than {_DEEPEST} deep", "no record needs this; flatten it"
            )
            raise YamlError(fault, _start(event))
        self._add(value, event)
        self._stack.append(value)
        self._keys.append(first)

    def _alias(self, event: yaml.AliasEvent) -> None:
        advice = "write the value out; anchors and aliases are not used in datasets"
        if self._expects_key():
            raise YamlError(Fault("is an alias as a key", advice), _start(event))
        self._fault(event, f"is an alias (*{str(event.anchor)[:40]})", advice)
        self._add(None, event)
        self._next()

    def _properties(self, event: _Node) -> None:
        if event.anchor is not None:
            self._fault(
                event, f"is an anchor (&{event.anchor[:40]})", "remove it and write values out"
            )
        if event.tag is not None:
            self._fault(
                event, f"has the tag {event.tag[:80]}", "remove it; fields decide their types"
            )

    def _expects_key(self) -> bool:
        return self._keys[-1] is None and isinstance(self._stack[-1], dict)

    def _add(self, value: Any, event: yaml.NodeEvent) -> None:
        container, key = self._stack[-1], self._keys[-1]
        if isinstance(container, list):
            container.append(value)
        else:
            container[str(key)] = value
        if self.positions is not None and (isinstance(container, list) or len(self._stack) == 1):
            self.positions[self._path()] = _start(event)

    def _next(self) -> None:
        key = self._keys[-1]
        self._keys[-1] = key + 1 if isinstance(key, int) else None

    def _path(self) -> Path:
        return tuple(key for key in self._keys[1:] if key is not None)

    def _fault(self, event: yaml.Event, message: str, fix: str) -> None:
        self.faults.append(PlacedFault(self._path(), _start(event), Fault(message, fix)))


def _events(text: str) -> Iterator[yaml.Event]:
    try:
        yield from yaml.parse(text, Loader=yaml.CSafeLoader)
    except yaml.MarkedYAMLError as error:
        raise _explain(error, text) from None


def _explain(error: yaml.MarkedYAMLError, text: str) -> YamlError:
    """Return the error at the place where it has to be mended, not where the parser noticed."""
    if marker := _CONFLICT.search(text):
        position = _position(text[: marker.start()])
        return YamlError(Fault("is a merge conflict marker", "resolve the conflict"), position)
    said = ", ".join(part for part in (error.context, error.problem) if part)
    begun = (error.context or "").startswith(_BEGUN)
    unclosed = "end of stream" in (error.problem or "")
    mark = error.context_mark if (begun or unclosed) and error.context_mark else error.problem_mark
    position = (mark.line + 1, mark.column + 1) if mark else (1, 1)
    position = min(position, _position(text))  # the parser may point past the end
    return YamlError(Fault(f"is not valid YAML: {said}", _advice(said)), position)


def _advice(said: str) -> str:
    for symptom, advice in _ADVICE.items():
        if symptom in said:
            return advice
    return "check indentation, quotation marks and brackets here"


def _start(event: yaml.Event) -> Position:
    assert event.start_mark is not None
    return event.start_mark.line + 1, event.start_mark.column + 1
