"""``opendata validate --watch`` in a process of its own, while files change."""

from __future__ import annotations

import os
import queue
import re
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner

from opendata.cli import editing, main, watching
from tests import made_up
from tests.validate.broken import TARGETS

_ROOT = Path(__file__).parents[2]


class Watching:
    """A running ``opendata validate --watch``, whose lines are read as they come."""

    def __init__(self, datasets: Path) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-m", "opendata", "validate", "--watch", "--datasets", datasets],
            cwd=_ROOT,
            env={**os.environ, "PYTHONPATH": str(_ROOT)},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            # a parent may have told it to ignore what Ctrl-C sends
            preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
        )
        self._lines: queue.Queue[str] = queue.Queue()
        self._reader = threading.Thread(target=self._read)
        self._reader.start()

    def _read(self) -> None:
        assert self.process.stdout
        for line in self.process.stdout:
            self._lines.put(line)

    def said(self) -> tuple[str, list[str]]:
        """Return the next result: its time, and the lines up to the last."""
        at = self._lines.get(timeout=60)
        lines = [self._lines.get(timeout=60)]
        while not re.search(r": valid$|\d problems? in ", lines[-1]):
            lines.append(self._lines.get(timeout=60))
        return at, lines

    def silent(self) -> bool:
        """Tell whether it says nothing for three looks."""
        time.sleep(3 * watching.PAUSE)
        return self._lines.empty()

    def end(self) -> int:
        """Press Ctrl-C; return the exit code."""
        self.process.send_signal(signal.SIGINT)
        code = self.process.wait(timeout=60)
        self._reader.join()
        assert self.process.stdout
        self.process.stdout.close()
        return code


@pytest.fixture
def watched(datasets: Path) -> Iterator[Watching]:
    """A watch over the made-up datasets."""
    running = Watching(datasets)
    try:
        yield running
    finally:
        if running.process.poll() is None:
            running.process.kill()
            running.end()


def test_each_change_is_checked_until_ctrl_c(watched: Watching, datasets: Path) -> None:
    """It says the time and the result, then waits; Ctrl-C ends it well and without a word."""
    at, lines = watched.said()
    assert re.fullmatch(r"\d\d:\d\d:\d\d\n", at)
    assert lines == ["1 version with 8 records: valid\n"]
    made_up.change(datasets, TARGETS, ("value: 6.10", "value: 6.1x"))
    _, lines = watched.said()
    assert lines[0].startswith(f"{datasets / TARGETS}:11:3 gdp-growth value 6.1x is not a number; ")
    assert lines[1:] == ["1 problem in 1 file\n"]
    (datasets / TARGETS).with_name(".targets.yaml.swp").touch()
    assert watched.silent()
    made_up.change(datasets, TARGETS, ("value: 6.1x", "value: 6.10"))
    _, lines = watched.said()
    assert lines == ["1 version with 8 records: valid\n"]
    assert watched.end() == 0
    assert watched._lines.empty()


def test_a_folder_that_appears_later_is_waited_for(tmp_path: Path) -> None:
    """Nothing ends the watch but Ctrl-C."""
    running = Watching(tmp_path / "datasets")
    try:
        _, lines = running.said()
        assert "is not a folder" in lines[0]
        made_up.write(tmp_path / "datasets")
        assert running.said()[1] == ["1 version with 8 records: valid\n"]
    finally:
        assert running.end() == 0


def test_a_file_that_goes_while_it_is_read_does_not_end_the_watch(
    datasets: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is named, and the next change is waited for."""

    def gone(*_: object) -> None:
        raise FileNotFoundError(2, "No such file or directory", "targets.yaml")

    def press_ctrl_c(_: float) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(editing, "validate", gone)
    monkeypatch.setattr(watching, "sleep", press_ctrl_c)
    result = CliRunner().invoke(main, ["validate", "--watch", "--datasets", str(datasets)])
    assert result.stderr.endswith("targets.yaml: No such file or directory\n")
    assert result.exit_code == 0


def _changes(folder: Path, monkeypatch: pytest.MonkeyPatch, *changes: object) -> int:
    """Return how often a watch acts when ``changes`` happen, one while it waits."""
    waiting = iter(changes)
    acted = []

    def sleep(_: float) -> None:
        change = next(waiting, KeyboardInterrupt)
        if change is KeyboardInterrupt:
            raise KeyboardInterrupt
        if callable(change):
            change()

    monkeypatch.setattr(watching, "sleep", sleep)
    watching.watch(folder, lambda: acted.append(1))
    return len(acted)


def test_changes_that_follow_each_other_are_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An editor that writes in several steps is waited for."""
    file = tmp_path / "a.yaml"
    steps = [lambda n=n: file.write_text("x" * n) for n in range(1, 5)]
    assert _changes(tmp_path, monkeypatch, None, *steps, None, None, None) == 2


@pytest.mark.parametrize("change", ["touch", "mkdir", "remove", "replace"])
def test_whatever_changes_is_noticed(
    change: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A new or empty folder, a file that goes, one of the same size and time in its place."""
    file, other = tmp_path / "a.yaml", tmp_path / ".b.yaml"
    for path in (file, other):
        path.write_text("x")
        os.utime(path, (1, 1))
    changes = {
        "touch": lambda: file.touch(),
        "mkdir": lambda: (tmp_path / "new").mkdir(),
        "remove": lambda: file.unlink(),
        "replace": lambda: other.replace(file),
    }
    assert _changes(tmp_path, monkeypatch, changes[change], None, None) == 2
    assert _changes(tmp_path, monkeypatch, None, None, None, None) == 1
