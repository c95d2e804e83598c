"""How much data there is."""

from __future__ import annotations

from typing import NamedTuple


class Size(NamedTuple):
    """So many datasets of so many targets each."""

    name: str
    datasets: int
    each: int

    @property
    def records(self) -> int:
        """All targets together."""
        return self.datasets * self.each


SIZES = {
    size.name: size
    for size in (Size("small", 1, 300), Size("medium", 400, 250), Size("large", 3125, 320))
}
