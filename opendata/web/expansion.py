"""Embedding: what is joined into ready-made records, as further members of their objects."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import orjson

from opendata.formats.json import dump
from opendata.formats.selection import EXPANDED, MATCHES
from opendata.records import Collection
from opendata.search import matches, terms
from opendata.store import Store


def embed(
    current: Store,
    collection: str,
    names: Sequence[str],
    rows: Sequence[int],
    fragments: list[bytes],
) -> list[bytes]:
    """Return the fragments with the records that their links ``names`` lead to.

    :param names: of links; where there are none, the fragments are returned as they are.
    :param rows: the numbers of the rows that the fragments are.
    """
    if not names:
        return fragments
    linked = {name: current.linked(collection, name, rows) for name in names}
    return [
        _with(fragment, EXPANDED, b"{%s}" % _members(linked, at))
        for at, fragment in enumerate(fragments)
    ]


def embed_matches(
    current: Store, collection: Collection, sought: str, rows: Sequence[int], fragments: list[bytes]
) -> list[bytes]:
    """Return the fragments with where in each record the text ``sought`` was found."""
    wanted = terms(sought)
    readings = current.readings(collection.name, rows)
    found = []
    for fragment, reading in zip(fragments, readings, strict=True):
        shown = matches(collection, orjson.loads(fragment), wanted, reading)
        listed = [
            {"field": name, "text": snippet.text, "ranges": snippet.ranges}
            for name, snippet in shown
        ]
        found.append(_with(fragment, MATCHES, dump(listed)))
    return found


def _members(linked: Mapping[str, list[list[bytes]]], at: int) -> bytes:
    lists = (b'"%s":[%s]' % (name.encode(), b",".join(of[at])) for name, of in linked.items())
    return b",".join(lists)


def _with(fragment: bytes, name: str, value: bytes) -> bytes:
    return b'%s,"%s":%s}' % (fragment[:-1], name.encode(), value)
