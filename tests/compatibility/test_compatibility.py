"""The API and the tables of today serve clients of the last release of the software.

Where a test fails, take the change back or make it an addition. The baseline is written anew at a
release only (CONTRIBUTING.md).
"""

from __future__ import annotations

import json
from typing import Any

from tests.compatibility.comparing import breaks, column_breaks
from tests.compatibility.renew import BASELINE, description, reduced, tables


def _baseline(name: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((BASELINE / name).read_bytes())
    return found


def test_nothing_of_the_api_vanished_or_changed_its_type() -> None:
    """Paths, parameters, answers and their fields."""
    assert breaks(_baseline("openapi.json"), description()) == []


def test_no_column_vanished_or_changed_its_kind() -> None:
    """In the table for programs by name, in those for people by heading."""
    assert column_breaks(_baseline("tables.json"), tables()) == []


def test_the_baseline_leaves_out_nothing_that_is_compared() -> None:
    """Today's description, reduced, is no break of itself as a whole, nor the other way."""
    whole = description()
    small = {"paths": reduced(whole["paths"], names=True)} | {
        "components": {key: reduced(part, names=True) for key, part in whole["components"].items()}
    }
    assert breaks(whole, small) == breaks(small, whole) == []
