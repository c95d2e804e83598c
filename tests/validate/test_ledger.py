"""``changes.yaml``: what a version withdraws and corrects fits its records, or is named."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests import made_up
from tests.validate.broken import Broken, validate

CHANGES = f"{made_up.DRAFT}/changes.yaml"
_END = "  en: The first version.\n"
_WHY = "    {}: {{zh: 误, en: Wrong.}}\n"
_WITHDRAWN = (
    "withdrawals:\n  - collection: targets\n    id: old-jobs\n"
    + _WHY.format("reason")
    + "    successor: new-jobs\n"
)
_CORRECTED = (
    "corrections:\n  - collection: targets\n    ids: [new-jobs]\n    columns: [value, source]\n"
    + _WHY.format("wrong")
    + _WHY.format("reason")
)


def _mistake(whole: str, old: str, new: str, field: str, message: str, fix: str) -> Broken:
    named = "-" if whole is _CORRECTED else "gdp-growth" if "gdp" in new else "old-jobs"
    if named == "-":
        field = f"corrections.0.{field}"
    assert old in whole
    typed = {_END: _END + whole.replace(old, new, 1)}
    return Broken(CHANGES, typed, named, field, message, fix)


MISTAKES = {
    "a withdrawn record that stands": _mistake(
        *(_WITHDRAWN, "id: old-jobs", "▶id: gdp-growth"),
        *("id", "gdp-growth still is a record of targets", "remove it from targets.yaml, or"),
    ),
    "a successor that is no record": _mistake(
        *(_WITHDRAWN, "successor: new-jobs", "▶successor: newjobs"),
        *("successor", "newjobs is no record of targets", "did you mean new-jobs?"),
    ),
    "a collection that is none": _mistake(
        *(_WITHDRAWN, "collection: targets", "▶collection: target"),
        *("collection", "target is not a known code", "did you mean targets?"),
    ),
    "a key that is none": _mistake(
        *(_WITHDRAWN, "  - collection: targets", "  - ▶reasons: none\n    collection: targets"),
        *("reasons", "is not a key of this record", "did you mean reason?"),
    ),
    "a section withdrawn": _mistake(
        *(_WITHDRAWN, "collection: targets", "▶collection: sections"),
        *("collection", "has no records", "withdraw targets, projects or terms"),
    ),
    "a corrected record that is none": _mistake(
        *(_CORRECTED, "[new-jobs]", "[▶newjobs]"),
        *("ids.0", "newjobs is no record of targets", "did you mean new-jobs?"),
    ),
    "a column that is none": _mistake(
        *(_CORRECTED, "[value, source]", "[▶colour]"),
        *("columns.0", "colour is no column of targets", "in all)"),
    ),
    "a column that is computed": _mistake(
        *(_CORRECTED, "[value, source]", "[▶value_base]"),
        *("columns.0", "value_base is no column of targets", "did you mean"),
    ),
    "since when in a draft": _mistake(
        *(_CORRECTED, "    ids:", "    ▶since: 1.0.0\n    ids:"),
        *("since", "stands in a draft", "the release writes since when it was wrong"),
    ),
}


@pytest.mark.parametrize("name", MISTAKES)
def test_a_mistake_in_the_changes_is_named(name: str, datasets: Path) -> None:
    """With its place, and what to write instead."""
    MISTAKES[name].check(datasets)


def test_changes_that_fit_are_no_problem(datasets: Path) -> None:
    """A group of columns stands for all below it; parts of dataset.yaml can be corrected too."""
    about = _CORRECTED.replace("corrections:\n", "").replace("targets", "dataset")
    about = about.replace("new-jobs", "dataset").replace("value, source", "period, publisher_url")
    made_up.change(datasets, CHANGES, (_END, _END + _CORRECTED + about))
    assert validate(datasets) == []


def test_what_is_declared_twice_is_named(datasets: Path) -> None:
    """A record withdrawn twice, a column of a record corrected twice."""
    twice = [text + text.partition("\n")[2] for text in (_WITHDRAWN, _CORRECTED)]
    made_up.change(datasets, CHANGES, (_END, _END + "".join(twice)))
    assert [(p["field"], p["problem"]) for p in validate(datasets)] == [
        ("id", "old-jobs is withdrawn twice"),
        ("corrections.1.ids.0", "new-jobs is corrected twice in value, source"),
    ]


def test_a_record_that_was_renamed_is_not_withdrawn(datasets: Path) -> None:
    """Its old address leads on."""
    made_up.change(datasets, CHANGES, (_END, _END + _WITHDRAWN))
    named = "- previous_ids: [old-jobs]\n  id: new-jobs"
    made_up.change(datasets, f"{made_up.DRAFT}/targets.yaml", ("- id: new-jobs", named))
    [problem] = validate(datasets)
    assert problem["problem"] == "old-jobs was renamed: it stands in previous_ids of targets"


def test_a_draft_says_what_it_changes(datasets: Path) -> None:
    """A file with a summary; a version released before there were such files needs none."""
    (datasets / CHANGES).unlink()
    [problem] = validate(datasets)
    assert (problem["file"], problem["problem"]) == (str(datasets / CHANGES), "is missing")
    assert problem["fix"].startswith("add it; under summary: it says what is new")
    (datasets / CHANGES).write_text("withdrawals: []\n")
    [problem] = validate(datasets)
    assert (problem["field"], problem["problem"]) == ("summary", "is missing")
