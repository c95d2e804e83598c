"""Fields that can be asked for: the columns of a collection, and the operators each one has."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from functools import cache

from opendata.query.values import Kind
from opendata.records import Collection, Column
from opendata.records.fields import BaseUnit, Choice, Date, ExactDecimal, Integer
from opendata.records.patterns import Email, Pattern, Period, Sha256, Url, VersionNumber
from opendata.vocabularies import Label


class Operator(Enum):
    """How a field is compared; the value is the suffix of the parameter's name."""

    EQ = ""
    NE = "ne"
    IN = "in"
    GT = "gt"
    GTE = "gte"
    LT = "lt"
    LTE = "lte"
    CONTAINS = "contains"
    STARTSWITH = "startswith"
    ISNULL = "isnull"


#: What each operator asks for, said of the field.
OPERATORS: dict[Operator, Label] = {
    Operator.EQ: Label("等于", "is"),
    Operator.NE: Label("不等于（含空值）", "is not, or is null"),
    Operator.IN: Label("为其中之一", "is one of"),
    Operator.GT: Label("大于", "is more than"),
    Operator.GTE: Label("大于或等于", "is at least"),
    Operator.LT: Label("小于", "is less than"),
    Operator.LTE: Label("小于或等于", "is at most"),
    Operator.CONTAINS: Label("包含", "contains, to the character,"),
    Operator.STARTSWITH: Label("开头为", "starts with"),
    Operator.ISNULL: Label("为空", "is null"),
}

_ALWAYS = (Operator.EQ, Operator.NE, Operator.IN)
_ORDERED = (Operator.GT, Operator.GTE, Operator.LT, Operator.LTE)
_TEXTUAL = (Operator.CONTAINS, Operator.STARTSWITH)


@dataclass(frozen=True, slots=True)
class QueryField:
    """A column as it can be asked for."""

    column: Column
    kind: Kind

    @property
    def name(self) -> str:
        """The name it has in parameters and tables."""
        return self.column.name

    @property
    def many(self) -> bool:
        """Whether a record may have several values; a condition then asks for any of them."""
        return self.column.many

    @property
    def operators(self) -> tuple[Operator, ...]:
        """How it can be compared."""
        middle = _ORDERED if self.kind.ordered else _TEXTUAL
        return (*_ALWAYS, *middle, Operator.ISNULL)

    @property
    def sortable(self) -> bool:
        """Whether records can be put in its order: those with one value each."""
        return not self.many

    @property
    def countable(self) -> bool:
        """Whether records can be counted by its values: everything but prose."""
        return self.kind is not Kind.TEXT

    def parameter(self, operator: Operator) -> str:
        """Return the name of the parameter."""
        return f"{self.name}__{operator.value}" if operator.value else self.name


@cache
def fields_of(collection: Collection) -> dict[str, QueryField]:
    """Return the fields of a collection, by name, in the order of its table."""
    return {c.name: QueryField(c, _kind(c)) for c in collection.columns}


def _kind(column: Column) -> Kind:
    field = column.field
    if isinstance(field, (ExactDecimal, Integer)):
        return Kind.NUMBER
    if isinstance(field, Date):
        return Kind.DATE
    if isinstance(field, VersionNumber):
        return Kind.VERSION
    if isinstance(field, Period):
        return Kind.PERIOD
    if isinstance(field, BaseUnit):
        return Kind.NAME
    if isinstance(field, (Choice, Pattern)) and not isinstance(field, (Url, Email, Sha256)):
        return Kind.NAME
    return Kind.TEXT
