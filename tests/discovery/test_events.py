"""Moments: no two alike, none in the future, none moved by what comes later."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from opendata.discovery import Correction, Event, events
from tests.discovery.made import NOON, correction, release

_START = datetime(2030, 1, 1, tzinfo=UTC)


def _at(second: int) -> str:
    return f"{_START + timedelta(seconds=second):%Y-%m-%dT%H:%M:%SZ}"


def _told(found: list[Event]) -> list[tuple[str, str, int]]:
    return [
        (e.moment[11:19], e.release.version, e.correction.number if e.correction else 0)
        for e in found
    ]


def test_corrections_follow_the_release_that_makes_them() -> None:
    """All are published at noon; what came before moves back by seconds."""
    releases = [release(), release(version="1.0.1")]
    found = events(releases, [correction("1.0.1", "1.0.0", 2), correction("1.0.1", "1.0.0")])
    assert _told(found) == [
        ("11:59:57", "1.0.0", 0),
        ("11:59:58", "1.0.1", 0),
        ("11:59:59", "1.0.1", 1),
        ("12:00:00", "1.0.1", 2),
    ]
    assert found[-1].moment == NOON


def test_a_correction_affects_the_versions_from_the_first_that_was_wrong() -> None:
    """Up to the one before it was put right, by order and not by the look of numbers."""
    releases = [release(version=v) for v in ("1.8.0", "1.9.0", "1.10.0", "1.11.0")]
    made: list[Correction] = [correction("1.11.0", "1.9.0")]
    assert events(releases, made)[-1].affected == ("1.9.0", "1.10.0")


@given(st.lists(st.integers(0, 8), min_size=1, max_size=12), st.integers(1, 5))
def test_moments_are_unique_and_never_later_than_publication(
    seconds: list[int], later: int
) -> None:
    """Whatever was published together; and what is published later moves none of them."""
    releases = [release(f"d-{n}", published=_at(second)) for n, second in enumerate(seconds)]
    found = events(releases, [])
    moments = [event.moment for event in found]
    assert moments == sorted(set(moments))
    assert all(event.moment <= event.release.published for event in found)
    assert moments[-1] == max(r.published for r in releases)
    newer = release("newer", published=_at(max(seconds) + later))
    assert events([newer, *releases], [])[:-1] == found
