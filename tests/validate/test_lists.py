"""Mistakes in the shared code lists, and in the lists frozen with a released version."""

from __future__ import annotations

from pathlib import Path

import pytest

from opendata.errors import Problem
from opendata.reader import read_frozen_lists, read_shared_lists
from tests import made_up
from tests.validate.broken import Broken, validate

AREAS = "vocabularies/areas.yaml"
BEGIN = "begin each record with '- ', or write [] for none"
UNITS = "vocabularies/units.yaml"


def _unit(old: str, new: str, field: str, message: str, fix: str) -> Broken:
    """A mistake in the entry of the unit cny-100m."""
    return Broken(UNITS, {old: new}, "cny-100m", field, message, fix)


LISTS = {
    "a dimension that is none": _unit(
        "dimension: money", "▶dimension: monee", "dimension", "monee is not", "did you mean money?"
    ),
    "a multiplier of nothing": _unit(
        "multiplier: 100000000", "▶multiplier: 0", "multiplier", "is not above 0", "base units"
    ),
    "a multiplier below nothing": _unit(
        "multiplier: 100000000", "▶multiplier: -1", "multiplier", "is not above 0", "base units"
    ),
    "an area within none": Broken(
        AREAS,
        {"broader: 990100": "▶broader: 990200"},
        *("990102", "broader", "990200 is not a code of areas", "correct the code"),
    ),
    "an area within itself": Broken(
        AREAS,
        {"broader: 990000": "▶broader: 990100"},
        *("990100", "broader", "990100 lies within 990100", "correct the code"),
    ),
    "a code given twice": Broken(
        AREAS,
        {"- code: 990103": "- ▶code: 990102"},
        *("990102", "code", "990102 stands twice in areas", "remove one of the two entries"),
    ),
    "a key of another list": Broken(
        "vocabularies/themes.yaml",
        {"- code: econ\n": "- code: econ\n  ▶broader: heal\n"},
        *("econ", "broader", "is not a key of this record", "use one of"),
    ),
}


@pytest.mark.parametrize("broken", LISTS.values(), ids=LISTS.keys())
def test_a_mistake_in_a_code_list_is_named(broken: Broken, datasets: Path) -> None:
    """The entry is named by its code."""
    broken.check(datasets)


def test_a_file_that_is_no_list_is_named(tmp_path: Path) -> None:
    """A shared list is a list of entries; an absent file is named too."""
    (tmp_path / "areas.yaml").write_text("a: b\n")
    problems: list[Problem] = []
    lists = read_shared_lists(tmp_path, problems)
    assert list(lists) == sorted(lists)
    assert [str(p).removeprefix(f"{tmp_path}/") for p in problems[:2]] == [
        f"areas.yaml:1:1 - - is not a list of records; {BEGIN}",
        "categories.yaml:1:1 - - is missing; add the file",
    ]
    assert len(problems) == len(lists) == 8


def test_an_entry_without_code_leaves_the_others_in_their_places(datasets: Path) -> None:
    """What is wrong with a later entry is named on its own line."""
    no_code = ("- code: 990000\n  label:", "- label:")
    made_up.change(datasets, AREAS, no_code, ("broader: 990100", "broader: 1"))
    assert [(p["line"], p["record"], p["field"]) for p in validate(datasets)] == [
        (1, "#1", "code"),
        (14, "990100", "broader"),
        (22, "990102", "broader"),
    ]


def test_areas_that_lie_within_each_other_are_named(datasets: Path) -> None:
    """A circle of areas has no top; each area of the circle is named."""
    within = (
        "  definition:\n    zh: 青川省。",
        "  broader: 990102\n  definition:\n    zh: 青川省。",
    )
    made_up.change(datasets, AREAS, within)
    assert [(p["record"], p["field"]) for p in validate(datasets)] == [
        ("990000", "broader"),
        ("990100", "broader"),
        ("990102", "broader"),
    ]


def test_frozen_lists_that_are_no_mapping_are_refused(tmp_path: Path) -> None:
    """A released version's ``vocabularies.yaml`` maps the name of each list to its entries."""
    path = tmp_path / "vocabularies.yaml"
    path.write_text("- code: a\n")
    problems: list[Problem] = []
    assert read_frozen_lists(path, problems) == {}
    assert [str(p) for p in problems] == [
        f"{path}:1:1 - - is not a mapping; restore the released file"
    ]


def test_a_fault_in_a_frozen_list_is_named_by_code(tmp_path: Path) -> None:
    """Frozen entries are read by the same rules as shared ones."""
    path = tmp_path / "vocabularies.yaml"
    path.write_text("themes:\n- code: econ\n  label: {zh: 经济, en: Economy}\n")
    problems: list[Problem] = []
    read_frozen_lists(path, problems)
    assert [str(p) for p in problems] == [f"{path}:2:3 econ definition is missing; add it"]
