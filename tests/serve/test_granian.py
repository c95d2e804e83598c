"""Granian serves what gunicorn serves, byte for byte."""

from __future__ import annotations

import signal
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner

from opendata.cli import main
from tests import made_up
from tests.serve.running import Server, running
from tests.serving import World, build_store

_DEMO = "/v1/datasets/demo-2030"
_ASKED: list[tuple[str, str, dict[str, str]]] = [
    ("GET", "/", {}),
    ("GET", "/v1", {}),
    ("GET", f"{_DEMO}/targets/gdp-growth", {}),
    ("HEAD", f"{_DEMO}/targets", {}),
    ("GET", "/v1/targets?limit=2&sort=-value&q=%E5%B7%A5", {"Accept-Encoding": "zstd"}),
    ("GET", "/v1/targets.csv", {"Range": "bytes=3-40"}),
    ("GET", "/v1/targets", {"If-None-Match": "*"}),
    ("GET", f"{_DEMO}/targets.xlsx", {}),
    ("GET", f"{_DEMO}.zip", {}),
    ("GET", "/v1/targets?colour=red", {"Accept-Language": "en"}),
    ("GET", "/v1/nowhere", {"Accept": "text/csv"}),
    ("OPTIONS", "/v1/targets", {}),
    ("POST", "/v1/targets", {}),
]
#: What a server says of itself and of the connection, and which worker has answered before.
_OF_SERVERS = {"server", "date", "connection", "cache-status"}


@pytest.fixture(scope="module")
def both(world: World) -> Iterator[tuple[Server, Server]]:
    """Both servers on one store."""
    with running(world.folder) as first, running(world.folder, "--server", "granian") as second:
        yield first, second


def _told(
    server: Server, method: str, path: str, headers: dict[str, str]
) -> tuple[int, dict[str, str], bytes]:
    status, fields, body = server.ask(path, method, headers)
    kept = {name.lower(): value for name, value in fields.items()}
    return status, {n: v for n, v in kept.items() if n not in _OF_SERVERS}, body


@pytest.mark.parametrize(("method", "path", "headers"), _ASKED)
def test_it_answers_like_gunicorn(
    both: tuple[Server, Server], method: str, path: str, headers: dict[str, str]
) -> None:
    """Status, fields and bytes, the first time and from the cache."""
    first, second = both
    expected = _told(first, method, path, headers)
    for _ in range(3):
        assert _told(second, method, path, headers) == expected


def test_it_swaps_and_stops(released: Path, tmp_path: Path) -> None:
    """A new store without a signal, an orderly end."""
    build_store(released, tmp_path / "build")
    with running(tmp_path / "build", "--server", "granian") as server:
        assert b'"version":"1.0.0"' in server.ask(f"{_DEMO}/targets")[2]
        made_up.release_demo(released, "1.1.0")
        build_store(released, tmp_path / "build")
        for _ in range(10):  # whichever worker answers
            assert b'"version":"1.1.0"' in server.ask(f"{_DEMO}/targets")[2]
        server.process.send_signal(signal.SIGTERM)
        _, errors = server.process.communicate(timeout=30)
        assert server.process.returncode == 0, errors
        assert "Traceback" not in errors


def _refusal(*arguments: str) -> str:
    result = CliRunner().invoke(main, ["serve", "--server", "granian", *arguments])
    assert result.exit_code != 0
    return result.output


def test_it_says_how_to_install_granian(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is missing and what brings it."""
    monkeypatch.setitem(sys.modules, "granian", None)
    said = _refusal("--store", str(world.folder))
    assert "Granian is not installed; install it with: pip install 'opendata[fast]'" in said


def test_it_refuses_what_it_cannot_serve(tmp_path: Path) -> None:
    """Nothing built, an address without a port, previews of drafts."""
    assert "nothing was built" in _refusal("--store", str(tmp_path))
    assert "write host and port" in _refusal("--store", str(tmp_path), "--bind", "here")
    assert "leave --server out" in _refusal("--draft")
