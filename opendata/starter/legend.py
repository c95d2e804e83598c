"""What each field of a file means, as comments, derived from the schema of its records."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from marshmallow import fields

from opendata.records import StrictSchema
from opendata.records.base import DocumentId
from opendata.records.fields import Choice, Date, Text
from opendata.records.groups import Group, Many
from opendata.records.patterns import Code, Pattern, Reference, SectionId
from opendata.records.schema import Bilingual

#: Says how the lines below it are to be read.
KEY = (
    "字段（* 必填，[] 列表）：含义 → 写法或代码表",
    "Fields (* required, [] a list): what they mean → how they are written, or their code list",
)


def legend(schema: StrictSchema) -> Iterator[str]:
    """Yield a line for each field an editor may write, those of groups indented below them."""
    yield from KEY
    yield from _lines(schema, "  ", (type(schema),))


def _lines(
    schema: StrictSchema, indent: str, above: tuple[type[StrictSchema], ...]
) -> Iterator[str]:
    for name, field in schema.load_fields.items():
        inner = field.inner if isinstance(field, Many) else field
        below = inner.schema if isinstance(inner, Group) else None
        assert below is None or isinstance(below, StrictSchema)
        note = field.metadata["note"]
        required, many = "*" if field.required else "", "[]" if isinstance(field, Many) else ""
        bilingual = " {zh, en}" if isinstance(below, Bilingual) else ""
        form = _form(name, inner)
        arrow = f" → {form}" if form else ""
        yield f"{indent}{name}{required}{many}{bilingual}: {note.zh} {note.en}{arrow}"
        if isinstance(inner, Choice):
            codes = (f"{code.code} {code.label.zh}" for code in inner.codelist.codes)
            yield f"{indent}    {' · '.join(codes)}"
        if below is not None and not bilingual and type(below) not in above:
            yield from _lines(below, f"{indent}  ", (*above, type(below)))


def _form(name: str, field: fields.Field[Any]) -> str:
    """Return how a value is written, where its field has a form of its own."""
    if isinstance(field, Code):
        return f"vocabularies/{field.vocabulary}.yaml"
    if isinstance(field, Reference):
        return f"id in {field.collection}.yaml"
    if isinstance(field, SectionId) and name != "id":
        return "id in sections, dataset.yaml"
    if isinstance(field, DocumentId):
        return "id in documents, dataset.yaml"
    if isinstance(field, Pattern):
        return field.fault_fix
    if isinstance(field, Date):
        return "YYYY-MM-DD"
    if isinstance(field, Text):
        return f"≤ {field.max_length} 字 characters"
    return ""
