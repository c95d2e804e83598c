"""A real nginx with the configuration of the docs, on a free port."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.client import HTTPConnection
from pathlib import Path
from typing import NamedTuple

import pytest

_SHIPPED = Path(__file__).parents[2] / "docs/static/nginx.conf"
_PLACE = "/srv/opendata"
_AROUND = """\
daemon off;
worker_processes 1;
{user}
pid {place}/nginx.pid;
error_log {place}/error.log;
events {{ }}
http {{
    access_log off;
    client_body_temp_path {place}/body;
    proxy_temp_path {place}/proxy;
    fastcgi_temp_path {place}/fastcgi;
    uwsgi_temp_path {place}/uwsgi;
    scgi_temp_path {place}/scgi;
    include {place}/site.conf;
}}
"""


class Reply(NamedTuple):
    """What a server answered."""

    status: int
    headers: dict[str, str]
    body: bytes


class Server:
    """A client of the server at a port, over one connection."""

    def __init__(self, port: int) -> None:
        self.port = port
        self._connection = HTTPConnection("127.0.0.1", port, timeout=20)

    def ask(self, address: str, method: str = "GET", **headers: str) -> Reply:
        """Ask for an address; ``headers`` are written with underscores."""
        fields = {name.replace("_", "-"): value for name, value in headers.items()}
        self._connection.request(method, address, headers=fields)
        found = self._connection.getresponse()
        body = found.read()
        named: dict[str, str] = {}
        for name, value in found.getheaders():
            before = named.get(name.lower())
            named[name.lower()] = f"{before}, {value}" if before else value
        return Reply(found.status, named, body)

    def close(self) -> None:
        """Close the connection."""
        self._connection.close()


@contextmanager
def nginx(site: Path, place: Path, service: str | None = None) -> Iterator[Server]:
    """Serve an export with the shipped configuration.

    :param site: the folder of the export.
    :param place: an empty folder for what nginx writes.
    :param service: where the service is that answers what no file does; ``None`` for none.
    """
    shipped = _SHIPPED.read_text("utf-8").replace(_PLACE, str(site))
    if service:
        shipped = with_service(shipped, service)
    with running(shipped, place) as server:
        yield server


@contextmanager
def running(configuration: str, place: Path) -> Iterator[Server]:
    """Run nginx with a configuration of the docs, on a free port in place of 80.

    :param place: an empty folder for what nginx writes.
    """
    program = shutil.which("nginx", path=f"{os.environ['PATH']}:/usr/sbin")
    if program is None:
        assert not os.environ.get("CI"), "no nginx; install it (apt-get install nginx-light)"
        pytest.skip("no nginx here; apt-get install nginx-light")
    port = free_port()
    shipped = configuration.replace("listen 80;", f"listen 127.0.0.1:{port};")
    user = "user root;" if os.geteuid() == 0 else ""  # folders of tests are not for others
    place.mkdir(parents=True)
    (place / "site.conf").write_text(shipped, "utf-8")
    (place / "nginx.conf").write_text(_AROUND.format(place=place, user=user), "utf-8")
    command: list[str | Path] = [
        program,
        "-p",
        place,
        "-c",
        place / "nginx.conf",
        "-e",
        place / "error.log",
    ]
    with (place / "said").open("w") as said:
        process = subprocess.Popen(command, stdout=said, stderr=said)
    try:
        _wait(process, port, place)
        server = Server(port)
        try:
            yield server
        finally:
            server.close()
    finally:
        process.terminate()
        process.wait(20)


def with_service(shipped: str, service: str) -> str:
    """Return the configuration with the lines for a service, as it tells to write them."""
    told = shipped.index("# To let the service answer it")
    before, after = shipped[:told], shipped[told:]
    rest = after.partition("\n")[2]
    lines = rest.split("}", 1)
    lines[0] = lines[0].replace("        # ", "        ")
    before = before.replace("        return 404;\n", "")
    assert "proxy_pass" in lines[0]
    return before + "}".join(lines).replace("http://127.0.0.1:8000", service)


def free_port() -> int:
    """Return a port that nobody listens to."""
    with socket.socket() as asked:
        asked.bind(("127.0.0.1", 0))
        port: int = asked.getsockname()[1]
    return port


def _wait(process: subprocess.Popen[bytes], port: int, place: Path) -> None:
    deadline = time.monotonic() + 20
    while time.monotonic() < deadline:
        assert process.poll() is None, (place / "error.log").read_text("utf-8")
        try:
            socket.create_connection(("127.0.0.1", port), 1).close()
        except OSError:
            time.sleep(0.05)
        else:
            return
    pytest.fail("nginx does not listen")
