"""Sections: the tree of a report."""

from __future__ import annotations

from opendata.records.base import Caveat
from opendata.records.fields import Integer, Text, about
from opendata.records.groups import Group, Many
from opendata.records.patterns import (
    SectionId,
)
from opendata.records.schema import StrictSchema, text_group


class Section(StrictSchema):
    """A node of the report's section tree."""

    id = SectionId(
        required=True,
        metadata=about("标识", "Identifier", "章节标识。", "Identifier of the section."),
    )
    title = text_group("标题", "Title", "章节标题。", "Title of the section.", own_words=True)
    printed = Text(
        load_default=None,
        metadata=about(
            "原文标题",
            "As printed",
            "原文所印标题；没有则为空。",
            "The heading as printed; null where there is none.",
        ),
    )
    first_paragraph = Integer(
        load_default=None,
        minimum=1,
        metadata=about(
            "起始段落",
            "First paragraph",
            "章节在源文件中的第一段（含标题）。",
            "First paragraph of the section in the document, its heading included.",
        ),
    )
    last_paragraph = Integer(
        load_default=None,
        minimum=1,
        metadata=about(
            "末尾段落",
            "Last paragraph",
            "章节在源文件中的最后一段。",
            "Last paragraph of the section in the document.",
        ),
    )
    caveats = Many(
        Group(Caveat),
        unique=None,
        metadata=about("注意事项", "Caveats", "读者应注意之处。", "What a reader should know."),
    )
    sections = Many(
        Group(lambda: Section()),
        unique=None,
        ordered=True,
        metadata=about("下级章节", "Sections", "下级章节。", "Sections within.", in_tables=False),
    )
