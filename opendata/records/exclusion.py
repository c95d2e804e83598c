"""Exclusions: what of the source is evidence of no record, and why."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from opendata.errors import Fault
from opendata.records.base import Source, Span
from opendata.records.fields import Choice, Text, about
from opendata.records.patterns import Code
from opendata.records.schema import FieldFault, StrictSchema, text_group
from opendata.vocabularies import EXCLUSION_KINDS

#: Stands after the beginning of clauses that are not quoted in full.
CUT = "…"
#: Excluded clauses are quoted in full up to this length; the report is not republished.
_QUOTED = 20
_BEGINNING = 12


def beginning(stretch: str) -> str:
    """Return what an exclusion quotes of a stretch of clauses."""
    return stretch if len(stretch) <= _QUOTED else f"{stretch[:_BEGINNING]}{CUT}"


class Exclusion(Source):
    """A numeral, a sentence or clauses that no record answers for, with the reason."""

    class Meta(StrictSchema.Meta):
        fields = ("kind", "reason", "document", "paragraph", "start", "end", "quote", "note")

    kind = Choice(
        EXCLUSION_KINDS,
        required=True,
        metadata=about("对象", "Kind", "数字、句子或分句。", "A numeral, a sentence or clauses."),
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
            "所排除的数字、分句，或句子的开头，逐字照录；较长的分句只录开头，后加“…”。",
            "The numeral, the clauses or the beginning of the sentence, to the character; "
            "of longer clauses only the beginning, followed by ….",
        ),
    )
    note = text_group(
        "说明", "Note", "需要时的说明。", "An explanation, where one is needed.", required=False
    )

    def faults(self, data: Mapping[str, Any]) -> Iterator[FieldFault]:
        length = data.get("end", 0) - data.get("start", 0)
        if data.get("kind") != "clause" or length <= _QUOTED:
            yield from super().faults(data)
            return
        yield from Span.faults(self, data)
        quote = data.get("quote", CUT)
        if not quote.endswith(CUT) or len(quote) > _QUOTED:
            fix = f"write its beginning, at most {_QUOTED} characters with the {CUT} after it"
            yield "quote", Fault(f"is not cut, though its clauses have {length} characters", fix)
