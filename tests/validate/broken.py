"""A mistake typed into the made-up dataset, and the one problem it must give."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from click.testing import CliRunner

from opendata.cli import main
from tests import made_up

#: Stands where the problem must be found; it is taken out before the file is written.
MARK = "▶"

TARGETS = f"{made_up.DRAFT}/targets.yaml"
PROJECTS = f"{made_up.DRAFT}/projects.yaml"
GLOSSARY = f"{made_up.DRAFT}/glossary.yaml"
DATASET = f"{made_up.DRAFT}/dataset.yaml"


@dataclass(frozen=True)
class Broken:
    """A mistake in ``file``: what is typed instead of what, and what is said of it, in parts."""

    file: str
    typed: dict[str, str]
    record: str
    field: str
    message: str
    fix: str

    def check(self, datasets: Path) -> None:
        """Make the mistake and hold that validation finds it, there, and nothing else."""
        path = made_up.change(datasets, self.file, *self.typed.items())
        line, column = take_mark(path)
        found = validate(datasets)
        assert [(p["file"], p["line"], p["column"]) for p in found] == [(str(path), line, column)]
        assert (found[0]["record"], found[0]["field"]) == (self.record, self.field)
        assert self.message in found[0]["problem"]
        assert self.fix in found[0]["fix"]


def take_mark(path: Path) -> tuple[int, int]:
    """Take the mark out of the file and return the line and column it stood at, from 1."""
    text = path.read_bytes().decode()
    before, _, after = text.partition(MARK)
    assert text.count(MARK) == 1
    path.write_bytes((before + after).encode())
    lines = before.split("\n")
    return len(lines), len(lines[-1]) + 1


def validate(datasets: Path, *arguments: str) -> list[dict[str, Any]]:
    """Run ``opendata validate --format json`` and return the problems it printed."""
    command = ["validate", *arguments, "--format", "json", "--datasets", str(datasets)]
    result = CliRunner().invoke(main, command)
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    found: list[dict[str, Any]] = json.loads(result.stdout)
    assert result.exit_code == (1 if found else 0)
    return found
