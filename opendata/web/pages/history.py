"""The page of a record's history, also of one that stands no more."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import orjson
from flask import Response

from opendata.records import Collection
from opendata.spec import Resource
from opendata.store import VersionRow
from opendata.vocabularies import Label
from opendata.web import query
from opendata.web.conditional import LATEST
from opendata.web.current import store
from opendata.web.fates import moved
from opendata.web.history import history_of
from opendata.web.languages import reader
from opendata.web.lookup import collection_of, find_versions, missing
from opendata.web.pages.answering import page_answer, shell_of
from opendata.web.pages.codes import Codes
from opendata.web.pages.record_model import Step, steps_of
from opendata.web.relations import relations


@dataclass(frozen=True, slots=True)
class HistoryPage:
    """What the page shows; ``held`` is the latest version, ``there`` whether it has the record."""

    collection: Collection
    held: VersionRow
    id: str
    title: Label
    dataset: Label
    history: Sequence[Step]
    there: bool


def history_page(
    resource: Resource, suffix: str | None = None, *, dataset: str, name: str
) -> Response:
    """Answer with the page of every version of a dataset from the first with the record on."""
    query.language()
    current, collection = store(), collection_of(resource)
    held = find_versions(current, dataset)[-1]
    steps = current.log.history(dataset, collection.name, name)
    if not steps:
        raise missing(collection.one, name)
    if steps[-1].id != name:
        path = f"/v1/datasets/{dataset}/{collection.name}/{steps[-1].id}/history"
        return moved(current, path, suffix, LATEST)

    def model() -> HistoryPage:
        told = history_of(current, dataset, collection.name, name)
        last = steps[-1]
        return HistoryPage(
            collection,
            held,
            name,
            Label(last.title_zh, last.title_en),
            Label(**orjson.loads(held.meta)["title"]),
            list(steps_of(collection, told, Codes(current, held))),
            last.kind != "removed",
        )

    return page_answer(
        "history.html",
        shell_of(reader(), suffix),
        model,
        current.digest,
        links=lambda: relations(resource, None),
        negotiated=not suffix,
    )
