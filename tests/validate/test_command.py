"""``opendata validate`` as an editor, a tool and a pull request see it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from opendata.cli import main
from tests import made_up
from tests.validate.broken import GLOSSARY, TARGETS


def _run(*arguments: str) -> Result:
    return CliRunner().invoke(main, arguments)


@pytest.fixture
def broken(datasets: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The made-up datasets with four problems in two files, named relative to the folder."""
    made_up.change(
        datasets, TARGETS, ("value: 6.10", "value: 6.10%"), ("  deadline: ", "  deadlines: ")
    )
    made_up.change(datasets, GLOSSARY, ("number: 2", "number: two"))
    monkeypatch.chdir(datasets.parent)
    return datasets


TEXT = """\
datasets/demo-2030/draft/glossary.yaml:31:3 green-industry number \
two is not a whole number from 1 up; write it in plain digits
datasets/demo-2030/draft/targets.yaml:1:3 gdp-growth deadline is missing; add it
datasets/demo-2030/draft/targets.yaml:11:3 gdp-growth value \
6.10% is not a number; write 6.10 and unit: percent
datasets/demo-2030/draft/targets.yaml:15:3 gdp-growth deadlines \
is not a key of this record; did you mean deadline?
"""

GITHUB = """\
::error file=datasets/demo-2030/draft/targets.yaml,line=11,col=3,title=gdp-growth value\
::6.10%25 is not a number; write 6.10 and unit: percent
::error file=datasets/demo-2030/draft/targets.yaml,line=23,col=3,title=gdp-growth \
caveats%3A%2C%0A%25::is not a key of this record; did you mean caveats?
"""


def test_every_problem_is_printed_at_once_in_the_order_of_files_and_lines(broken: Path) -> None:
    """One line each, ``file:line:column record field problem; fix``, then a count; exit 1."""
    result = _run("validate")
    assert result.stdout == TEXT
    assert result.stderr == "4 problems in 2 files\n"
    assert result.exit_code == 1


def test_json_holds_every_part_of_a_problem_for_tools(broken: Path) -> None:
    """One object a problem, Chinese unescaped, and nothing else on standard output."""
    result = _run("validate", "--format", "json")
    found = json.loads(result.stdout)
    assert found[2] == {
        "file": "datasets/demo-2030/draft/targets.yaml",
        "line": 11,
        "column": 3,
        "record": "gdp-growth",
        "field": "value",
        "problem": "6.10% is not a number",
        "fix": "write 6.10 and unit: percent",
    }
    assert len(found) == 4
    assert result.exit_code == 1


def test_github_annotations_are_escaped(datasets: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Percent signs and line breaks everywhere, colons and commas in properties."""
    key = ("  caveats:\n", '  "caveats:,\\n%": 1\n  caveats:\n')
    made_up.change(datasets, TARGETS, ("value: 6.10", "value: 6.10%"), key)
    monkeypatch.chdir(datasets.parent)
    result = _run("validate", "--format", "github")
    assert result.stdout == GITHUB
    assert result.exit_code == 1


def test_nothing_in_the_data_can_forge_or_colour_a_line_of_the_report(
    datasets: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Line breaks and control characters in keys and ids are shown, not printed."""
    ids = ("- id: gdp-growth", '- id: "x\\nREADME.md:1:1 - - all is well"')
    made_up.change(datasets, TARGETS, ids, ("  caveats:\n", '  "\\e[32mk\\e[0m":\n'))
    monkeypatch.chdir(datasets.parent)
    result = CliRunner().invoke(main, ["validate"], color=True)
    lines = result.stdout.splitlines()
    assert len(lines) == 2
    assert all(line.startswith("datasets/demo-2030/draft/targets.yaml:") for line in lines)
    assert "\x1b" not in result.stdout


def test_valid_datasets_are_counted(released: Path) -> None:
    """Nothing on standard output, a count on standard error, exit 0."""
    result = _run("validate", "--datasets", str(released))
    assert (result.stdout, result.stderr) == ("", "2 versions with 16 records: valid\n")
    assert result.exit_code == 0


def test_many_versions_are_validated_side_by_side_with_the_same_report(released: Path) -> None:
    """As many as are worth several processes; every problem is reported, in order."""
    for patch in range(1, 9):
        made_up.release_demo(released, f"1.0.{patch}")
    result = _run("validate", "--datasets", str(released))
    assert result.stderr == "10 versions with 80 records: valid\n"
    for version in ("1.0.8", "1.0.2"):
        (released / "demo-2030" / version / "SHA256SUMS").unlink()
    result = _run("validate", "--datasets", str(released))
    assert result.stdout.replace(f"{released}/demo-2030/", "") == "".join(
        f"{version}/SHA256SUMS:1:1 - - is missing or unreadable; "
        f"restore it from the commit of its release (git log -- {version}/SHA256SUMS; "
        f"git restore --source=COMMIT -- {version}/SHA256SUMS); "
        "to correct it, edit draft/ and run opendata release demo-2030 --source FILE\n"
        for version in ("1.0.2", "1.0.8")
    )


@pytest.mark.parametrize(("form", "shown"), [("text", ""), ("json", "[]\n"), ("github", "")])
def test_every_format_says_nothing_of_valid_datasets(form: str, shown: str, datasets: Path) -> None:
    """JSON is an empty list, so that a tool can always parse it."""
    result = _run("validate", "--format", form, "--datasets", str(datasets))
    assert result.stdout == shown
    assert result.exit_code == 0


def test_one_dataset_can_be_validated_alone(broken: Path) -> None:
    """The mistakes of another dataset are not reported."""
    made_up.write(broken, "other-2030")
    result = _run("validate", "other-2030")
    assert result.stderr == "1 version with 8 records: valid\n"
    assert result.exit_code == 0


@pytest.mark.parametrize("name", ["demo-203", "", ".", "..", "vocabularies", "../datasets"])
def test_a_dataset_that_is_none_is_refused(name: str, datasets: Path) -> None:
    """Neither a misspelt name nor a path passes as a dataset without mistakes."""
    result = _run("validate", name, "--datasets", str(datasets))
    assert "is no dataset" in result.stdout
    assert "demo-2030" in result.stdout
    assert result.exit_code == 1


def test_an_unknown_format_is_a_wrong_use(datasets: Path) -> None:
    """Exit 2, with the formats there are."""
    result = _run("validate", "--format", "xml", "--datasets", str(datasets))
    assert "'text', 'json', 'github'" in result.stderr
    assert result.exit_code == 2


def test_a_folder_that_is_missing_is_named(tmp_path: Path) -> None:
    """With the option to name another."""
    result = _run("validate", "--datasets", str(tmp_path / "nowhere"))
    assert f"{tmp_path / 'nowhere'}:1:1 - - is not a folder; name the folder of" in result.stdout
    assert result.exit_code == 1


def test_the_folder_can_be_set_by_the_environment(broken: Path) -> None:
    """``OPENDATA_DATASETS`` names the folder where no option does."""
    result = CliRunner().invoke(main, ["validate"], env={"OPENDATA_DATASETS": str(broken)})
    assert f"{broken}/demo-2030/draft/targets.yaml:11:3" in result.stdout


def test_a_setting_that_cannot_be_used_ends_without_a_traceback(datasets: Path) -> None:
    """The message says how to write it; exit 1."""
    result = CliRunner().invoke(main, ["validate"], env={"OPENDATA_BASE_URL": "example.org"})
    assert result.stderr.startswith("Error: OPENDATA_BASE_URL is 'example.org'; write the public")
    assert result.exit_code == 1
