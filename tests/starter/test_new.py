"""``opendata new``: a draft that is valid as it is, or nothing at all."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import zipfile
from datetime import date
from importlib import import_module
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from opendata.cli import main
from opendata.errors import InvalidDataError
from opendata.starter import new_dataset
from opendata.starter.template import REPORT
from opendata.versions import audit_version, validate
from tests.serving import quiet

_ROOT = Path(__file__).parents[2]
_LISTS = _ROOT / "datasets" / "vocabularies"
_DRAFT = (
    *("changes.yaml", "dataset.yaml", "exclusions.yaml"),
    *("glossary.yaml", "projects.yaml", "targets.yaml"),
)


def _run(*arguments: str) -> Result:
    return CliRunner().invoke(main, arguments)


def _tree(folder: Path) -> dict[str, bytes]:
    return {
        str(path.relative_to(folder)): path.read_bytes() if path.is_file() else b""
        for path in sorted(folder.rglob("*"))
    }


@pytest.fixture
def fresh(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder, in which the commands are run."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_a_new_dataset_is_valid_and_its_audit_is_clean(fresh: Path) -> None:
    """The example agrees with the report it was read from, to the character."""
    started = new_dataset(fresh / "datasets", "liuxi-2030")
    assert sorted(path.name for path in started.draft.iterdir()) == sorted(_DRAFT)
    found = validate(fresh / "datasets", None, quiet)
    assert (found.versions, found.records, found.problems) == (1, 7, [])
    day = date(2030, 2, 1)
    figures, problems = audit_version(fresh / "datasets", "liuxi-2030", "draft", REPORT, day)
    assert [str(problem) for problem in problems] == []
    assert figures["clauses"]["total"] == 18


def test_the_command_says_what_it_wrote_and_what_comes_next(fresh: Path) -> None:
    """In a fresh folder it brings the code lists along; none of it needs anything else."""
    result = _run("new", "liuxi-2030")
    assert result.stdout == (
        "wrote datasets/liuxi-2030/draft: a made-up example, valid as it is\n"
        "wrote datasets/vocabularies: code lists to begin with; add your area to areas.yaml\n"
        "next:\n"
        "  edit     the files there; each explains its fields, "
        "and their code lists are in datasets/vocabularies\n"
        "  check    opendata validate liuxi-2030 --watch\n"
        "  compare  opendata audit liuxi-2030 --source report.txt\n"
        "  freeze   opendata release liuxi-2030 1.0.0 --source report.txt\n"
        "  correct  edit the draft, then opendata diff liuxi-2030 --format changes\n"
    )
    assert result.exit_code == 0
    assert _tree(fresh / "datasets/vocabularies") == _tree(_LISTS)
    assert sorted(path.name for path in (fresh / "datasets").iterdir()) == [
        *("liuxi-2030", "vocabularies"),
    ]


def test_a_second_dataset_uses_the_lists_that_are_there(fresh: Path) -> None:
    """To the byte; the last area of the list stands in for the made-up county."""
    _run("new", "liuxi-2030")
    areas = fresh / "datasets/vocabularies/areas.yaml"
    own = "\n- code: 990102\n  label: {zh: 柳溪县, en: Liuxi}\n  definition: {zh: 县。, en: Its.}\n"
    areas.write_text(areas.read_text("utf-8") + own, "utf-8")
    before = _tree(fresh / "datasets")
    result = _run("new", "liuxi-2031", "--datasets", "datasets")
    assert "code lists to begin with" not in result.stdout
    assert "  check    opendata validate liuxi-2031 --watch --datasets datasets\n" in result.stdout
    after = _tree(fresh / "datasets")
    assert {name: after[name] for name in before} == before
    assert "\narea: 990102\n" in after["liuxi-2031/draft/dataset.yaml"].decode()
    assert "\narea: 370705\n" in after["liuxi-2030/draft/dataset.yaml"].decode()
    assert _run("validate").stderr == "2 versions with 14 records: valid\n"


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("Liuxi", "is not an identifier; use lower-case letters and digits"),
        ("", "is not an identifier"),
        ("..", "is not an identifier"),
        ("a/b", "is not an identifier"),
        ("/etc", "is not an identifier"),
        ("柳溪", "is not an identifier"),
        ("a" * 101, "is not an identifier"),
        ("liuxi-2030\n", "is not an identifier"),
        ("vocabularies", "is the folder of the code lists; choose another id"),
    ],
)
def test_a_name_that_is_no_id_writes_nothing(name: str, said: str, fresh: Path) -> None:
    """Not even the folder of the datasets, nor anything outside of it."""
    result = _run("new", "--", name)
    assert said in result.stdout
    assert result.exit_code == 1
    assert _tree(fresh) == {}


@pytest.mark.parametrize("kind", ["folder", "file", "link"])
def test_what_is_there_is_never_written_over(kind: str, fresh: Path) -> None:
    """The message says where to go on."""
    _run("new", "other")
    path = fresh / "datasets/liuxi-2030"
    if kind == "folder":
        path.mkdir()
    elif kind == "file":
        path.touch()
    else:
        path.symlink_to("nowhere")
    before = _tree(fresh)
    result = _run("new", "liuxi-2030")
    assert result.stdout == (
        "datasets/liuxi-2030:1:1 - - exists already; "
        "edit datasets/liuxi-2030/draft, or choose another id\n"
    )
    assert result.exit_code == 1
    assert _tree(fresh) == before


def test_a_file_in_place_of_the_datasets_is_named(fresh: Path) -> None:
    """With the option to name another folder."""
    (fresh / "datasets").touch()
    result = _run("new", "liuxi-2030")
    assert result.stdout == (
        "datasets:1:1 - - is not a folder; name the folder of the datasets with --datasets\n"
    )


def test_lists_that_lack_a_code_of_the_example_are_named(datasets: Path) -> None:
    """Each code at once, with the file to add it to; nothing is written."""
    before = _tree(datasets)
    with pytest.raises(InvalidDataError) as refused:
        new_dataset(datasets, "liuxi-2030")
    said = [str(problem).replace(f"{datasets}/", "") for problem in refused.value.problems]
    assert any("newly-employed-persons is not in the list of indicators" in line for line in said)
    assert all(line.startswith("liuxi-2030/draft/") for line in said)
    assert _tree(datasets) == before


@pytest.mark.parametrize(
    ("text", "said"),
    [("[]\n", "areas.yaml:1:1 - - is empty; add the area"), ("- code: 1\n", "areas.yaml:1:3 1")],
)
def test_lists_with_faults_write_nothing(text: str, said: str, datasets: Path) -> None:
    """An empty list of areas has none for the example."""
    (datasets / "vocabularies/areas.yaml").write_text(text)
    before = _tree(datasets)
    result = _run("new", "liuxi-2030", "--datasets", str(datasets))
    assert f"{datasets}/vocabularies/{said}" in result.stdout
    assert result.exit_code == 1
    assert _tree(datasets) == before


@pytest.mark.parametrize("step", ["copytree", "template", "read_folder", "first", "last"])
@pytest.mark.parametrize("there", [True, False])
def test_what_fails_half_way_leaves_nothing_behind(
    step: str, there: bool, fresh: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The disk may be full at any step, up to the two renames that make it appear."""
    if there:
        (fresh / "datasets").mkdir()
    before = _tree(fresh)

    def fail(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device", "dataset.yaml")

    module = import_module("opendata.starter.create")
    if step in ("first", "last"):
        rename, wanted = Path.rename, "vocabularies" if step == "first" else "liuxi-2030"

        def refuse(path: Path, target: Path) -> Path:
            if path.name == wanted:
                fail()
            return rename(path, target)

        monkeypatch.setattr(Path, "rename", refuse)
    else:
        monkeypatch.setattr(shutil if step == "copytree" else module, step, fail)
    result = _run("new", "liuxi-2030", "--datasets", "datasets")
    assert result.stderr == "Error: dataset.yaml: No space left on device\n"
    assert result.exit_code == 1
    assert _tree(fresh) == before


def test_the_package_brings_the_lists_along(fresh: Path) -> None:
    """A wheel holds them as they are, and starts a dataset where there is no source tree."""
    built = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(fresh / "dist")]
    subprocess.run(built, cwd=_ROOT, check=True, capture_output=True)
    [wheel] = (fresh / "dist").iterdir()
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(fresh / "installed")
    assert _tree(fresh / "installed/opendata/starter/vocabularies") == _tree(_LISTS)
    done = subprocess.run(
        [sys.executable, "-m", "opendata", "new", "liuxi-2030"],
        cwd=fresh,
        env={**os.environ, "PYTHONPATH": str(fresh / "installed")},
        check=True,
        capture_output=True,
        text=True,
    )
    assert "wrote datasets/vocabularies" in done.stdout
    assert _tree(fresh / "datasets/vocabularies") == _tree(_LISTS)
