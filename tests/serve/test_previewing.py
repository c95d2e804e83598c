"""``opendata serve --draft`` in a process of its own, while drafts change."""

from __future__ import annotations

import http.client
import json
import os
import queue
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from opendata.cli import main
from opendata.cli.previewing import address_of
from opendata.compiler import preview
from opendata.errors import OpendataError
from tests import made_up
from tests.serving import BASE, build_store, quiet

_ROOT = Path(__file__).parents[2]
_TARGETS = "demo-2030/draft/targets.yaml"


class Previewing:
    """A running ``opendata serve --draft``, whose lines are read as they come."""

    def __init__(self, datasets: Path, store: Path, port: int) -> None:
        self.port = port
        command = [sys.executable, "-m", "opendata", "serve", "--draft"]
        command += ["--bind", f"127.0.0.1:{port}", "--datasets", str(datasets)]
        self.process = subprocess.Popen(
            [*command, "--store", str(store)],
            cwd=_ROOT,
            env={**os.environ, "WEB_CONCURRENCY": "1", "PYTHONPATH": str(_ROOT)},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            # a parent may have told it to ignore what Ctrl-C sends
            preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
        )
        self.lines: queue.Queue[str] = queue.Queue()
        self._reader = threading.Thread(target=self._read)
        self._reader.start()

    def _read(self) -> None:
        assert self.process.stdout
        for line in self.process.stdout:
            self.lines.put(line)

    def wait_for(self, said: str) -> str:
        """Return the next line that holds ``said``."""
        while True:
            line = self.lines.get(timeout=60)
            if said in line:
                return line

    def ask(self, path: str) -> tuple[int, dict[str, str], Any]:
        """Return status, fields and body of an answer."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=20)
        try:
            connection.request("GET", path)
            response = connection.getresponse()
            return response.status, dict(response.headers), json.loads(response.read())
        finally:
            connection.close()

    def processes(self) -> list[int]:
        """Return the processes below it: server, workers and helpers."""
        found, sought = [], [self.process.pid]
        while sought:
            children = Path(f"/proc/{sought[0]}/task/{sought.pop(0)}/children")
            below = [int(pid) for pid in children.read_text().split()] if children.exists() else []
            found += below
            sought += below
        return found

    def end(self, sent: signal.Signals = signal.SIGINT) -> int:
        """Send a signal to it alone; return the exit code."""
        self.process.send_signal(sent)
        code = self.process.wait(timeout=60)
        self._reader.join()  # the pipe ends with the last process that holds it
        assert self.process.stdout
        self.process.stdout.close()
        return code


def _free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port: int = free.getsockname()[1]
    return port


@pytest.fixture
def previewing(released: Path, tmp_path: Path) -> Iterator[Previewing]:
    """A preview of ``demo-2030``, ended with the test."""
    running = Previewing(released, tmp_path / "build", _free_port())
    try:
        running.wait_for("Booting worker")
        _until(lambda: running.ask("/readyz")[0] == 200)
        yield running
    finally:
        if running.process.poll() is None:
            running.end()


def _until(true: Callable[[], bool]) -> None:
    for _ in range(300):
        try:
            if true():
                return
        except OSError:
            pass
        time.sleep(0.1)
    pytest.fail("it never came true")


def test_each_edit_is_shown_until_ctrl_c(
    previewing: Previewing, released: Path, tmp_path: Path
) -> None:
    """A good edit is served, a broken one told while the last good preview goes on."""
    address = "/v1/datasets/demo-2030/versions/draft/targets/industrial-output"
    status, fields, body = previewing.ask(address)
    assert (status, fields["Cache-Control"]) == (200, "no-store")
    assert body["links"]["self"] == f"http://127.0.0.1:{previewing.port}{address}"

    made_up.change(released, _TARGETS, ("Industrial output", "Output of industry"))
    previewing.wait_for("drafts: demo-2030")
    assert previewing.ask(address)[2]["data"]["title"]["en"] == "Output of industry"

    made_up.change(released, "vocabularies/themes.yaml", ("heal", "econ"))
    previewing.wait_for("econ stands twice in themes")
    previewing.wait_for("nothing was built; the last preview goes on")
    assert previewing.ask(address)[2]["data"]["title"]["en"] == "Output of industry"

    assert not (tmp_path / "build/current").exists()
    below = previewing.processes()
    assert len(below) >= 2  # gunicorn and its worker
    assert previewing.end() == 0
    _until(lambda: not [pid for pid in below if Path(f"/proc/{pid}").exists()])


@pytest.mark.parametrize("sent", [signal.SIGTERM, signal.SIGKILL])
def test_no_process_stays_behind(previewing: Previewing, sent: signal.Signals) -> None:
    """However it is ended."""
    below = previewing.processes()
    code = previewing.end(sent)
    assert code == (0 if sent is signal.SIGTERM else -signal.SIGKILL)
    _until(lambda: not [pid for pid in below if Path(f"/proc/{pid}").exists()])


def test_a_port_in_use_ends_it(released: Path, tmp_path: Path) -> None:
    """With what the server says, not with a watch over nothing."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        running = Previewing(released, tmp_path / "build", taken.getsockname()[1])
        running.wait_for("Error: the server ended with 1")
        assert running.process.wait(timeout=60) == 1
        running._reader.join()
        assert running.process.stdout
        running.process.stdout.close()


@pytest.mark.parametrize(
    ("bind", "address"),
    [
        ("127.0.0.1:8000", "http://127.0.0.1:8000"),
        ("0.0.0.0:80", "http://127.0.0.1:80"),
        (":8000", "http://127.0.0.1:8000"),
        ("[::]:8000", "http://[::1]:8000"),
        ("preview.example:8000", "http://preview.example:8000"),
    ],
)
def test_links_lead_to_the_preview(bind: str, address: str) -> None:
    """To where it listens, or to this machine where it listens everywhere."""
    assert address_of(bind) == address


@pytest.mark.parametrize("bind", ["8000", "unix:/tmp/socket", "host", "a:b", ""])
def test_a_preview_needs_host_and_port(bind: str) -> None:
    """Its links could lead nowhere."""
    with pytest.raises(OpendataError, match="write host and port"):
        address_of(bind)


def test_serve_refuses_a_preview(released: Path, tmp_path: Path) -> None:
    """Whoever names its folder gets no public service of drafts."""
    path = preview(released, tmp_path / "build/draft", BASE, quiet).built.path
    result = CliRunner().invoke(main, ["serve", "--store", str(tmp_path / "build/draft")])
    assert result.exit_code == 1
    said = f"Error: {path} is a preview of drafts, which only serve --draft serves\n"
    assert result.output == said
    build_store(released, tmp_path / "build")
    assert path.exists()  # builds leave it alone


def test_a_preview_is_not_built_twice() -> None:
    """``--build`` is for the public store."""
    result = CliRunner().invoke(main, ["serve", "--draft", "--build"])
    assert result.exit_code == 2
    assert "--draft builds by itself; leave --build out" in result.output
