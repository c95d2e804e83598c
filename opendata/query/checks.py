"""Checking the text of a parameter against its schema: what it stands for, or what is wrong."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from functools import partial
from typing import Any

from opendata.errors import choose_from, listed, nearest, some_of
from opendata.query.faults import Code, RequestFault, Telling
from opendata.query.parameters import MAX_MEMBERS, Parameter
from opendata.vocabularies import Label

_NUMBER = re.compile(r"-?(0|[1-9][0-9]*)(\.[0-9]+)?([eE][+-]?[0-9]{1,3})?", re.ASCII)
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", re.ASCII)
_TRUTH = {"true": True, "false": False}
#: Characters of a number, and how near to zero; nothing in the data is longer or nearer.
_LONGEST_NUMBER = 60
_SMALLEST = -400


class _Wrong(Exception):  # noqa: N818 - no error: carries the fault of one value
    def __init__(self, tell: Telling) -> None:
        self.tell = tell


def check(parameter: Parameter, text: str) -> tuple[list[Any], list[Telling]]:
    """Return what ``text`` stands for, its different members one by one, and every fault of it.

    The members of a list that is longer than any may be are not looked at.
    """
    texts = text.split(",") if parameter.listed else [text]
    most = parameter.schema.get("maxItems", 1)
    faults: list[Telling] = []
    if len(texts) > most:
        faults.append(partial(_too_many, parameter.name, most))
    if len(texts) > max(most, MAX_MEMBERS):
        return [], faults
    values: list[Any] = []
    for member in dict.fromkeys(texts):
        try:
            values.append(_value(parameter, member))
        except _Wrong as wrong:
            faults.append(wrong.tell)
    faults += _repeated_members(parameter, texts)
    return values, faults


def unknown(name: str, allowed: Iterable[str], near: str | None = None) -> RequestFault:
    """Return the fault that there is no parameter ``name``.

    :param near: what was probably meant, where it is none of ``allowed``.
    """
    choices = list(allowed)
    if near is None:
        zh, en = _advice_zh(name, choices), choose_from(name, choices)
        near = nearest(name, choices)
    else:
        zh, en = f"是否指 {near}？", f"did you mean {near}?"
    message = Label(f"没有这个参数；{zh}", f"is not a parameter here; {en}")
    return RequestFault(shown(name), "unknown_parameter", message, choices, near)


def unknown_operator(
    name: str, field: str, operator: str, operators: Sequence[str]
) -> RequestFault:
    """Return the fault that ``field`` cannot be compared by ``operator``."""
    allowed = [field, *(f"{field}__{known}" for known in operators)]
    message = Label(
        f"字段 {field} 没有“{shown(operator)}”这种比较；可用：{listed(allowed)}",
        f"{field} cannot be compared by {shown(operator)!r}; use one of {listed(allowed)}",
    )
    return RequestFault(shown(name), "unknown_operator", message, allowed, nearest(name, allowed))


def elsewhere(name: str, suffixes: Sequence[str]) -> RequestFault:
    """Return the fault that ``name`` is a parameter of other formats, those of ``suffixes``."""
    named = listed([f".{suffix}" for suffix in suffixes])
    message = Label(f"只用于 {named}。", f"is a parameter of {named} only.")
    return RequestFault(name, "unknown_parameter", message)


def missing(name: str) -> RequestFault:
    """Return the fault that ``name`` is not given."""
    return RequestFault(name, "missing_parameter", Label("必须给出。", "must be given."))


def repeated(name: str) -> RequestFault:
    """Return the fault that ``name`` is given more than once."""
    message = Label("重复出现，只能给一次。", "is given more than once; give it once.")
    return RequestFault(name, "repeated", message)


def shown(text: str) -> str:
    """Return ``text`` as an answer shows it: short."""
    return text if len(text) <= 60 else text[:59] + "…"


def _value(parameter: Parameter, text: str) -> Any:
    name, schema = parameter.name, parameter.item
    if not text:
        message = Label("没有值；写出值，或去掉这个参数。", "has no value; give one or drop it.")
        raise _wrong(name, "wrong_form", message, schema.get("enum", ()))
    if "enum" in schema:
        return _code(parameter, schema["enum"], text)
    kind = schema["type"]
    if kind == "boolean":
        return _boolean(name, text)
    if kind in ("integer", "number"):
        return _number(name, schema, text)
    if schema.get("format") == "date":
        return _day(name, text)
    return _text(parameter, text)


def _code(parameter: Parameter, allowed: list[str], text: str) -> str:
    if text in allowed:
        return text
    raise _Wrong(partial(_no_code, parameter, allowed, text))


def _no_code(parameter: Parameter, allowed: list[str], text: str) -> RequestFault:
    if text in parameter.unfit:
        why, field = parameter.unfit[text], text.lstrip("-")
        message = Label(f"{field} {why.zh}。", f"{field} {why.en}.")
        return RequestFault(parameter.name, "unfit_field", message, allowed)
    what = Label("字段", "field") if parameter.of_fields else Label("值", "value")
    message = Label(
        f"没有“{shown(text)}”这个{what.zh}；{_advice_zh(text, allowed)}",
        f"{shown(text)!r} is no {what.en} of this parameter; {choose_from(text, allowed)}",
    )
    code: Code = "unknown_field" if parameter.of_fields else "unknown_value"
    return RequestFault(parameter.name, code, message, allowed, nearest(text, allowed))


def _boolean(name: str, text: str) -> bool:
    if text in _TRUTH:
        return _TRUTH[text]
    message = Label("应为 true 或 false。", f"{shown(text)!r} must be true or false.")
    raise _wrong(name, "wrong_form", message, list(_TRUTH))


def _number(name: str, schema: Mapping[str, Any], text: str) -> Decimal:
    low, high = schema["minimum"], schema["maximum"]
    whole = schema["type"] == "integer"
    if len(text) > _LONGEST_NUMBER or not _NUMBER.fullmatch(text):
        raise _wrong(name, "wrong_form", _no_number(text, whole, high))
    number = Decimal(text)
    if not low <= number <= high:
        ends = _end(low), _end(high)
        message = Label(
            f"应在 {ends[0]} 至 {ends[1]} 之间。", "must lie between {} and {}.".format(*ends)
        )
        raise _wrong(name, "out_of_range", message)
    if whole and number != number.to_integral_value():
        raise _wrong(name, "wrong_form", _no_number(text, whole, high))
    if number and number.adjusted() < _SMALLEST:
        message = Label(
            f"太接近零；除零以外，绝对值不小于 1e{_SMALLEST}。",
            f"is too close to zero; apart from zero itself, 1e{_SMALLEST} is the closest.",
        )
        raise _wrong(name, "out_of_range", message)
    return number


def _no_number(text: str, whole: bool, high: float) -> Label:
    example = min(1_000_000, int(high))
    return Label(
        f"“{shown(text)}”不是{'整数' if whole else '数'}；写成 {example}，不带千位分隔符和单位。",
        f"{shown(text)!r} is not a {'whole number' if whole else 'number'}; write {example}, "
        "without separators of thousands and without a unit.",
    )


def _end(number: float) -> str:
    """Write the end of a range as it may be given in an address, where a plus is a space."""
    return str(number) if isinstance(number, int) else f"{number:g}".replace("+", "")


def _day(name: str, text: str) -> date:
    try:
        if _DATE.fullmatch(text):
            return date.fromisoformat(text)
    except ValueError:
        pass
    message = Label(
        f"“{shown(text)}”不是日期；写成 2025-12-31。",
        f"{shown(text)!r} is not a date; write it as 2025-12-31.",
    )
    raise _wrong(name, "wrong_form", message)


def _text(parameter: Parameter, text: str) -> str:
    name, schema = parameter.name, parameter.item
    longest = schema["maxLength"]
    if len(text) > longest:
        message = Label(f"最长 {longest} 个字符。", f"may have {longest} characters at most.")
        raise _wrong(name, "too_long", message)
    pattern = schema.get("pattern")
    if pattern and not re.fullmatch(pattern[1:-1], text, re.ASCII):
        raise _wrong(name, "wrong_form", _misshapen(parameter, text, pattern))
    return text


def _misshapen(parameter: Parameter, text: str, pattern: str) -> Label:
    if parameter.form:
        return Label(
            f"“{shown(text)}”的形式不对，{parameter.form.zh}",
            f"{shown(text)!r} has the wrong form: {parameter.form.en}",
        )
    if parameter.name == "cursor":  # nobody writes one, so its pattern helps nobody
        return Label(
            f"“{shown(text)}”不是游标；请取自 links.next 或 links.prev，或从第一页重新开始。",
            f"{shown(text)!r} is no cursor; take it from links.next or links.prev, or start again "
            "at the first page.",
        )
    return Label(
        f"“{shown(text)}”的形式不对，应符合 {pattern}。",
        f"{shown(text)!r} has the wrong form; it must match {pattern}.",
    )


def _wrong(name: str, code: Code, message: Label, allowed: Sequence[str] = ()) -> _Wrong:
    return _Wrong(partial(RequestFault, name, code, message, allowed))


def _too_many(name: str, most: int) -> RequestFault:
    message = Label(f"最多 {most} 个。", f"may have {most} members at most.")
    return RequestFault(name, "too_many", message)


def _repeated_members(parameter: Parameter, texts: list[str]) -> Iterator[Telling]:
    if parameter.schema.get("uniqueItems"):
        for text in dict.fromkeys(t for t in texts if texts.count(t) > 1):
            message = Label(f"{shown(text)} 重复出现。", f"names {shown(text)} more than once.")
            yield partial(RequestFault, parameter.name, "repeated", message)


def _advice_zh(value: str, choices: list[str]) -> str:
    near = nearest(value, choices)
    if near:
        return f"是否指 {near}？"
    return f"可用：{some_of(value, sorted(choices))}" if choices else "此处不接受参数"
