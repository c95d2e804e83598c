"""Ratios: how many times as good as another one."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import NamedTuple


class Figures(NamedTuple):
    """Requests a second, latency in milliseconds, CPU time a request in microseconds."""

    rate: float
    p50: float
    p99: float
    cpu: float


class Ratios(NamedTuple):
    """How many times as many requests a second, and how many times less CPU time for each."""

    rate: float
    cpu: float


def ratios(one: Figures, others: Iterable[Figures]) -> Ratios | None:
    """Return how ``one`` compares with the best of ``others``; ``None`` where there are none."""
    found = list(others)
    if not found:
        return None
    fastest, thriftiest = max(f.rate for f in found), min(f.cpu for f in found)
    return Ratios(one.rate / fastest, thriftiest / one.cpu)


Table = Mapping[str, Mapping[str, Figures]]


def fallen(committed: Table, now: Table, ours: str, other: str, share: float) -> list[str]:
    """Return what fell under ``share`` of the committed ratio of CPU time: a line for each kind.

    CPU time a request is compared, in the same run, since other work on the machine disturbs it
    least.
    """
    lines = []
    for kind, before in committed.items():
        if ours not in before or other not in before:
            continue
        was = ratios(before[ours], [before[other]])
        found = ratios(now[kind][ours], [now[kind][other]]) if kind in now else None
        assert was is not None
        if found is None:
            lines.append(f"{kind}: not measured")
        elif found.cpu < share * was.cpu:
            lines.append(f"{kind}: {found.cpu:.1f} times as good as {other}, was {was.cpu:.1f}")
    return lines
