"""What publishers copy into their repositories: a pre-commit hook and a GitHub workflow."""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests import made_up
from tests.validate.broken import TARGETS

_ROOT = Path(__file__).parents[2]
_EXAMPLES = _ROOT / "docs" / "examples"


def _read(path: Path) -> Any:
    return yaml.load(path.read_bytes(), yaml.BaseLoader)  # noqa: S506 – texts, so that on is on


def _hook() -> dict[str, Any]:
    """Return the hook that the configuration names, with what it sets itself."""
    [repo] = _read(_EXAMPLES / "pre-commit-config.yaml")["repos"]
    [chosen] = repo["hooks"]
    [hook] = [h for h in _read(_ROOT / ".pre-commit-hooks.yaml") if h["id"] == chosen["id"]]
    return {**hook, **chosen}


def _workflow_commands() -> list[str]:
    steps = _read(_EXAMPLES / "validate.yml")["jobs"]["datasets"]["steps"]
    return [step["run"] for step in steps if step.get("run", "").startswith("opendata ")]


def _commands() -> list[str]:
    hook = _hook()
    plain = shlex.join([*shlex.split(hook["entry"]), *hook.get("args", [])])
    text = (_EXAMPLES / "pre-commit-config.yaml").read_text("utf-8")
    [other] = re.findall(r"# args: (\[.*?\])", text)
    annotating = shlex.join([*shlex.split(hook["entry"]), *yaml.safe_load(other)])
    return [plain, annotating, *_workflow_commands()]


def _run(command: str, folder: Path) -> subprocess.CompletedProcess[str]:
    program, *arguments = shlex.split(command)
    assert program == "opendata"
    return subprocess.run(
        [sys.executable, "-m", "opendata", *arguments],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(_ROOT)},
        check=False,
        capture_output=True,
        text=True,
    )


@pytest.mark.parametrize("command", _commands())
def test_a_command_passes_valid_data_and_stops_others(command: str, datasets: Path) -> None:
    """Run in the folder that holds ``datasets/``, as pre-commit and GitHub run it."""
    done = _run(command, datasets.parent)
    assert (done.returncode, done.stdout) == (0, "")
    made_up.change(datasets, TARGETS, ("value: 6.10", "value: x"))
    done = _run(command, datasets.parent)
    assert done.returncode == 1
    place = "datasets/demo-2030/draft/targets.yaml"
    annotated = f"::error file={place},line=11,col=3,title=gdp-growth value::x is not a number"
    plain = f"{place}:11:3 gdp-growth value x is not a number"
    assert done.stdout.startswith(annotated if "--format github" in command else plain)


def test_the_workflow_annotates() -> None:
    """Its one command is the one that GitHub shows at the lines of a pull request."""
    assert _workflow_commands() == ["opendata validate --format github"]
    workflow = _read(_EXAMPLES / "validate.yml")
    assert set(workflow["on"]) == {"push", "pull_request"}
    assert workflow["permissions"] == {"contents": "read"}


def test_the_hook_runs_once_and_only_for_datasets() -> None:
    """pre-commit must not hand over names of files, which the command would take for datasets."""
    hook = _hook()
    assert (hook["pass_filenames"], hook["language"]) == ("false", "python")
    assert re.search(hook["files"], "datasets/demo-2030/draft/targets.yaml")
    assert re.search(hook["files"], "datasets/demo-2030/1.0.0/SHA256SUMS")
    assert not re.search(hook["files"], "README.md")


@pytest.mark.parametrize("name", ["editing.md", "editing.zh.md"])
def test_the_page_for_editors_leads_to_both(name: str) -> None:
    """An example that nobody finds helps nobody."""
    page = (_ROOT / "docs" / name).read_text("utf-8")
    assert all(f"](examples/{path.name})" in page for path in _EXAMPLES.iterdir())
