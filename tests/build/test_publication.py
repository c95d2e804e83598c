"""When a version counts as published."""

from __future__ import annotations

import shutil
from datetime import UTC, datetime
from pathlib import Path

from opendata.compiler import build
from opendata.store import Store
from tests import made_up
from tests.serving import BASE, quiet

_NIGHT = datetime(2031, 5, 6, 1, 2, 3, tzinfo=UTC)
_LATER = datetime(2031, 7, 8, 9, 10, 11, tzinfo=UTC)


def _published(datasets: Path, folder: Path, now: datetime) -> dict[str, str]:
    built = build(datasets, folder, BASE, quiet, now)
    store = Store(built.path)
    try:
        return {version: at for (_, version), at in store.published().items()}
    finally:
        store.close()


def test_at_first_each_version_counts_from_its_release(released: Path, tmp_path: Path) -> None:
    """A store that is built anew, as in an image, changes no time."""
    times = _published(released, tmp_path / "build", _NIGHT)
    assert times == {"1.0.0": "2030-02-01T00:00:00Z"}


def test_a_version_that_comes_later_counts_from_when_it_was_built(
    released: Path, tmp_path: Path
) -> None:
    """A harvester that came between its release and its publication still finds it new."""
    first = _published(released, tmp_path / "build", _NIGHT)
    made_up.release_demo(released, "1.1.0")
    assert _published(released, tmp_path / "build", _LATER) == {
        **first,
        "1.1.0": "2031-07-08T09:10:11Z",
    }


def test_times_outlive_the_stores(released: Path, tmp_path: Path) -> None:
    """They are kept beside them, and a build from nothing else takes them up."""
    _published(released, tmp_path / "build", _NIGHT)
    made_up.release_demo(released, "1.1.0")
    times = _published(released, tmp_path / "build", _LATER)
    (tmp_path / "new").mkdir()
    shutil.copy(tmp_path / "build/published.json", tmp_path / "new")
    assert _published(released, tmp_path / "new", _NIGHT) == times
