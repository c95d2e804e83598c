"""Cursors: a place in the answer to one query, in words that outlive the store.

A cursor names the row that was read last by collection, dataset, version and place, not by
number, so that it goes on after the data were published anew. Its last part says in which
direction to read, and a check over all of it, the query and what that is asked of: one that was
altered, or taken from another query, is recognised.
"""

from __future__ import annotations

import hashlib
from typing import NamedTuple

from opendata.query.model import Query


class Cursor(NamedTuple):
    """The ``nth`` row of a collection in a version, from 1; whether to read to the beginning."""

    collection: str
    dataset: str
    version: str
    nth: int
    backward: bool = False

    def text(self, scope: str, query: Query) -> str:
        """Return the cursor as parameters carry it.

        :param scope: which rows the query is asked of; the same at each address that has them.
        """
        place = "~".join(map(str, self[:4]))
        direction = "p" if self.backward else "n"
        return f"{place}~{direction}{_check(f'{place}~{direction}', scope, query)}"


def read_cursor(text: str) -> Cursor:
    """Return the cursor that ``text``, which has the form of one, says it is."""
    collection, dataset, version, nth, direction = text.split("~")
    return Cursor(collection, dataset, version, int(nth), direction.startswith("p"))


def _check(place: str, scope: str, query: Query) -> str:
    conditions = [(c.field.name, c.operator.value, sorted({*c.values})) for c in query.conditions]
    order = [(o.field.name, o.descending) for o in query.order]
    whole = repr((place, scope, sorted(conditions), order, query.search))
    return hashlib.sha256(whole.encode()).hexdigest()[:8]
