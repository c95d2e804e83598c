"""What was measured: tables for people, and JSON for the next run to compare with."""

from __future__ import annotations

import os
import platform
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import orjson

from bench.data import Size
from bench.measure import Measured, Plan
from bench.peers import PEERS, RIVALS
from bench.peers.settings import SETTINGS
from bench.questions import Kind
from bench.ratios import Figures, ratios

Tables = Mapping[str, Mapping[str, Figures]]

#: What serves files, which nothing can be faster than.
_LIMIT = "nginx"

_HEAD = """\
| | requests/s | p50 ms | p99 ms | CPU µs a request | requests/s, × best peer | CPU, × best peer |
|---|--:|--:|--:|--:|--:|--:|"""


def to_json(size: Size, plan: Plan, measured: Measured) -> bytes:
    """Return everything, for programs."""
    told = {
        "size": size.name,
        "records": size.records,
        "rounds": plan.rounds,
        "seconds": plan.seconds,
        "machine": _machine(),
        "hot": _plain(measured.hot),
        "cold": _plain(measured.cold),
        "memory": measured.memory,
    }
    return orjson.dumps(told, option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE)


def read_hot(path: Path) -> Tables:
    """Return the hot figures of a file that :func:`to_json` made."""
    hot: dict[str, dict[str, Any]] = orjson.loads(path.read_bytes())["hot"]
    return {
        kind: {name: Figures(**figures) for name, figures in found.items()}
        for kind, found in hot.items()
    }


def to_markdown(size: Size, plan: Plan, measured: Measured) -> str:
    """Return the tables."""
    return "\n".join(_lines(size, plan, measured)) + "\n"


def _lines(size: Size, plan: Plan, measured: Measured) -> Iterator[str]:
    yield f"# {size.records:,} records, {size.each} a dataset"
    yield ""
    yield f"`make bench SIZE={size.name}`: medians of {plan.rounds} interleaved rounds of"
    yield f"{plan.seconds} s, wrk with 16 connections that are kept. {_machine()}"
    yield f"{_pins()}. The best peer is the best of those without “opendata” and “nginx”."
    yield ""
    yield from _summary(measured.hot)
    for title, tables in (
        ("Hot: the same request again and again", measured.hot),
        ("Cold: every request another", measured.cold),
    ):
        for kind, found in tables.items():
            yield f"## {title}: {kind.value}"
            yield ""
            yield _HEAD
            yield from (_line(name, found) for name in PEERS if name in found)
            yield ""
    yield "## Memory"
    yield ""
    yield "The most that each had, all its processes together; what they share counts once (PSS)."
    yield ""
    yield "| | MB |"
    yield "|---|--:|"
    yield from (f"| {PEERS[n].title} | {m / 1e6:,.0f} |" for n, m in measured.memory.items())


def settings_to_markdown(measured: Measured) -> str:
    """Return the table of settings of one server."""
    lines = ["| | setting | requests/s | p50 ms | p99 ms | CPU µs a request |"]
    lines.append("|---|---|--:|--:|--:|--:|")
    for kind, found in measured.hot.items():
        for name, one in found.items():
            cells = f"{one.rate:,.0f} | {one.p50:.2f} | {one.p99:.1f} | {one.cpu:,.0f}"
            lines.append(f"| {kind.value} | {SETTINGS[name].title} | {cells} |")
    return "\n".join(lines) + "\n"


def _summary(tables: Mapping[Kind, Mapping[str, Figures]]) -> Iterator[str]:
    """Yield a table of requests a second, and in brackets how many times as many as the best peer.

    nginx stands beside, in front of the service or not, as a share of what it does with a file.
    """
    yield "| requests a second | " + " | ".join(PEERS[name].title for name in PEERS) + " |"
    yield "|---|" + "--:|" * len(PEERS)
    for kind, found in tables.items():
        cells = (_cell(name, found) if name in found else "–" for name in PEERS)
        yield f"| {kind.value} | {' | '.join(cells)} |"
    yield ""


def _cell(name: str, found: Mapping[str, Figures]) -> str:
    one, limit = found[name], found.get(_LIMIT)
    if name in RIVALS or name == _LIMIT:
        return f"{one.rate:,.0f}"
    if name.startswith(_LIMIT):
        return f"{one.rate:,.0f} ({one.rate / limit.rate:.0%})" if limit else f"{one.rate:,.0f}"
    compared = ratios(one, [found[rival] for rival in RIVALS if rival in found])
    return f"{one.rate:,.0f} (×{compared.rate:.1f})" if compared else f"{one.rate:,.0f}"


def _line(name: str, found: Mapping[str, Figures]) -> str:
    one = found[name]
    compared = None
    if name not in RIVALS:
        compared = ratios(one, [found[rival] for rival in RIVALS if rival in found])
    times = [f"{ratio:.1f}" for ratio in compared] if compared else ["", ""]
    cells = [f"{one.rate:,.0f}", f"{one.p50:.2f}", f"{one.p99:.1f}", f"{one.cpu:,.0f}", *times]
    return f"| {PEERS[name].title} | {' | '.join(cells)} |"


def _plain(tables: Mapping[Kind, Mapping[str, Figures]]) -> dict[str, Any]:
    return {
        kind.value: {
            name: {what: round(figure, 2) for what, figure in figures._asdict().items()}
            for name, figures in found.items()
        }
        for kind, found in tables.items()
    }


def _machine() -> str:
    described = Path("/proc/cpuinfo").read_text("utf-8").splitlines()
    models = [line.partition(": ")[2] for line in described if line.startswith("model name")]
    model = models[0] if models else platform.machine()
    release, python = platform.release(), platform.python_version()
    return f"{os.cpu_count()} cores of {model}, Linux {release}, Python {python}."


def _pins() -> str:
    """Return which versions of the peers were measured."""
    named = {*RIVALS, "gunicorn", "uvicorn", "flask-smorest"}
    found = set()
    for path in (Path(__file__).parent / "peers").glob("*/requirements.txt"):
        pins = (line.strip().partition("==") for line in path.read_text("utf-8").splitlines())
        found |= {f"{name} {version}" for name, _, version in pins if name in named}
    return ", ".join(sorted(found))
