"""The made-up report and the draft read from it, in a folder of each test's own."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.audit import made_up_report


@pytest.fixture
def datasets(tmp_path: Path) -> Path:
    """A ``datasets/`` folder whose draft audits clean against ``report.txt`` beside it."""
    return made_up_report.write(tmp_path)
