"""A citation as an item of CSL-JSON, which citeproc, Zotero and pandoc read (csl-data.json)."""

from __future__ import annotations

from datetime import date
from typing import Any

from opendata.citation.model import Citation

_LANGUAGES = {"zh": "zh-CN", "en": "en"}


def csl(citation: Citation, language: str) -> dict[str, Any]:
    """Return the item; a bibliography is a list of such.

    :param language: of names and titles, ``zh`` or ``en``.
    """
    names = [*citation.names(language), *citation.others(language)]
    item: dict[str, Any] = {
        "id": citation.key,
        "type": "dataset",
        "title": citation.own_title(language),
        "author": [{"literal": name} for name in names],
        "URL": citation.permalink,
        "language": _LANGUAGES[language],
    }
    if citation.part:
        item["container-title"] = getattr(citation.title, language)
    if citation.version:
        item["version"] = citation.version
    if citation.released:
        item["issued"] = _day(citation.released)
    if citation.accessed:
        item["accessed"] = _day(citation.accessed)
    if citation.digest:
        item["note"] = citation.proof(language)
    return item


def _day(day: date) -> dict[str, Any]:
    return {"date-parts": [[day.year, day.month, day.day]]}
