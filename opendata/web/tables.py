"""What describes the CSV of a collection (CSV on the Web)."""

from __future__ import annotations

import orjson
from flask import Response, request

from opendata.formats.json import dump
from opendata.spec import Reach, Resource
from opendata.spec.csvw import table_metadata
from opendata.spec.resources import CSVM, DESCRIBES
from opendata.web import query
from opendata.web.conditional import answer, validator
from opendata.web.current import published, store
from opendata.web.lookup import caching, find_version, locate, pinned_path
from opendata.web.relations import relations


def table(
    resource: Resource, *, dataset: str | None = None, version: str | None = None
) -> Response:
    """Answer with what the columns of the CSV beside the address hold."""
    query.none()
    current = store()
    held = find_version(current, dataset, version) if dataset else None
    whole = held if resource.reach in (Reach.LATEST, Reach.VERSION) else None
    pinned = pinned_path(resource, whole) if whole else ""
    meta = orjson.loads(whole.meta) if whole else None
    state = f"{whole.version} {whole.sha256}" if whole else ""
    response = answer(
        validator(current.software, current.base_url, state, request.path),
        caching(resource),
        "",
        CSVM,
        lambda: dump(table_metadata(current.base_url, resource, meta)),
        modified=published(),
    )
    if response.status_code != 304:
        csv = f"{current.base_url}{request.path.removesuffix(DESCRIBES)}"
        describes = f'<{csv}>; rel="describes"; type="text/csv"'
        response.headers["Link"] = ", ".join((describes, *relations(resource, whole, pinned)))
    return locate(response, resource, current.base_url, pinned, None)
