"""The parameters that compare a field: one for each field and operator."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from opendata.query.fields import OPERATORS, Operator, QueryField, fields_of
from opendata.query.parameters import BOOLEAN, MAX_MEMBERS, TEXT, Parameter, Schema
from opendata.query.values import Kind
from opendata.records import Collection
from opendata.records.fields import Choice, Date, Integer
from opendata.records.patterns import Code, Pattern
from opendata.vocabularies import Label

#: Codes of the open lists, by list; a filter on such a field takes these.
Codes = Mapping[str, list[str]]

#: Numbers in parameters: more would only cost.
_NUMBER: Schema = {"type": "number", "minimum": -1e30, "maximum": 1e30}
_INTEGER: Schema = {"type": "integer", "minimum": 0, "maximum": 999_999_999}


@dataclass(frozen=True, slots=True, kw_only=True)
class Filter(Parameter):
    """A parameter that compares a field."""

    field: QueryField
    operator: Operator


def filters(collection: Collection, codes: Codes, *, across: bool) -> dict[str, Filter]:
    """Return the filters of a collection, by name.

    :param across: whether the address spans datasets, so that these can be filtered on.
    """
    return {
        name: found
        for name, found in _filters(collection, _frozen(codes)).items()
        if across or found.field.name not in ("dataset", "version")
    }


def _frozen(codes: Codes) -> tuple[tuple[str, tuple[str, ...]], ...]:
    return tuple((name, tuple(listed)) for name, listed in codes.items())


@lru_cache(maxsize=64)
def _filters(
    collection: Collection, codes: tuple[tuple[str, tuple[str, ...]], ...]
) -> dict[str, Filter]:
    lists = {name: list(listed) for name, listed in codes}
    found = {}
    for field in fields_of(collection).values():
        for operator in field.operators:
            filter_ = _filter(field, operator, lists)
            found[filter_.name] = filter_
    return found


def _filter(field: QueryField, operator: Operator, codes: Codes) -> Filter:
    column = field.column.field
    vocabulary = column.vocabulary if isinstance(column, Code) else None
    name = field.parameter(operator)
    schema = _schema(field, operator, codes)
    enumerated = "enum" in (schema.get("items") or schema)
    return Filter(
        name=name,
        schema=schema,
        about=_about(field, operator),
        vocabulary=vocabulary if enumerated else None,
        field=field,
        operator=operator,
    )


def _about(field: QueryField, operator: Operator) -> Label:
    label, note = field.column.label, field.column.note
    if operator is Operator.ISNULL:
        return Label(
            f"只取“{label.zh}”为空（true）或不为空（false）的记录。",
            f"Only records without “{label.en}” (true), or only those with it (false).",
        )
    if not field.many:
        whose = "whose"
    else:
        whose = "none of whose" if operator is Operator.NE else "any of whose"
    clause = "is this" if field.many and operator is Operator.NE else _CLAUSES[operator]
    return Label(
        f"只取“{label.zh}”{OPERATORS[operator].zh}所给值的记录。{note.zh}",
        f"Only records {whose} “{label.en}” {clause}. {note.en}",
    )


#: What each operator asks for, with the value as "this".
_CLAUSES = {
    Operator.EQ: "is this",
    Operator.NE: "is not this, or is null",
    Operator.IN: "is one of these",
    Operator.GT: "is more than this",
    Operator.GTE: "is at least this",
    Operator.LT: "is less than this",
    Operator.LTE: "is at most this",
    Operator.CONTAINS: "contains this, to the character",
    Operator.STARTSWITH: "starts with this, to the character",
}


def _schema(field: QueryField, operator: Operator, codes: Codes) -> Schema:
    if operator is Operator.ISNULL:
        return BOOLEAN
    if operator in (Operator.CONTAINS, Operator.STARTSWITH):
        return TEXT
    value = _value(field, codes)
    if operator is not Operator.IN:
        return value
    if value == TEXT:
        value = {**value, "pattern": "^[^,]+$"}
    return {"type": "array", "items": value, "minItems": 1, "maxItems": MAX_MEMBERS}


def _value(field: QueryField, codes: Codes) -> Schema:
    column = field.column.field
    if field.kind is Kind.NUMBER:
        return _INTEGER if isinstance(column, Integer) else _NUMBER
    if isinstance(column, Date):
        return {"type": "string", "format": "date"}
    if isinstance(column, Choice):
        return {"type": "string", "enum": list(column.codelist)}
    if isinstance(column, Code) and column.vocabulary in codes:
        return {"type": "string", "enum": codes[column.vocabulary]}
    if field.kind is not Kind.TEXT and isinstance(column, Pattern):
        return {"type": "string", "pattern": f"^{column.pattern}$", "maxLength": column.longest}
    return TEXT
