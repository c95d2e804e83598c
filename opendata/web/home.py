"""The start page, for people: what is published, and where to get it."""

from __future__ import annotations

from importlib import resources as package
from pathlib import Path

import orjson
from flask import Blueprint, Flask, Response, render_template

from opendata.catalogue.schemaorg import catalogue
from opendata.formats import JSON
from opendata.query import Query
from opendata.records import COLLECTIONS, DATASETS
from opendata.store import Scope
from opendata.web import query
from opendata.web.conditional import LATEST, answer, validator
from opendata.web.current import published, store
from opendata.web.files import file
from opendata.web.languages import preferred
from opendata.web.relations import welcoming

bp = Blueprint("home", __name__, template_folder="templates")

_POLICY = (
    "default-src 'none'; style-src 'self'; base-uri 'none'; form-action 'none'; "
    "frame-ancestors 'none'"
)
#: How many datasets the page shows; /v1/datasets has them all.
_SHOWN = 50


def init_app(app: Flask) -> None:
    """Serve ``/``."""
    app.register_blueprint(bp)


@bp.get("/")
def home() -> Response:
    """Answer with the start page, in Chinese or English."""
    asked = query.language()
    current = store()
    language = asked or preferred("zh")

    def body() -> bytes:
        part = current.part(DATASETS.name, JSON.name, Scope(), Query(), None, _SHOWN)
        page = render_template(
            f"home.{language}.html",
            datasets=[orjson.loads(fragment) for fragment in part.fragments],
            collections=COLLECTIONS.values(),
            base=current.base_url,
            language=language,
            described=catalogue(current.base_url),
        )
        return page.encode()

    response = answer(
        validator(current.digest, "home", language),
        LATEST,
        "Accept-Language",
        "text/html; charset=utf-8",
        body,
        modified=published(),
    )
    response.headers["Content-Language"] = language
    if response.status_code != 304:
        response.headers["Link"] = ", ".join(welcoming())
    response.headers["Content-Security-Policy"] = _POLICY
    return response


@bp.get("/home.css")
def style() -> Response:
    """Answer with the page's style sheet."""
    query.none()
    return file(Path(str(package.files("opendata.web"))) / "static" / "home.css", 3600)
