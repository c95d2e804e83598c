"""Threads: what was renamed goes by the first id it had, so that its changes come together."""

from __future__ import annotations

from sqlalchemy import bindparam, select, update
from sqlalchemy.engine import Connection

from opendata.store.layout import changes

_RENAMES = select(changes.c.place, changes.c.id, changes.c.previous_id).where(
    changes.c.version_key == bindparam("key"), changes.c.previous_id.is_not(None)
)
_SET_THREAD = (
    update(changes)
    .where(
        changes.c.version_key == bindparam("key"),
        changes.c.place == bindparam("part"),
        changes.c.id == bindparam("name"),
    )
    .values(thread=bindparam("first"))
)


class Threads:
    """The records of one dataset after another that have another id than their first."""

    def __init__(self) -> None:
        self._dataset = ""
        self._first: dict[tuple[int, str], str] = {}

    def follow(self, connection: Connection, key: int, dataset: str) -> None:
        """Give the changes of a version, the next of its dataset, the threads they belong to."""
        if dataset != self._dataset:
            self._dataset, self._first = dataset, {}
        for place, name, previous in connection.execute(_RENAMES, {"key": key}).all():
            self._first[place, name] = self._first.get((place, previous), previous)
        rows = [
            {"key": key, "part": place, "name": name, "first": first}
            for (place, name), first in self._first.items()
        ]
        if rows:
            connection.execute(_SET_THREAD, rows)
