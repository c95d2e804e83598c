"""The API's description, Swagger UI to read and try it, and the page of errors."""

from __future__ import annotations

from importlib import resources as package
from pathlib import Path
from urllib.parse import urlsplit

import flask_swagger_ui
from flask import Blueprint, Flask, Response, render_template

from opendata.vocabularies import Label
from opendata.web import errors, query
from opendata.web.conditional import LATEST, answer, validator
from opendata.web.current import published, store
from opendata.web.files import file
from opendata.web.languages import reader
from opendata.web.pages.answering import page_answer, shell_of
from opendata.web.problems import ProblemError
from opendata.web.relations import welcoming

#: Where Swagger UI stands, below the base address.
REFERENCE = "/docs/reference"

bp = Blueprint("docs", __name__, template_folder="templates")

#: What Swagger UI needs and no more: nothing inline, and calls only to the described server.
_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
    "connect-src 'self' {origin}; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
_ASSETS = ("swagger-ui.css", "swagger-ui-bundle.js", "favicon-32x32.png")
_HTML = "text/html; charset=utf-8"


def init_app(app: Flask) -> None:
    """Serve ``/openapi.json``, ``/openapi.yaml``, ``/docs/reference`` and ``/docs/errors``."""
    app.register_blueprint(bp)


@bp.get("/openapi.json")
@bp.get("/openapi.yaml", defaults={"name": "/openapi.yaml"})
def description(name: str = "/openapi.json") -> Response:
    """Answer with the OpenAPI document."""
    query.none()
    found = store().document(name)
    if found is None:
        raise ProblemError(404, Label("没有接口描述。", "There is no description."))
    return answer(
        found.sha256[:32],
        LATEST,
        "",
        found.content_type,
        lambda: found.body,
        modified=published(),
        stored=True,
    )


@bp.get(REFERENCE)
def swagger() -> Response:
    """Answer with the page of Swagger UI, which is English; the way back keeps the language."""
    asked = query.language()
    current = store()
    page = render_template("swagger.html", language=asked)
    response = answer(validator(page), LATEST, "", _HTML, page.encode, modified=published())
    address = urlsplit(current.base_url)
    origin = f"{address.scheme}://{address.netloc}"
    response.headers["Content-Security-Policy"] = _POLICY.format(origin=origin)
    return _leading(response)


@bp.get(errors.PATH)
def explained() -> Response:
    """Answer with the page that problems lead to, in Chinese or English."""
    query.language()
    shell = shell_of(reader(), None)
    return page_answer("errors.html", shell, errors.sections, "", links=welcoming)


def _leading(response: Response) -> Response:
    if response.status_code != 304:
        response.headers["Link"] = ", ".join(welcoming())
    return response


@bp.get("/docs/swagger.js")
def own() -> Response:
    """Answer with this project's own part of the page."""
    query.none()
    return file(Path(str(package.files("opendata.web"))) / "static" / "swagger.js", 3600)


@bp.get(f"/docs/<any{_ASSETS!r}:name>")
def asset(name: str) -> Response:
    """Answer with a file of Swagger UI's distribution."""
    query.none()
    return file(Path(str(package.files(flask_swagger_ui))) / "dist" / name, 86400)
