"""The real thing: gunicorn in a process of its own, asked over a socket."""

from __future__ import annotations

import json
import runpy
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask

from tests import made_up
from tests.serve.running import Server, running
from tests.serving import build_store, get, stored

_ROOT = Path(__file__).parents[2]


@pytest.fixture
def server(released: Path, tmp_path: Path) -> Iterator[Server]:
    """A server of ``demo-2030``, ended with the test."""
    stored(released, tmp_path / "build")
    with running(tmp_path / "build") as server:
        yield server


def test_it_serves_swaps_and_stops(server: Server, released: Path, tmp_path: Path) -> None:
    """Ready, a record, a new store without a signal, an orderly end: one life of a server."""
    status, fields, body = server.ask("/v1/datasets/demo-2030/targets/gdp-growth")
    assert (status, fields["Content-Type"]) == (200, "application/json")
    assert json.loads(body)["data"]["title"]["zh"] == "地区生产总值增长率"
    status, fields, body = server.ask("/v1/targets", method="HEAD")
    assert (status, body) == (200, b"")
    assert int(fields["Content-Length"]) == len(server.ask("/v1/targets")[2])

    made_up.release_demo(released, "1.1.0")
    build_store(released, tmp_path / "build")
    for _ in range(20):  # whichever worker answers
        assert b'"version":"1.1.0"' in server.ask("/v1/datasets/demo-2030/targets")[2]

    server.process.send_signal(signal.SIGTERM)
    _, errors = server.process.communicate(timeout=30)
    assert server.process.returncode == 0, errors
    assert "Traceback" not in errors


def test_odd_requests_are_problems_not_failures(server: Server) -> None:
    """Raw bytes, other hosts and doubled slashes come through a real server as well."""
    for target, status in (
        (b"/v1/targets?section=%ff", b"400"),
        (b"/v1/targets?" + b"a" * 8000, b"414"),
        (b"/v1/%ff", b"404"),
        (b"//evil.example/v1", b"404"),
    ):
        answer = server.raw(
            b"GET " + target + b" HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n"
        )
        assert answer.startswith(b"HTTP/1.1 " + status), answer[:200]
        assert b"application/problem+json" in answer
        assert b"evil.example" not in answer.split(b"\r\n\r\n")[0]


def test_wsgi_serves_the_store_of_the_environment(
    released: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Any WSGI server can run ``wsgi:app``."""
    stored(released, tmp_path / "store")
    monkeypatch.setenv("OPENDATA_STORE", str(tmp_path / "store"))
    app = runpy.run_path(str(_ROOT / "wsgi.py"))["app"]
    assert isinstance(app, Flask)
    response = get(app.test_client(), "/v1/datasets/demo-2030")
    assert response.get_json()["meta"]["version"] == "1.0.0"
