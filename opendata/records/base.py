"""What every record type shares: strictness, bilingual texts, source and caveats."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property
from typing import Any, Protocol

from marshmallow import EXCLUDE, Schema, ValidationError, validates_schema

from opendata.errors import Fault, choose_from
from opendata.records.fields import Integer, Text, about
from opendata.records.groups import Group, Many
from opendata.records.patterns import Code, Pattern, Reference, SectionId, Slug, VersionNumber


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

    ``units`` by code, the records of the version by collection, and of each section the ids of
    those it is in, from the top of the tree down to itself.
    """

    units: Mapping[str, Unit]
    collections: Mapping[str, Sequence[Mapping[str, Any]]]
    sections: Mapping[str, list[str]] = field(default_factory=dict)

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


class DocumentId(Pattern):
    """The id of a source document named in ``dataset.yaml``."""

    pattern = Slug.pattern
    fault_message = "is not a document id"
    fault_fix = "use the id of a document in dataset.yaml"


class Span(StrictSchema):
    """A place in a source document, in Unicode code points."""

    paragraph = Integer(
        required=True,
        minimum=1,
        metadata=about(
            "段落",
            "Paragraph",
            "源文件中非空行的序号，从 1 起。",
            "Number of the line among the non-blank lines of the document, from 1.",
        ),
    )
    start = Integer(
        required=True,
        metadata=about(
            "起点",
            "Start",
            "起始位置，按 Unicode 码点计，从 0 起。",
            "First position, in Unicode code points of the document, from 0.",
        ),
    )
    end = Integer(
        required=True,
        minimum=1,
        metadata=about(
            "终点",
            "End",
            "结束位置（不含），按 Unicode 码点计。",
            "Position after the last, in Unicode code points.",
        ),
    )

    def faults(self, data: Mapping[str, Any]) -> Iterator[FieldFault]:
        if "start" in data and "end" in data and data["end"] <= data["start"]:
            yield (
                "end",
                Fault(
                    f"{data['end']} is not after start {data['start']}",
                    "give the position after the last character",
                ),
            )


class Source(Span):
    """Where a record stands in the report: text[start:end] == quote."""

    class Meta(StrictSchema.Meta):
        fields = ("document", "paragraph", "start", "end", "quote")

    document = DocumentId(
        required=True,
        metadata=about("文件", "Document", "源文件标识。", "Id of the source document."),
    )
    quote = Text(
        required=True,
        max_length=60,
        metadata=about(
            "原文",
            "Quote",
            "说明事实的最短原文，逐字照录。",
            "The shortest printed clause that states the fact, to the character.",
        ),
    )

    def faults(self, data: Mapping[str, Any]) -> Iterator[FieldFault]:
        yield from super().faults(data)
        if {"start", "end", "quote"} <= data.keys() and data["end"] > data["start"]:
            span, length = data["end"] - data["start"], len(data["quote"])
            if span != length:
                yield (
                    "quote",
                    Fault(
                        f"has {length} characters but start and end span {span}",
                        f"set end to {data['start'] + length} or correct the quote",
                    ),
                )


class Caveat(StrictSchema):
    """A warning that belongs to a record."""

    code = Code(
        "caveats",
        required=True,
        metadata=about("代码", "Code", "说明的类型。", "Kind of caveat."),
    )
    text = Group(
        Bilingual,
        required=True,
        metadata=about(
            "内容", "Text", "需要注意的事项。", "What to be careful about.", own_words=True
        ),
    )


class Record(StrictSchema):
    """What every record has, whatever its type."""

    id = Slug(
        required=True,
        metadata=about(
            "标识",
            "Identifier",
            "记录的固定标识，不重复使用。",
            "Stable identifier of the record, never used again for another.",
        ),
    )
    dataset = Slug(
        dump_only=True,
        metadata=about("数据集", "Dataset", "所属数据集。", "Dataset the record belongs to."),
    )
    version = VersionNumber(
        dump_only=True,
        metadata=about(
            "版本",
            "Version",
            "所属数据集版本。",
            "Version of the dataset (semantic versioning).",
        ),
    )
    title = Group(
        Bilingual,
        required=True,
        metadata=about(
            "标题", "Title", "记录的简短名称。", "Short name of the record.", own_words=True
        ),
    )
    section = SectionId(
        required=True,
        metadata=about(
            "章节",
            "Section",
            "所在章节（数据集的章节树）。",
            "Section of the report, in the dataset's section tree.",
        ),
    )
    section_path = Many(
        SectionId(),
        dump_only=True,
        metadata=about(
            "章节路径",
            "Section path",
            "所在章节及其各级上级章节，从上到下；按上级章节筛选用此字段。",
            "The section and those it is in, from the top of the tree down; filter on this to get "
            "the records of a whole part.",
        ),
    )
    source = Group(
        Source,
        required=True,
        metadata=about("出处", "Source", "在报告中的位置。", "Place in the report."),
    )
    caveats = Many(
        Group(Caveat),
        unique=None,
        metadata=about("注意事项", "Caveats", "读者应注意之处。", "What a reader should know."),
    )

    def computed(self, data: Mapping[str, Any], context: Context) -> dict[str, Any]:
        section = data["section"]
        return {"section_path": context.sections.get(section, [section])}


def references(collection: str, zh: str, en: str, zh_note: str, en_note: str) -> Many:
    """A field that lists ids of records of ``collection``."""
    return Many(Reference(collection), metadata=about(zh, en, zh_note, en_note))


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
