"""Which datasets and versions there are, and what does not belong among them."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from opendata.errors import Problem
from opendata.reader import read_shared_lists
from opendata.versions import find_versions, read_folder
from opendata.versions.digests import SUMS, sums_of
from opendata.versions.releases import releases_of
from tests import made_up


def _found(datasets: Path, only: str | None = None) -> tuple[list[str], list[str]]:
    """Return the versions found and what was said of the rest, with paths below ``datasets``."""
    problems: list[Problem] = []
    versions = [f"{v.dataset} {v.version}" for v in find_versions(datasets, problems, only)]
    below = f"{datasets}/"
    return versions, [f"{p.place.file.removeprefix(below)} {p.message}" for p in problems]


def _problems(datasets: Path) -> list[str]:
    """Read every version and return what was said, with paths below ``datasets``."""
    problems: list[Problem] = []
    lists = read_shared_lists(datasets / "vocabularies", problems)
    for version in find_versions(datasets, problems):
        read_folder(version, lists, problems)
    return [str(p).removeprefix(f"{datasets}/") for p in sorted(problems)]


def test_versions_are_found_by_dataset_in_order_of_number_and_drafts_last(datasets: Path) -> None:
    """1.10.0 comes after 1.9.0, as numbers do, whatever the order of the folders."""
    for name in ("1.10.0", "0.1.0", "1.9.0"):
        shutil.copytree(datasets / made_up.DRAFT, datasets / "demo-2030" / name)
    made_up.write(datasets, "a-first-one")
    assert _found(datasets)[0] == [
        "a-first-one draft",
        "demo-2030 0.1.0",
        "demo-2030 1.9.0",
        "demo-2030 1.10.0",
        "demo-2030 draft",
    ]
    assert _found(datasets, "a-first-one") == (["a-first-one draft"], [])


def test_the_licence_and_hidden_files_are_passed_over(datasets: Path) -> None:
    """A checkout and an interrupted release leave such things."""
    (datasets / "LICENSE.md").touch()
    (datasets / ".gitkeep").touch()
    (datasets / ".release-x1").mkdir()
    assert _found(datasets) == (["demo-2030 draft"], [])


def test_what_is_no_dataset_or_version_is_named(datasets: Path) -> None:
    """Stray files, misnamed folders and symbolic links; the rest is still found."""
    (datasets / "notes.txt").touch()
    (datasets / "Demo_2030").mkdir()
    (datasets / "linked-2030").symlink_to(datasets / "demo-2030")
    (datasets / "empty-2030").mkdir()
    (datasets / "demo-2030" / "1.0").mkdir()
    (datasets / "demo-2030" / "1.0.0").touch()
    (datasets / "demo-2030" / "2.0.0").symlink_to(datasets / made_up.DRAFT)
    assert _found(datasets) == (
        ["demo-2030 draft"],
        [
            "Demo_2030 is no dataset folder",
            "demo-2030/1.0 is no version folder",
            "demo-2030/1.0.0 is no version folder",
            "demo-2030/2.0.0 is no version folder",
            "empty-2030 holds no version",
            "linked-2030 is no dataset folder",
            "notes.txt is no dataset folder",
        ],
    )


def test_a_draft_that_is_a_link_is_not_read(datasets: Path) -> None:
    """What is published stands in the repository, not somewhere it points to."""
    (datasets / made_up.DRAFT).rename(datasets.parent / "elsewhere")
    (datasets / made_up.DRAFT).symlink_to(datasets.parent / "elsewhere")
    assert _found(datasets) == (
        [],
        ["demo-2030/draft is no version folder", "demo-2030 holds no version"],
    )


@pytest.mark.parametrize("name", ["demo", "", ".", "..", "vocabularies", "../datasets", ".git"])
def test_a_name_that_is_no_datasets_is_refused(name: str, datasets: Path) -> None:
    """Also one that leads out of the folder or to all of it."""
    (datasets / ".git").mkdir()
    versions, said = _found(datasets, name)
    assert versions == []
    assert len(said) == 1
    assert said[0].endswith("is no dataset")


def test_a_folder_that_is_missing_is_named(tmp_path: Path) -> None:
    """Nothing is found there."""
    assert _found(tmp_path / "x") == ([], [f"{tmp_path / 'x'} is not a folder"])


def test_a_draft_holds_its_files_and_nothing_else(datasets: Path) -> None:
    """Whatever else stands there, be it a link to a file that belongs, is named."""
    draft = datasets / made_up.DRAFT
    (draft / "notes.txt").touch()
    (draft / "vocabularies.yaml").touch()
    (draft / "glossary.yaml").rename(datasets.parent / "glossary.yaml")
    (draft / "glossary.yaml").symlink_to(datasets.parent / "glossary.yaml")
    files = (
        "changes.yaml, dataset.yaml, exclusions.yaml, glossary.yaml, projects.yaml, targets.yaml"
    )
    fix = f"keep only {files} here, as plain files"
    (draft / ".DS_Store").touch()  # what desktops leave behind is no matter
    assert _problems(datasets) == [
        f"demo-2030/draft/{name}:1:1 - - does not belong in a version; {fix}"
        for name in ("glossary.yaml", "notes.txt", "vocabularies.yaml")
    ]


def test_a_file_that_is_missing_or_a_folder_is_named(datasets: Path) -> None:
    """And the others are read all the same."""
    draft = datasets / made_up.DRAFT
    (draft / "glossary.yaml").unlink()
    (draft / "projects.yaml").unlink()
    (draft / "projects.yaml").mkdir()
    made_up.change(datasets, f"{made_up.DRAFT}/targets.yaml", ("value: 6.10", "value: x"))
    assert [said.partition(";")[0] for said in _problems(datasets)] == [
        "demo-2030/draft/glossary.yaml:1:1 - - is missing",
        "demo-2030/draft/projects.yaml:1:1 - - cannot be read (Is a directory)",
        "demo-2030/draft/targets.yaml:11:3 gdp-growth value x is not a number",
    ]


def test_a_released_version_without_its_date_is_named(released: Path) -> None:
    """Where all its digests were made up anew."""
    path = "demo-2030/1.0.0/dataset.yaml"
    folder = made_up.change(released, path, ("released: 2030-02-01\n", "")).parent
    (folder / SUMS).write_text(sums_of(folder))
    (folder.parent / SUMS).write_text(releases_of([folder]))
    assert f"{path}:1:1 - released is missing in a released version; restore the released file" in (
        _problems(released)
    )
