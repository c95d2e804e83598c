"""The progress bar: silent for quick work, alive while a long step goes on."""

from __future__ import annotations

import io
import sys
import time

import pytest

from opendata.cli.progress import progress


class _Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def _terminal(monkeypatch: pytest.MonkeyPatch) -> _Terminal:
    """Make standard error a terminal; in the test itself, since capturing sets it between."""
    found = _Terminal()
    monkeypatch.setattr(sys, "stderr", found)
    return found


def test_quick_work_shows_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every step is done, and no bar was drawn."""
    terminal = _terminal(monkeypatch)
    assert list(progress("validating", ["a", "b"], 2)) == ["a", "b"]
    assert "validating" not in terminal.getvalue()


def test_a_long_step_shows_that_it_goes_on(monkeypatch: pytest.MonkeyPatch) -> None:
    """After a second, before the only step has ended."""
    terminal = _terminal(monkeypatch)
    for _ in progress("compiling", ["a"], 1):
        deadline = time.monotonic() + 20
        while "compiling:   0%" not in terminal.getvalue() and time.monotonic() < deadline:
            time.sleep(0.05)
    assert "compiling:   0%" in terminal.getvalue()


def test_many_steps_are_done_without_a_thread(monkeypatch: pytest.MonkeyPatch) -> None:
    """A process pool may fork while they go on."""
    _terminal(monkeypatch)
    assert list(progress("compiling", range(9), 9)) == list(range(9))


def test_nothing_is_drawn_where_there_is_no_terminal(capsys: pytest.CaptureFixture[str]) -> None:
    """Logs stay readable."""
    assert list(progress("compiling", ["a"], 1)) == ["a"]
    assert capsys.readouterr().err == ""
