"""What the fields of a record require of each other, and what follows from them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st
from marshmallow import ValidationError

from opendata.errors import Fault
from opendata.records.dataset import Deprecation
from opendata.records.document import Damage
from opendata.records.entry import IndicatorEntry, UnitEntry
from opendata.records.figure import in_base_units
from opendata.records.project import Project
from opendata.records.schema import Context
from opendata.records.target import Target
from opendata.records.term import Term
from tests import made_up


@dataclass(frozen=True)
class Unit:
    """A unit of measurement for the tests."""

    base: str
    multiplier: Decimal


CNY_100M = Unit("CNY", Decimal(100000000))

FIGURE = {
    "kind": "quantitative",
    "indicator": "a",
    "measure": "growth",
    "comparator": "about",
    "value": Decimal(6),
    "value_max": None,
    "unit": "percent",
    "as_printed": "6%",
    "baseline": None,
    "source": {"quote": "增长6%"},
}
OUTCOME: dict[str, Any] = {**dict.fromkeys(FIGURE), "kind": "qualitative", "source": {}}


def _faulty(record: dict[str, Any]) -> list[str]:
    return sorted(name for name, _ in Target().faults(record))


def test_a_figure_or_an_outcome_without_contradictions_has_no_faults() -> None:
    """The two kinds of target."""
    assert _faulty(FIGURE) == []
    assert _faulty({**OUTCOME, "indicator": "a"}) == []


@pytest.mark.parametrize("name", ["indicator", "measure", "comparator", "value", "unit"])
def test_a_figure_needs_each_of_its_parts(name: str) -> None:
    """A figure without one of them cannot be checked."""
    assert _faulty({**FIGURE, name: None}) == [name]


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("measure", "growth"),
        ("comparator", "about"),
        ("value", Decimal(0)),
        ("unit", "percent"),
        ("as_printed", "6%"),
        ("baseline", {"value": Decimal(1)}),
    ],
)
def test_an_outcome_takes_none_of_the_parts_of_a_figure(name: str, value: object) -> None:
    """Not even a zero."""
    assert _faulty({**OUTCOME, name: value}) == [name]


@pytest.mark.parametrize("name", list(FIGURE))
def test_a_field_in_error_is_not_accused_again(name: str) -> None:
    """A field that could not be read is absent, and nothing is said of it here."""
    for record in (FIGURE, OUTCOME):
        assert name not in _faulty({key: value for key, value in record.items() if key != name})


@pytest.mark.parametrize(
    ("value", "upper", "comparator", "faulty"),
    [
        ("1", "2", "range", []),
        ("1", None, "range", ["value_max"]),
        ("2", "2", "range", ["value_max"]),
        ("1", "2", "about", ["value_max"]),
    ],
)
def test_two_bounds_make_a_range_and_a_range_has_two(
    value: str, upper: str | None, comparator: str, faulty: list[str]
) -> None:
    """The lower one first."""
    bounds = {"value": Decimal(value), "value_max": upper and Decimal(upper)}
    assert _faulty({**FIGURE, **bounds, "comparator": comparator}) == faulty


def test_printed_wording_stands_in_the_quote() -> None:
    """To the character; where there is no quote nothing can be said."""
    assert _faulty({**FIGURE, "as_printed": "6 %"}) == ["as_printed"]
    assert _faulty({**FIGURE, "as_printed": "6 %", "source": {}}) == []


@pytest.mark.parametrize(
    ("printed", "right"),
    [
        ("支持", True),
        ("争创", True),
        ("支持…争创", True),
        ("支持…泵厂…争创", True),
        ("争创…支持", False),
        ("支持…建成", False),
        ("支持…支持", False),
        ("支持泵厂…泵厂争创", False),
        ("…争创", False),
        ("支持…", False),
        ("支持……争创", False),
        ("支持...争创", False),
    ],
)
def test_a_printed_verb_may_leave_words_out(printed: str, right: bool) -> None:
    """Its parts stand in the quote, in order, none twice, each with … to the next."""
    record = {"action_as_printed": printed, "source": {"quote": "支持泵厂争创名牌"}}
    faulty = [name for name, _ in Project().faults(record)]
    assert faulty == ([] if right else ["action_as_printed"])


def test_a_printed_figure_leaves_nothing_out() -> None:
    """Neither a target's nor a quantity's."""
    assert _faulty({**FIGURE, "as_printed": "增…%"}) == ["as_printed"]
    quantity = {"quantities": [{"as_printed": "6…件"}], "source": {"quote": "6百件"}}
    assert [name for name, _ in Project().faults(quantity)] == ["quantities.0.as_printed"]


def test_terms_that_list_have_members_and_terms_that_define_have_none() -> None:
    """Where kind or members could not be read nothing is said."""
    some = [{"zh": "甲"}]
    said = [
        [name for name, _ in Term().faults(record)]
        for record in (
            {"kind": "list", "members": some},
            {"kind": "list", "members": []},
            {"kind": "list"},
            {"kind": "definition", "members": some},
            {"kind": "definition", "members": []},
            {"members": some},
        )
    ]
    assert said == [[], ["members"], [], ["members"], [], []]


@pytest.mark.parametrize(
    ("value", "multiplier", "base"),
    [
        ("300", "100000000", "30000000000"),
        ("6.10", "1", "6.1"),
        ("0.5", "10000", "5000"),
        ("0.00", "1", "0"),
        ("-1.50", "1000", "-1500"),
        ("1", "0.000001", "0.000001"),
        ("1", "0.0000000001", "0.0000000001"),
        ("9" * 30 + "." + "9" * 15, "1" + "0" * 29, "9" * 45 + "0" * 14),
    ],
)
def test_a_value_is_converted_exactly_in_plain_notation(
    value: str, multiplier: str, base: str
) -> None:
    """Neither rounded nor in powers of ten."""
    assert in_base_units(Decimal(value), Unit("CNY", Decimal(multiplier))) == base


@given(
    st.decimals(-(10**29), 10**29, places=15).filter(bool),
    st.decimals("0.000000000000001", 10**29, places=15),
)
def test_no_value_that_is_accepted_is_rounded_on_the_way_to_its_base(
    value: Decimal, multiplier: Decimal
) -> None:
    """Whatever the value and the unit: as a fraction, the product is the same."""
    converted = in_base_units(value, Unit("m", multiplier))
    assert converted is not None
    assert Fraction(converted) == Fraction(value) * Fraction(multiplier)
    assert "E" not in converted


def test_without_value_or_unit_there_is_nothing_to_convert() -> None:
    """A unit that is in no list is reported elsewhere."""
    assert in_base_units(None, CNY_100M) is None
    assert in_base_units(Decimal(1), None) is None


def test_a_target_is_given_its_values_in_base_units() -> None:
    """And a target without unit none."""
    figure = {"value": Decimal(300), "value_max": Decimal("300.5"), "unit": "cny-100m"}
    record = {**figure, "id": "a", "section": "1"}
    assert Target().computed(record, Context({"cny-100m": CNY_100M}, {})) == {
        "section_path": ["1"],
        "corrections": [],
        "value_base": "30000000000",
        "value_max_base": "30050000000",
        "unit_base": "CNY",
    }
    empty = {"id": "a", "section": "1", "value": None, "value_max": None, "unit": None}
    assert Target().computed(empty, Context({}, {})) == {
        "section_path": ["1"],
        "corrections": [],
        "value_base": None,
        "value_max_base": None,
        "unit_base": None,
    }


def test_figures_within_records_are_given_their_values_in_base_units() -> None:
    """The baseline of a target, each quantity of a project; in the order of the fields."""
    context = Context({"cny-100m": CNY_100M}, {})
    figure = {"value": Decimal("0.5"), "unit": "cny-100m", "as_printed": "0.5亿元"}
    unknown = {**figure, "unit": "cny"}
    target = {**dict.fromkeys(Target().fields), "baseline": {**figure, "period": "2029"}}
    assert list(Target().complete(target, context)["baseline"].items()) == [
        ("value", Decimal("0.5")),
        ("unit", "cny-100m"),
        ("value_base", "50000000"),
        ("unit_base", "CNY"),
        ("as_printed", "0.5亿元"),
        ("period", "2029"),
    ]
    project = {**dict.fromkeys(Project().fields), "quantities": [figure, unknown]}
    assert Project().complete(project, context)["quantities"] == [
        {**figure, "value_base": "50000000", "unit_base": "CNY"},
        {**unknown, "value_base": None, "unit_base": None},
    ]


def test_a_record_is_completed_in_the_order_of_its_type() -> None:
    """With a group that is absent or a list that is empty left so, and what was given as it was."""
    given: dict[str, Any] = {"id": "a", "section": "1", "section_path": ["1"]}
    given["corrections"] = []
    empty = {**dict.fromkeys(reversed(Target().fields)), **given}
    completed = Target().complete(empty, Context({}, {}))
    assert list(completed) == list(Target().fields)
    assert completed == empty
    project: dict[str, Any] = {**dict.fromkeys(Project().fields), **given, "quantities": []}
    assert Project().complete(project, Context({}, {})) == project


def test_a_record_is_in_its_section_and_those_above() -> None:
    """From the top down, so that a whole part of the report can be asked for."""
    context = Context({}, {}, {"2.1.4": ["2", "2.1", "2.1.4"]})
    assert Project().computed({"id": "a", "section": "2.1.4"}, context) == {
        "section_path": ["2", "2.1", "2.1.4"],
        "corrections": [],
    }


def test_a_record_carries_what_was_corrected_in_it() -> None:
    """Whatever else was corrected in the version."""
    slip = {"version": "1.1.0", "since": "1.0.0", "columns": ["name_zh"]}
    context = Context({}, {}, corrections={"a": [slip], "b": []})
    found = Project().computed({"id": "a", "section": "1"}, context)
    assert found["corrections"] == [slip]


def test_a_term_is_its_own_title() -> None:
    """It is not typed twice."""
    term = {"id": "a", "section": "9", "term": {"zh": "甲", "en": "A"}}
    assert Term().computed(term, Context({}, {}))["title"] == {"zh": "甲", "en": "A"}


def test_a_term_lists_the_records_that_use_it() -> None:
    """In their order, of the collections whose records name terms; none where nothing does."""
    context = Context(
        {},
        {
            "targets": [{"id": "z", "terms": ["a", "b"]}, {"id": "y", "terms": ["a"]}],
            "projects": [{"id": "z", "terms": ["b"]}, {"id": "x", "terms": []}],
            "glossary": [{"id": "a"}, {"id": "b"}],
        },
    )
    used_by = {
        name: Term().computed({"id": name, "section": "9", "term": {}}, context)["used_by"]
        for name in "abc"
    }
    assert used_by == {
        "a": {"targets": ["z", "y"], "projects": []},
        "b": {"targets": ["z"], "projects": ["z"]},
        "c": {"targets": [], "projects": []},
    }


@pytest.mark.parametrize(("multiplier", "faulty"), [("0.001", 0), ("0", 1), ("-1", 1)])
def test_a_unit_is_a_positive_number_of_base_units(multiplier: str, faulty: int) -> None:
    """None is none of them, or less."""
    assert len(list(UnitEntry().faults({"multiplier": Decimal(multiplier)}))) == faulty


def test_another_label_is_not_the_label_itself() -> None:
    """Where the label could not be read nothing is said."""
    entry = {"label": {"zh": "托位数"}, "alt_labels": ["托位", "托位数"]}
    assert [name for name, _ in IndicatorEntry().faults(entry)] == ["alt_labels.1"]
    assert list(IndicatorEntry().faults({**entry, "label": {}})) == []
    assert list(IndicatorEntry().faults({"label": {"zh": "托位数"}})) == []


def test_damage_may_name_the_words_that_betray_it() -> None:
    """Versions released before have none."""
    damage = {"code": "injected_text", "text": {"zh": "混入。", "en": "Injected."}}
    assert Damage().load(damage)["tokens"] == []
    assert Damage().load({**damage, "tokens": ["凯发", "k8"]})["tokens"] == ["凯发", "k8"]
    with pytest.raises(ValidationError) as caught:
        Damage().load({**damage, "tokens": ["k8", "k8"]})
    assert caught.value.messages == {
        "tokens": {1: [Fault("stands twice in this list", "remove one of them")]}
    }


def test_the_made_up_records_load_as_they_are_meant() -> None:
    """Types, defaults and all: a target in full."""
    text = yaml.load(made_up.TARGETS, yaml.BaseLoader)  # noqa: S506
    loaded = Target().load(text[3])
    assert loaded == {
        "id": "dragon-boat-race",
        "title": {"zh": "办好龙舟赛", "en": "Hold the dragon boat race"},
        "section": "2.1",
        "kind": "qualitative",
        "indicator": None,
        "measure": None,
        "comparator": None,
        "strength": "commit",
        "value": None,
        "value_max": None,
        "unit": None,
        "as_printed": None,
        "period": "2030",
        "deadline": date(2030, 6, 30),
        "deadline_basis": "stated",
        "baseline": None,
        "projects": [],
        "terms": [],
        "source": {
            "document": "report",
            "paragraph": 3,
            "start": 109,
            "end": 117,
            "quote": "高质量办好龙舟赛",
        },
        "caveats": [],
        "previous_ids": [],
    }


@pytest.mark.parametrize(
    ("sunset", "found"),
    [(None, []), (date(2031, 1, 1), []), (date(2030, 12, 31), ["sunset"])],
)
def test_a_dataset_goes_no_sooner_than_it_is_given_up(sunset: date, found: list[str]) -> None:
    """Addresses stop answering on the day or later (RFC 9745 §4)."""
    given_up = {"date": date(2031, 1, 1), "sunset": sunset}
    assert [name for name, _ in Deprecation().faults(given_up)] == found


@pytest.mark.parametrize(
    ("key", "value"),
    [("successor", "Hill 2031"), ("date", "soon"), ("sunset", "2031"), ("url", "why.html")],
)
def test_what_gives_a_dataset_up_is_read_strictly(key: str, value: str) -> None:
    """A successor is the id of a dataset, days are days, an address is whole."""
    told = {"date": "2031-01-01", "reason": {"zh": "停更。", "en": "It ends."}}
    assert Deprecation().load(told)["successor"] is None
    with pytest.raises(ValidationError) as raised:
        Deprecation().load({**told, key: value})
    assert list(raised.value.messages_dict) == [key]
