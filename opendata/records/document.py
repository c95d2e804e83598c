"""Source documents: what a dataset was read from, and what is damaged in it."""

from __future__ import annotations

from opendata.records.base import Caveat
from opendata.records.fields import Choice, Date, Integer, Text, about
from opendata.records.groups import Group, Many
from opendata.records.patterns import Sha256, Slug, Url
from opendata.records.schema import StrictSchema, text_group
from opendata.vocabularies import LANGUAGES


class Damage(Caveat):
    """A known fault of a source document."""

    class Meta(Caveat.Meta):
        fields = ("code", "text", "paragraph", "printed", "tokens")

    paragraph = Integer(
        load_default=None,
        minimum=1,
        metadata=about("段落", "Paragraph", "所在段落。", "Paragraph it stands in."),
    )

    printed = Text(
        load_default=None,
        max_length=60,
        metadata=about(
            "损坏原文",
            "As printed",
            "损坏的文字，不得出现在数据中。",
            "The damaged wording, which may not appear in the data.",
        ),
    )

    tokens = Many(
        Text(max_length=60),
        metadata=about(
            "识别词",
            "Tokens",
            "据以识别损坏文字混入数据的词，不分大小写；未列则只用损坏原文。",
            "Words by which a leak into the data is recognised, in capitals or not; where none "
            "are listed, the damaged wording alone.",
        ),
    )


class Document(StrictSchema):
    """A source document, named by its digest: the text itself is not republished."""

    id = Slug(
        required=True,
        metadata=about("标识", "Identifier", "源文件标识。", "Identifier of the document."),
    )
    title = text_group("标题", "Title", "源文件标题。", "Title of the document.")
    publisher = text_group("作者", "Author", "报告的作者。", "Who made the report.")
    reposted_by = text_group(
        "转载者", "Reposted by", "转载网站。", "Site that reposted it.", required=False
    )
    url = Url(
        load_default=None, metadata=about("网址", "Address", "源文件网址。", "Where it stood.")
    )
    address_as_printed = Text(
        load_default=None,
        metadata=about(
            "原文所印地址", "Address as printed", "原文所印地址。", "The address as printed in it."
        ),
    )
    retrieved = Date(
        load_default=None,
        metadata=about(
            "获取日期",
            "Retrieved",
            "获取日期；没有记录则为空。",
            "When it was retrieved; null where not recorded.",
        ),
    )
    sha256 = Sha256(
        required=True,
        metadata=about("SHA-256", "SHA-256", "源文件的摘要。", "Digest of the document's bytes."),
    )
    characters = Integer(
        required=True,
        minimum=1,
        metadata=about(
            "字符数", "Characters", "Unicode 码点数。", "Length in Unicode code points."
        ),
    )
    language = Choice(
        LANGUAGES,
        required=True,
        metadata=about("语言", "Language", "源文件语言。", "Language of the document."),
    )
    extent = text_group(
        "范围",
        "Extent",
        "源文件所含部分。",
        "What part of the report it holds.",
        own_words=True,
    )
    damage = Many(
        Group(Damage),
        unique=None,
        metadata=about("损坏", "Damage", "已知损坏。", "Known faults of the document."),
    )
