"""What every record type shares: ids, source, caveats and corrections."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from opendata.errors import Fault
from opendata.records.fields import Integer, Text, about
from opendata.records.groups import Group, Many
from opendata.records.ledger import RecordCorrection
from opendata.records.patterns import Code, Pattern, Reference, SectionId, Slug, VersionNumber
from opendata.records.schema import Bilingual, Context, FieldFault, StrictSchema

#: Ids that no record may have: they are parts of addresses beside those of records.
RESERVED_IDS = frozenset({"changes", "cite", "history"})


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


#: A quote has so many characters at most.
LONGEST_QUOTE = 60


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
        max_length=LONGEST_QUOTE,
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
    previous_ids = Many(
        Slug(),
        metadata=about(
            "曾用标识",
            "Previous ids",
            "记录以前用过的标识；旧标识的地址会转到现在的地址。",
            "Ids the record had before; their addresses lead to the present one.",
        ),
    )
    corrections = Many(
        Group(RecordCorrection),
        dump_only=True,
        unique=None,
        metadata=about(
            "更正",
            "Corrections",
            "本版本及以前各版本对本记录的更正。",
            "What this version and those before it corrected in the record.",
        ),
    )

    def computed(self, data: Mapping[str, Any], context: Context) -> dict[str, Any]:
        section = data["section"]
        return {
            "section_path": context.sections.get(section, [section]),
            "corrections": context.corrections.get(data["id"], []),
        }


def references(collection: str, zh: str, en: str, zh_note: str, en_note: str) -> Many:
    """A field that lists ids of records of ``collection``."""
    return Many(Reference(collection), metadata=about(zh, en, zh_note, en_note))
