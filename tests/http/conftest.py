"""What tests over HTTP share: a world that varies."""

from __future__ import annotations

import pytest

from tests.http.asking import Asked


@pytest.fixture(scope="session")
def asked(tmp_path_factory: pytest.TempPathFactory) -> Asked:
    """The varied world, built once; for reading only."""
    return Asked(tmp_path_factory.mktemp("asked"))
