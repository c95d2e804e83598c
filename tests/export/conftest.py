"""A site and its export, which several modules only read."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.export.world import built, exported


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The ``datasets`` of a site, their ``store`` and its export ``old``, for reading only."""
    place = tmp_path_factory.mktemp("export")
    exported(place / "old", built(place))
    return place
