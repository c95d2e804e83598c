"""The pages in Chromium: they render whole under their Content-Security-Policy."""

from __future__ import annotations

import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

_FLAGS = (
    *("--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"),
    *("--disable-background-networking", "--disable-component-update", "--disable-sync"),
    *("--enable-logging=stderr", "--v=0", "--virtual-time-budget=15000", "--dump-dom"),
)


@pytest.fixture
def open_page(tool: Callable[[str], str], tmp_path: Path) -> Callable[[str], tuple[str, str]]:
    """Open a page; return its document once scripts have run, and what the console said."""
    chromium = tool("chromium")

    def visit(url: str) -> tuple[str, str]:
        command = [chromium, *_FLAGS, f"--user-data-dir={tmp_path}", url]
        done = subprocess.run(command, capture_output=True, text=True, timeout=120, check=True)
        said = [line for line in done.stderr.splitlines() if "CONSOLE" in line]
        return done.stdout, "\n".join(said)

    return visit


def test_swagger_ui_shows_every_collection(
    address: str, open_page: Callable[[str], tuple[str, str]]
) -> None:
    """Swagger UI reads the description and lists its operations, with nothing refused."""
    page, console = open_page(f"{address}/docs/reference")
    assert 'id="operations-targets-listTargets"' in page
    assert 'id="operations-glossary-getVersionTerm"' in page
    assert console == ""


@pytest.mark.parametrize(("language", "heading"), [("zh", "逐条可查"), ("en", "one promise")])
def test_start_page_renders(
    address: str, open_page: Callable[[str], tuple[str, str]], language: str, heading: str
) -> None:
    """The start page shows its heading and says nothing on the console."""
    page, console = open_page(f"{address}/?lang={language}")
    assert heading in page
    assert console == ""
