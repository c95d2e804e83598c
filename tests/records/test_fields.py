"""Each kind of value takes one form of text and refuses every other with a fault."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from marshmallow import ValidationError

from opendata.errors import Fault
from opendata.records import fields, groups, patterns
from opendata.vocabularies import MEASURES

REFERENCE = patterns.Reference("targets")
CODE = patterns.Code("units")

ACCEPTED: list[tuple[fields.Scalar, str, Any]] = [
    (fields.ExactDecimal(), "0", Decimal(0)),
    (fields.ExactDecimal(), "-12.50", Decimal("-12.50")),
    (fields.ExactDecimal(), "9" * 30 + "." + "9" * 15, Decimal("9" * 30 + "." + "9" * 15)),
    (fields.Integer(), "0", 0),
    (fields.Integer(minimum=1), "999999999", 999999999),
    (fields.Date(), "2028-02-29", date(2028, 2, 29)),
    (patterns.Period(), "2030", "2030"),
    (patterns.Period(), "2026/2030", "2026/2030"),
    (patterns.Slug(), "six-plus-3", "six-plus-3"),
    (patterns.Slug(), "a" * 100, "a" * 100),
    (REFERENCE, "gdp-growth", "gdp-growth"),
    (patterns.SectionId(), "2.1-a", "2.1-a"),
    (CODE, "CC-BY-4.0", "CC-BY-4.0"),
    (fields.Choice(MEASURES), "growth", "growth"),
    (patterns.VersionNumber(), "0.10.999999", "0.10.999999"),
    (patterns.Sha256(), "0f" * 32, "0f" * 32),
    (patterns.Url(), "https://example.org:8080/a/b?c=d#e", "https://example.org:8080/a/b?c=d#e"),
    (patterns.Url(), "http://example.org", "http://example.org"),
    (patterns.Email(), "open.data+zh@mail.example.org", "open.data+zh@mail.example.org"),
    (fields.Text(), "增长6%左右", "增长6%左右"),
    (fields.Text(language="en"), "6+3 model (“6+3”楼宇)", "6+3 model (“6+3”楼宇)"),
]

REFUSED: list[tuple[fields.Scalar, list[str]]] = [
    (fields.ExactDecimal(), ["", "6.", ".6", "+6", "06", "1e3", "NaN", "inf", "6 0", "６", "٣"]),
    (fields.ExactDecimal(), ["1" * 31, "0." + "1" * 16, "-0", "-0.00", "--1", "1.2.3", "1\n"]),
    (fields.Integer(), ["", "-1", "+1", "1.0", "01", "1000000000", "１", "1_0", "1\n"]),
    (fields.Integer(minimum=1), ["0"]),
    (fields.Date(), ["2030", "2030-1-1", "20300101", "2030-02-29", "2030-13-01", "0000-01-01"]),
    (
        patterns.Period(),
        ["", "30", "3000", "2030-2031", "2030/2030", "2030/2029", "2030/", "２０３０"],
    ),
    (patterns.Slug(), ["", "A", "a_b", "a--b", "-a", "a-", "a b", "é", "a\n", "a" * 101]),
    (REFERENCE, ["", "A", "a/b"]),
    (patterns.SectionId(), ["", "2..1", ".2", "2.", "A"]),
    (CODE, ["", "a b", "百分之一", "-a", "a--b", "=a"]),
    (fields.Choice(MEASURES), ["", "Growth", "growth ", "增长率"]),
    (
        patterns.VersionNumber(),
        ["", "1.0", "v1.0.0", "01.0.0", "1.0.0-rc1", "1000000.0.0", "1.0.0\n"],
    ),
    (patterns.Sha256(), ["", "0F" * 32, "0f" * 31, "0f" * 33]),
    (patterns.Url(), ["", "example.org", "ftp://example.org", "https://", "https://a b", "//a"]),
    (
        patterns.Url(),
        ["https://a/|", 'https://a/"', "https://a/<", "https://a/溪", "https://a/\u200b"],
    ),
    (patterns.Url(), ["https://a/\u00a0", "https://a/\x01", "javascript:alert(1)", "https://a:/x"]),
    (patterns.Url(), ["https://a/" + "b" * 2000]),
    (patterns.Email(), ["", "a", "a@b", "a@b@c.d", "a b@c.d", "-a@b.c", "+a@b.c", "=a@b.c"]),
    (fields.Text(max_length=3), ["", " ", "abcd", "=ab", "a\n", "a|b"]),
    (fields.Text(language="en"), ["增长率", "增长率 of"]),
]


@pytest.mark.parametrize(("field", "text", "value"), ACCEPTED)
def test_a_text_of_the_right_form_becomes_its_value(
    field: fields.Scalar, text: str, value: object
) -> None:
    """The value has the field's own type, never one that YAML guessed."""
    loaded = field.deserialize(text)
    assert loaded == value
    assert type(loaded) is type(value)


def _faults(load: Callable[[Any], object], value: object) -> list[Fault]:
    """Return the faults with which ``load`` refuses ``value``."""
    with pytest.raises(ValidationError) as refused:
        load(value)
    messages = refused.value.messages
    assert isinstance(messages, list)
    return messages


@pytest.mark.parametrize(
    ("field", "text"), [(field, text) for field, texts in REFUSED for text in texts]
)
def test_a_text_of_another_form_is_refused_with_a_fault(field: fields.Scalar, text: str) -> None:
    """Every refusal says what is wrong and what to write, on one printable line."""
    faults = _faults(field.deserialize, text)
    assert faults
    for fault in faults:
        assert isinstance(fault, Fault)
        assert fault.message
        assert fault.fix
        assert (fault.message + fault.fix).isprintable()
        assert len(fault.message) < 200


@pytest.mark.parametrize("field", [field for field, _, _ in ACCEPTED])
@pytest.mark.parametrize(("value", "kind"), [([], "list"), ({}, "mapping")])
def test_a_list_or_mapping_is_no_single_value(
    field: fields.Scalar, value: object, kind: str
) -> None:
    """Whatever the kind of value."""
    [fault] = _faults(field.deserialize, value)
    assert fault == Fault(
        f"is a {kind} where one value is expected", "write the value on this line"
    )


@given(st.decimals(allow_nan=False, allow_infinity=False, places=6))
def test_a_decimal_is_kept_exactly_as_written(number: Decimal) -> None:
    """Digit by digit, with the zeros at its end; 6.10 stays 6.10."""
    text = format(number, "f")
    if number.is_zero() and number.is_signed():
        assert _faults(fields.ExactDecimal().deserialize, text)
        return
    if len(text.lstrip("-").split(".")[0]) > 30:
        assert _faults(fields.ExactDecimal().deserialize, text)
        return
    assert str(fields.ExactDecimal().deserialize(text).as_tuple()) == str(number.as_tuple())


@given(st.text())
def test_whatever_is_typed_for_a_decimal_is_its_own_text_or_refused(text: str) -> None:
    """No text becomes a number that would be written differently."""
    try:
        value = fields.ExactDecimal().deserialize(text)
    except ValidationError as error:
        assert all(isinstance(fault, Fault) for fault in error.messages)
        return
    assert format(value, "f") == text


@pytest.mark.parametrize(
    ("typed", "fix"),
    [
        ("5%", "write 5 and unit: percent"),
        ("6.1 ％", "write 6.1 and unit: percent"),
        ("1,200", "write 1200"),
        ("1 200 300", "write 1200300"),
        ("-1_200.5", "write -1200.5"),
        (" 6", "write 6"),
        ("1,200%", "write 1200 and unit: percent"),
    ],
)
def test_a_number_written_another_way_is_corrected(typed: str, fix: str) -> None:
    """Where only one number can be meant, the fix names it."""
    [fault] = _faults(fields.ExactDecimal().deserialize, typed)
    assert fault.fix == fix


@pytest.mark.parametrize(
    "typed", ["6,1", "6,10", "1,2000", "12 5", "1,20,000", "300亿元", "+6", "06"]
)
def test_no_number_is_guessed_where_several_could_be_meant(typed: str) -> None:
    """6,10 may be 6.10 or 610: the fix says how to write numbers."""
    [fault] = _faults(fields.ExactDecimal().deserialize, typed)
    assert fault.fix == ("write digits with at most one decimal point, and the unit in its own key")


def test_a_long_or_unprintable_value_is_shown_short_and_printable() -> None:
    """A report stays readable whatever is typed."""
    [long] = _faults(patterns.Slug().deserialize, "A" * 500)
    assert long.message == "A" * 39 + "… is not an identifier"
    [odd] = _faults(patterns.Slug().deserialize, "a\nb\x1b[31m")
    assert odd.message == r"'a\nb\x1b[31m' is not an identifier"


def test_an_absent_list_is_empty_and_a_list_in_error_keeps_its_places() -> None:
    """So that what is said of a later member has the right place."""
    many = groups.Many(patterns.Slug())
    assert many.load_default is list
    with pytest.raises(ValidationError) as refused:
        many.deserialize(["A", "b", None, "b"])
    assert refused.value.valid_data == [None, "b", None, "b"]
    assert isinstance(refused.value.messages, dict)
    assert list(refused.value.messages) == [0, 2, 3]


def test_a_kind_of_value_must_say_how_it_is_read() -> None:
    """A scalar field without ``parse`` is a programming error, not a silent text."""
    with pytest.raises(NotImplementedError):
        fields.Scalar().deserialize("x")
