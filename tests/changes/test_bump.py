"""Which version number changes demand: PATCH corrects, MINOR adds, MAJOR takes or redefines."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from opendata.changes import Bump, Changes, compare, demand, smallest_bump, smallest_version
from opendata.errors import InvalidDataError
from tests import made_up
from tests.changes.test_compare import read
from tests.serving import RACE, add

TARGETS, ABOUT = f"{made_up.DRAFT}/targets.yaml", f"{made_up.DRAFT}/dataset.yaml"
EXTRA = "  - id: extra\n    title:\n      zh: 其他\n      en: Other\n"


def _edit(file: str, old: str, new: str) -> Callable[[Path], object]:
    return lambda datasets: made_up.change(datasets, file, (old, new))


def _nothing(datasets: Path) -> None:
    """Leave the draft as it is."""


def _add_record(datasets: Path) -> None:
    add(datasets / TARGETS, "\n" + RACE.replace("dragon-boat-race", "lantern-fair"))


def _add_and_remove(datasets: Path) -> None:
    made_up.change(datasets, TARGETS, ("- id: dragon-boat-race", "- id: lantern-fair"))


def _qualitative(datasets: Path) -> None:
    keys = ("measure", "comparator", "value", "value_max", "unit", "as_printed")
    path = datasets / TARGETS
    start = path.read_text("utf-8").index("- id: new-jobs")
    head, tail = path.read_text("utf-8")[:start], path.read_text("utf-8")[start:]
    kept = [line for line in tail.split("\n") if line.strip().partition(":")[0] not in keys]
    path.write_text(head + "\n".join(kept).replace("quantitative", "qualitative", 1), "utf-8")


#: What another unit changes: the record, and which units are used.
UNIT = ["targets industrial-output changed", "vocabularies/units cny-100m removed"]

CASES: list[tuple[Callable[[Path], object], Bump, list[str]]] = [
    (_nothing, "patch", []),
    (_edit(TARGETS, "value: 300", "value: 301"), "patch", ["targets industrial-output changed"]),
    (_edit(TARGETS, "unit: cny-100m", "unit: item"), "patch", UNIT),
    (_edit(TARGETS, "zh: 工业产值", "zh: 产值"), "patch", ["targets industrial-output reworded"]),
    (
        _edit(TARGETS, "  kind: qualitative\n", "  kind: qualitative\n  indicator: new-jobs\n"),
        *("patch", ["targets dragon-boat-race changed"]),
    ),
    (
        _edit(ABOUT, "  - econ\n", "  - heal\n"),
        "patch",
        [
            "dataset dataset changed",
            "vocabularies/themes econ removed",
            "vocabularies/themes heal added",
        ],
    ),
    (_add_record, "minor", ["targets lantern-fair added"]),
    (_edit(ABOUT, "  - id: notes\n", EXTRA + "  - id: notes\n"), "minor", ["sections extra added"]),
    (_add_and_remove, "major", ["targets dragon-boat-race removed"]),
    (_qualitative, "major", ["targets new-jobs has another kind, measure"]),
    (
        _edit(TARGETS, "indicator: new-jobs", "indicator: industrial-output"),
        *("major", ["targets new-jobs has another indicator"]),
    ),
    (
        _edit(TARGETS, "measure: increment", "measure: count"),
        *("major", ["targets new-jobs has another measure"]),
    ),
    (
        _edit("vocabularies/units.yaml", "multiplier: 100000000", "multiplier: 1000000000"),
        *("major", ["vocabularies/units cny-100m has another multiplier"]),
    ),
    (_edit(ABOUT, "area: 990102", "area: 990103"), "major", ["dataset dataset has another area"]),
]


def _compared(edit: Callable[[Path], object], datasets: Path) -> Changes:
    old = read(datasets, made_up.DATASET, "draft")
    edit(datasets)
    return compare(old, read(datasets, made_up.DATASET, "draft"))


@pytest.mark.parametrize(("edit", "bump", "reasons"), CASES)
def test_each_change_demands_its_bump(
    edit: Callable[[Path], object], bump: Bump, reasons: list[str], datasets: Path
) -> None:
    """And the demand names the records that make it."""
    changes = _compared(edit, datasets)
    demanded = demand(changes)
    assert (demanded.bump, demanded.reasons()) == (bump, reasons)
    assert smallest_bump(changes) == bump


@pytest.mark.parametrize(
    ("last", "bump", "smallest"),
    [
        ((1, 2, 3), "patch", (1, 2, 4)),
        ((1, 2, 3), "minor", (1, 3, 0)),
        ((1, 2, 3), "major", (2, 0, 0)),
        ((0, 2, 3), "patch", (0, 2, 4)),
        ((0, 2, 3), "minor", (0, 3, 0)),
        ((0, 2, 3), "major", (0, 3, 0)),
    ],
)
def test_the_smallest_number_goes_by_semantic_versioning(
    last: tuple[int, int, int], bump: Bump, smallest: tuple[int, int, int]
) -> None:
    """Below 1.0.0 a minor number is enough for any change."""
    assert smallest_version(last, bump) == smallest


@pytest.mark.parametrize(
    ("last", "edit", "refused", "allowed"),
    [
        ("1.0.0", _nothing, [], ["1.0.1"]),
        ("1.0.0", _add_record, ["1.0.1", "1.0.9"], ["1.1.0"]),
        ("1.0.0", _add_and_remove, ["1.0.1", "1.0.9"], ["1.1.0"]),
        ("0.4.0", _add_and_remove, ["0.4.1"], ["0.5.0"]),
        ("0.4.0", _add_and_remove, [], ["1.0.0"]),
        ("1.0.0", _nothing, [], ["7.0.0"]),
    ],
)
def test_a_release_with_too_small_a_number_is_refused(
    last: str,
    edit: Callable[[Path], object],
    refused: list[str],
    allowed: list[str],
    datasets: Path,
) -> None:
    """Nothing is written then; a greater number than is demanded is the editor's choice."""
    made_up.release_demo(datasets, last)
    edit(datasets)
    for version in refused:
        with pytest.raises(InvalidDataError, match="is too small a step"):
            made_up.release_demo(datasets, version)
        assert not (datasets / made_up.DATASET / version).exists()
    for version in allowed:
        assert made_up.release_demo(datasets, version).is_dir()


def test_the_refusal_names_the_records_and_the_smallest_number(datasets: Path) -> None:
    """So that the editor need not look them up."""
    made_up.change(datasets, ABOUT, ("  - id: notes\n", EXTRA + "  - id: notes\n"))
    made_up.release_demo(datasets, "1.0.0")
    made_up.change(datasets, ABOUT, (EXTRA, ""))
    with pytest.raises(InvalidDataError) as error:
        made_up.release_demo(datasets, "1.1.0")
    [problem] = error.value.problems
    assert str(problem).removeprefix(f"{datasets}/") == (
        "demo-2030/1.1.0:1:1 - - is too small a step from 1.0.0 for a major change: "
        "sections extra removed; "
        "release it as 2.0.0 or later (opendata diff shows it all)"
    )


def test_the_step_is_taken_from_the_latest_release(datasets: Path) -> None:
    """As numbers go: 1.10.0 comes after 1.9.0, and already has the record."""
    made_up.release_demo(datasets, "1.9.0")
    _add_record(datasets)
    made_up.release_demo(datasets, "1.10.0")
    assert made_up.release_demo(datasets, "1.10.1").is_dir()


def test_a_damaged_last_release_stops_the_next(datasets: Path) -> None:
    """What it held cannot be told."""
    made_up.release_demo(datasets, "1.0.0")
    made_up.change(datasets, "demo-2030/1.0.0/targets.yaml", ("value: 300", "value: 301"))
    with pytest.raises(InvalidDataError, match="was changed after its release"):
        made_up.release_demo(datasets, "2.0.0")
    assert not (datasets / "demo-2030/2.0.0").exists()
