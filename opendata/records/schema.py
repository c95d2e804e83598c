"""What every schema shares: strictness, computed fields and texts in two languages."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property
from typing import Any, Protocol

from marshmallow import EXCLUDE, Schema, ValidationError, validates_schema

from opendata.errors import Fault, choose_from
from opendata.records.fields import Text, about
from opendata.records.groups import Group, Many


class Unit(Protocol):
    """What a record type must know of a unit to normalise a value."""

    @property
    def base(self) -> str:
        """ISO 4217 or UCUM code of the base unit."""

    @property
    def multiplier(self) -> Decimal:
        """How many base units one unit is."""


@dataclass(frozen=True)
class Context:
    """What a record's computed fields may follow from beside the record itself.

    ``units`` by code, the records of the version by collection, of each section the ids of those
    it is in, from the top of the tree down to itself, and by id what was ever corrected in the
    records that are computed.
    """

    units: Mapping[str, Unit]
    collections: Mapping[str, Sequence[Mapping[str, Any]]]
    sections: Mapping[str, list[str]] = field(default_factory=dict)
    corrections: Mapping[str, list[dict[str, Any]]] = field(default_factory=dict)

    @cached_property
    def users(self) -> Mapping[tuple[str, str], list[str]]:
        """Ids of the records that name a term, by collection and term, in the records' order."""
        found: dict[tuple[str, str], list[str]] = {}
        for name, records in self.collections.items():
            for record in records:
                for term in record.get("terms", ()):
                    found.setdefault((name, term), []).append(record["id"])
        return found


#: A fault of the field at this path, relative to the record.
FieldFault = tuple[str, Fault]

_NOT_A_MAPPING = Fault("is not a mapping", "write key: value lines")


class StrictSchema(Schema):
    """A schema that refuses unknown keys and can check fields against each other."""

    error_messages = {"type": _NOT_A_MAPPING}  # type: ignore[dict-item]

    class Meta:
        unknown = EXCLUDE  # refused below, where the nearest key can be named

    def faults(self, data: Mapping[str, Any]) -> Iterator[FieldFault]:
        """Yield what is wrong between the fields of ``data``; fields in error are absent."""
        return iter(())

    def computed(self, data: Mapping[str, Any], context: Context) -> dict[str, Any]:
        """Return the fields that are not typed but follow from those that are."""
        return {}

    def complete(self, data: Mapping[str, Any], context: Context) -> dict[str, Any]:
        """Return ``data`` with computed fields, its groups' too, in the order of the schema."""
        known = {**data, **self.computed(data, context)}
        for name, schema in self.computing:
            value = known[name]
            if isinstance(value, list):
                known[name] = [schema.complete(member, context) for member in value]
            elif value is not None:
                known[name] = schema.complete(value, context)
        return {name: known[name] for name in self.fields}

    @cached_property
    def computing(self) -> list[tuple[str, StrictSchema]]:
        """The fields that hold groups with computed fields, and the schemas of those groups."""
        nested = (
            (name, field.inner if isinstance(field, Many) else field)
            for name, field in self.fields.items()
        )
        groups = ((name, field.schema) for name, field in nested if isinstance(field, Group))
        return [
            (name, schema)
            for name, schema in groups
            if isinstance(schema, StrictSchema)
            and (type(schema).computed is not StrictSchema.computed or schema.computing)
        ]

    @validates_schema(pass_original=True, skip_on_field_errors=False)
    def _check(self, data: Any, original_data: Any, **kwargs: Any) -> None:
        if not isinstance(original_data, dict):
            return
        errors: dict[tuple[str | int, ...], list[Fault]] = {}
        for key in original_data.keys() - self.load_fields.keys():
            errors[key,] = [self._unknown(key)]
        for name, fault in self.faults(data):
            path = tuple(int(part) if part.isdecimal() else part for part in name.split("."))
            errors.setdefault(path, []).append(fault)
        if errors:
            raise ValidationError(errors)

    def _unknown(self, key: str) -> Fault:
        if key in self.dump_fields:
            return Fault("is computed when the store is built", "remove the key")
        return Fault("is not a key of this record", choose_from(key, self.load_fields))


class Bilingual(StrictSchema):
    """A text in Chinese and in English."""

    zh = Text(
        required=True,
        max_length=3000,
        metadata=about("中文", "Chinese", "中文文本。", "The text in Chinese."),
    )
    en = Text(
        required=True,
        max_length=5000,
        language="en",
        metadata=about("英文", "English", "英文文本。", "The text in English.", own_words=True),
    )


def text_group(
    zh: str,
    en: str,
    zh_note: str,
    en_note: str,
    *,
    required: bool = True,
    own_words: bool = False,
) -> Group:
    """A bilingual text field; ``None`` where it is optional and absent.

    :param own_words: whether the Chinese too is the project's own; the English always is.
    """
    metadata = about(zh, en, zh_note, en_note, own_words=own_words)
    if required:
        return Group(Bilingual, required=True, metadata=metadata)
    return Group(Bilingual, load_default=None, metadata=metadata)
