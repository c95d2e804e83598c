"""Streams through a real gunicorn: what fails in the middle shows, and nothing waits."""

from __future__ import annotations

import http.client
import socket
import subprocess
import sys
import time
import zlib
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import brotli  # type: ignore[import-untyped]
import pytest
import zstandard

_ROOT = Path(__file__).parents[2]

#: Serves ``/``, in the way that the argument ``fails`` names; waits for a file between blocks.
_APP = """
import time
from pathlib import Path
from flask import Flask
from opendata.store import CurrentStore
from opendata.web import headers, problems
from opendata.web.conditional import LATEST, answer

app = Flask("small")
app.extensions["store"] = CurrentStore(Path("nowhere"))
problems.init_app(app)
headers.init_app(app)

def fails(after):
    for number in range(after):
        yield b"row %d\\r\\n" % number
    raise RuntimeError("secret cause")

def waits():
    yield b"first\\r\\n"
    while not (Path(__file__).parent / "go").exists():
        time.sleep(0.01)
    yield b"second\\r\\n"

def route(path, blocks):
    view = lambda: answer("made-up", LATEST, "", "text/csv", blocks)
    app.add_url_rule(path, path.strip("/"), view)

route("/breaks", lambda: fails(3))
route("/never-begins", lambda: fails(0))
route("/waits", waits)
"""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder the application stands in."""
    folder = tmp_path_factory.mktemp("streams")
    (folder / "made_up_streams.py").write_text(_APP)
    return folder


@pytest.fixture(scope="module")
def port(folder: Path) -> Iterator[int]:
    """The port of a gunicorn with this project's settings, ended with the tests."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port: int = free.getsockname()[1]
    settings = ("--config", "python:opendata.cli.gunicorn_settings", "--workers", "1")
    command = [sys.executable, "-m", "gunicorn", *settings, "--bind", f"127.0.0.1:{port}"]
    with (folder / "log").open("w") as log:
        process = subprocess.Popen(
            [*command, "--pythonpath", str(folder), "made_up_streams:app"], cwd=_ROOT, stderr=log
        )
        try:
            _wait(process, port)
            yield port
        finally:
            process.kill()
            process.wait()


def _wait(process: subprocess.Popen[bytes], port: int) -> None:
    for _ in range(300):
        assert process.poll() is None
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            time.sleep(0.1)
        else:
            return
    pytest.fail("the server never got ready")


@contextmanager
def _open(port: int, path: str, coding: str) -> Iterator[http.client.HTTPResponse]:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
    with closing(connection):
        connection.request("GET", path, headers={"Accept-Encoding": coding})
        with connection.getresponse() as response:
            yield response


def _decoder(coding: str) -> Callable[[bytes], bytes]:
    decoders: dict[str, Callable[[bytes], bytes]] = {
        "identity": bytes,
        "gzip": zlib.decompressobj(wbits=31).decompress,
        "br": brotli.Decompressor().process,
        "zstd": zstandard.ZstdDecompressor().decompressobj().decompress,
    }
    return decoders[coding]


_CODINGS = ["identity", "gzip", "br", "zstd"]


@pytest.mark.parametrize("coding", _CODINGS)
def test_a_failure_in_mid_stream_breaks_the_transfer(port: int, folder: Path, coding: str) -> None:
    """The client sees it, and has rows only, no word of the failure."""
    with _open(port, "/breaks", coding) as response:
        assert response.status == 200
        assert response.headers["Transfer-Encoding"] == "chunked"
        assert response.headers.get("Content-Encoding", "identity") == coding
        with pytest.raises(http.client.IncompleteRead) as caught:
            response.read()
    assert _decoder(coding)(caught.value.partial) == b"row 0\r\nrow 1\r\nrow 2\r\n"
    assert "secret cause" in (folder / "log").read_text()


@pytest.mark.parametrize("coding", _CODINGS)
def test_a_failure_before_the_first_byte_is_a_problem(port: int, coding: str) -> None:
    """Nothing was sent yet, so it can still be told in the ordinary way."""
    with _open(port, "/never-begins", coding) as response:
        body = response.read()
    assert response.status == 500
    assert response.headers["Content-Type"] == "application/problem+json"
    assert "ETag" not in response.headers
    assert b"server-error" in body
    assert b"secret" not in body


@pytest.mark.parametrize("coding", _CODINGS)
def test_the_first_byte_leaves_before_the_second_is_made(
    port: int, folder: Path, coding: str
) -> None:
    """The second block waits for a file that is written when the first has been read."""
    go = folder / "go"
    go.unlink(missing_ok=True)
    decode, got = _decoder(coding), b""
    with _open(port, "/waits", coding) as response:
        while got != b"first\r\n":
            block = response.read1()
            assert block, "it ended"
            got += decode(block)
        go.touch()
        assert decode(response.read()) == b"second\r\n"
