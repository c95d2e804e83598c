"""Figures: a printed value with its unit, and the same exactly in base units."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Context as Arithmetic
from decimal import Decimal, Inexact, InvalidOperation
from typing import Any

from opendata.errors import Fault
from opendata.records.fields import BaseUnit, DecimalText, ExactDecimal, Text, about
from opendata.records.patterns import Code
from opendata.records.schema import Context, FieldFault, StrictSchema, Unit

#: Raises rather than rounds: no value may change on the way to its base unit.
_EXACT = Arithmetic(prec=120, traps=[Inexact, InvalidOperation])

#: Stands for words left out of printed wording.
GAP = "…"


def value_base() -> DecimalText:
    """The computed field of a value in base units."""
    return DecimalText(
        dump_only=True,
        allow_none=True,
        metadata=about(
            "基本单位数值",
            "Value in base units",
            "换算为基本单位的精确数值（字符串）。",
            "The value in base units, an exact decimal as text: 300 of 亿元 is 30000000000.",
            unit_field="unit_base",
        ),
    )


def unit_base() -> BaseUnit:
    """The computed field of the base unit."""
    return BaseUnit(
        dump_only=True,
        allow_none=True,
        metadata=about(
            "基本单位",
            "Base unit",
            "基本单位（ISO 4217 货币代码或 UCUM 代码）。",
            "The base unit: an ISO 4217 currency code or a UCUM code.",
        ),
    )


class Figure(StrictSchema):
    """A figure within a record, as the report prints it."""

    class Meta(StrictSchema.Meta):
        fields: tuple[str, ...] = ("value", "unit", "value_base", "unit_base", "as_printed")

    value = ExactDecimal(
        required=True,
        metadata=about(
            "数值", "Value", "原文所印数值。", "The figure as printed.", unit_field="unit"
        ),
    )
    unit = Code(
        "units",
        required=True,
        metadata=about("单位", "Unit", "数值的单位。", "Unit of the value."),
    )
    value_base = value_base()
    unit_base = unit_base()
    as_printed = Text(
        required=True,
        max_length=60,
        metadata=about("原文表述", "As printed", "原文写法。", "The printed wording."),
    )

    def computed(self, data: Mapping[str, Any], context: Context) -> dict[str, Any]:
        return base_figure(data, context, "value")


def base_figure(data: Mapping[str, Any], context: Context, *values: str) -> dict[str, Any]:
    """Return the ``values`` of ``data`` in base units, each as ``{value}_base``, and that unit."""
    unit = context.units.get(data["unit"])
    converted = {f"{name}_base": in_base_units(data[name], unit) for name in values}
    return {**converted, "unit_base": unit and unit.base}


def in_base_units(value: Decimal | None, unit: Unit | None) -> str | None:
    """Return ``value`` converted exactly to the base unit, in plain notation."""
    if value is None or unit is None:
        return None
    product = _EXACT.multiply(value, unit.multiplier)
    if product == product.to_integral_value():
        return format(product.to_integral_value(), "f")
    return format(product.normalize(_EXACT), "f")


def printed_faults(
    data: Mapping[str, Any], printed: str | None, name: str, *, gaps: bool = False
) -> Iterator[FieldFault]:
    """Yield a fault where printed wording does not stand in the record's quote.

    :param gaps: whether the wording may be in parts, in order, with :data:`GAP` between them.
    """
    quote = data.get("source", {}).get("quote")
    if not printed or not quote or printed in quote:
        return
    if not gaps or GAP not in printed:
        yield name, Fault(f"{printed!r} does not stand in the quote", "copy it from the quote")
    elif not _in_order(printed.split(GAP), quote):
        fix = f"copy its parts from the quote, in order, with one {GAP} between them"
        yield name, Fault(f"the parts of {printed!r} do not stand in the quote in order", fix)


def _in_order(parts: list[str], quote: str) -> bool:
    rest = quote
    for part in parts:
        _, found, rest = rest.partition(part) if part else ("", "", rest)
        if not found:
            return False
    return True
