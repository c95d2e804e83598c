"""The rooms of the project import only what is below them."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

_ROOT = Path(__file__).parents[1]
_LINT = "from importlinter.cli import lint_imports_command; lint_imports_command()"


def _lint(root: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", _LINT, "--no-cache", "--config", _ROOT / "pyproject.toml"],
        cwd=root,
        check=False,
        capture_output=True,
        text=True,
    )


def test_the_import_order_is_kept() -> None:
    """import-linter keeps every contract of ``pyproject.toml``."""
    done = _lint(_ROOT)
    assert done.returncode == 0, done.stdout
    assert "Contracts: 4 kept, 0 broken." in done.stdout


def test_a_broken_order_is_noticed(tmp_path: Path) -> None:
    """The check itself works: a store that knew the reader would fail it."""
    for path in (_ROOT / "opendata").rglob("*.py"):
        copied = tmp_path / path.relative_to(_ROOT)
        copied.parent.mkdir(parents=True, exist_ok=True)
        copied.write_bytes(path.read_bytes())
    with (tmp_path / "opendata/store/__init__.py").open("a") as file:
        file.write("\nimport opendata.reader\n")
    done = _lint(tmp_path)
    assert done.returncode == 1
    assert "opendata.store -> opendata.reader" in done.stdout
