"""The ledger of a version: what it withdraws, and what it corrects (``changes.yaml``)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from opendata.errors import Fault
from opendata.records.fields import Choice, Text, about
from opendata.records.groups import Group, Many
from opendata.records.patterns import Slug, VersionNumber
from opendata.records.schema import Bilingual, FieldFault, StrictSchema, text_group
from opendata.vocabularies import PARTS

#: The parts of a dataset that are no records, and so cannot be withdrawn.
_DESCRIBING = ("dataset", "documents", "sections")


class Withdrawal(StrictSchema):
    """A record that stands in the data no longer; its address goes on answering why (410)."""

    class Meta(StrictSchema.Meta):
        fields = ("collection", "id", "reason", "successor")

    collection = Choice(
        PARTS,
        required=True,
        metadata=about("类别", "Collection", "记录类别。", "Collection the record stood in."),
    )
    id = Slug(
        required=True,
        metadata=about("标识", "Identifier", "被撤回记录的标识。", "Id of the withdrawn record."),
    )
    reason = text_group("理由", "Reason", "撤回的理由。", "Why it was withdrawn.", own_words=True)
    successor = Slug(
        load_default=None,
        metadata=about(
            "接替记录",
            "Successor",
            "同一类别中接替它的记录的标识；没有则不填。",
            "Id of the record of the same collection that takes its place, where one does.",
        ),
    )

    def faults(self, data: Mapping[str, Any]) -> Iterator[FieldFault]:
        if data.get("collection") in _DESCRIBING:
            yield "collection", Fault("has no records", "withdraw targets, projects or terms")
        if "id" in data and data.get("successor") == data["id"]:
            yield "successor", Fault("is the withdrawn record itself", "name another, or none")


class Correction(StrictSchema):
    """Something a version stated that was wrong, put right in the version after it."""

    class Meta(StrictSchema.Meta):
        fields = ("collection", "ids", "columns", "since", "wrong", "reason")

    collection = Choice(
        PARTS,
        required=True,
        metadata=about("类别", "Collection", "记录类别。", "Collection of the records."),
    )
    ids = Many(
        Text(max_length=100),
        required=True,
        at_least=1,
        metadata=about("记录", "Records", "所更正的记录的标识。", "Ids of the corrected records."),
    )
    columns = Many(
        Text(max_length=100),
        required=True,
        at_least=1,
        metadata=about(
            "字段",
            "Columns",
            "所更正的字段，用表格中的列名；写组名则包括其下各列，如 source。",
            "The corrected fields by their column names in tables; the name of a group stands for "
            "all below it, as source does.",
        ),
    )
    since = VersionNumber(
        load_default=None,
        metadata=about(
            "始于",
            "Since",
            "错误始见的版本；发布时由程序填写，草稿中没有。",
            "The first version that was wrong; written by the release, absent in a draft.",
        ),
    )
    wrong = text_group("错误", "Wrong", "原来错在哪里。", "What was wrong.", own_words=True)
    reason = text_group(
        "原因",
        "Reason",
        "为什么出错、凭什么更正。",
        "Why it was wrong, and what it was put right by.",
        own_words=True,
    )


class Ledger(StrictSchema):
    """What a version does to those before it, in the editor's words (``changes.yaml``)."""

    class Meta(StrictSchema.Meta):
        fields = ("summary", "withdrawals", "corrections")

    summary = text_group(
        "概要",
        "Summary",
        "本版本有何不同；发布时写入版本说明的开头。",
        "What is different in this version; the release begins the version's notes with it.",
        own_words=True,
    )
    withdrawals = Many(
        Group(Withdrawal),
        unique=None,
        metadata=about("撤回", "Withdrawals", "撤回的记录。", "Records that are withdrawn."),
    )
    corrections = Many(
        Group(Correction),
        unique=None,
        metadata=about("更正", "Corrections", "更正之处。", "What is corrected."),
    )


class RecordCorrection(StrictSchema):
    """A correction as the record that was corrected carries it, from that version on."""

    class Meta(StrictSchema.Meta):
        fields = ("version", "since", "columns", "wrong", "reason")

    version = VersionNumber(
        dump_only=True,
        metadata=about("版本", "Version", "作出更正的版本。", "The version that put it right."),
    )
    since = VersionNumber(
        dump_only=True,
        metadata=about(
            "始于",
            "Since",
            "错误始见的版本。",
            "The first version that was wrong.",
            in_tables=False,
        ),
    )
    columns = Many(
        Text(),
        dump_only=True,
        metadata=about(
            "字段",
            "Columns",
            "所更正的字段，用表格中的列名。",
            "The corrected fields by their column names in tables.",
            in_tables=False,
        ),
    )
    wrong = Group(
        Bilingual,
        dump_only=True,
        metadata=about(
            "错误",
            "Wrong",
            "原来错在哪里。",
            "What was wrong.",
            own_words=True,
            in_tables=False,
        ),
    )
    reason = Group(
        Bilingual,
        dump_only=True,
        metadata=about(
            "原因",
            "Reason",
            "为什么出错、凭什么更正。",
            "Why it was wrong, and what it was put right by.",
            own_words=True,
            in_tables=False,
        ),
    )
