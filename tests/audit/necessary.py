"""Records that nobody would miss: taking one out leaves the audit with nothing to say."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

from opendata.audit import SourceText, audit
from opendata.reader import Version, read_shared_lists
from opendata.versions import DRAFT, find_versions, read_folder
from tests.audit.finding import DAY, Findings, finds_more


def unnoticed(datasets: Path, dataset: str, source: SourceText, collection: str) -> Iterator[str]:
    """Yield the id of each record of a draft without which the audit finds as much as with it."""
    problems = Findings()
    shared = read_shared_lists(datasets / "vocabularies", problems)
    folders = find_versions(datasets, problems, only=dataset)
    folder = next(folder for folder in folders if folder.version == DRAFT)
    version = read_folder(folder, shared, problems)
    assert problems == []
    whole = _findings(version, source, problems)
    for record in version.collections[collection]:
        without = _without(version, collection, record["id"])
        if not finds_more(without, source, problems, whole):
            yield record["id"]


def _findings(version: Version, source: SourceText, problems: Findings) -> set[str]:
    """Return what an audit says; not of which record, for the places move with the records."""
    problems.clear()
    audit(version, source, DAY)
    return {problem.message for problem in problems}


def _without(version: Version, name: str, record: str) -> Version:
    """Return the version without a record of ``name`` and without the links to it."""
    field = "terms" if name == "glossary" else name
    collections = {
        other: [
            _unlinked(kept, field, record)
            for kept in records
            if (other, kept["id"]) != (name, record)
        ]
        for other, records in version.collections.items()
    }
    return replace(version, collections=collections)


def _unlinked(record: dict[str, Any], field: str, other: str) -> dict[str, Any]:
    if other not in record.get(field, ()):
        return record
    return record | {field: [link for link in record[field] if link != other]}
