"""The page of a record: what it says, why, where it stands, what became of it, how to cite it."""

from __future__ import annotations

from flask import Response

from opendata.formats import JSON
from opendata.spec import Resource
from opendata.web import query
from opendata.web.changes import exact
from opendata.web.current import store
from opendata.web.fates import elsewhere, path_beside
from opendata.web.languages import reader
from opendata.web.lookup import caching, collection_of, find_version, locate, pinned_path
from opendata.web.pages.answering import page_answer, shell_of
from opendata.web.pages.dataset import dataset_page
from opendata.web.pages.record_model import Found
from opendata.web.relations import relations


def record_page(
    resource: Resource,
    suffix: str | None = None,
    *,
    dataset: str,
    version: str | None = None,
    name: str | None = None,
) -> Response:
    """Answer with the page of a record, or of the dataset where no record is named."""
    if name is None:
        return dataset_page(resource, suffix, dataset=dataset, version=version)
    query.language()
    current, collection = store(), collection_of(resource)
    held = find_version(current, dataset, version)
    row = current.record(collection.name, JSON.name, held, name)
    if row is None:
        return elsewhere(current, resource, held, name, suffix)
    shell, pinned = shell_of(reader(), suffix), pinned_path(resource, held, name)
    found = Found(current, collection, held, row[0], exact(row[1]))
    response = page_answer(
        "record.html",
        shell,
        lambda: found.page(shell.path, pinned, shell.language),
        current.digest,
        caching=caching(resource),
        links=lambda: relations(
            resource,
            held,
            pinned,
            lambda other, path: path_beside(current, collection, held, name, other, path),
        ),
        negotiated=not suffix,
    )
    return locate(response, resource, current.base_url, pinned, suffix)
