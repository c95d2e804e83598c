"""The pages of a dataset and of its versions, for people and for search engines."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import orjson
from flask import Response

from opendata.catalogue.share import SCHEMA_ORG
from opendata.formats import JSON
from opendata.records import DATASETS
from opendata.spec import Reach, Resource
from opendata.store import Store, VersionRow
from opendata.web import query
from opendata.web.current import store
from opendata.web.languages import reader
from opendata.web.lookup import caching, find_version, locate, pinned_path
from opendata.web.pages.answering import page_answer, shell_of
from opendata.web.preview import released_only
from opendata.web.relations import relations


@dataclass(frozen=True, slots=True)
class DatasetPage:
    """What the page shows: the record, what search engines read, and its lasting address."""

    dataset: Mapping[str, Any]
    described: Mapping[str, Any]
    licence_url: str | None
    path: str
    pinned: str


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
        lambda: _page(current, held, path, pinned),
        current.digest,
        caching=caching(resource),
        links=lambda: relations(resource, held, pinned),
        negotiated=not suffix,
    )
    return locate(response, resource, current.base_url, pinned, suffix)


def _page(current: Store, held: VersionRow, path: str, pinned: str) -> DatasetPage:
    found = current.record(DATASETS.name, JSON.name, held, held.dataset)
    described = current.document(f"{path}/{SCHEMA_ORG}")
    assert found is not None
    assert described is not None
    licence = orjson.loads(held.meta)["licence_url"]
    return DatasetPage(orjson.loads(found[1]), orjson.loads(described.body), licence, path, pinned)
