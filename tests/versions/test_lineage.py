"""Ids through the versions: none is used again, none is lost without a word."""

from __future__ import annotations

from pathlib import Path

import pytest

from opendata.errors import Problem
from opendata.versions import VersionFolder, validate
from opendata.versions.lineage import Ids, check_lineage
from tests import made_up
from tests.serving import RACE, add, quiet

TARGETS = f"{made_up.DRAFT}/targets.yaml"


def _version(
    number: str,
    current: str,
    previous: str = "",
    withdrawn: str | None = "",
    folder: Path = Path("datasets"),
) -> Ids:
    """Return the ids of the targets of a version; ``previous`` as ``old>new``."""
    parts = tuple(int(part) for part in number.split(".")) if number != "draft" else None
    pairs = dict(pair.split(">") for pair in previous.split())
    return Ids(
        VersionFolder("demo", folder / number, parts),  # type: ignore[arg-type]
        {"targets": frozenset(current.split()), "projects": frozenset(), "glossary": frozenset()},
        {"targets": pairs, "projects": {}, "glossary": {}},
        None
        if withdrawn is None
        else {
            "targets": frozenset(withdrawn.split()),
            "projects": frozenset(),
            "glossary": frozenset(),
        },
    )


CASES: dict[str, tuple[list[tuple[str, ...]], list[str]]] = {
    "nothing happens": ([("1.0.0", "a b"), ("1.1.0", "a b c")], []),
    "withdrawn": ([("1.0.0", "a b"), ("1.1.0", "a", "", "b"), ("1.1.1", "a")], []),
    "renamed, and again": (
        [("1.0.0", "a"), ("1.1.0", "b", "a>b"), ("1.2.0", "c", "a>c b>c")],
        [],
    ),
    "renamed, then withdrawn": (
        [("1.0.0", "a"), ("1.1.0", "b", "a>b"), ("2.0.0", "", "", "b")],
        [],
    ),
    "gone below 1.0.0": ([("0.9.0", "a b"), ("1.0.0", "a")], []),
    "gone without a word": (
        [("1.0.0", "a b"), ("draft", "a")],
        ["b of targets stands in 1.0.0 and is gone without a word"],
    ),
    "used again": (
        [("0.1.0", "a b"), ("0.2.0", "a"), ("0.3.0", "a b")],
        ["b was the id of a record until 0.1.0"],
    ),
    "used again as a previous id": (
        [("1.0.0", "a"), ("1.1.0", "b", "a>b"), ("1.2.0", "a b", "a>b")],
        ["a is a previous id of b"],
    ),
    "a previous id that never was": (
        [("1.0.0", "a"), ("draft", "a b", "x>b")],
        ["x was never the id of a record"],
    ),
    "two records made one": (
        [("1.0.0", "a b"), ("draft", "a", "b>a")],
        ["b and a were two records"],
    ),
    "a withdrawn id claimed": (
        [("1.0.0", "a b"), ("1.1.0", "a", "", "b"), ("draft", "a c", "b>c")],
        ["b was withdrawn in 1.1.0"],
    ),
    "a previous id lost": (
        [("1.0.0", "a"), ("1.1.0", "b", "a>b"), ("draft", "b")],
        ["lacks its previous id a"],
    ),
    "a previous id lost in renaming": (
        [("1.0.0", "a"), ("1.1.0", "b", "a>b"), ("draft", "c", "b>c")],
        ["lacks its previous id a"],
    ),
    "a withdrawal of what was not there": (
        [("1.0.0", "a"), ("draft", "a", "", "x")],
        ["x did not stand in version 1.0.0, so it cannot be withdrawn"],
    ),
    "a withdrawal in the first version": (
        [("draft", "a", "", "x")],
        ["x did not stand in any version before, so it cannot be withdrawn"],
    ),
}


@pytest.mark.parametrize("name", CASES)
def test_what_happens_to_ids_is_judged(name: str, tmp_path: Path) -> None:
    """Each by its own message."""
    rows, said = CASES[name]
    problems: list[Problem] = []
    for number, *_ in rows:
        (tmp_path / number).mkdir()
        for file in ("targets.yaml", "changes.yaml"):
            (tmp_path / number / file).write_text("[]\n" if file[0] == "t" else "withdrawals: []\n")
    check_lineage([_version(*row, folder=tmp_path) for row in rows], problems)  # type: ignore[misc, arg-type]
    assert [problem.message for problem in problems] == said


def test_versions_without_a_changes_file_are_taken_as_they_are() -> None:
    """They were released before there was one."""
    problems: list[Problem] = []
    check_lineage([_version("1.0.0", "a b"), _version("1.1.0", "a", withdrawn=None)], problems)
    assert problems == []


def test_validation_finds_an_id_that_is_used_again_at_its_line(datasets: Path) -> None:
    """Across three versions, in the file of the record."""
    made_up.release_demo(datasets, "1.0.0")
    made_up.change(datasets, TARGETS, (RACE, ""))
    made_up.release_demo(datasets, "1.1.0")
    assert validate(datasets, None, quiet).problems == []
    add(datasets / TARGETS, "\n" + RACE)
    [problem] = validate(datasets, None, quiet).problems
    lines = (datasets / TARGETS).read_text("utf-8").splitlines()
    assert lines[problem.place.line - 1] == "- id: dragon-boat-race"
    assert problem.message == "dragon-boat-race was the id of a record until 1.0.0"
    assert problem.fix == "give the record another id; none is ever used again"
    assert (problem.record, problem.field) == ("dragon-boat-race", "id")
