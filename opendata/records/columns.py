"""A record type as a table: nested fields become columns, lists become cells."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from marshmallow import Schema, fields

from opendata.vocabularies import Label


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a record type's table.

    ``path`` leads to the value in a record; ``many`` tells that a list lies on the way, so that
    a cell holds several values. ``heading`` is the label without the language it names, ``outer``
    that of the whole field, which may have other columns.
    """

    name: str
    path: tuple[str, ...]
    many: bool
    label: Label
    heading: Label
    note: Label
    field: fields.Field[Any]
    outer: Label

    @property
    def language(self) -> str | None:
        """The language of the column's texts, where it is one of a bilingual pair."""
        last = self.path[-1]
        return last if len(self.path) > 1 and last in ("zh", "en") else None

    @property
    def vocabulary(self) -> str | None:
        """The code list, section tree or collection that names the column's values."""
        return getattr(self.field, "vocabulary", None) or None

    def values(self, record: Mapping[str, Any]) -> list[Any]:
        """Return the values of ``record`` in this column; ``[None]`` where there is none."""
        return [value for _, value in self.places(record)]

    def places(self, record: Mapping[str, Any]) -> Iterator[tuple[tuple[str | int, ...], Any]]:
        """Yield the values of ``record`` in this column, each with the path that leads to it."""
        return _follow(record, self.path, ())


def columns_of(schema: type[Schema]) -> tuple[Column, ...]:
    """Derive the columns of a record type, in the order of its fields."""
    return tuple(_columns(schema(), (), False, Label("", ""), Label("", ""), None))


def _columns(
    schema: Schema,
    path: tuple[str, ...],
    many: bool,
    label: Label,
    note: Label,
    outer: Label | None,
) -> Iterator[Column]:
    for name, field in schema.fields.items():
        metadata = field.metadata
        if not metadata.get("in_tables", True):
            continue
        own_label, own_note = metadata["label"], metadata["note"]
        inner: fields.Field[Any] = field
        is_list = isinstance(field, fields.List)
        if isinstance(field, fields.List):
            inner = field.inner
        here = (*path, name)
        joined = _joined(label, own_label, name)
        if isinstance(inner, fields.Nested):
            nested_note = own_note if name not in ("zh", "en") else note
            yield from _columns(
                inner.schema, here, many or is_list, joined, nested_note, outer or own_label
            )
        else:
            shown_note = note if name in ("zh", "en") and note.en else own_note
            heading = label if name in ("zh", "en") and label.en else joined
            yield Column(
                "_".join(here),
                here,
                many or is_list,
                joined,
                heading,
                shown_note,
                inner,
                outer or own_label,
            )


def _joined(outer: Label, own: Label, name: str) -> Label:
    if not outer.en:
        return own
    if name in ("zh", "en"):
        return Label(f"{outer.zh}（{own.zh}）", f"{outer.en} ({own.en})")
    return Label(f"{outer.zh}：{own.zh}", f"{outer.en}: {own.en[0].lower()}{own.en[1:]}")


def _follow(
    value: Any, path: Sequence[str], place: tuple[str | int, ...]
) -> Iterator[tuple[tuple[str | int, ...], Any]]:
    if isinstance(value, list):
        for index, member in enumerate(value):
            yield from _follow(member, path, (*place, index))
    elif path and value is not None:
        yield from _follow(value.get(path[0]), path[1:], (*place, path[0]))
    else:
        yield place, value
