"""Since when a version was wrong: found by looking back through the releases."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from opendata.changes import stated
from opendata.changes.declared import names_of
from opendata.reader import Version


def fill_since(
    ledger: dict[str, Any], draft: Version, releases: Iterable[tuple[str, Version]]
) -> None:
    """Write ``since`` into each correction: the first version of the run that ends in the latest.

    In that run of versions without a gap the corrected value was the old one; records are followed
    through their ids. Of several values the one that was wrong first counts.

    :param releases: the released versions with their numbers, latest first; read one at a time,
        no further back than needed.
    """
    runs = [_Run(correction) for correction in ledger["corrections"]]
    later: Version = draft
    for number, version in releases:
        going = [run for run in runs if run.follow(number, version, later)]
        if not going:
            break
        later = version


class _Run:
    """How far back the values of one correction reach."""

    def __init__(self, correction: dict[str, Any]) -> None:
        self._correction = correction
        self._ids = {name: name for name in correction["ids"]}
        self._old: dict[tuple[str, tuple[str, ...]], Any] | None = None

    def follow(self, number: str, version: Version, later: Version) -> bool:
        """Look at an older version; tell whether a value there still is the old one."""
        part = self._correction["collection"]
        self._ids = {
            now: earlier
            for now, then in self._ids.items()
            if (earlier := _earlier_id(part, then, later, version)) is not None
        }
        values = self._of(part, version, self._ids)
        if self._old is None:
            new = self._of(part, later, {name: name for name in self._ids})
            self._old = {fact: value for fact, value in values.items() if new[fact] != value}
        else:
            old = self._old.items()
            self._old = {f: value for f, value in old if f in values and values[f] == value}
        if self._old:
            self._correction["since"] = number
        return bool(self._old)

    def _of(
        self, part: str, version: Version, ids: Mapping[str, str]
    ) -> dict[tuple[str, tuple[str, ...]], Any]:
        """Return the values of the corrected columns, by present id and path."""
        columns = set(self._correction["columns"])
        leaves = stated(version, [(part, name) for name in ids.values()])
        return {
            (now, leaf.path): leaf.value
            for now, name in ids.items()
            for leaf in leaves[part, name]
            if columns & names_of(leaf.path)
        }


def _earlier_id(part: str, name: str, later: Version, version: Version) -> str | None:
    """Return the id that a record of ``later`` has in the ``version`` before, if it was there."""
    if part not in version.collections:
        return name if name in _members(part, version) else None
    there = {record["id"] for record in version.collections[part]}
    if name in there:
        return name
    previous: list[str] = next(
        (r["previous_ids"] for r in later.collections[part] if r["id"] == name), []
    )
    return next((old for old in reversed(previous) if old in there), None)


def _members(part: str, version: Version) -> Mapping[str, object]:
    if part == "sections":
        return {section["id"]: section for _, section in version.sections()}
    if part == "documents":
        return {document["id"]: document for document in version.description["documents"]}
    return {part: version.description}
