"""Since when a value was wrong is found by looking back, through renamings."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest
import yaml
from click.testing import CliRunner

from opendata.cli import main
from tests import made_up

TARGETS = f"{made_up.DRAFT}/targets.yaml"


def _since(datasets: Path, version: str) -> list[str]:
    path = datasets / "demo-2030" / version / "changes.yaml"
    ledger = yaml.load(path.read_bytes(), yaml.BaseLoader)  # noqa: S506
    return [correction["since"] for correction in ledger["corrections"]]


def test_the_run_of_versions_with_the_old_value_counts(datasets: Path) -> None:
    """It was right in 0.1.0, wrong from 0.2.0 on, and had another id until 1.1.0."""
    made_up.change(datasets, TARGETS, ("deadline: 2030-06-30", "deadline: 2030-06-29"))
    made_up.release_demo(datasets, "0.1.0")
    made_up.change(datasets, TARGETS, ("deadline: 2030-06-29", "deadline: 2030-06-30"))
    made_up.release_demo(datasets, "0.2.0")
    made_up.release_demo(datasets, "1.0.0")
    renamed = "- previous_ids: [dragon-boat-race]\n  id: boat-race"
    made_up.change(datasets, TARGETS, ("- id: dragon-boat-race", renamed))
    made_up.release_demo(datasets, "1.1.0")
    made_up.change(datasets, TARGETS, ("deadline: 2030-06-30", "deadline: 2030-06-29"))
    made_up.release_demo(datasets, "1.1.1")
    assert _since(datasets, "1.1.1") == ["0.2.0"]


def _git(folder: Path, *arguments: str) -> None:
    named = ("-c", "user.name=A", "-c", "user.email=a@example.org", "-c", "commit.gpgsign=false")
    subprocess.run(["git", "-C", str(folder), *named, *arguments], check=True, capture_output=True)


def _release(datasets: Path, *arguments: str) -> tuple[int, str, str]:
    command = ["release", "demo-2030", "--unaudited", *arguments, "--datasets", str(datasets)]
    result = CliRunner().invoke(main, command)
    return result.exit_code, result.stdout, result.stderr


@pytest.mark.parametrize("name", [TARGETS, "vocabularies/units.yaml"])
def test_a_draft_that_is_not_committed_is_refused(name: str, datasets: Path) -> None:
    """Nor are code lists that it uses; unless that is allowed."""
    _git(datasets, "init", "-q")
    code, said, _ = _release(datasets)
    assert code == 1
    lists = [str(path) for path in (datasets / "vocabularies").iterdir()]
    [place, rest] = said.split(":1:1 - - is not committed in git, nor are ")
    assert place == f"{datasets}/demo-2030/draft/changes.yaml"
    assert rest.startswith(
        f"{4 + len(lists)} other files; commit it (git add {datasets}/{made_up.DRAFT} "
    )
    assert all(path in rest for path in lists)
    assert rest.endswith(" && git commit), or release with --allow-dirty\n")
    _git(datasets, "add", ".")
    _git(datasets, "commit", "-qm", "Draft")
    with (datasets / name).open("a") as file:
        file.write("# more\n")
    code, said, _ = _release(datasets)
    assert said.startswith(f"{datasets}/{name}:1:1 - - is not committed in git; ")
    assert said.count("\n") == 1
    assert _release(datasets, "--allow-dirty") == (
        *(0, f"released {datasets}/demo-2030/0.1.0\n", ""),
    )


def test_a_release_is_audited_or_said_not_to_be(datasets: Path) -> None:
    """Neither or both is a mistake."""
    command = ["release", "demo-2030", "--datasets", str(datasets)]
    result = CliRunner().invoke(main, command)
    assert result.exit_code == 2
    assert "--source FILE to audit the draft, or say --unaudited" in result.stderr
