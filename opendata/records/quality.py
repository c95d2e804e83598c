"""Quality: what the audit of a version found, in figures."""

from __future__ import annotations

from opendata.records.base import Caveat
from opendata.records.exclusion import Exclusion
from opendata.records.fields import Date, Integer, Text, about
from opendata.records.groups import Group, Many
from opendata.records.patterns import SectionId, Sha256, Slug
from opendata.records.schema import StrictSchema


def _count(zh: str, en: str, zh_note: str, en_note: str) -> Integer:
    return Integer(required=True, metadata=about(zh, en, zh_note, en_note))


class Reason(StrictSchema):
    """How many were excluded for one reason."""

    reason = Text(
        required=True, metadata=about("理由", "Reason", "排除理由的代码。", "Code of the reason.")
    )
    count = _count("数量", "Count", "数量。", "How many.")


class Coverage(StrictSchema):
    """How much of the source is accounted for: each either evidence of a record or excluded."""

    total = _count("总数", "Total", "源文件中的总数。", "How many the source has.")
    evidence = _count("有记录", "Evidence", "作为记录依据的数量。", "Answered for by a record.")
    excluded = _count("已排除", "Excluded", "列明理由而排除的数量。", "Excluded with a reason.")
    reasons = Many(
        Group(Reason),
        unique="reason",
        required=True,
        metadata=about("理由", "Reasons", "按理由计数。", "The excluded, by reason."),
    )


class Check(StrictSchema):
    """How many were checked, and how many of them agree with the source."""

    checked = _count("核对数", "Checked", "核对的数量。", "How many were checked.")
    agreeing = _count("一致数", "Agreeing", "一致的数量。", "How many agree.")


class Audit(StrictSchema):
    """The figures of an audit; a released version has no finding left."""

    document = Slug(
        required=True, metadata=about("文件", "Document", "源文件标识。", "The document audited.")
    )
    sha256 = Sha256(
        required=True, metadata=about("SHA-256", "SHA-256", "源文件摘要。", "Its digest.")
    )
    on = Date(required=True, metadata=about("日期", "Date", "审核日期。", "Day of the audit."))
    quotes = Group(
        Check,
        required=True,
        metadata=about(
            "引文", "Quotes", "引文与源文件逐字一致。", "Quotes that stand where they claim to."
        ),
    )
    values = Group(
        Check,
        required=True,
        metadata=about(
            "数值",
            "Values",
            "数值、单位、比较关系与原文一致。",
            "Values whose figure, unit and comparator agree with the printed wording.",
        ),
    )
    names = Group(
        Check,
        load_default=None,
        metadata=about(
            "名称",
            "Names",
            "标题、名称、单位和地点由印出的文字组成；审核时未核对名称的版本为空。",
            "Titles, names, parties and places made of the printed characters; null where a "
            "version was audited without them.",
        ),
    )
    links = Group(
        Check,
        load_default=None,
        metadata=about(
            "关联",
            "Links",
            "所关联的术语和项目与原文同句；审核时未核对关联的版本为空。",
            "Links to what stands in the same sentence; null where a version was audited "
            "without them.",
        ),
    )
    numerals = Group(
        Coverage,
        required=True,
        metadata=about("数字", "Numerals", "源文件中的全部数字。", "Every numeral of the source."),
    )
    sentences = Group(
        Coverage,
        required=True,
        metadata=about(
            "句子", "Sentences", "报告正文的全部句子。", "Every sentence of the sections."
        ),
    )
    clauses = Group(
        Coverage,
        load_default=None,
        metadata=about(
            "分句",
            "Clauses",
            "报告正文的全部分句；审核时未核对分句的版本为空。",
            "Every clause of the sections; null where a version was audited without them.",
        ),
    )
    enumerations = Group(
        Check,
        required=True,
        metadata=about(
            "列举",
            "Enumerations",
            "成员数与名称所含数字一致，或有说明。",
            "Terms with as many members as their name says, or a caveat that says why not.",
        ),
    )
    damage = Group(
        Check,
        required=True,
        metadata=about(
            "损坏",
            "Damage",
            "已知损坏没有进入数据。",
            "Known damage of the source that has not leaked into the data.",
        ),
    )
    sections_without_records = Many(
        SectionId(),
        required=True,
        metadata=about(
            "无记录章节",
            "Sections without records",
            "没有任何记录的末级章节。",
            "Sections at the end of the tree that no record belongs to.",
        ),
    )


class Ambiguity(StrictSchema):
    """A caveat that says where a reading is not the only one."""

    collection = Text(
        required=True, metadata=about("类别", "Collection", "记录类别。", "Collection.")
    )
    id = Slug(
        required=True, metadata=about("标识", "Identifier", "记录标识。", "Id of the record.")
    )
    caveat = Group(
        Caveat, required=True, metadata=about("说明", "Caveat", "说明。", "What is ambiguous.")
    )


class Quality(StrictSchema):
    """What was audited, what was left out and why, and where the report can be read otherwise."""

    audit = Group(
        Audit, required=True, metadata=about("审核", "Audit", "审核结果。", "The audit's figures.")
    )
    exclusions = Many(
        Group(Exclusion),
        unique=None,
        required=True,
        metadata=about(
            "排除",
            "Exclusions",
            "排除的数字、句子和分句。",
            "Numerals, sentences and clauses left out, and why.",
        ),
    )
    ambiguities = Many(
        Group(Ambiguity),
        unique=None,
        required=True,
        metadata=about(
            "歧义", "Ambiguities", "存在歧义的记录。", "Where the report can be read otherwise."
        ),
    )
