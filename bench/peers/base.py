"""What a peer is to the benchmark: how it is started, asked and understood."""

from __future__ import annotations

import csv
import io
from abc import ABC, abstractmethod
from collections.abc import Sequence
from pathlib import Path
from typing import Any, ClassVar

from bench.answers import Answer, Row
from bench.data import Data
from bench.questions import Ask, Question

HERE = Path(__file__).parent


class Peer(ABC):
    """One program in its production set-up, serving the data.

    :cvar name: its folder below ``bench/peers`` and how it is chosen.
    :cvar title: what tables call it.
    :cvar ready: the address that answers once it is up.
    """

    name: ClassVar[str]
    title: ClassVar[str]
    ready: ClassVar[str] = "/"

    def __init__(self, data: Data, environments: Path, work: Path) -> None:
        """Serve ``data``.

        :param environments: the folder of the peers' own environments.
        :param work: a folder for files that it needs.
        """
        self.data = data
        self.work = work
        self._environments = environments

    @property
    def requirements(self) -> Path | None:
        """What its environment holds; ``None`` where it needs none of its own."""
        return HERE / self.name / "requirements.txt"

    @property
    def environment(self) -> Path:
        """The folder of its environment."""
        return self._environments / self.name

    def program(self, name: str) -> str:
        """Return the path of a program in its environment."""
        return str(self.environment / "bin" / name)

    def prepare(self) -> None:  # noqa: B027
        """Make the files that it needs before it starts, if any."""

    @abstractmethod
    def commands(self, port: int) -> list[Sequence[str]]:
        """Return the commands that serve at ``port``; they run until they are ended."""

    @abstractmethod
    def ask(self, question: Question) -> Ask | None:
        """Return how it is asked; ``None`` for what it does not offer."""

    @abstractmethod
    def read(self, question: Question, body: bytes) -> Answer:
        """Return what its answer says."""

    def settings(self) -> dict[str, str]:
        """Return the environment variables that it is started with."""
        return {}

    def folder(self) -> Path:
        """Return the folder that it is started in."""
        return HERE / self.name


def rows_of_csv(body: bytes) -> list[Row]:
    """Return the rows of a table."""
    return list(csv.DictReader(io.StringIO(body.decode())))


def flat(row: dict[str, Any]) -> Row:
    """Return what is checked of a row of the peers' table."""
    return {name: row[name] for name in ("id", "title_en", "value")}
