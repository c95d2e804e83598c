"""What a run did, and what it found wrong."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, NamedTuple


class Finding(NamedTuple):
    """What is wrong, and where: an address, a file, or what is inside one."""

    place: str
    message: str

    def __str__(self) -> str:
        return f"{self.place}: {self.message}"


@dataclass(slots=True)
class Report:
    """What a run of the mirror did.

    ``fetched``, ``unchanged`` and ``removed`` count files, ``size`` counts bytes of bodies
    received, ``seconds`` is wall-clock time; ``complete`` tells whether the copy now holds all
    that the origin does.
    """

    fetched: int = 0
    unchanged: int = 0
    removed: int = 0
    size: int = 0
    seconds: float = 0
    failed: list[Finding] = field(default_factory=list)

    @property
    def complete(self) -> bool:
        return not self.failed

    def values(self) -> dict[str, Any]:
        """Return the report as values for JSON."""
        return {
            "complete": self.complete,
            "fetched": self.fetched,
            "unchanged": self.unchanged,
            "removed": self.removed,
            "failed": [finding._asdict() for finding in self.failed],
            "bytes": self.size,
            "seconds": round(self.seconds, 3),
        }
