"""The record of a dataset, and the sections of its report by their ids."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import orjson

from opendata.formats import JSON
from opendata.records import DATASETS
from opendata.store import Store, VersionRow
from opendata.vocabularies import Label


def dataset_record(current: Store, held: VersionRow) -> dict[str, Any]:
    """Return the record of a dataset at a version that is there."""
    found = current.record(DATASETS.name, JSON.name, held, held.dataset)
    assert found is not None
    record: dict[str, Any] = orjson.loads(found[1])
    return record


def titles_of(sections: Sequence[Mapping[str, Any]]) -> dict[str, Label]:
    """Return what each section of a dataset's record is called, in the order of the report."""
    found: dict[str, Label] = {}
    for section in sections:
        number = f"{section['id']} " if section["id"][0].isdecimal() else ""
        found[section["id"]] = Label(*(f"{number}{section['title'][n]}" for n in Label._fields))
        found |= titles_of(section["sections"])
    return found
