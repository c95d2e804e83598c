"""Targets: the figures and checkable outcomes a report commits to."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from opendata.errors import Fault
from opendata.records.base import Record, references
from opendata.records.fields import Choice, Date, DecimalText, ExactDecimal, Text, about
from opendata.records.figure import Figure, base_figure, printed_faults, unit_base, value_base
from opendata.records.groups import Group
from opendata.records.patterns import Code, Period
from opendata.records.schema import Context, FieldFault
from opendata.vocabularies import COMPARATORS, DEADLINE_BASES, KINDS, MEASURES, STRENGTHS

_FIGURE = ("indicator", "measure", "comparator", "value", "unit", "as_printed")


class Baseline(Figure):
    """The figure a target starts from, where the report states one."""

    class Meta(Figure.Meta):
        fields = (*Figure.Meta.fields, "period")

    period = Period(
        required=True,
        metadata=about("时期", "Period", "基期。", "Base period."),
    )


class Target(Record):
    """A figure or a checkable outcome that the report commits to."""

    class Meta(Record.Meta):
        fields = (
            *(
                "id",
                "dataset",
                "version",
                "title",
                "section",
                "section_path",
                "kind",
                "indicator",
                "measure",
            ),
            *("comparator", "strength", "value", "value_max", "unit", "value_base"),
            *("value_max_base", "unit_base", "as_printed", "period", "deadline"),
            *("deadline_basis", "baseline", "projects", "terms", "source", "caveats"),
            *("previous_ids", "corrections"),
        )

    kind = Choice(
        KINDS,
        required=True,
        metadata=about(
            "类型",
            "Kind",
            "定量目标或定性目标。",
            "Quantitative (a figure) or qualitative (an outcome to check).",
            defining=True,
        ),
    )
    indicator = Code(
        "indicators",
        load_default=None,
        metadata=about(
            "指标",
            "Indicator",
            "指标代码；各报告、各年度同一指标同一代码。",
            "What is measured; the same indicator has the same code in every report and year.",
            defining=True,
        ),
    )
    measure = Choice(
        MEASURES,
        load_default=None,
        metadata=about(
            "计量方式",
            "Measure",
            "增长率、水平、增量、数量、流量或占比。",
            "How it is measured: growth, level, increment, count, amount or share.",
            defining=True,
        ),
    )
    comparator = Choice(
        COMPARATORS,
        load_default=None,
        metadata=about(
            "比较关系",
            "Comparator",
            "目标与数值的关系。",
            "How the outcome must stand to the value.",
        ),
    )
    strength = Choice(
        STRENGTHS,
        required=True,
        metadata=about("承诺强度", "Strength", "承诺的力度。", "How firmly it is promised."),
    )
    value = ExactDecimal(
        load_default=None,
        metadata=about(
            "数值",
            "Value",
            "原文所印数值，配合单位使用；精确十进制数。",
            "The figure as printed, to be read with its unit; an exact decimal.",
            unit_field="unit",
        ),
    )
    value_max = ExactDecimal(
        load_default=None,
        metadata=about(
            "上限",
            "Upper value",
            "区间目标的上限。",
            "Upper bound where the target is a range.",
            unit_field="unit",
        ),
    )
    unit = Code(
        "units",
        load_default=None,
        metadata=about("单位", "Unit", "数值的单位。", "Unit of the value."),
    )
    value_base = value_base()
    value_max_base = DecimalText(
        dump_only=True,
        allow_none=True,
        metadata=about(
            "基本单位上限",
            "Upper value in base units",
            "换算为基本单位的上限（字符串）。",
            "The upper bound in base units, an exact decimal as text.",
            unit_field="unit_base",
        ),
    )
    unit_base = unit_base()
    as_printed = Text(
        load_default=None,
        max_length=60,
        metadata=about(
            "原文表述",
            "As printed",
            "数值连同单位和比较词的原文写法。",
            "The printed wording of the figure with its unit and comparator.",
        ),
    )
    period = Period(
        required=True,
        metadata=about("时期", "Period", "目标所属时期。", "The period the target is for."),
    )
    deadline = Date(
        required=True,
        metadata=about("期限", "Deadline", "应完成的日期。", "When it is due."),
    )
    deadline_basis = Choice(
        DEADLINE_BASES,
        required=True,
        metadata=about(
            "期限依据",
            "Basis of the deadline",
            "期限为原文写明或推定。",
            "Whether the report prints the deadline or it is implied.",
        ),
    )
    baseline = Group(
        Baseline,
        load_default=None,
        metadata=about(
            "基期",
            "Baseline",
            "原文所载基期数；原文没有则为空，不作推测。",
            "The figure started from; null where the report states none, never guessed.",
        ),
    )
    projects = references(
        "projects",
        "相关项目",
        "Projects",
        "服务于该目标的项目。",
        "Projects that serve the target.",
    )
    terms = references(
        "glossary", "相关术语", "Terms", "所用术语。", "Glossary terms the target uses."
    )

    def faults(self, data: Mapping[str, Any]) -> Iterator[FieldFault]:
        if data.get("kind") == "quantitative":
            for name in _FIGURE:
                if name in data and data[name] is None:
                    yield name, Fault("is missing in a quantitative target", "add it")
        if data.get("kind") == "qualitative":
            for name in (*_FIGURE[1:], "value_max", "baseline"):
                if data.get(name) is not None:
                    fix = "remove it, or set kind: quantitative"
                    yield name, Fault("does not belong in a qualitative target", fix)
        yield from _range_faults(data)
        yield from _deadline_faults(data)
        yield from printed_faults(data, data.get("as_printed"), "as_printed")

    def computed(self, data: Mapping[str, Any], context: Context) -> dict[str, Any]:
        figure = base_figure(data, context, "value", "value_max")
        return {**super().computed(data, context), **figure}


def _range_faults(data: Mapping[str, Any]) -> Iterator[FieldFault]:
    upper = data.get("value_max")
    if data.get("comparator") == "range":
        if "value_max" in data and upper is None:
            yield "value_max", Fault("is missing where comparator is range", "add the upper bound")
    elif upper is not None and "comparator" in data:
        yield "value_max", Fault("stands without comparator: range", "remove it or set range")
    value = data.get("value")
    if upper is not None and value is not None and upper <= value:
        yield "value_max", Fault(f"{upper} is not above value {value}", "write the upper bound")


def _deadline_faults(data: Mapping[str, Any]) -> Iterator[FieldFault]:
    implied = data.get("deadline_basis") == "implied_by_report_year"
    if implied and "deadline" in data and "period" in data:
        end = date(int(data["period"][-4:]), 12, 31)
        if data["deadline"] != end:
            message = f"{data['deadline']} is not the end of the period {data['period']}"
            yield "deadline", Fault(message, f"write {end}, or deadline_basis: stated")
