"""Reading a request: every parameter checked, every fault reported at once."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from collections.abc import Collection as Sized
from dataclasses import dataclass, field
from functools import partial
from types import MappingProxyType
from typing import Any

from opendata.errors import nearest
from opendata.query.checks import check, elsewhere, repeated, unknown, unknown_operator
from opendata.query.cursor import Cursor, read_cursor
from opendata.query.faults import RequestFault, Telling, told
from opendata.query.fields import Operator, QueryField, fields_of
from opendata.query.filters import Filter
from opendata.query.model import Condition, Order, Query
from opendata.query.parameters import MAX_CONDITIONS, Parameter
from opendata.query.values import encode
from opendata.records import Collection
from opendata.vocabularies import Label

#: The parameters of a request as they came: each name with all its values.
Arguments = Sequence[tuple[str, Sequence[str]]]


@dataclass(frozen=True, slots=True)
class Request:
    """A checked request for records.

    ``settings`` holds what was given of the other parameters, by name: a value, or a list of
    values for a parameter that takes several.
    """

    query: Query = field(default_factory=Query)
    cursor: Cursor | None = None
    settings: Mapping[str, Any] = field(default_factory=dict)

    @property
    def limit(self) -> int | None:
        """How many records are wanted, where the request says so."""
        given = self.settings.get("limit")
        return None if given is None else int(given)

    def names(self, setting: str) -> tuple[str, ...]:
        """Return the names that a setting lists, in their order; none where it is absent."""
        return tuple(self.settings.get(setting, ()))


def read(
    collection: Collection,
    path: str,
    arguments: Arguments,
    filters: Mapping[str, Filter],
    settings: Mapping[str, Parameter],
    *,
    others: Mapping[str, Sequence[str]] = MappingProxyType({}),
    knows: Callable[[Cursor], bool] = lambda _: True,
) -> tuple[Request, list[RequestFault]]:
    """Return the request that ``arguments`` make, and everything that is wrong with it.

    :param path: the address of the collection without suffix, which cursors belong to.
    :param filters: the comparisons that may be asked for, by name.
    :param settings: the other parameters that may be given, by name.
    :param others: parameters that only other formats take, with the suffixes of these.
    :param knows: whether there is the version that a cursor names; where there is not, it is
        not looked at further: going on from it fails because the data have changed.
    """
    excess = _excess(arguments, filters)
    if excess:
        return Request(), excess
    faults: list[Telling] = []
    given: dict[str, Any] = {}
    conditions: list[Condition] = []
    for name, texts in arguments:
        parameter = filters.get(name) or settings.get(name)
        if parameter is None:
            faults.append(partial(_unknown, name, filters, settings, others))
        elif len(texts) > 1 and not parameter.listed:
            faults.append(partial(repeated, name))
        else:  # a list may come as one text with commas, or a member at a time
            values, wrong = check(parameter, ",".join(texts))
            faults += wrong
            if not wrong and isinstance(parameter, Filter):
                conditions.append(_condition(parameter, values))
            elif not wrong:
                given[name] = values if parameter.listed else values[0]
    orders = _orders(collection, given.pop("sort", ()))
    query = Query(tuple(conditions), orders, given.pop("q", None))
    text = given.pop("cursor", None)
    cursor = None if text is None else read_cursor(text)
    if cursor and not faults and cursor.text(path, query) != text and knows(cursor):
        faults.append(_foreign)
    return Request(query, cursor, given), told(faults)


def _excess(arguments: Arguments, filters: Sized[str]) -> list[RequestFault]:
    """Refuse more conditions than are allowed before any of them is looked at."""
    conditions = sum(len(texts) for name, texts in arguments if name in filters)
    given = max(conditions, len(arguments))
    if given <= MAX_CONDITIONS:
        return []
    message = Label(
        f"条件最多 {MAX_CONDITIONS} 个，这里有 {given} 个；同一字段的多个值可用 __in。",
        f"there are {given} conditions, and {MAX_CONDITIONS} are the most; list several values "
        "of one field with __in.",
    )
    return [RequestFault("query", "too_many", message)]


def _unknown(
    name: str,
    filters: Mapping[str, Filter],
    settings: Mapping[str, Parameter],
    others: Mapping[str, Sequence[str]],
) -> RequestFault:
    """Tell whether the field, its operator, or the parameter as a whole is not known here."""
    if name in others:
        return elsewhere(name, others[name])
    stem, _, operator = name.partition("__")
    operators = [f.operator.value for f in filters.values() if f.field.name == stem]
    if operators:
        return unknown_operator(name, stem, operator, list(filter(None, operators)))
    fields = [name for name, known in filters.items() if known.operator is Operator.EQ]
    near = nearest(stem, fields)
    if near and operator:
        meant = f"{near}__{operator}"
        return unknown(name, fields, meant if meant in filters else near)
    return unknown(name, [*fields, *settings])


def _condition(parameter: Filter, values: Sequence[Any]) -> Condition:
    asked, operator = parameter.field, parameter.operator
    if operator is Operator.ISNULL:
        return Condition(asked, operator, ("true" if values[0] else "false",))
    return Condition(asked, operator, tuple(encode(asked.kind, value) for value in values))


def _orders(collection: Collection, names: Sequence[str]) -> tuple[Order, ...]:
    fields: Mapping[str, QueryField] = fields_of(collection)
    return tuple(Order(fields[name.lstrip("-")], name.startswith("-")) for name in names)


def _foreign() -> RequestFault:
    message = Label(
        "这个游标属于另一个查询，或已被改动；请使用这个查询的 links.next 或 links.prev，"
        "或从第一页重新开始。",
        "belongs to another query or was altered; take it from links.next or links.prev of this "
        "query, or start again at the first page.",
    )
    return RequestFault("cursor", "foreign_cursor", message)
