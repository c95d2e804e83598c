"""Damage: what is known to be damaged in the source has not leaked into the data."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from opendata.errors import Fault
from opendata.reader import Version
from opendata.reader.yaml import Path

#: The texts of a record that are the project's own, or names.
_OWN = ("title", "name", "term", "definition", "location")


def check_damage(version: Version) -> dict[str, int]:
    """Check that no damaged wording stands in a title, name, definition or quote.

    A quote may show letters and signs as they were printed, never injected words.
    """
    known = [
        damage
        for document in version.description["documents"]
        for damage in document["damage"]
        if damage["printed"]
    ]
    leaked = set()
    for name, records in version.collections.items():
        for index, record in enumerate(records):
            for path, text, is_quote in _texts(record):
                for number, damage in enumerate(known):
                    if is_quote and damage["code"] != "injected_text":
                        continue
                    if damage["printed"] in text:
                        leaked.add(number)
                        fault = Fault(f"holds the damaged {damage['printed']}", "leave it out")
                        version.files[name].problem((index, *path), fault)
    return {"checked": len(known), "agreeing": len(known) - len(leaked)}


def _texts(record: Mapping[str, Any]) -> Iterator[tuple[Path, str, bool]]:
    for name in _OWN:
        for language, text in (record.get(name) or {}).items():
            yield (name, language), text, False
    yield ("source", "quote"), record["source"]["quote"], True
