"""YAML in block style as PyYAML writes it, from what JSON holds: fast, and piece by piece.

PyYAML builds a graph of nodes first, which takes most of the time; here its events go straight to
its emitter. A piece that was written before is not written again: one dataset more changes a few
examples in the description of the API, and nothing else of it.
"""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Any

import orjson
import yaml

_STR = "tag:yaml.org,2002:str"
_ROOM = "-"

#: Names of mappings whose members are pieces, by those of the mappings around them.
Pieces = Mapping[str, "Pieces"]


def block_yaml(plain: Mapping[str, Any], pieces: Pieces) -> bytes:
    """Return a mapping as YAML, in its own order.

    :param plain: what :func:`orjson.loads` returns.
    :param pieces: the mappings in it whose members are written, and kept, one by one.
    """
    return b"".join(_members(plain, pieces, 0))


def _members(plain: Mapping[str, Any], pieces: Pieces, depth: int) -> Iterator[bytes]:
    for name, value in plain.items():
        if name in pieces and value and isinstance(value, dict):
            yield _piece(orjson.dumps({name: None}), depth).replace(b" null\n", b"\n")
            yield from _members(value, pieces[name], depth + 1)
        else:
            yield _piece(orjson.dumps({name: value}), depth)


@lru_cache(maxsize=4096)
def _piece(body: bytes, depth: int) -> bytes:
    """Return the lines of a mapping within so many others."""
    value = orjson.loads(body)
    for _ in range(depth):
        value = {_ROOM: value}
    stream = io.BytesIO()
    emitter = yaml.CSafeDumper(stream, encoding="utf-8", allow_unicode=True, width=100)
    emitter.open()
    emitter.emit(yaml.DocumentStartEvent(explicit=False))
    for event in _events(value):
        emitter.emit(event)
    emitter.emit(yaml.DocumentEndEvent(explicit=False))
    emitter.close()
    emitter.dispose()
    return stream.getvalue().split(b"\n", depth)[depth]


def _events(value: Any) -> Iterator[yaml.Event]:
    if isinstance(value, dict):
        yield yaml.MappingStartEvent(None, None, implicit=True, flow_style=False)
        for name, member in value.items():
            yield _text(name)
            yield from _events(member)
        yield yaml.MappingEndEvent()
    elif isinstance(value, list):
        yield yaml.SequenceStartEvent(None, None, implicit=True, flow_style=False)
        for member in value:
            yield from _events(member)
        yield yaml.SequenceEndEvent()
    elif isinstance(value, str):
        yield _text(value)
    else:
        node = _plain.represent_data(value)
        yield yaml.ScalarEvent(None, node.tag, (True, False), node.value)


@lru_cache(maxsize=16384)
def _text(value: str) -> yaml.Event:
    """Return a text, which is quoted where it would be read as something else."""
    plain = _plain.resolve(yaml.ScalarNode, value, (True, False)) == _STR  # type: ignore[no-untyped-call]
    return yaml.ScalarEvent(None, _STR, (plain, True), value)


_plain = yaml.SafeDumper(io.StringIO())
