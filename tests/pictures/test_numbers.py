"""The numbers of pictures: what is in one, what is added up, and what is left out and why."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from opendata.pictures import PICTURES, pictures
from tests.pictures.made import amount, material, project, target


def _picture(name: str, *args: Any) -> dict[str, Any]:
    return next(p for p in pictures(material(*args)) if p["name"] == name)


def _reasons(picture: dict[str, Any]) -> dict[str, list[str]]:
    return {out["reason"]: [r["id"] for r in out["records"]] for out in picture["left_out"]}


def test_pictures_with_nothing_to_show_are_not_there() -> None:
    """Of no records there is no picture, of projects without deadlines one."""
    assert pictures(material()) == []
    assert [p["name"] for p in pictures(material([], [project("a")]))] == ["sections"]
    every = [target("a", value=Decimal(5)), amount("b", 3)]
    assert [p["name"] for p in pictures(material(every))] == list(PICTURES)


def test_growth_tells_figures_in_words_and_lists_what_has_none() -> None:
    """Rates stand in the order of the report; promises without figure are named beside them."""
    found = _picture(
        "growth",
        [
            target("gdp", value=Decimal("6.10"), comparator="about"),
            target("harmony"),
            target("elsewhere", section="2"),
            target("index", value=Decimal(3), unit="points"),
        ],
    )
    assert [f["in_words"] for f in found["figures"]] == [{"zh": "约6.10%", "en": "about 6.10%"}]
    assert found["figures"][0]["url"].endswith("/versions/1.0.0/targets/gdp")
    assert _reasons(found) == {"qualitative": ["harmony"], "other_unit": ["index"]}
    assert found["summary"]["en"] == "1 growth targets: Target gdp, about 6.10%."


def test_different_things_are_not_added_up() -> None:
    """Revenue and investment of one section have no sum, and the picture says why."""
    found = _picture(
        "money", [amount("a", 3), amount("b", 5, indicator="revenue"), amount("c", 7, section="2")]
    )
    assert found["sums"] == []
    assert _reasons(found) == {"different_things": ["a", "b"]}


@pytest.mark.parametrize(
    ("comparators", "said"),
    [
        (("equal", "reach"), "8.5 billion"),
        (("equal", "at_least"), "at least 8.5 billion"),
        (("more_than", "maintain"), "at least 8.5 billion"),
        (("about", "equal"), "about 8.5 billion"),
        (("less_than", "equal"), "at most 8.5 billion"),
        (("about", "at_least"), None),
        (("at_least", "at_most"), None),
    ],
)
def test_a_sum_is_bounded_as_its_parts_are(comparators: tuple[str, str], said: str | None) -> None:
    """Lower bounds add to a lower bound; nothing is said of lower and upper ones together."""
    first, second = comparators
    found = _picture(
        "money",
        [
            amount("a", 80, comparator=first),
            amount("b", 50_000, unit="cny-10k", comparator=second),
        ],
    )
    if said is None:
        assert found["sums"] == []
        assert _reasons(found) == {"both_bounds": ["a", "b"]}
    else:
        [total] = found["sums"]
        assert (total["value_base"], total["count"]) == ("8500000000", 2)
        assert total["in_words"]["en"] == f"{said} yuan"
        assert total["url"].endswith("/targets?section_path=1&indicator=investment")


def test_stocks_and_sizes_of_projects_are_no_money_of_the_period() -> None:
    """Balances and what projects cost are left out, each with its reason."""
    size = {"value": Decimal(3), "unit": "cny-100m", "value_base": "300000000", "unit_base": "CNY"}
    found = _picture(
        "money",
        [amount("a", 3), amount("loans", 1350, measure="level")],
        [project("bridge", quantities=[size]), project("park")],
    )
    assert [f["id"] for f in found["figures"]] == ["a"]
    assert _reasons(found) == {"stock": ["loans"], "project_size": ["bridge"]}


def test_sections_are_taken_together_where_there_are_enough() -> None:
    """Few parts are told by their sections, many by the parts; each number leads to its rows."""
    few = [target("a"), target("b", section="2.1", value=Decimal(1))]
    found = _picture("sections", few, [project("p")])
    assert [(row["name"], row["count"]) for row in found["counts"]] == [("1", 2), ("2.1", 1)]
    assert [part["count"] for part in found["counts"][0]["parts"]] == [0, 1, 1]
    assert found["counts"][0]["parts"][2]["url"].endswith("/projects?section_path=1")


def test_deadlines_tell_printed_ones_from_implied_ones() -> None:
    """Months are counted by basis; projects without a deadline are left out, and counted."""
    found = _picture(
        "deadlines",
        [target("a"), target("b", deadline="2030-06-30", deadline_basis="stated")],
        [project("p", "2030-06-15"), project("q")],
    )
    [june, december] = found["counts"]
    assert (june["label"], [p["count"] for p in june["parts"]]) == (
        {"zh": "2030年6月", "en": "Jun 2030"},
        [1, 0, 1, 0],
    )
    assert june["parts"][0]["url"].endswith(
        "?deadline__gte=2030-06-01&deadline__lte=2030-06-30&deadline_basis=stated"
    )
    assert [p["count"] for p in december["parts"]] == [0, 1, 0, 0]
    assert found["time"] == {"first": "2030-01", "last": "2030-12", "months": 1}
    assert _reasons(found) == {"no_deadline": ["q"]}


@pytest.mark.parametrize(
    ("deadline", "months", "name"),
    [("2034-12-31", 3, "Q4 2034"), ("2060-12-31", 12, "2060")],
)
def test_long_times_are_told_in_quarters_or_years(deadline: str, months: int, name: str) -> None:
    """No picture has more steps of time than it has room for, short of two dozen years."""
    found = _picture("deadlines", [target("a", deadline=deadline)])
    assert (found["time"]["months"], found["counts"][0]["label"]["en"]) == (months, name)


def test_firmness_counts_comparators_by_strength() -> None:
    """Promises without a figure are a group of their own, at the end."""
    found = _picture(
        "firmness",
        [
            target("a"),
            target("b", value=Decimal(1), comparator="about", strength="expect"),
            target("c", value=Decimal(1), strength="strive"),
        ],
    )
    assert [(row["name"], [p["count"] for p in row["parts"]]) for row in found["counts"]] == [
        ("equal", [0, 0, 1]),
        ("about", [0, 1, 0]),
        ("", [1, 0, 0]),
    ]
    assert found["counts"][2]["parts"][0]["url"].endswith("?kind=qualitative&strength=commit")
