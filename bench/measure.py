"""Measuring: everybody in turn, request by request, round by round."""

from __future__ import annotations

import http.client
import statistics
import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

from bench.answers import Table
from bench.data import Data
from bench.load import Load, load
from bench.pages import offsets
from bench.peers import Peer
from bench.processes import Running, running
from bench.questions import COLD, HOT, Ask, Kind, Question, cold, in_turn
from bench.ratios import Figures

_FIRST_PORT = 9310
#: Different questions of a kind in a round of cold ones.
_DIFFERENT = 20_000
#: Seconds; wrk knows whole ones only.
_WARM_UP = 1
#: Seconds after which nobody is waited for any more.
_LONGEST = 60


@dataclass
class Measured:
    """Medians by kind of request and name of the peer, and the most memory of each in bytes."""

    hot: dict[Kind, dict[str, Figures]] = field(default_factory=dict)
    cold: dict[Kind, dict[str, Figures]] = field(default_factory=dict)
    memory: dict[str, int] = field(default_factory=dict)


class Plan(NamedTuple):
    """How long, how often and whether with different questions too."""

    rounds: int
    seconds: int
    cold: bool


def measure(
    data: Data, peers: Sequence[Peer], plan: Plan, work: Path, kinds: Iterable[Kind] = tuple(HOT)
) -> Measured:
    """Start all ``peers``, check their answers, and measure them.

    Those who wait keep still: nothing but who is asked has work to do.

    :param kinds: what is asked again and again.
    :raises RuntimeError: where an answer is wrong.
    """
    with ExitStack() as stack:
        up = {
            peer.name: _Started(peer, stack.enter_context(_start(peer, port, work)), work)
            for port, peer in enumerate(peers, _FIRST_PORT)
        }
        table, found = Table(data.table), Measured()
        questions = {kind: [HOT[kind]] for kind in kinds}
        _measure(up, table, (questions for _ in range(plan.rounds)), plan.seconds, found.hot)
        if plan.cold:
            _measure(up, table, _ever_different(data, plan.rounds), plan.seconds, found.cold)
        found.memory = {name: started.most_memory for name, started in up.items()}
    return found


def _start(peer: Peer, port: int, work: Path) -> AbstractContextManager[Running]:
    peer.prepare()
    log = work / f"{peer.name}.log"
    return running(peer.commands(port), port, peer.ready, peer.folder(), peer.settings(), log)


def _ever_different(data: Data, rounds: int) -> Iterator[Mapping[Kind, list[Question]]]:
    places = offsets(data.size.records)
    for turn in range(rounds):
        yield {kind: cold(kind, data.size, places, turn, _DIFFERENT) for kind in COLD}


def _measure(
    up: Mapping[str, _Started],
    table: Table,
    rounds: Iterator[Mapping[Kind, list[Question]]],
    seconds: int,
    found: dict[Kind, dict[str, Figures]],
) -> None:
    every: dict[tuple[Kind, str], list[Figures]] = defaultdict(list)
    for number, questions in enumerate(rounds):
        for kind, asked in questions.items():
            print(f"round {number + 1}: {kind.value}", file=sys.stderr)  # noqa: T201
            for name, started in up.items():
                if number == 0:
                    started.check(asked, table)
                    started.warm_up(asked)
                figures = started.figures(asked, seconds)
                if figures:
                    every[kind, name].append(figures)
    for (kind, name), all_figures in every.items():
        medians = Figures(*map(statistics.median, zip(*all_figures, strict=True)))
        found.setdefault(kind, {})[name] = medians


class _Started:
    """A peer that runs."""

    def __init__(self, peer: Peer, running: Running, work: Path) -> None:
        self._peer = peer
        self._running = running
        self._work = work
        self.most_memory = 0

    def check(self, questions: Sequence[Question], table: Table) -> None:
        """Check the answers to some questions.

        :raises RuntimeError: where one is wrong.
        """
        for question in in_turn(questions):
            ask = self._ask(question)
            if ask is None:
                return
            status, _, body = self._fetch(ask)
            fault: str | None = f"status {status}"
            if question.kind is Kind.UNCHANGED:
                fault = None if (status, body) == (304, b"") else fault
            elif status == 200:
                fault = table.fault(question, self._peer.read(question, body))
            if fault:
                raise RuntimeError(f"{self._peer.title} answers {ask} wrong: {fault}")

    def warm_up(self, questions: Sequence[Question]) -> None:
        """Ask for what will be asked again; what is only asked once stays unknown."""
        ask = self._ask(questions[0]) if len(questions) == 1 else None
        if ask:
            self._load([ask], _WARM_UP)

    def figures(self, questions: Sequence[Question], seconds: int) -> Figures | None:
        """Ask for ``seconds``; ``None`` where that is not offered."""
        asks = [ask for ask in map(self._ask, questions) if ask]
        if not asks:
            return None
        try:
            told, spent = self._load(asks, seconds)
        except RuntimeError as error:
            raise RuntimeError(f"{self._peer.title}, asked {asks[0]}: {error}") from error
        self.most_memory = max(self.most_memory, self._running.memory())
        return Figures(told.rate, told.p50, told.p99, spent / told.requests * 1e6)

    def _load(self, asks: Sequence[Ask], seconds: int) -> tuple[Load, float]:
        """Return what was answered and the seconds of CPU time it took.

        Who has answered nobody yet gets twice as long.
        """
        before = self._running.cpu()
        told = load(self._running.port, asks, seconds, self._work)
        if not told.requests and seconds < _LONGEST:
            return self._load(asks, 2 * seconds)
        return told, self._running.cpu() - before

    def _ask(self, question: Question) -> Ask | None:
        ask = self._peer.ask(question)
        if ask is None or question.kind is not Kind.UNCHANGED:
            return ask
        tag = self._fetch(ask)[1].get("ETag")
        return ask._replace(headers=(("If-None-Match", tag),)) if tag else None

    def _fetch(self, ask: Ask) -> tuple[int, http.client.HTTPMessage, bytes]:
        connection = http.client.HTTPConnection("127.0.0.1", self._running.port, timeout=600)
        try:
            connection.request(ask.method, ask.path, ask.body or None, dict(ask.headers))
            response = connection.getresponse()
            return response.status, response.headers, response.read()
        finally:
            connection.close()
