"""Load: wrk with sixteen connections that are kept, and what it tells."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from bench.questions import Ask

_LUA = Path(__file__).with_name("requests.lua")
CONNECTIONS = 16

_UNITS = {"us": 0.001, "ms": 1.0, "s": 1000.0, "m": 60_000.0}
_LATENCY = re.compile(r"^\s+(50|99)%\s+([0-9.]+)(us|ms|s|m)\s*$", re.MULTILINE)
_RATE = re.compile(r"^Requests/sec:\s+([0-9.]+)$", re.MULTILINE)
_COUNT = re.compile(r"^\s+([0-9]+) requests in ", re.MULTILINE)
_FAULTS = re.compile(r"^\s+(Non-2xx or 3xx responses: .*|Socket errors: .*)$", re.MULTILINE)


class Load(NamedTuple):
    """Requests a second, milliseconds until half and 99 % were answered, how many there were."""

    rate: float
    p50: float
    p99: float
    requests: int


def load(port: int, asks: Sequence[Ask], seconds: int, work: Path) -> Load:
    """Ask again and again, in this order, for ``seconds``; slow ones may not have answered then.

    :raises RuntimeError: where answers fail.
    """
    listed = work / "requests.txt"
    listed.write_text("".join(map(_line, asks)), "utf-8")
    options = ["-t1", f"-c{CONNECTIONS}", f"-d{seconds}s", "--latency", "-s", str(_LUA)]
    command = ["wrk", *options, f"http://127.0.0.1:{port}", "--", str(listed)]
    said = subprocess.run(command, check=True, capture_output=True, text=True)
    return told(said.stdout)


def told(said: str) -> Load:
    """Return what wrk's report says.

    :raises RuntimeError: where answers failed, or there were none.
    """
    faults, rate, count = _FAULTS.search(said), _RATE.search(said), _COUNT.search(said)
    latency = {share: float(n) * _UNITS[unit] for share, n, unit in _LATENCY.findall(said)}
    if faults or rate is None or count is None or len(latency) < 2:
        raise RuntimeError(faults[1] if faults else f"no answers:\n{said}")
    return Load(float(rate[1]), latency["50"], latency["99"], int(count[1]))


def _line(ask: Ask) -> str:
    fields = [ask.method, ask.path, ask.body, *(part for field in ask.headers for part in field)]
    return "\t".join(fields) + "\n"
