"""A release that is cut short, wherever: nothing is half-written, and the next run ends it."""

from __future__ import annotations

import os
from importlib import import_module
from pathlib import Path

import pytest
from click.testing import CliRunner

from opendata.cli import main
from opendata.versions import validate
from tests import made_up
from tests.serving import quiet


class KilledError(BaseException):
    """As if the process had been killed: nothing that expects an ``Exception`` sees it."""


def _said(datasets: Path) -> list[str]:
    return [problem.message for problem in validate(datasets, None, quiet).problems]


def _release(datasets: Path, *arguments: str) -> str:
    command = ["release", "demo-2030", *arguments, "--unaudited", "--datasets", str(datasets)]
    result = CliRunner().invoke(main, command)
    assert result.exit_code == 0, result.output
    return result.stdout


@pytest.mark.parametrize("moves", range(4))
def test_a_release_killed_while_it_is_moved_is_ended_by_the_next_run(
    moves: int, datasets: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """After so many of the four moves; until then validation says what to do."""
    replace = os.replace
    done: list[Path] = []

    def killed(old: Path, new: Path) -> None:
        if len(done) == moves:
            raise KilledError
        done.append(new)
        replace(old, new)

    monkeypatch.setattr("opendata.versions.freezing.os.replace", killed)
    with pytest.raises(KilledError):
        made_up.release_demo(datasets)
    monkeypatch.undo()
    [problem] = validate(datasets, None, quiet).problems
    assert problem.message == "is a release cut short"
    assert problem.fix == "run opendata release demo-2030 --source FILE: it ends what was begun"
    said = _release(datasets)
    assert said == f"ended the release that was cut short: {datasets}/demo-2030/1.0.0\n"
    assert _said(datasets) == []
    names = ["1.0.0", "CHANGELOG.md", "SHA256SUMS", "draft"]
    assert sorted(path.name for path in (datasets / "demo-2030").iterdir()) == names
    made_up.release_demo(datasets, "1.0.1")
    assert _said(datasets) == []


def test_a_release_killed_before_it_appears_leaves_the_dataset_as_it_was(
    datasets: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What it made ready stands hidden beside, and the next release removes it."""
    left = datasets / ".release-demo-2030-x1" / "ready"
    left.mkdir(parents=True)

    def killed(*_: object) -> None:
        raise KilledError

    monkeypatch.setattr(import_module("opendata.versions.release"), "appear", killed)
    with pytest.raises(KilledError):
        made_up.release_demo(datasets)
    monkeypatch.undo()
    assert sorted(path.name for path in (datasets / "demo-2030").iterdir()) == ["draft"]
    assert _said(datasets) == []
    made_up.release_demo(datasets)
    assert not list(datasets.glob(".release-*"))
    assert _said(datasets) == []
