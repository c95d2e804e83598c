"""CSV resources as tables: which rows are asked for, and how their cells are written."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

import orjson

from opendata.errors import choose_from
from opendata.formats.csv import LINE_END
from opendata.formats.delimited import DELIMITERS
from opendata.formats.json import dump
from opendata.query import Condition, Kind, Operator, Order, Query, QueryField, fields_of
from opendata.query.checks import check
from opendata.query.filters import Filter, filters
from opendata.query.values import encode
from opendata.records import Collection
from opendata.records.fields import Integer
from opendata.store import Store
from opendata.web.ckan.arguments import Arguments

#: The place of a row in its table, from 1; CKAN's own column.
ROW_ID = "_id"
#: Values of one filter, and fields to sort by.
_MOST_VALUES, _MOST_ORDERS = 1000, 10


def types(collection: Collection) -> dict[str, str]:
    """Return the columns of a table with the type of each, in PostgreSQL's words as CKAN has it."""
    return {ROW_ID: "int", **{name: _type(field) for name, field in fields_of(collection).items()}}


def _type(field: QueryField) -> str:
    if field.many:
        return "text"
    if field.kind is Kind.NUMBER:
        return "int" if isinstance(field.column.field, Integer) else "numeric"
    return "date" if field.kind is Kind.DATE else "text"


def asked_rows(current: Store, collection: Collection, arguments: Arguments) -> Query:
    """Return which rows ``q``, ``filters`` and ``sort`` ask for; faults stay in ``arguments``."""
    known = filters(collection, current.codes, across=True)
    conditions = list(_filters(known, fields_of(collection), arguments))
    search = None
    q = arguments.parsed("q") if _is_object(arguments.value("q")) else arguments.value("q")
    if isinstance(q, Mapping):
        conditions += _contained(known, q, arguments)
    elif q:
        search = arguments.text("q")
    return Query(tuple(conditions), tuple(_orders(collection, arguments)), search)


def _is_object(value: Any) -> bool:
    return isinstance(value, str) and value.lstrip()[:1] == "{"


def _filters(
    known: Mapping[str, Filter], fields: Mapping[str, QueryField], arguments: Arguments
) -> Iterator[Condition]:
    given = arguments.parsed("filters") or {}
    if not isinstance(given, Mapping):
        arguments.fault("filters", "Must be an object of columns and values")
        return
    for name, value in given.items():
        if name not in fields:
            arguments.fault("filters", f'field "{name}" not in table; {choose_from(name, fields)}')
            continue
        values = value if isinstance(value, list) else [value]
        if values == [None]:
            yield Condition(fields[name], Operator.ISNULL, ("true",))
        elif forms := _forms(known[name], values, arguments):
            yield Condition(fields[name], Operator.IN, tuple(forms))


def _forms(known: Filter, values: Sequence[Any], arguments: Arguments) -> list[str]:
    """Return values as they are compared; what is wrong with them is left in ``arguments``."""
    if not 0 < len(values) <= _MOST_VALUES:
        arguments.fault("filters", f"{known.name}: give 1 to {_MOST_VALUES} values")
        return []
    forms: dict[str, None] = {}
    for value in values:
        if isinstance(value, bool) or not isinstance(value, (str, int, float)):
            arguments.fault("filters", f"{known.name}: {value!r} is neither a text nor a number")
            continue
        found, faults = check(known, str(value))
        for tell in faults:
            arguments.fault("filters", f"{known.name}: {tell().message.en}")
        forms |= dict.fromkeys(encode(known.field.kind, one) for one in found)
    return list(forms)


def _contained(
    known: Mapping[str, Filter], given: Mapping[str, Any], arguments: Arguments
) -> Iterator[Condition]:
    """Yield what texts in single columns ask for."""
    texts = {
        name: f
        for f in known.values()
        if f.operator is Operator.CONTAINS
        for name in [f.field.name]
    }
    for name, text in given.items():
        if name not in texts:
            arguments.fault("q", f"{name!r} is no column with text; {choose_from(name, texts)}")
        elif not isinstance(text, str) or not text:
            arguments.fault("q", f"{name}: must be a text")
        else:
            yield Condition(texts[name].field, Operator.CONTAINS, (text,))


def _orders(collection: Collection, arguments: Arguments) -> Iterator[Order]:
    fields = {name: field for name, field in fields_of(collection).items() if field.sortable}
    parts = arguments.texts("sort", commas=True)
    if len(parts) > _MOST_ORDERS:
        arguments.fault("sort", f"Has more than {_MOST_ORDERS} columns")
        return
    for part in parts:
        name, direction = _split(part)
        if direction not in ("asc", "desc") or (name == ROW_ID and direction == "desc"):
            arguments.fault("sort", f"{part!r}: write a column, then asc or desc")
        elif name == ROW_ID:
            return  # which is how rows stand that all else leaves equal
        elif name not in fields:
            arguments.fault("sort", f"cannot sort by {name!r}; {choose_from(name, fields)}")
        else:
            yield Order(fields[name], direction == "desc")


def _split(part: str) -> tuple[str, str]:
    words = part.split()
    if not words or len(words) > 2:
        return part, ""
    return words[0].strip('"'), words[1].lower() if len(words) == 2 else "asc"


def asked_columns(collection: Collection, arguments: Arguments) -> list[str]:
    """Return the columns that ``fields`` names, all where it names none."""
    known = types(collection)
    names = list(dict.fromkeys(arguments.texts("fields", commas=True)))
    for name in names:
        if name not in known:
            arguments.fault("fields", f'field "{name}" not in table; {choose_from(name, known)}')
    return names or list(known)


Cells = Sequence[str]


def _objects(columns: Sequence[str], kinds: Sequence[str], lines: Iterator[Cells]) -> bytes:
    records = [dict(zip(columns, map(_value, kinds, line), strict=True)) for line in lines]
    return dump(records)


def _lists(columns: Sequence[str], kinds: Sequence[str], lines: Iterator[Cells]) -> bytes:
    return dump([list(map(_value, kinds, line)) for line in lines])


def _value(kind: str, cell: str) -> Any:
    """Return a cell as JSON has it; every number is copied digit by digit."""
    if not cell:
        return None
    return orjson.Fragment(cell) if kind in ("int", "numeric") else cell


def _separated(delimiter: str) -> Callable[[Sequence[str], Sequence[str], Iterator[Cells]], bytes]:
    def write(columns: Sequence[str], kinds: Sequence[str], lines: Iterator[Cells]) -> bytes:
        text = io.StringIO()
        csv.writer(text, delimiter=delimiter, lineterminator=LINE_END).writerows(lines)
        return dump(text.getvalue())

    return write


#: The forms that records can have, by their names: each makes JSON of columns, types and cells.
RECORDS = {
    "objects": _objects,
    "lists": _lists,
    "csv": _separated(DELIMITERS["comma"]),
    "tsv": _separated(DELIMITERS["tab"]),
}
