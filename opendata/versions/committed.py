"""Whether what is released is committed in git, so that a release can be traced to its making."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path

from opendata.errors import Place, Problem


class CannotTellError(Exception):
    """Whether files are committed cannot be told: no git, or no repository."""


def uncommitted(datasets: Path, paths: Sequence[Path]) -> list[Problem]:
    """Return a problem where files below ``paths`` are not as they were committed.

    :raises CannotTellError: where git is missing, or ``datasets`` is in no repository of it.
    """
    git = shutil.which("git")
    if git is None:
        raise CannotTellError("git is not installed")
    names = [str(path.resolve()) for path in paths]
    command = ["status", "--porcelain", "-z", "--untracked-files=all", "--no-renames", "--", *names]
    done = _run(git, datasets, command)
    root = _run(git, datasets, ["rev-parse", "--show-toplevel"])
    if done.returncode or root.returncode:
        raise CannotTellError(f"{datasets} is in no git repository")
    top = Path(root.stdout.removesuffix("\n"))
    found = [_shown(top / entry[3:], datasets) for entry in done.stdout.split("\0") if entry]
    return [_problem(found, paths)] if found else []


def _run(git: str, folder: Path, arguments: list[str]) -> subprocess.CompletedProcess[str]:
    command = [git, "-C", str(folder), *arguments]
    return subprocess.run(command, check=False, capture_output=True, encoding="utf-8")


def _shown(path: Path, datasets: Path) -> Path:
    """Return ``path`` as it is reached by ``datasets``."""
    root = datasets.resolve()
    return datasets / path.relative_to(root) if path.is_relative_to(root) else path


def _problem(found: Sequence[Path], paths: Sequence[Path]) -> Problem:
    """Say it once, with one command for all."""
    named = [path for path in paths if any(file.is_relative_to(path) for file in found)]
    more = (
        f", nor are {len(found) - 1} other files"
        if len(found) > 2
        else ", nor is another file"
        if len(found) == 2
        else ""
    )
    command = f"git add {' '.join(map(str, named))} && git commit"
    fix = f"commit it ({command}), or release with --allow-dirty"
    return Problem(Place(str(found[0])), "-", "-", f"is not committed in git{more}", fix)
