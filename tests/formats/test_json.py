"""JSON: exact decimals, unescaped Chinese, every field."""

from __future__ import annotations

import json
import string
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from opendata.formats import JSON, Table
from opendata.formats.json import dump, wrap
from opendata.records import COLLECTIONS
from tests.formats.contract import RepresentationContract
from tests.formats.made_up_row import RECORD, row_of

NUMBERS = st.from_regex(r"-?(0|[1-9][0-9]{0,29})(\.[0-9]{1,15})?", fullmatch=True).filter(
    str.isascii
)


class TestJson(RepresentationContract):
    """Every field in the order of the record type, nulls and empty lists too."""

    representation = JSON
    media_type = "application/json"
    head = '{"data":['
    fragment = (
        '{"id":"pump-factory","dataset":"demo-2030","version":"1.2.3",'
        '"title":{"zh":"建成“水泵厂”,一期","en":"Complete the \\"pump factory\\", phase one"},'
        '"name":{"zh":"水泵厂","en":"Pump factory"},"aliases":["泵厂","老厂"],"section":"2.1",'
        '"section_path":["2","2.1"],'
        '"action":"complete","action_as_printed":"建成","category":"industrial-facility",'
        '"location":null,"parties":[{"zh":"柳溪水泵厂","en":"Liuxi Pump Factory"},'
        '{"zh":"石桥钢厂","en":"Shiqiao Steelworks, Ltd."}],'
        '"quantities":[{"value":600,"unit":"item","value_base":"600","unit_base":"1",'
        '"as_printed":"600件"},'
        '{"value":6.10,"unit":"km","value_base":"6100","unit_base":"m",'
        '"as_printed":"6.10公里"}],"deadline":"2030-12-31",'
        '"deadline_basis":"implied_by_report_year","targets":["industrial-output","new-jobs"],'
        '"terms":[],"source":{"document":"report","paragraph":3,"start":77,"end":79,'
        '"quote":"建成"},"caveats":[{"code":"ambiguous_scope",'
        '"text":{"zh":"范围不明。","en":"The scope is unclear."}}],"previous_ids":["pump-works"],'
        '"corrections":[{"version":"1.2.0","since":"1.0.0","columns":["quantities_value"],'
        '"wrong":{"zh":"数值误作60。","en":"The value was 60."},'
        '"reason":{"zh":"录入有误。","en":"A slip of the keyboard."}}]}'
    )

    def test_a_fragment_reads_back_as_the_record(self) -> None:
        """Nothing is lost or changed but the date, which becomes its ISO form."""
        read = json.loads(JSON.fragment(row_of()), parse_float=Decimal)
        assert read == {**RECORD, "deadline": "2030-12-31"}


@given(NUMBERS)
def test_decimals_are_written_as_they_are(number: str) -> None:
    """6.10 stays 6.10, and thirty digits stay thirty digits: no float lies on the way."""
    written = dump({"value": Decimal(number)})
    assert written == b'{"value":' + number.encode() + b"}"
    read = json.loads(written, parse_float=Decimal, parse_int=Decimal)
    assert str(read["value"]) == str(Decimal(number))


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_text_reads_back_unchanged_and_unescaped(text: str) -> None:
    """Any text comes back; what needs no escape has none."""
    written = dump(text).decode()
    assert json.loads(written) == text
    if not set(text) & set('"\\' + "".join(map(chr, range(0x20)))):
        assert written == f'"{text}"'


@given(st.lists(st.text(string.ascii_letters)))
def test_a_page_is_one_json_text(texts: list[str]) -> None:
    """Joined fragments are a list of as many members, with what belongs to it."""
    table = Table(COLLECTIONS["targets"], envelope={"meta": b'{"total":1}', "links": b"{}"})
    page = b"".join(JSON.write(table, [[dump(text)] for text in texts]))
    assert json.loads(page) == {"data": texts, "meta": {"total": 1}, "links": {}}


def test_a_record_is_wrapped_whole() -> None:
    """One fragment with what belongs to it."""
    assert wrap(b'{"id":"a"}', b'{"m":1}', b'{"self":"s"}') == (
        b'{"data":{"id":"a"},"meta":{"m":1},"links":{"self":"s"}}'
    )


def test_what_has_no_json_form_is_refused() -> None:
    """A value that would be written in some made-up way is an error instead."""
    with pytest.raises(TypeError, match="not JSON serializable: set"):
        dump({"a": {1, 2}})
