"""Ids through the versions of a dataset: none is ever used again, and none is lost in silence.

A record may leave the data from 1.0.0 on only as withdrawn (``changes.yaml``) or under another id,
whose record names the old one in ``previous_ids``; there it stays. Versions released before there
was a ``changes.yaml`` are taken as they are.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from opendata.errors import Fault, Problem
from opendata.reader import Version
from opendata.reader.file import DataFile
from opendata.reader.ledger import CHANGES
from opendata.records import COLLECTIONS
from opendata.versions.folders import VersionFolder

#: From this version on readers rely on what is there.
STABLE = (1, 0, 0)

_Place = tuple[str | int, ...]


@dataclass(frozen=True, slots=True)
class Ids:
    """What lineage needs of a version: no record, only ids.

    ``current`` are the ids of each collection, ``previous`` leads from a former id to that of its
    record, ``withdrawn`` is ``None`` where the version has no ``changes.yaml``.
    """

    folder: VersionFolder
    current: Mapping[str, frozenset[str]]
    previous: Mapping[str, Mapping[str, str]]
    withdrawn: Mapping[str, frozenset[str]] | None


@dataclass(slots=True)
class _Past:
    """What a collection was before: in which version an id last stood, and what was withdrawn."""

    last: dict[str, str] = field(default_factory=dict)
    withdrawn: dict[str, str] = field(default_factory=dict)


def ids_of(folder: VersionFolder, version: Version) -> Ids:
    """Return the ids of a valid version."""
    records, ledger = version.collections, version.ledger
    withdrawn = None
    if ledger is not None:
        withdrawn = {
            name: frozenset(w["id"] for w in ledger["withdrawals"] if w["collection"] == name)
            for name in COLLECTIONS
        }
    return Ids(
        folder,
        {name: frozenset(record["id"] for record in found) for name, found in records.items()},
        {
            name: {old: record["id"] for record in found for old in record["previous_ids"]}
            for name, found in records.items()
        },
        withdrawn,
    )


def check_lineage(versions: Sequence[Ids], problems: list[Problem]) -> None:
    """Check the ids of one dataset's versions, oldest first, a draft last."""
    for name in COLLECTIONS:
        past = _Past()
        before: Ids | None = None
        for version in versions:
            for place, fault in _faults(name, past, before, version):
                problems.append(_problem(version.folder, name, place, fault))
            at = version.folder.version
            past.last.update(dict.fromkeys(version.current[name], at))
            past.withdrawn.update(dict.fromkeys((version.withdrawn or {}).get(name, ()), at))
            before = version


#: Where a fault stands: at a record by its id, or at a withdrawal of that id.
_Named = tuple[str, str]


def _faults(
    name: str, past: _Past, before: Ids | None, version: Ids
) -> Iterator[tuple[_Named, Fault]]:
    earlier = before.current[name] if before else frozenset()
    former = before.previous[name] if before else {}
    yield from _used_again(version.current[name] - earlier, past, former)
    yield from _false_former(version.previous[name], past, earlier, former)
    yield from _lost_former(name, former, version)
    if before is not None:
        yield from _vanished(name, before, version)
    for gone in sorted((version.withdrawn or {}).get(name, frozenset()) - earlier):
        since = f"it last stood in {past.last[gone]}" if gone in past.last else "no version had it"
        where = f"version {before.folder.version}" if before else "any version before"
        said = f"{gone} did not stand in {where}, so it cannot be withdrawn"
        yield ("withdrawal", gone), Fault(said, f"remove the withdrawal; {since}")


def _used_again(
    new: frozenset[str], past: _Past, former: Mapping[str, str]
) -> Iterator[tuple[_Named, Fault]]:
    for again in sorted(new):
        if again in former:
            said = f"{again} is a previous id of {former[again]}"
        elif again in past.last:
            said = f"{again} was the id of a record until {past.last[again]}"
        else:
            continue
        yield ("id", again), Fault(said, "give the record another id; none is ever used again")


def _false_former(
    previous: Mapping[str, str], past: _Past, earlier: frozenset[str], former: Mapping[str, str]
) -> Iterator[tuple[_Named, Fault]]:
    for old, now in sorted(previous.items()):
        if old in former:
            continue
        if old not in past.last:
            fault = Fault(f"{old} was never the id of a record", "correct it or remove it")
        elif old in past.withdrawn:
            said = f"{old} was withdrawn in {past.withdrawn[old]}"
            fault = Fault(said, "remove it here; what was withdrawn was not renamed")
        elif old in earlier and now in earlier:
            said = f"{old} and {now} were two records"
            fix = f"withdraw {old} in {CHANGES} with {now} as its successor, and remove it here"
            fault = Fault(said, fix)
        else:
            continue
        yield ("previous_ids", now), fault


def _lost_former(
    name: str, former: Mapping[str, str], version: Ids
) -> Iterator[tuple[_Named, Fault]]:
    current, previous = version.current[name], version.previous[name]
    for old, had in sorted(former.items()):
        now = had if had in current else previous.get(had)
        if now is not None and previous.get(old) != now:
            fix = f"add it to previous_ids of {now}; they are never removed"
            yield ("id", now), Fault(f"lacks its previous id {old}", fix)


def _vanished(name: str, before: Ids, version: Ids) -> Iterator[tuple[_Named, Fault]]:
    number = before.folder.number
    if version.withdrawn is None or number is None or number < STABLE:
        return
    gone = before.current[name] - version.current[name] - version.previous[name].keys()
    for lost in sorted(gone - version.withdrawn[name]):
        said = f"{lost} of {name} stands in {before.folder.version} and is gone without a word"
        fix = (
            f"add to withdrawals: {{collection: {name}, id: {lost}, reason: {{zh: …, en: …}}}}, "
            "or, where it was renamed, name it in previous_ids of the record"
        )
        yield ("withdrawals", lost), Fault(said, fix)


def _problem(folder: VersionFolder, name: str, named: _Named, fault: Fault) -> Problem:
    """Place a fault at its line: the file is read again, which costs only where there is one."""
    kind, of = named
    in_changes = kind in ("withdrawal", "withdrawals")
    found: list[Problem] = []
    file = DataFile(folder.path / (CHANGES if in_changes else COLLECTIONS[name].file), found)
    place: _Place = ("withdrawals",) if kind == "withdrawals" else ()
    records: Any = file.value.get("withdrawals", ()) if in_changes else file.value
    for index, record in enumerate(records or ()):
        if record["id"] == of:
            place = ("withdrawals", index, "id") if in_changes else (index, kind)
    file.problem(place, fault)
    return found[-1]
