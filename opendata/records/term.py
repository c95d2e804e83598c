"""Terms: the glossary a report explains itself with."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from opendata.errors import Fault
from opendata.records.base import Record, Span
from opendata.records.fields import Choice, Integer, Text, about
from opendata.records.groups import Group, Many
from opendata.records.patterns import BackReference
from opendata.records.schema import Bilingual, Context, FieldFault, StrictSchema, text_group
from opendata.vocabularies import TERM_KINDS


class UsedBy(StrictSchema):
    """The records that name a term among theirs."""

    targets = Many(
        BackReference("targets"),
        dump_only=True,
        metadata=about("目标", "Targets", "使用该术语的目标。", "Targets that use the term."),
    )
    projects = Many(
        BackReference("projects"),
        dump_only=True,
        metadata=about("项目", "Projects", "使用该术语的项目。", "Projects that use the term."),
    )


#: The collections whose records use terms.
_USERS = tuple(UsedBy().fields)


class Term(Record):
    """An entry of the report's glossary."""

    class Meta(Record.Meta):
        fields = (
            *(
                "id",
                "dataset",
                "version",
                "number",
                "title",
                "term",
                "section",
                "section_path",
                "kind",
                "definition",
            ),
            *("members", "marker_in_text", "mentions", "used_by", "source", "caveats"),
            *("previous_ids", "corrections"),
        )

    title = Group(
        Bilingual,
        dump_only=True,
        metadata=about("标题", "Title", "即术语本身。", "The term itself."),
    )
    term = text_group("术语", "Term", "术语。", "The term.")
    number = Integer(
        required=True,
        minimum=1,
        metadata=about("序号", "Number", "术语在报告中的序号。", "Number of the note."),
    )
    kind = Choice(
        TERM_KINDS,
        required=True,
        metadata=about(
            "类型",
            "Kind",
            "列举或定义。",
            "Whether members are listed or a definition is given.",
        ),
    )
    definition = text_group(
        "释义",
        "Definition",
        "本项目自拟的释义。",
        "What it means, in this project's own words.",
        own_words=True,
    )
    members = Many(
        Group(Bilingual),
        unique="zh",
        ordered=True,
        metadata=about("成员", "Members", "所列成员，逐字照录。", "Listed members, as printed."),
    )
    marker_in_text = Text(
        load_default=None,
        max_length=20,
        metadata=about(
            "正文标记", "Marker in text", "正文中的注号。", "The note's mark in the text."
        ),
    )
    mentions = Many(
        Group(Span),
        unique=None,
        metadata=about(
            "出现位置",
            "Mentions",
            "术语在正文中出现的位置。",
            "Where the term stands in the running text.",
        ),
    )
    used_by = Group(
        UsedBy,
        dump_only=True,
        metadata=about(
            "使用者",
            "Used by",
            "使用该术语的记录；由这些记录的链接得出。",
            "Records that use the term, as their own links say.",
        ),
    )

    def faults(self, data: Mapping[str, Any]) -> Iterator[FieldFault]:
        if data.get("kind") == "list" and data.get("members") == []:
            yield "members", Fault("is missing in a term of kind list", "list the members")
        if data.get("kind") == "definition" and data.get("members"):
            yield "members", Fault("stands in a term of kind definition", "set kind: list")

    def computed(self, data: Mapping[str, Any], context: Context) -> dict[str, Any]:
        used_by = {name: context.users.get((name, data["id"]), []) for name in _USERS}
        own = {"title": data["term"], "used_by": used_by}
        return {**super().computed(data, context), **own}
