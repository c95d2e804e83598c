"""Where in the rows of a query an answer stands, and which pages are beside it."""

from __future__ import annotations

from dataclasses import dataclass

from opendata.query.cursor import Cursor
from opendata.query.reading import Request
from opendata.records import Collection
from opendata.spec.links import Turns
from opendata.store import Lost, LostPlaceError, Part, Position, Scope, Start, Store


@dataclass(frozen=True, slots=True)
class Places:
    """The rows of ``scope`` that ``asked`` selects, page by page.

    :param pinned: the path in its version without suffix, which cursors belong to.
    """

    store: Store
    collection: Collection
    scope: Scope
    asked: Request
    pinned: str

    def start(self) -> Start | None:
        """Return where to go on, as the cursor of the request says.

        :raises LostPlaceError: where the version of the cursor is not there, or not the one that
            is asked any more, or has no such row.
        """
        cursor, version = self.asked.cursor, self.scope.version
        if cursor is None:
            return None
        if version or self.scope.dataset is None:  # latest versions, or this one
            held = version or self.store.version(cursor.dataset)
            if held is None or cursor.version != held.version:
                raise LostPlaceError(Lost.VERSION)
        position = Position(cursor.dataset, cursor.version, cursor.nth)
        return Start(self.store.row(self.collection.name, position), cursor.backward)

    def turns(self, part: Part, start: Start | None) -> Turns:
        """Return the cursors of the pages before and after ``part``, which began at ``start``."""
        if not part.rows:
            return Turns()
        backward = bool(start and start.backward)
        before = part.more if backward else start is not None
        after = part.more if not backward else start is not None
        return Turns(
            self._cursor(part.rows[0], backward=True) if before else None,
            self._cursor(part.rows[-1], backward=False) if after else None,
        )

    def _cursor(self, row: int, *, backward: bool) -> str:
        position = self.store.position(self.collection.name, row)
        cursor = Cursor(self.collection.name, *position, backward)
        return cursor.text(self.pinned, self.asked.query)
