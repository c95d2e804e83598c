"""Exclusions: what of the source is evidence of no record, and why."""

from __future__ import annotations

from opendata.records.base import Source, StrictSchema, text_group
from opendata.records.fields import Choice, Text, about
from opendata.records.patterns import Code
from opendata.vocabularies import EXCLUSION_KINDS


class Exclusion(Source):
    """A numeral or a sentence of the source that no record answers for, with the reason."""

    class Meta(StrictSchema.Meta):
        fields = ("kind", "reason", "document", "paragraph", "start", "end", "quote", "note")

    kind = Choice(
        EXCLUSION_KINDS,
        required=True,
        metadata=about("对象", "Kind", "数字或句子。", "A numeral or a sentence."),
    )
    reason = Code(
        "exclusions",
        required=True,
        metadata=about("理由", "Reason", "排除的理由。", "Why no record answers for it."),
    )
    quote = Text(
        required=True,
        max_length=60,
        metadata=about(
            "原文",
            "Quote",
            "所排除的数字，或句子的开头，逐字照录。",
            "The numeral, or the beginning of the sentence, to the character.",
        ),
    )
    note = text_group(
        "说明", "Note", "需要时的说明。", "An explanation, where one is needed.", required=False
    )
