"""Changes of several versions put together: what they come to from the first to the last.

What changed and changed back is nothing, what was added and then changed was added. A record that
was renamed stays one record; links that only follow such a record have not changed.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, NamedTuple

from opendata.formats.json import dump
from opendata.query.changes import COMPARED
from opendata.records import COLLECTIONS

#: Of each part, the collections that the columns of links lead to.
_LINKS = [COLLECTIONS[name].links if name in COLLECTIONS else {} for name in COMPARED]
_PLACES = {name: place for place, name in enumerate(COMPARED)}
#: What a record of any part is called.
_TITLES = ("title", "term", "label")
#: Where a record was renamed, these tell of nothing else.
_PREVIOUS_IDS = "previous_ids"


class Change(NamedTuple):
    """What became of one record; ``fields``, ``reason`` and ``corrections`` are ready JSON.

    ``place`` is that of its part in :data:`opendata.query.changes.COMPARED`, ``thread`` the first
    id that it ever had.
    """

    place: int
    thread: str
    version_key: int
    id: str
    kind: str
    previous_id: str | None
    title_zh: str
    title_en: str
    fields: bytes
    reason: bytes
    successor: str | None
    corrections: bytes
    state: bytes | None = None

    @property
    def collection(self) -> str:
        """The part that the record is of."""
        return COMPARED[self.place]


@dataclass(slots=True)
class Renames:
    """The ids that records had in the first and have in the last of some versions, by any id."""

    first: dict[tuple[int, str], str] = field(default_factory=dict)
    last: dict[tuple[int, str], str] = field(default_factory=dict)

    def __bool__(self) -> bool:
        return bool(self.first)


def renames_of(steps: Iterable[tuple[int, str, str]]) -> Renames:
    """Return what renames come to: part, id before and id after of each, oldest first."""
    found = Renames()
    latest: dict[tuple[int, str], str] = {}
    for place, old, new in steps:
        first = found.first.setdefault((place, old), old)
        found.first[place, new] = first
        latest[place, first] = new
    for (place, name), first in found.first.items():
        found.last[place, name] = latest[place, first]
    return found


def collapse(steps: Sequence[Change], renames: Renames) -> Change | None:
    """Return what the changes of one record, a version after the other, come to.

    :param renames: those of every record in these versions.
    """
    first, last = steps[0], steps[-1]
    stood, stands = first.kind != "added", last.kind != "removed"
    if len(steps) == 1 and not (renames and stood and stands):
        return first
    told: dict[str, Any] = {"corrections": _joined(steps), "fields": b"[]", "state": None}
    if not stood:
        return last._replace(kind="added", previous_id=None, **told) if stands else None
    was = first.previous_id or first.id
    if not stands:
        title = _title_before(steps)
        return last._replace(
            id=was,
            previous_id=None,
            title_zh=title.get("zh", last.title_zh),
            title_en=title.get("en", last.title_en),
            **told,
        )
    moved = was != last.id
    fields = [
        change
        for change in _net(steps, _LINKS[last.place], renames)
        if not (moved and change["field"] == _PREVIOUS_IDS)
    ]
    if not fields and not moved:
        return None
    kind = "renamed"
    if fields:
        kind = "reworded" if all(change["own_words"] for change in fields) else "changed"
    told["fields"] = dump(fields)
    return last._replace(
        kind=kind, previous_id=was if moved else None, reason=b"null", successor=None, **told
    )


def _net(
    steps: Sequence[Change], links: Mapping[str, str], renames: Renames
) -> Iterator[dict[str, Any]]:
    """Yield the fields that are not in the end what they were at first."""
    found: dict[str, dict[str, Any]] = {}
    for step in steps:
        for change in _fields(step):
            known = found.setdefault(change["field"], change)
            known["new"] = change["new"]
    for name, change in found.items():
        meant = change["old"]
        if name in links:
            place = _PLACES[links[name]]
            change["old"] = _renamed(change["old"], place, renames.first)
            change["new"] = _renamed(change["new"], place, renames.last)
            meant = _renamed(change["old"], place, renames.last)
        if meant != change["new"]:
            yield change


def _fields(step: Change) -> Iterator[dict[str, Any]]:
    """Yield the fields of one step; what is gone or has come changed in all of them."""
    if step.state is None:
        yield from _read(step.fields)
        return
    for leaf in _read(step.state):
        value = leaf.pop("value")
        old, new = (value, None) if step.kind == "removed" else (None, value)
        flags = {name: leaf[name] for name in ("own_words", "defining")}
        yield {"field": leaf["field"], "old": old, "new": new, **flags}


def _renamed(ids: list[str], place: int, names: Mapping[tuple[int, str], str]) -> list[str]:
    return sorted(names.get((place, name), name) for name in ids)


def _title_before(steps: Sequence[Change]) -> dict[str, str]:
    """Return, by language, what the record was called at first where that is another title."""
    found: dict[str, str] = {}
    for step in steps:
        for change in _read(step.fields):
            stem, _, language = change["field"].rpartition("_")
            if stem in _TITLES:
                found.setdefault(language, change["old"])
    return found


def _joined(steps: Sequence[Change]) -> bytes:
    """Return the corrections of all steps as one list."""
    members = [step.corrections[1:-1] for step in steps if step.corrections != b"[]"]
    return b"[" + b",".join(members) + b"]"


def _read(content: bytes) -> list[dict[str, Any]]:
    """Read JSON with exact numbers."""
    found: list[dict[str, Any]] = json.loads(content, parse_float=Decimal, parse_int=Decimal)
    return found
