"""What READMEs say of sources, of their damage and of kinds of caveat."""

from __future__ import annotations

from typing import Any, cast

import pytest

from opendata.package import caveats
from opendata.records import Collection
from opendata.store import FacetValue, Store, VersionRow
from opendata.vocabularies import Label

_DOCUMENT: dict[str, Any] = {
    "id": "report",
    "title": {"zh": "报告", "en": "Report"},
    "url": None,
    "sha256": "0" * 64,
    "publisher": {"zh": "政府", "en": "Government"},
    "reposted_by": {"zh": "某网", "en": "A site"},
    "extent": {"zh": "节选。", "en": "An excerpt."},
    "damage": [],
}
_KNOWN = {
    "few": (Label("少", "Few"), Label("少见。", "Seldom.")),
    "many": (Label("多", "Many"), Label("常见。", "Often.")),
}
_COUNTS = {"targets": {"few": 3, "many": 12}, "projects": {"many": 7, "gone": 1}}


def _said(
    monkeypatch: pytest.MonkeyPatch,
    language: str,
    damage: list[dict[str, Any]],
    counts: dict[str, dict[str, int]],
) -> str:
    def kinds(store: Any, collection: Collection, scope: Any, query: Any) -> list[FacetValue]:
        found = counts.get(collection.name, {})
        return [FacetValue(code, count, None) for code, count in found.items()]

    monkeypatch.setattr(caveats, "kinds_of_caveat", kinds)
    record = {"documents": [{**_DOCUMENT, "damage": damage}]}
    store, version = cast("Store", None), cast("VersionRow", None)
    return caveats.caveats(store, version, record, _KNOWN, language)


def test_kinds_of_caveat_are_counted_by_collection(monkeypatch: pytest.MonkeyPatch) -> None:
    """The most frequent first, each with its meaning where the version's list has one."""
    lines = _said(monkeypatch, "en", [], _COUNTS).splitlines()
    assert lines[-5:] == [
        "| Kind | Targets | Projects | Glossary | Meaning |",
        "| --- | --- | --- | --- | --- |",
        "| Many (`many`) | 12 | 7 | 0 | Often. |",
        "| Few (`few`) | 3 | 0 | 0 | Seldom. |",
        "| `gone` | 0 | 1 | 0 |  |",
    ]
    assert "| 多（`many`） | 12 | 7 | 0 | 常见。 |" in _said(monkeypatch, "zh", [], _COUNTS)


def test_sources_and_their_damage_are_told(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where each stands; a bar in a text does not break the table."""
    damage = {"code": "few", "paragraph": None, "text": {"zh": "缺“|”。", "en": "A | is lost."}}
    page = _said(monkeypatch, "en", [damage], {})
    assert f"- `report`: Report; Government; reposted by A site; SHA-256 `{'0' * 64}`" in page
    assert "  Extent: An excerpt." in page
    assert r"| `report` | – | Few (`few`) | A \| is lost. |" in page
    assert page.endswith("No record has a caveat.")
    assert "- `report`：报告；政府；转载于某网；SHA-256" in _said(monkeypatch, "zh", [damage], {})


def test_where_nothing_is_damaged_that_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    """In both languages."""
    for language, said in (("en", "None is known."), ("zh", "没有已知的损坏。")):
        assert said in _said(monkeypatch, language, [], {}).splitlines()
