"""Where pages of this project begin: cursors, which only the service itself can tell."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from opendata.web import create_app

#: Rows from one known place to the next, and how many places are known.
STEP = 50
PLACES = 1000


class Cursors:
    """The cursors of a store's pages, found by walking from the first."""

    def __init__(self, store: Path) -> None:
        self._store = store

    def at(self, offset: int) -> str:
        """Return the cursor that goes on after ``offset`` rows, a multiple of ``STEP``."""
        return _cursors(self._store)[offset // STEP]


def offsets(records: int) -> list[int]:
    """Return where pages begin that are walked to, the first aside."""
    return list(range(STEP, min(records, STEP * PLACES), STEP)) or [0]


@cache
def _cursors(store: Path) -> dict[int, str]:
    client = create_app(store, cache=0).test_client()
    found: dict[int, str] = {}
    following: str | None = f"/v1/targets?limit={STEP}&fields=id"
    while following and len(found) < PLACES:
        following = client.get(following).get_json()["links"]["next"]
        if following:
            found[len(found) + 1] = following.rpartition("cursor=")[2].partition("&")[0]
    return found
