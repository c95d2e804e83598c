"""What a build tells of corrections: in the feeds, and how many to mirrors."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient

from opendata.compiler.discovery import add_discovery
from opendata.versions import find_versions, read_folder
from tests.discovery.made import parsed
from tests.serving import client_of, get
from tests.store.chains import BASE, store_of

_ATOM = "{http://www.w3.org/2005/Atom}"


def _correction(wrong: str) -> dict[str, Any]:
    return {
        "collection": "targets",
        "ids": ["gdp-growth"],
        "columns": ["as_printed"],
        "since": "1.0.0",
        "wrong": {"zh": "抄错。", "en": wrong},
        "reason": {"zh": "依原文。", "en": "By the source."},
    }


@pytest.fixture
def corrected(released: Path, tmp_path: Path) -> Iterator[FlaskClient]:
    """Three versions, of which the last corrects two things."""
    [folder] = [f for f in find_versions(released, []) if f.number]
    first = replace(read_folder(folder, {}, []), ledger=None)
    words = {"zh": "无。", "en": "None."}
    corrections = [_correction("Copied wrongly."), _correction("Twice.")]
    ledger = {"summary": words, "withdrawals": [], "corrections": corrections}
    place = tmp_path / "told"
    place.mkdir()
    store = store_of(place, folder, [first, first, first], [None, None, ledger])
    add_discovery(store, BASE)
    yield client_of(place)


def test_every_correction_has_an_entry(corrected: FlaskClient) -> None:
    """With the versions it is about; it leads to the dataset's corrections."""
    feed = parsed(get(corrected, "/feed.en.atom").data)
    entries = feed.findall(f"{_ATOM}entry")
    names = [(e.findtext(f"{_ATOM}id") or "").rpartition("/")[2] for e in entries]
    assert names == ["corrections#3.0.0-2", "corrections#3.0.0-1", "3.0.0", "2.0.0", "1.0.0"]
    told = entries[1].findtext(f"{_ATOM}content") or ""
    assert "What was wrong: Copied wrongly.\n" in told
    assert "Affected versions: 1.0.0, 2.0.0; put right in 3.0.0." in told
    for link in feed.iter(f"{_ATOM}link"):
        response = get(corrected, str(link.get("href")))
        assert (response.status_code, response.mimetype) == (200, link.get("type"))


def test_mirrors_learn_how_many_corrections_a_version_makes(corrected: FlaskClient) -> None:
    """And where they find what changed."""
    rows = get(corrected, "/v1/changes").get_json()["data"]
    assert [row["corrections"] for row in rows] == [0, 0, 2]
    assert get(corrected, rows[2]["changes"]).status_code == 200
