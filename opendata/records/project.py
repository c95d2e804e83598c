"""Projects: named things to be built, delivered, upgraded, started, advanced or bid for."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from opendata.errors import Fault
from opendata.records.base import Record, references
from opendata.records.fields import Choice, Date, Text, about
from opendata.records.figure import Figure, printed_faults
from opendata.records.groups import Group, Many
from opendata.records.patterns import Code
from opendata.records.schema import Bilingual, FieldFault, text_group
from opendata.vocabularies import ACTIONS, DEADLINE_BASES


class Quantity(Figure):
    """A size or capacity that the report prints for a project."""


class Project(Record):
    """A named thing to be built, delivered, upgraded, started, advanced, supported or bid for."""

    class Meta(Record.Meta):
        fields = (
            *("id", "dataset", "version", "title", "name", "aliases", "section"),
            *("section_path", "action"),
            *("action_as_printed", "category", "location", "parties", "quantities"),
            *("deadline", "deadline_basis", "targets", "terms", "source", "caveats"),
            *("previous_ids", "corrections"),
        )

    name = text_group("名称", "Name", "项目名称。", "Name of the project.")
    aliases = Many(
        Text(max_length=100),
        metadata=about("别名", "Aliases", "其他名称。", "Other names of the project."),
    )
    action = Choice(
        ACTIONS,
        required=True,
        metadata=about(
            "推进方式",
            "Action",
            "建成、推进、启动、提升、支持或争创。",
            "What is promised: complete, advance, start, upgrade, support or bid.",
        ),
    )
    action_as_printed = Text(
        required=True,
        max_length=30,
        metadata=about(
            "推进方式原文",
            "Action as printed",
            "原文动词；中间略去的字写作“…”。",
            "The printed verb; … stands for words left out between its parts.",
        ),
    )
    category = Code(
        "categories",
        required=True,
        metadata=about("类别", "Category", "项目类别。", "Category of the project."),
    )
    location = text_group(
        "地点",
        "Location",
        "原文所印地点或路段。",
        "Place or road segment, where the report prints one.",
        required=False,
    )
    parties = Many(
        Group(Bilingual),
        unique="zh",
        metadata=about(
            "参与方",
            "Parties",
            "原文所列承担单位。",
            "Organisations the report names as doing it.",
        ),
    )
    quantities = Many(
        Group(Quantity),
        unique=None,
        metadata=about(
            "规模",
            "Quantities",
            "原文所印规模或能力。",
            "Sizes and capacities the report prints.",
        ),
    )
    deadline = Date(
        load_default=None,
        metadata=about(
            "期限",
            "Deadline",
            "承诺完成的日期；未承诺则为空。",
            "When completion is due; null where none is promised.",
        ),
    )
    deadline_basis = Choice(
        DEADLINE_BASES,
        load_default=None,
        metadata=about(
            "期限依据",
            "Basis of the deadline",
            "期限为原文写明或推定。",
            "Whether the report prints the deadline or it is implied.",
        ),
    )
    targets = references(
        "targets",
        "相关目标",
        "Targets",
        "该项目所服务的目标。",
        "Targets the project serves.",
    )
    terms = references(
        "glossary", "相关术语", "Terms", "所用术语。", "Glossary terms the project uses."
    )

    def faults(self, data: Mapping[str, Any]) -> Iterator[FieldFault]:
        if "deadline" in data and "deadline_basis" in data:
            if data["deadline"] and not data["deadline_basis"]:
                yield "deadline_basis", Fault("is missing beside a deadline", "add it")
            if data["deadline_basis"] and not data["deadline"]:
                yield "deadline_basis", Fault("stands without a deadline", "remove it or add one")
        verb = data.get("action_as_printed")
        yield from printed_faults(data, verb, "action_as_printed", gaps=True)
        for index, quantity in enumerate(data.get("quantities", ())):
            name = f"quantities.{index}.as_printed"
            yield from printed_faults(data, quantity.get("as_printed"), name)
