"""A release freezes a valid draft whole, or writes nothing at all."""

from __future__ import annotations

import fcntl
import hashlib
import os
import re
import shutil
from collections.abc import Callable
from datetime import date
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from opendata.cli import main
from opendata.errors import InvalidDataError, Problem
from opendata.reader import Version
from opendata.versions import find_versions, read_folder, validate
from opendata.versions.freezing import FRESH_CHANGES
from tests import made_up
from tests.serving import quiet

DAY = date(2030, 2, 1)
VERSION = "demo-2030/1.0.0"


def _tree(folder: Path) -> dict[str, bytes]:
    """Return every file below ``folder`` by its path, folders with nothing in them too."""
    return {
        str(path.relative_to(folder)): path.read_bytes() if path.is_file() else b""
        for path in sorted(folder.rglob("*"))
    }


def _read(datasets: Path) -> Version:
    """Read version 1.0.0, which must be valid, without any shared list."""
    problems: list[Problem] = []
    [folder] = [v for v in find_versions(datasets, problems) if v.version == "1.0.0"]
    version = read_folder(folder, {}, problems)
    assert problems == []
    return version


def test_a_release_is_the_draft_with_its_date_its_lists_and_its_digests(datasets: Path) -> None:
    """The draft itself stays as it was."""
    before = _tree(datasets)
    path = made_up.release_demo(datasets)
    after = _tree(datasets)
    assert path == datasets / VERSION
    new = {name: after[name] for name in after.keys() - before.keys()}
    assert sorted(new) == [
        *("demo-2030/1.0.0", f"{VERSION}/SHA256SUMS", f"{VERSION}/changes.yaml"),
        *(f"{VERSION}/{name}" for name in ("dataset.yaml", "glossary.yaml")),
        *(f"{VERSION}/{name}" for name in ("projects.yaml", "targets.yaml", "vocabularies.yaml")),
        *("demo-2030/CHANGELOG.md", "demo-2030/SHA256SUMS"),
    ]
    fresh = f"{made_up.DRAFT}/changes.yaml"
    assert {**{name: after[name] for name in before}, fresh: before[fresh]} == before
    assert after[fresh].decode() == FRESH_CHANGES
    assert new[f"{VERSION}/dataset.yaml"].decode() == (
        made_up.DESCRIPTION
        + "notes:\n  zh: 第一版。共8条记录。\n"
        + "  en: The first version. 8 records.\nreleased: 2030-02-01\n"
    )
    assert new[f"{VERSION}/targets.yaml"].decode() == made_up.TARGETS
    assert new[f"{VERSION}/SHA256SUMS"].decode() == "".join(
        f"{hashlib.sha256(new[name]).hexdigest()}  {name.removeprefix(VERSION + '/')}\n"
        for name in sorted(new)
        if name.startswith(VERSION) and name.endswith(".yaml")
    )
    listed = hashlib.sha256(new[f"{VERSION}/SHA256SUMS"]).hexdigest()
    assert new["demo-2030/SHA256SUMS"].decode() == f"{listed}  1.0.0/SHA256SUMS\n"


def test_only_the_codes_that_are_used_are_frozen_and_the_areas_above_them(released: Path) -> None:
    """In the order of the shared lists: one area, one theme and one unit are used by nothing."""
    lists = _read(released).lists
    assert {name: list(entries) for name, entries in lists.items()} == {
        "areas": ["990000", "990100", "990102"],
        "categories": ["industrial-facility", "public-space"],
        "caveats": ["ambiguous_scope", "lost_character"],
        "indicators": ["gross-regional-product", "industrial-output", "new-jobs"],
        "licences": ["CC-BY-4.0"],
        "themes": ["econ"],
        "units": ["percent", "cny-100m", "item"],
    }


def test_codes_used_only_deep_within_are_frozen_too(datasets: Path) -> None:
    """Of a baseline, of a section's caveat, of a document's damage."""
    targets, about = f"{made_up.DRAFT}/targets.yaml", f"{made_up.DRAFT}/dataset.yaml"
    baseline = "  baseline: {value: 1, unit: km, as_printed: 1公里, period: 2029}\n  source:"
    made_up.change(datasets, targets, ("  source:", baseline))
    for code in ("in-section", "in-document"):
        with (datasets / "vocabularies/caveats.yaml").open("a", encoding="utf-8") as file:
            file.write(made_up.entry(code, "说明", "Caveat"))
    section = ("          - code: ambiguous_scope", "          - code: in-section")
    made_up.change(datasets, about, section, ("code: lost_character", "code: in-document"))
    made_up.release_demo(datasets)
    lists = _read(datasets).lists
    assert list(lists["units"]) == ["percent", "cny-100m", "item", "km"]
    assert list(lists["caveats"]) == ["ambiguous_scope", "in-section", "in-document"]


def test_a_list_of_which_nothing_is_used_is_not_frozen(datasets: Path) -> None:
    """Without projects no category is."""
    (datasets / made_up.DRAFT / "projects.yaml").write_text("[]\n")
    linked = ("  projects:\n    - pump-factory\n", "")
    made_up.change(datasets, f"{made_up.DRAFT}/targets.yaml", linked)
    made_up.release_demo(datasets)
    assert sorted(_read(datasets).lists) == [
        *("areas", "caveats", "indicators", "licences", "themes", "units"),
    ]


def test_frozen_entries_are_the_shared_ones_to_the_character(datasets: Path) -> None:
    """Also small multipliers, quotation marks and texts that YAML might take for something else."""
    made_up.change(
        datasets,
        "vocabularies/units.yaml",
        ("multiplier: 100000000", "multiplier: 0.00000010"),
        ("zh: 亿元。", "zh: \"'null'：{a} # 𠀀。\""),
        ("en: '100 million yuan.'", "en: no"),
    )
    made_up.release_demo(datasets)
    entry = _read(datasets).lists["units"]["cny-100m"]
    assert str(entry["multiplier"]) == "1.0E-7"
    assert entry["definition"] == {"zh": "'null'：{a} # 𠀀。", "en": "no"}
    text = (datasets / VERSION / "vocabularies.yaml").read_text("utf-8")
    assert "multiplier: '0.00000010'" in text
    assert entry["label"]["zh"] in text


def test_a_released_version_outlives_the_shared_lists_and_the_draft(released: Path) -> None:
    """It is self-contained."""
    shutil.rmtree(released / "vocabularies")
    shutil.rmtree(released / made_up.DRAFT)
    version = _read(released)
    assert version.description["released"] == DAY
    assert [len(records) for records in version.collections.values()] == [4, 2, 2]


@pytest.mark.parametrize(
    "end",
    ["\n    printed: 词", "\n    printed: 词\n# the end", "\r\n    printed: 词\r\n"],
)
def test_the_date_is_a_line_of_its_own_however_the_draft_ends(end: str, datasets: Path) -> None:
    """Without a last line break, in a comment, with Windows line ends."""
    path = datasets / made_up.DRAFT / "dataset.yaml"
    path.write_bytes(path.read_bytes().removesuffix(b"\n") + end.encode())
    made_up.release_demo(datasets)
    assert _read(datasets).description["released"] == DAY


def test_a_release_may_be_made_again_from_the_same_draft(datasets: Path) -> None:
    """The same content has the same digests."""
    first = made_up.release_demo(datasets, "1.0.0")
    second = made_up.release_demo(datasets, "1.0.1")
    differing = {"SHA256SUMS", "changes.yaml", "dataset.yaml"}  # the notes are another's
    trees = [{k: v for k, v in _tree(p).items() if k not in differing} for p in (first, second)]
    assert trees[0] == trees[1]


@pytest.mark.parametrize("version", ["0.9.9", "1.9.0", "1.10.0"])
def test_a_version_comes_after_those_there_are(version: str, datasets: Path) -> None:
    """As numbers go, not as text does."""
    made_up.release_demo(datasets, "1.10.0")
    with pytest.raises(InvalidDataError) as refused:
        made_up.release_demo(datasets, version)
    [problem] = refused.value.problems
    assert problem.message == "does not come after 1.10.0"
    made_up.release_demo(datasets, "1.10.1")
    made_up.release_demo(datasets, "2.0.0")


def _invalid_draft(datasets: Path) -> None:
    made_up.change(datasets, f"{made_up.DRAFT}/targets.yaml", ("value: 6.10", "value: x"))


def _stray_file(datasets: Path) -> None:
    (datasets / made_up.DRAFT / "notes.txt").touch()


def _stray_folder(datasets: Path) -> None:
    (datasets / "demo-2030" / "old").mkdir()


def _no_draft(datasets: Path) -> None:
    shutil.rmtree(datasets / made_up.DRAFT)


def _bad_list(datasets: Path) -> None:
    made_up.change(datasets, "vocabularies/themes.yaml", ("code: heal", "code: econ"))


def _indented(datasets: Path) -> None:
    """A mapping to which the date cannot be added as a line."""
    path = datasets / made_up.DRAFT / "dataset.yaml"
    lines = path.read_text("utf-8").splitlines(keepends=True)
    path.write_text("".join(f" {line}" for line in lines), "utf-8")


@pytest.mark.parametrize(
    "spoil", [_invalid_draft, _stray_file, _stray_folder, _no_draft, _bad_list, _indented]
)
def test_a_draft_that_may_not_be_released_leaves_nothing_behind(
    spoil: Callable[[Path], None], datasets: Path
) -> None:
    """Neither a version nor a temporary folder, and nothing is changed."""
    spoil(datasets)
    before = _tree(datasets)
    with pytest.raises(InvalidDataError):
        made_up.release_demo(datasets)
    assert _tree(datasets) == before


@pytest.mark.parametrize(
    "version",
    [
        "",
        "1.0",
        "v1.0.0",
        "01.0.0",
        "1.0.0-rc1",
        "１.0.0",
        "draft",
        "x/1.0.0",
        "../1.0.0",
        "1.0.0\n",
    ],
)
def test_a_version_that_is_none_leaves_nothing_behind(version: str, datasets: Path) -> None:
    """Nor one that is a path, which would be written somewhere else."""
    before = _tree(datasets)
    with pytest.raises(InvalidDataError, match="is not a version"):
        made_up.release_demo(datasets, version)
    assert _tree(datasets) == before


@pytest.mark.parametrize("dataset", ["", ".", "..", "nowhere", "vocabularies", "../datasets"])
def test_a_dataset_that_is_none_leaves_nothing_behind(dataset: str, datasets: Path) -> None:
    """Nor the name of the folder itself."""
    before = _tree(datasets)
    with pytest.raises(InvalidDataError, match="is no dataset"):
        made_up.release_demo(datasets, dataset=dataset)
    assert _tree(datasets) == before


@pytest.mark.parametrize(
    "step",
    [
        *("freezing.shutil.copytree", "freezing._frozen_lists", "freezing.sums_of"),
        *("release.fill_since", "release.notes_of", "release.changelog", "freezing.Path.rename"),
    ],
)
def test_a_release_that_fails_half_way_leaves_nothing_behind(
    step: str, datasets: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The disk may be full at any step, up to the rename that makes the version appear."""

    def fail(*_: object, **__: object) -> str:
        raise OSError(28, "No space left on device", "dataset.yaml")

    room, *owner, name = step.split(".")
    module: Any = import_module(f"opendata.versions.{room}")
    monkeypatch.setattr(getattr(module, owner[0]) if owner else module, name, fail)
    before = _tree(datasets)
    with pytest.raises(OSError, match="No space left"):
        made_up.release_demo(datasets)
    assert _tree(datasets) == before
    arguments = ["release", "demo-2030", "1.0.0", "--unaudited", "--datasets", str(datasets)]
    result = CliRunner().invoke(main, arguments)
    assert result.stderr == "Error: dataset.yaml: No space left on device\n"
    assert result.exit_code == 1


def test_two_releases_of_a_dataset_do_not_meet(datasets: Path) -> None:
    """The second is refused while the first is under way, and writes nothing."""
    before = _tree(datasets)
    folder = os.open(datasets / "demo-2030", os.O_RDONLY)
    try:
        fcntl.flock(folder, fcntl.LOCK_EX)
        with pytest.raises(InvalidDataError, match="is being released; wait for that release"):
            made_up.release_demo(datasets)
        assert _tree(datasets) == before
    finally:
        os.close(folder)
    made_up.release_demo(datasets)


def test_the_command_releases_today_or_on_the_day_given(datasets: Path) -> None:
    """And says where the version stands."""
    options = ["--unaudited", "--datasets", str(datasets)]
    command = ["release", "demo-2030", "1.0.0", "--date", "2030-02-01", *options]
    result = CliRunner().invoke(main, command)
    assert result.stdout == f"released {datasets / VERSION}\n"
    assert result.exit_code == 0
    assert _read(datasets).description["released"] == DAY
    made_up.change(datasets, f"{made_up.DRAFT}/glossary.yaml", ("滨水地区", "水边"))
    made_up.declare(datasets, "demo-2030", "又一版。", "Another.")
    result = CliRunner().invoke(main, ["release", "demo-2030", "1.0.1", *options])
    assert result.exit_code == 0
    text = (datasets / "demo-2030/1.0.1/dataset.yaml").read_text("utf-8")
    assert re.search(r"\nreleased: (20\d\d-\d\d-\d\d)\nreleased_at: '?\1T[0-9:]{8}Z'?\n$", text)


def test_a_draft_in_which_nothing_changed_is_not_released(released: Path) -> None:
    """A summary alone is no release; exclusions are something."""
    made_up.declare(released, "demo-2030", "又一版。", "Another.")
    command = ["release", "demo-2030", "--unaudited", "--datasets", str(released)]
    result = CliRunner().invoke(main, command)
    assert result.exit_code == 1
    assert result.stdout == (
        f"{released}/demo-2030/draft:1:1 - - has nothing that 1.0.0 has not; "
        "edit the draft first; a summary alone is no release (opendata diff shows changes)\n"
    )
    (released / made_up.DRAFT / "exclusions.yaml").write_text(
        "- kind: numeral\n  reason: year\n  document: report\n  paragraph: 1\n"
        "  start: 3\n  end: 7\n  quote: '2030'\n"
    )
    assert CliRunner().invoke(main, command).stdout == f"released {released}/demo-2030/1.0.1\n"


def _log(datasets: Path) -> str:
    return (datasets / "demo-2030/CHANGELOG.md").read_text("utf-8").partition("\n## [1.0.0]")[0]


def test_the_log_names_what_was_added_renamed_and_given_up(released: Path) -> None:
    """Under headings of their own, with the counts that diff has."""
    made_up.write(released, "other-2031")
    race = made_up.TARGETS.partition("- id: dragon-boat-race\n")[2]
    lantern = "\n- id: lantern-fair\n" + race.replace(
        "办好龙舟赛\n    en: Hold", "办好灯会\n    en: A"
    )
    renamed = "- id: boat-race\n  previous_ids: [dragon-boat-race]"
    change = ("- id: dragon-boat-race", renamed)
    made_up.change(released, f"{made_up.DRAFT}/targets.yaml", change)
    with (released / made_up.DRAFT / "targets.yaml").open("a") as file:
        file.write(lantern)
    about = (
        "deprecation:\n  date: 2031-01-01\n  reason:\n    zh: 有新版\n    en: There is another\n"
    )
    with (released / made_up.DRAFT / "dataset.yaml").open("a") as file:
        file.write(f"{about}  successor: other-2031\n")
    folder = made_up.release_demo(released, "1.1.0")
    log = _log(released)
    assert "\n### Added 新增\n\n- `lantern-fair` 办好灯会 A the dragon boat race\n" in log
    assert "\n### Renamed 改标识\n\n- `dragon-boat-race` → `boat-race`\n" in log
    told = "自2031-01-01起停用，改用 other-2031：有新版。"
    assert f"\n### Deprecated 停用\n\n- {told} Deprecated from 2031-01-01 on, use other-2031" in log
    counts = "1 added, 1 renamed, 1 changed (1 of them in dataset.yaml)"
    assert counts in log
    assert f"Since 1.0.0: {counts}. Deprecated from" in (folder / "dataset.yaml").read_text("utf-8")


def test_of_many_added_records_the_log_says_where_they_are(datasets: Path) -> None:
    """Twenty by name, and the address of all; of a first version none."""
    targets = datasets / made_up.DRAFT / "targets.yaml"
    made_up.release_demo(datasets)
    assert "Added" not in (datasets / "demo-2030/CHANGELOG.md").read_text("utf-8")
    race = made_up.TARGETS.partition("- id: dragon-boat-race\n")[2]
    with targets.open("a") as file:
        file.writelines(f"\n- id: race-{n}\n{race}" for n in range(25))
    made_up.release_demo(datasets, "1.1.0")
    log = _log(datasets)
    assert log.count("\n- `race-") == 20
    address = "/v1/datasets/demo-2030/changes?from=1.0.0&to=1.1.0&kind=added"
    assert f"\n- … 共25条 25 in all: `{address}`\n" in log


@pytest.mark.parametrize("name", ["nowhere-2031", "demo-2030", "vocabularies"])
def test_a_successor_that_is_no_other_dataset_is_named(name: str, datasets: Path) -> None:
    """Nor is the dataset itself its successor."""
    made_up.write(datasets, "other-2031")
    with (datasets / made_up.DRAFT / "dataset.yaml").open("a") as file:
        file.write("deprecation:\n  date: 2031-01-01\n  reason: {zh: 因, en: Why}\n")
        file.write(f"  successor: {name}\n")
    [problem] = validate(datasets, None, quiet).problems
    assert problem.field == "deprecation.successor"
    assert problem.message == f"{name} is no other dataset here"
    assert "other-2031" in problem.fix


def test_the_command_names_every_problem_and_releases_nothing(datasets: Path) -> None:
    """As validation does; exit 1."""
    _invalid_draft(datasets)
    options = ["--unaudited", "--datasets", str(datasets)]
    result = CliRunner().invoke(main, ["release", "demo-2030", "1", *options])
    assert result.stdout.replace(f"{datasets}/", "") == (
        "demo-2030/1:1:1 - - is not a version; write MAJOR.MINOR.PATCH, for example 1.0.0\n"
        "demo-2030/draft/targets.yaml:11:3 gdp-growth value x is not a number; "
        "write digits with at most one decimal point, and the unit in its own key\n"
    )
    assert result.exit_code == 1
