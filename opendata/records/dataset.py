"""Datasets: what ``dataset.yaml`` says of a version (DCAT-AP 3: dcat:Dataset)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from opendata.errors import Fault
from opendata.records.document import Document
from opendata.records.fields import Choice, Date, Integer, Text, about
from opendata.records.groups import Group, Many
from opendata.records.patterns import (
    Code,
    Email,
    Period,
    Sha256,
    Slug,
    Timestamp,
    Url,
    VersionNumber,
)
from opendata.records.schema import Bilingual, FieldFault, StrictSchema, text_group
from opendata.records.section import Section
from opendata.vocabularies import LANGUAGES


class Agent(StrictSchema):
    """An organisation or a group of people (foaf:Agent)."""

    name = text_group("名称", "Name", "名称。", "Its name.")
    url = Url(load_default=None, metadata=about("网址", "Address", "网址。", "Its web address."))


class Contact(StrictSchema):
    """Whom to ask about the data (vcard:Kind)."""

    name = text_group("名称", "Name", "联系人名称。", "Name of the contact.")
    email = Email(load_default=None, metadata=about("邮箱", "Mail", "电子邮箱。", "Mail address."))
    url = Url(
        load_default=None, metadata=about("网址", "Address", "联系网址。", "Address for contact.")
    )


class Distribution(StrictSchema):
    """A file that holds a whole collection (dcat:Distribution, spdx:Checksum)."""

    collection = Text(
        dump_only=True,
        metadata=about("类别", "Collection", "记录类别。", "Collection the file holds."),
    )
    title = Group(
        Bilingual,
        dump_only=True,
        metadata=about("标题", "Title", "文件名称。", "What the file is."),
    )
    url = Url(dump_only=True, metadata=about("网址", "Address", "下载地址。", "Where it is."))
    media_type = Text(
        dump_only=True,
        metadata=about("媒体类型", "Media type", "媒体类型。", "Its media type."),
    )
    byte_size = Integer(
        dump_only=True,
        metadata=about("字节数", "Size", "字节数。", "Its length in bytes."),
    )
    sha256 = Sha256(
        dump_only=True,
        metadata=about("SHA-256", "SHA-256", "文件的摘要。", "Digest of its bytes."),
    )


class Notes(Bilingual):
    """Notes of a version, which list every correction and so may be long."""

    zh = Text(
        required=True,
        max_length=20_000,
        metadata=about("中文", "Chinese", "中文文本。", "The text in Chinese."),
    )
    en = Text(
        required=True,
        max_length=20_000,
        language="en",
        metadata=about("英文", "English", "英文文本。", "The text in English.", own_words=True),
    )


class Deprecation(StrictSchema):
    """That a dataset is given up (RFC 9745), and when its addresses may go (RFC 8594)."""

    date = Date(
        required=True,
        metadata=about(
            "弃用日期", "Date", "自何日起弃用。", "From which day on it should not be used."
        ),
    )
    sunset = Date(
        load_default=None,
        metadata=about(
            "停止日期",
            "Sunset",
            "不带版本号的地址在此日之后可能停止服务；带版本号的地址不受影响。",
            "After which day addresses without a version may stop answering; those of a version "
            "stay.",
        ),
    )
    reason = text_group("理由", "Reason", "弃用的理由。", "Why it is given up.", own_words=True)
    successor = Slug(
        load_default=None,
        metadata=about(
            "接替者", "Successor", "接替它的数据集的标识。", "Id of the dataset to use instead."
        ),
    )
    url = Url(
        load_default=None,
        metadata=about("网址", "Address", "说明弃用的网页。", "A page that explains it."),
    )

    def faults(self, data: Mapping[str, Any]) -> Iterator[FieldFault]:
        day, sunset = data.get("date"), data.get("sunset")
        if day and sunset and sunset < day:
            yield "sunset", Fault("comes before the date", "write a day on or after the date")


class Dataset(StrictSchema):
    """A dataset at one version."""

    class Meta(StrictSchema.Meta):
        fields = (
            *("id", "version", "released", "title", "description", "publisher", "area"),
            *("period", "themes", "keywords", "languages", "licence", "contact"),
            *("targets", "projects", "glossary", "sha256", "notes", "distributions"),
            *("deprecation", "documents", "sections", "released_at"),
        )

    id = Slug(
        dump_only=True,
        metadata=about(
            "标识", "Identifier", "数据集标识。", "Identifier of the dataset: its folder's name."
        ),
    )
    version = VersionNumber(
        dump_only=True,
        metadata=about("版本", "Version", "版本号。", "Its version (semantic versioning)."),
    )
    released = Date(
        load_default=None,
        metadata=about(
            "发布日期",
            "Released",
            "本版本发布日期；草稿没有。",
            "When the version was released; written by the release, absent in a draft.",
        ),
    )
    released_at = Timestamp(
        load_default=None,
        metadata=about(
            "发布时刻",
            "Time of release",
            "本版本发布的时刻（协调世界时）；早期版本没有。",
            "The moment of the release (UTC); written by the release, absent in early versions.",
        ),
    )
    title = text_group("标题", "Title", "数据集标题。", "Title of the dataset.", own_words=True)
    description = text_group(
        "说明", "Description", "数据集说明。", "What the dataset holds.", own_words=True
    )
    publisher = Group(
        Agent,
        required=True,
        metadata=about("发布者", "Publisher", "数据集发布者。", "Who publishes the dataset."),
    )
    area = Code(
        "areas",
        required=True,
        metadata=about(
            "行政区划",
            "Area",
            "行政区划代码（GB/T 2260）。",
            "Area it is about (GB/T 2260).",
            defining=True,
        ),
    )
    period = Period(
        required=True,
        metadata=about("时期", "Period", "数据所属时期。", "Period it is about.", defining=True),
    )
    themes = Many(
        Code("themes"),
        required=True,
        at_least=1,
        metadata=about("主题", "Themes", "主题代码。", "Themes of the dataset."),
    )
    keywords = Many(
        Group(Bilingual),
        unique="zh",
        metadata=about("关键词", "Keywords", "关键词。", "Keywords.", own_words=True),
    )
    languages = Many(
        Choice(LANGUAGES),
        required=True,
        at_least=1,
        metadata=about("语言", "Languages", "数据所用语言。", "Languages of the data."),
    )
    licence = Code(
        "licences",
        required=True,
        metadata=about(
            "许可", "Licence", "许可（SPDX 标识）。", "Licence (SPDX identifier).", defining=True
        ),
    )
    contact = Group(
        Contact,
        required=True,
        metadata=about("联系方式", "Contact", "联系方式。", "Whom to ask."),
    )
    targets = Integer(
        dump_only=True,
        metadata=about("目标数", "Targets", "目标条数。", "Number of targets."),
    )
    projects = Integer(
        dump_only=True,
        metadata=about("项目数", "Projects", "项目条数。", "Number of projects."),
    )
    glossary = Integer(
        dump_only=True,
        metadata=about("术语数", "Terms", "术语条数。", "Number of glossary terms."),
    )
    sha256 = Sha256(
        dump_only=True,
        metadata=about(
            "摘要",
            "Digest",
            "本版本 SHA256SUMS 文件的 SHA-256。",
            "SHA-256 of the version's SHA256SUMS, which holds the digest of each of its files.",
        ),
    )
    notes = Group(
        Notes,
        load_default=None,
        metadata=about(
            "版本说明",
            "Notes",
            "本版本的说明；由发布写入，草稿没有。",
            "Notes of the version; written by the release, absent in a draft.",
            own_words=True,
        ),
    )
    distributions = Many(
        Group(Distribution),
        dump_only=True,
        metadata=about(
            "下载",
            "Distributions",
            "完整文件及其校验值。",
            "Files that hold a whole collection, with their digests.",
            in_tables=False,
        ),
    )
    deprecation = Group(
        Deprecation,
        load_default=None,
        metadata=about(
            "弃用",
            "Deprecation",
            "数据集弃用的说明；最新版本所写的对数据集的全部地址有效。",
            "That the dataset is given up; what its latest version says holds for all its "
            "addresses.",
            in_tables=False,
        ),
    )
    documents = Many(
        Group(Document),
        unique="id",
        required=True,
        at_least=1,
        metadata=about(
            "源文件",
            "Source documents",
            "数据所依据的文件。",
            "The documents the data are read from.",
            in_tables=False,
        ),
    )
    sections = Many(
        Group(Section),
        unique=None,
        ordered=True,
        required=True,
        at_least=1,
        metadata=about(
            "章节", "Sections", "报告的章节树。", "The report's section tree.", in_tables=False
        ),
    )
