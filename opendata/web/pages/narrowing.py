"""What narrows a list down: facets with counts to choose from, and what is chosen already."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from opendata.query import OPERATORS, Condition, Operator, Query, QueryField, fields_of
from opendata.query.values import decode
from opendata.records import Collection
from opendata.store import Facet, Scope, Store
from opendata.vocabularies import CLOSED, Label

#: Values of a field that are offered before one asks for all, and then.
_OFFERED, _ALL = 8, 200
#: Counting goes over every row, so that lists of more are counted only where one asks.
MOST_COUNTED = 200_000
_OF_CODES = (Operator.EQ, Operator.NE, Operator.IN)
_CHOSEN = (Operator.EQ, Operator.IN)


@dataclass(frozen=True, slots=True)
class Value:
    """A value to choose; ``depth`` is how far down a tree of sections it stands.

    ``count`` is ``None`` where there are too many records to count.
    """

    value: str
    label: Label
    count: int | None
    chosen: bool
    depth: int = 0


@dataclass(frozen=True, slots=True)
class Narrowing:
    """The values of a field; ``parameter`` takes those that are chosen, ``more`` are left out."""

    name: str
    parameter: str
    heading: Label
    values: Sequence[Value]
    more: int


@dataclass(frozen=True, slots=True)
class Chip:
    """Something that is asked, in words, and the parameters of the query without it."""

    field: Label
    said: Label
    value: Label
    without: Mapping[str, str]


def narrowings(
    current: Store,
    collection: Collection,
    scope: Scope,
    query: Query,
    names: Sequence[str],
    whole: Sequence[str],
) -> list[Narrowing]:
    """Return the facets of the fields ``names``, each as if nothing of it were chosen.

    :param whole: those of which every value is wanted.
    """
    fields = fields_of(collection)
    chosen = {name: _chosen(query, fields[name]) for name in names}
    free = [fields[name] for name in names if not chosen[name]]
    counted = {f.field.name: f for f in current.facets(collection.name, scope, query, free)}
    for name in names:
        if chosen[name]:
            others = tuple(c for c in query.conditions if not _chooses(c, fields[name]))
            asked = replace(query, conditions=others)
            [counted[name]] = current.facets(collection.name, scope, asked, [fields[name]])
    found = (_narrowing(counted[name], chosen[name], every=name in whole) for name in names)
    return [one for one in found if one.values]


def uncounted(collection: Collection, query: Query, names: Sequence[str]) -> Iterator[Narrowing]:
    """Yield the fields of ``names`` whose values are a closed list, without counts."""
    for name in names:
        field = fields_of(collection)[name]
        codes = CLOSED.get(field.column.vocabulary or "")
        if codes:
            chosen = _chosen(query, field)
            values = [Value(c.code, c.label, None, c.code in chosen) for c in codes.codes]
            yield Narrowing(name, field.parameter(Operator.IN), _heading(field), values, 0)


def chips(
    current: Store, scope: Scope, query: Query, arguments: Mapping[str, str]
) -> Iterator[Chip]:
    """Yield everything that ``query`` asks, one by one."""
    if query.search is not None:
        without = {n: v for n, v in arguments.items() if n not in ("q", "cursor")}
        yield Chip(Label("检索", "Search"), Label("", ""), _plain(query.search), without)
    for condition in query.conditions:
        yield from _chips(current, scope, condition, arguments)


def _chips(
    current: Store, scope: Scope, condition: Condition, arguments: Mapping[str, str]
) -> Iterator[Chip]:
    field, operator = condition.field, condition.operator
    name = field.parameter(operator)
    rest = {n: v for n, v in arguments.items() if n not in (name, "cursor")}
    heading = field.column.heading
    if operator is Operator.ISNULL:
        said = Label("为空", "is empty")
        if condition.values[0] != "true":
            said = Label("不为空", "is not empty")
        yield Chip(heading, said, Label("", ""), rest)
        return
    shown = [_shown(field, value) for value in condition.values]
    called = _called(current, scope, field, shown) if operator in _OF_CODES else {}
    said = Label("", "") if operator in _CHOSEN else OPERATORS[operator]
    for text in shown:
        others = ",".join(other for other in shown if other != text)
        without = rest | ({name: others} if others else {})
        yield Chip(heading, said, called.get(text) or _plain(text), without)


def _called(
    current: Store, scope: Scope, field: QueryField, codes: Sequence[str]
) -> dict[str, Label]:
    """Return what codes are called in the data, or in the closed lists where none has them."""
    vocabulary = field.column.vocabulary
    if vocabulary is None:
        return {}
    closed = CLOSED.get(vocabulary)
    known = {code.code: code.label for code in closed.codes} if closed else {}
    return known | current.labels(scope, vocabulary, codes)


def _narrowing(facet: Facet, chosen: Sequence[str], *, every: bool) -> Narrowing:
    field = facet.field
    values = [
        Value(str(text), one.label or _plain(text), one.count, text in chosen, _depth(field, text))
        for one in facet.values
        if one.value is not None
        for text in [_written(one.value)]
    ]
    missing = [v for v in chosen if v not in {one.value for one in values}]
    values += [Value(v, _plain(v), 0, chosen=True) for v in missing]
    shown = values if every else _offered(field, values)
    if _is_tree(field):
        shown = sorted(shown, key=lambda one: _natural(one.value))
    return Narrowing(
        field.name,
        field.parameter(Operator.IN),
        _heading(field),
        shown[:_ALL],
        len(values) - len(shown[:_ALL]),
    )


def _offered(field: QueryField, values: Sequence[Value]) -> list[Value]:
    """Return the most frequent values; of a tree, those at its top; chosen ones in any case."""
    if _is_tree(field):
        return [one for one in values if one.depth <= 1 or one.chosen]
    most = _OFFERED if len(values) > _OFFERED + 2 else len(values)
    return [one for at, one in enumerate(values) if at < most or one.chosen]


def _heading(field: QueryField) -> Label:
    """Return what people call a field: the path to a section is no more than the section."""
    if _is_tree(field):
        return Label("章节", "Section")
    return field.column.outer


def _is_tree(field: QueryField) -> bool:
    return field.column.vocabulary == "sections"


def _depth(field: QueryField, value: str) -> int:
    return value.count(".") if _is_tree(field) else 0


def _natural(value: str) -> list[tuple[int, str]]:
    return [(int(part or 0) if part.isdigit() else 10**9, part) for part in re.split(r"\.", value)]


def _chosen(query: Query, field: QueryField) -> list[str]:
    return [_shown(field, v) for c in query.conditions if _chooses(c, field) for v in c.values]


def _chooses(condition: Condition, field: QueryField) -> bool:
    return condition.field == field and condition.operator in _CHOSEN


def _shown(field: QueryField, form: str) -> str:
    return _written(decode(field.kind, form))


def _written(value: Any) -> str:
    return format(value, "f") if isinstance(value, Decimal) else str(value)


def _plain(text: str) -> Label:
    return Label(text, text)
