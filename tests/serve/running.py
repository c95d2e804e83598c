"""A server in a process of its own, asked over a socket."""

from __future__ import annotations

import http.client
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import pytest

_ROOT = Path(__file__).parents[2]


class Server:
    """A running ``opendata serve``."""

    def __init__(self, store: Path, port: int, *options: str) -> None:
        self.port = port
        command = [sys.executable, "-m", "opendata", "serve", "--bind", f"127.0.0.1:{port}"]
        self.process = subprocess.Popen(
            [*command, "--store", str(store), *options],
            cwd=_ROOT,
            env={**os.environ, "WEB_CONCURRENCY": "2"},
            stderr=subprocess.PIPE,
            text=True,
        )

    def ask(
        self, path: str, method: str = "GET", headers: Mapping[str, str] | None = None
    ) -> tuple[int, dict[str, str], bytes]:
        """Return status, fields and body of an answer."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=20)
        try:
            connection.request(method, path, headers=headers or {})
            response = connection.getresponse()
            return response.status, dict(response.headers), response.read()
        finally:
            connection.close()

    def wait(self) -> None:
        """Wait until it answers; fail where it has ended or never does."""
        for _ in range(300):
            assert self.process.poll() is None, self.process.communicate()[1]
            try:
                if self.ask("/readyz")[0] == 200:
                    return
            except OSError:
                time.sleep(0.1)
        pytest.fail("the server never got ready")

    def raw(self, request: bytes) -> bytes:
        """Return what the server sends for bytes that no client library would send."""
        with socket.create_connection(("127.0.0.1", self.port), timeout=20) as connection:
            connection.sendall(request)
            answer = b""
            while block := connection.recv(65536):
                answer += block
        return answer


@contextmanager
def running(store: Path, *options: str) -> Iterator[Server]:
    """Run ``opendata serve`` of a store with ``options``, from when it is ready."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    server = Server(store, port, *options)
    try:
        server.wait()
        yield server
    finally:
        server.process.terminate()  # killed, it could not end its workers
        try:
            server.process.communicate(timeout=30)
        except subprocess.TimeoutExpired:
            server.process.kill()
            raise
