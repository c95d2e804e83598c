"""The pages of a dataset and of its versions, for people and for search engines."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import orjson
from flask import Response

from opendata.catalogue.share import SCHEMA_ORG
from opendata.formats import JSON
from opendata.query import Query
from opendata.records import COLLECTIONS, DATASETS, Collection
from opendata.spec import Reach, Resource
from opendata.store import Scope, Store, VersionRow
from opendata.vocabularies import Label
from opendata.web import query
from opendata.web.asked_changes import released
from opendata.web.current import store
from opendata.web.languages import reader
from opendata.web.lookup import caching, find_version, locate, notice_of, pinned_path
from opendata.web.pages.answering import page_answer, shell_of
from opendata.web.pages.citing import Form, forms_of_version
from opendata.web.pages.codes import Codes
from opendata.web.pages.facts import Fact, fact
from opendata.web.pages.initials import from_a_to_z
from opendata.web.pages.tree import dataset_record, titles_of
from opendata.web.preview import released_only
from opendata.web.relations import relations

#: Fields of a dataset that the page lists as they are; the others have a place of their own.
_LISTED = ("area", "period", "themes", "keywords", "languages", "licence")


_GLOSSARY = "glossary"
#: Terms that the page shows with their definitions; the list of the glossary has all.
_TERMS = 40


@dataclass(frozen=True, slots=True)
class Part:
    """A collection of the dataset: how many records it has and the files it comes in."""

    collection: Collection
    total: int
    files: Sequence[Mapping[str, Any]]


@dataclass(frozen=True, slots=True)
class Version:
    """A version of the dataset, and whether it was audited."""

    row: VersionRow
    released: str | None
    audited: bool


@dataclass(frozen=True, slots=True)
class DatasetPage:
    """What the page shows: the record, what explains it, and its lasting address."""

    dataset: Mapping[str, Any]
    held: VersionRow
    described: Mapping[str, Any]
    licence_url: str | None
    path: str
    pinned: str
    parts: Sequence[Part]
    facts: Sequence[Fact]
    sections: Mapping[str, Label]
    versions: Sequence[Version]
    corrections: int
    terms: Sequence[tuple[str, Sequence[Mapping[str, Any]]]]
    forms: Sequence[Form]
    notice: Mapping[str, str] | None

    @property
    def audited(self) -> bool:
        """Whether the version of the page was audited."""
        return any(v.audited for v in self.versions if v.row.version == self.held.version)


def dataset_page(
    resource: Resource, suffix: str | None = None, *, dataset: str, version: str | None = None
) -> Response:
    """Answer with the page of a dataset, or of one of its versions."""
    released_only()
    query.language()
    current = store()
    held = find_version(current, dataset, version)
    shell, pinned = shell_of(reader(), suffix), pinned_path(resource, held, dataset)
    path = pinned if resource.reach is Reach.VERSION else shell.path
    response = page_answer(
        "dataset.html",
        shell,
        lambda: _page(current, held, path, pinned, shell.language),
        current.digest,
        caching=caching(resource),
        links=lambda: relations(resource, held, pinned),
        negotiated=not suffix,
    )
    return locate(response, resource, current.base_url, pinned, suffix)


def _page(current: Store, held: VersionRow, path: str, pinned: str, language: str) -> DatasetPage:
    described = current.document(f"{path}/{SCHEMA_ORG}")
    assert described is not None
    dataset, codes = dataset_record(current, held), Codes(current, held)
    return DatasetPage(
        dataset=dataset,
        held=held,
        described=orjson.loads(described.body),
        licence_url=orjson.loads(held.meta)["licence_url"],
        path=path,
        pinned=pinned,
        parts=list(_parts(dataset)),
        facts=list(_facts(dataset, codes)),
        sections=titles_of(dataset["sections"]),
        versions=list(_versions(current, held.dataset)),
        corrections=sum(current.log.correction_counts(held.dataset).values()),
        terms=_terms(current, held, language),
        forms=forms_of_version(current, held, language),
        notice=notice_of(current, held) or orjson.loads(held.meta)["notice"],
    )


def _terms(
    current: Store, held: VersionRow, language: str
) -> list[tuple[str, list[Mapping[str, Any]]]]:
    """Return the glossary from A to Z; nothing where it is too long for a part of a page."""
    part = current.part(_GLOSSARY, JSON.name, Scope(held), Query(), None, _TERMS)
    if part.more:
        return []
    terms = [orjson.loads(fragment) for fragment in part.fragments]
    return from_a_to_z(terms, current.readings(_GLOSSARY, part.rows), language)


def _parts(dataset: Mapping[str, Any]) -> Iterator[Part]:
    for collection in COLLECTIONS.values():
        files = [f for f in dataset["distributions"] if f["collection"] == collection.name]
        yield Part(collection, dataset[collection.name], files)


def _facts(dataset: Mapping[str, Any], codes: Codes) -> Iterator[Fact]:
    columns = {column.path[0]: column for column in reversed(DATASETS.columns)}
    for name in _LISTED:
        found = fact(columns[name], dataset, codes)
        if found.values:
            yield found


def _versions(current: Store, dataset: str) -> Iterator[Version]:
    for row in reversed(current.log.versions(dataset)):
        path = f"/v1/datasets/{dataset}/versions/{row.version}/quality"
        yield Version(row, released(row), current.document(path) is not None)
