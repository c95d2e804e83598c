"""Releases and corrections in one line of time, no two at the same moment.

Many versions may be published at once, but readers of feeds take entries with one time for one
entry, or sort them at will. So moments that coincide are moved apart by whole seconds, always
back: no moment lies in the future, and what is published later moves none of those before it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from opendata.discovery.model import Correction, Release

_SECOND = timedelta(seconds=1)


@dataclass(frozen=True, slots=True)
class Event:
    """A release or, where there is one, a correction that it makes.

    ``moment`` is when it happened (RFC 3339, UTC, whole seconds); ``affected`` are the versions
    that a correction is about, oldest first.
    """

    moment: str
    release: Release
    correction: Correction | None = None
    affected: tuple[str, ...] = ()


def events(releases: Sequence[Release], corrections: Iterable[Correction]) -> list[Event]:
    """Return everything that happened, oldest first.

    :param releases: those of one dataset stand in the order of their versions.
    """
    made: dict[tuple[str, str], list[Correction]] = {}
    for correction in corrections:
        made.setdefault((correction.dataset, correction.version), []).append(correction)
    versions: dict[str, list[str]] = {}
    for release in releases:
        versions.setdefault(release.dataset, []).append(release.version)
    found: list[Event] = []
    for release in sorted(releases, key=lambda release: release.published):  # stable
        found.append(Event(release.published, release))
        own = made.get((release.dataset, release.version), [])
        for correction in sorted(own, key=lambda correction: correction.number):
            affected = _affected(versions[release.dataset], correction)
            found.append(Event(release.published, release, correction, affected))
    return _apart(found)


def _affected(versions: list[str], correction: Correction) -> tuple[str, ...]:
    first, end = versions.index(correction.since), versions.index(correction.version)
    return tuple(versions[first:end])


def _apart(found: list[Event]) -> list[Event]:
    following: datetime | None = None
    moved: list[Event] = []
    for event in reversed(found):
        moment = datetime.fromisoformat(event.moment)
        if following is not None:
            moment = min(moment, following - _SECOND)
        following = moment
        text = f"{moment:%Y-%m-%dT%H:%M:%SZ}"
        moved.append(Event(text, event.release, event.correction, event.affected))
    return moved[::-1]
