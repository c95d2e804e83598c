"""Programs that run while they are measured: their CPU time and memory with all their children."""

from __future__ import annotations

import http.client
import os
import signal
import subprocess
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

_PROC = Path("/proc")
_TICKS = os.sysconf("SC_CLK_TCK")
#: Seconds that a program may take to be ready, and to end.
_READY = 120
_END = 20


class Running:
    """Programs that serve together at a port."""

    def __init__(self, port: int, processes: Sequence[subprocess.Popen[bytes]]) -> None:
        self.port = port
        self._processes = processes

    def cpu(self) -> float:
        """Return the seconds of CPU time that they have taken so far."""
        return sum(_cpu(process) for process in self._tree())

    def memory(self) -> int:
        """Return the bytes that they have in memory; what they share counts once (PSS)."""
        return sum(_memory(process) for process in self._tree())

    def ended(self) -> bool:
        """Whether one of them has ended."""
        return any(process.poll() is not None for process in self._processes)

    def _tree(self) -> list[int]:
        children: dict[int, list[int]] = {}
        for path in _PROC.glob("[0-9]*/stat"):
            fields = _stat(path)
            if fields:
                children.setdefault(int(fields[1]), []).append(int(path.parent.name))
        found = [process.pid for process in self._processes]
        for process in found:
            found.extend(children.get(process, ()))
        return found


@contextmanager
def running(
    commands: Sequence[Sequence[str]],
    port: int,
    ready: str,
    folder: Path,
    settings: Mapping[str, str],
    log: Path,
) -> Iterator[Running]:
    """Run ``commands`` until the block ends, from when ``ready`` answers at ``port``.

    :param log: the file that what they say goes to.
    :raises RuntimeError: where one ends, or none ever answers.
    """
    with log.open("wb") as said:
        processes = [
            subprocess.Popen(
                command,
                cwd=folder,
                env={**os.environ, **settings},
                stdout=said,
                stderr=said,
                start_new_session=True,
            )
            for command in commands
        ]
        found = Running(port, processes)
        try:
            _wait(found, ready, log)
            yield found
        finally:
            for process in reversed(processes):
                _end(process)


def _wait(found: Running, ready: str, log: Path) -> None:
    for _ in range(_READY * 10):
        if found.ended():
            break
        connection = http.client.HTTPConnection("127.0.0.1", found.port, timeout=5)
        try:
            connection.request("GET", ready)
            if connection.getresponse().status < 500:
                return
        except OSError:
            pass
        finally:
            connection.close()
        time.sleep(0.1)
    raise RuntimeError(f"not ready:\n{log.read_text('utf-8', 'replace')[-2000:]}")


def _end(process: subprocess.Popen[bytes]) -> None:
    process.terminate()
    try:
        process.wait(_END)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def _stat(path: Path) -> list[str]:
    """Return the fields of a process from its state on; none where it has ended."""
    try:
        return path.read_text("utf-8").rpartition(")")[2].split()
    except OSError:
        return []


def _cpu(process: int) -> float:
    fields = _stat(_PROC / str(process) / "stat")
    return (int(fields[11]) + int(fields[12])) / _TICKS if fields else 0.0


def _memory(process: int) -> int:
    try:
        text = (_PROC / str(process) / "smaps_rollup").read_text("utf-8")
    except OSError:
        return 0
    return sum(int(line.split()[1]) << 10 for line in text.splitlines() if line.startswith("Pss:"))
