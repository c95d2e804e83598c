"""Which entries of the open code lists a version uses."""

from __future__ import annotations

from typing import Any

from opendata.reader.lists import OpenLists
from opendata.reader.version import Version
from opendata.records import COLLECTIONS, DATASETS
from opendata.records.columns import Column, columns_of
from opendata.records.document import Document
from opendata.records.exclusion import Exclusion
from opendata.records.patterns import Code
from opendata.records.section import Section


def used_codes(version: Version) -> dict[str, set[str]]:
    """Return the codes that ``version`` uses by list, with the areas above the areas it uses."""
    used: dict[str, set[str]] = {}
    groups: list[tuple[tuple[Column, ...], list[dict[str, Any]]]] = [
        (COLLECTIONS[name].columns, records) for name, records in version.collections.items()
    ]
    groups.append((DATASETS.columns, [version.description]))
    groups.append((columns_of(Document), version.description["documents"]))
    groups.append((columns_of(Exclusion), version.exclusions))
    groups.append((columns_of(Section), [section for _, section in version.sections()]))
    for columns, records in groups:
        for column in columns:
            if isinstance(column.field, Code):
                codes = used.setdefault(column.field.vocabulary, set())
                codes.update(code for record in records for code in column.values(record) if code)
    _add_broader(used, version.lists)
    return used


def _add_broader(used: dict[str, set[str]], lists: OpenLists) -> None:
    areas = used.get("areas", set())
    waiting = list(areas)
    while waiting:
        parent = lists["areas"][waiting.pop()].get("broader")
        if parent and parent not in areas:
            areas.add(parent)
            waiting.append(parent)
