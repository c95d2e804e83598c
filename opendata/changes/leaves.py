"""A record as its leaves: every typed value with its path, as comparable as its schema says.

A list whose order means nothing is put in one fixed order: by what its members state, then by the
project's own words. Two such lists state the same exactly where their leaves are the same.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from marshmallow import Schema

from opendata.records.groups import Group, Many

Record = Mapping[str, Any]
Path = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Leaf:
    """A value in a record; a list of values where its path leads through a list."""

    path: Path
    value: Any
    own_words: bool
    defining: bool = False

    @property
    def name(self) -> str:
        """The name of the leaf's column in tables."""
        return "_".join(self.path)


def leaves(schema: Schema, record: Record, above: Path = (), own: bool = False) -> Iterator[Leaf]:
    """Yield the typed values of ``record``, the same paths in the same order for any record.

    :param own: whether all of it is the project's own words.
    """
    for name, field in schema.load_fields.items():
        path, value = (*above, name), record.get(name)
        words = own or bool(field.metadata.get("own_words"))
        if isinstance(field, Group):
            yield from leaves(field.schema, value or {}, path, words)
        elif isinstance(field, Many):
            yield from _leaves_of_list(field, value or [], path, words)
        else:
            yield Leaf(path, value, words, bool(field.metadata.get("defining")))


def compared_leaves(schema: Schema, record: Record) -> Iterator[Leaf]:
    """Yield the leaves of ``record`` but its id, which is what it is compared by."""
    return (leaf for leaf in leaves(schema, record) if leaf.path != ("id",))


def named_members(schema: Schema, record: Record) -> Iterator[tuple[str, Record]]:
    """Yield the members, at any depth, that have an id, each with the name of its list."""
    for name, field in schema.load_fields.items():
        if isinstance(field, Many) and field.group is not None and "id" in field.group.fields:
            for member in record.get(name) or ():
                yield name, member
                yield from named_members(field.group, member)


def _leaves_of_list(field: Many, members: list[Any], path: Path, words: bool) -> Iterator[Leaf]:
    schema = field.group
    if schema is not None and "id" not in schema.fields:
        yield from _leaves_of_groups(schema, members, path, words, ordered=field.ordered)
        return
    if schema is not None:
        members = [member["id"] for member in members]
    yield Leaf(path, members if field.ordered else sorted(members, key=_canonical), words)


def _leaves_of_groups(
    schema: Schema, members: list[Any], path: Path, words: bool, *, ordered: bool
) -> Iterator[Leaf]:
    rows = [tuple(leaves(schema, member, path, words)) for member in members]
    if not ordered:
        rows.sort(key=_facts_first)
    for place, leaf in enumerate(leaves(schema, {}, path, words)):
        yield replace(leaf, value=[row[place].value for row in rows])


def _facts_first(row: tuple[Leaf, ...]) -> tuple[list[str], list[str]]:
    facts = [_canonical(leaf.value) for leaf in row if not leaf.own_words]
    return facts, [_canonical(leaf.value) for leaf in row]


def _canonical(value: Any) -> str:
    """Return a text that is the same for equal values: 6.10 is 6.1."""
    if isinstance(value, list):
        return f"[{', '.join(map(_canonical, value))}]"
    if isinstance(value, Decimal):
        plain = format(value, "f")
        return plain.rstrip("0").rstrip(".") if "." in plain else plain
    return repr(value)
