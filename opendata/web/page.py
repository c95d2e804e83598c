"""The page of a dataset, for people and for search engines."""

from __future__ import annotations

from typing import Any

import orjson
from flask import Blueprint, Flask, Response, render_template

from opendata.catalogue.share import SCHEMA_ORG
from opendata.formats import JSON
from opendata.records import COLLECTIONS, DATASETS
from opendata.store import Store, VersionRow
from opendata.web import query
from opendata.web.conditional import LATEST, PINNED, answer, validator
from opendata.web.current import published, store
from opendata.web.languages import preferred
from opendata.web.lookup import find_version
from opendata.web.preview import released_only

bp = Blueprint("page", __name__, template_folder="templates")

_POLICY = (
    "default-src 'none'; style-src 'self'; base-uri 'none'; form-action 'none'; "
    "frame-ancestors 'none'"
)


def init_app(app: Flask) -> None:
    """Serve the pages of datasets and versions."""
    app.register_blueprint(bp)


@bp.get("/v1/datasets/<slug:dataset>.html")
@bp.get("/v1/datasets/<slug:dataset>/versions/<version:version>.html")
def page(dataset: str, version: str | None = None) -> Response:
    """Answer with the page of a dataset, or of one of its versions, in Chinese or English."""
    released_only()
    asked = query.language()
    current = store()
    held = find_version(current, dataset, version)
    language = asked or preferred("zh")
    pinned = f"/v1/datasets/{dataset}/versions/{held.version}"
    path = pinned if version else f"/v1/datasets/{dataset}"

    def body() -> bytes:
        return _render(current, held, path, pinned, language).encode()

    response = answer(
        validator(current.digest, "page", path, language),
        PINNED if version else LATEST,
        "" if asked else "Accept-Language",
        "text/html; charset=utf-8",
        body,
        modified=published(),
    )
    response.headers["Content-Language"] = language
    response.headers["Content-Security-Policy"] = _POLICY
    return response


def _render(current: Store, held: VersionRow, path: str, pinned: str, language: str) -> str:
    found = current.record(DATASETS.name, JSON.name, held, held.dataset)
    described = current.document(f"{path}/{SCHEMA_ORG}")
    assert found is not None
    assert described is not None
    record: dict[str, Any] = orjson.loads(found[1])
    return render_template(
        "dataset.html",
        dataset=record,
        described=orjson.loads(described.body),
        licence_url=orjson.loads(held.meta)["licence_url"],
        collections=COLLECTIONS.values(),
        base=current.base_url,
        address=f"{current.base_url}{path}",
        pinned=f"{current.base_url}{pinned}",
        up="../" * (path.count("/") - 1),
        language=language,
        zh=language == "zh",
    )
