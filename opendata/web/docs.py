"""The API's description, and Swagger UI to read and try it."""

from __future__ import annotations

from importlib import resources as package
from urllib.parse import urlsplit

import flask_swagger_ui
from flask import Blueprint, Flask, Response, render_template, send_from_directory

from opendata.vocabularies import Label
from opendata.web import query
from opendata.web.conditional import LATEST, answer, validator
from opendata.web.current import store
from opendata.web.problems import ProblemError

bp = Blueprint("docs", __name__, template_folder="templates")

#: What Swagger UI needs and no more: nothing inline, and calls only to the described server.
_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
    "connect-src 'self' {origin}; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
_ASSETS = ("swagger-ui.css", "swagger-ui-bundle.js", "favicon-32x32.png")


def init_app(app: Flask) -> None:
    """Serve ``/openapi.json``, ``/openapi.yaml`` and ``/docs``."""
    app.register_blueprint(bp)


@bp.get("/openapi.json")
@bp.get("/openapi.yaml", defaults={"name": "/openapi.yaml"})
def description(name: str = "/openapi.json") -> Response:
    """Answer with the OpenAPI document."""
    query.none()
    found = store().document(name)
    if found is None:
        raise ProblemError(404, Label("没有接口描述。", "There is no description."))
    return answer(found.sha256[:32], LATEST, "", found.content_type, lambda: found.body)


@bp.get("/docs")
def swagger() -> Response:
    """Answer with the page of Swagger UI."""
    query.none()
    current = store()
    response = answer(
        validator(current.software, current.base_url, "docs"),
        LATEST,
        "",
        "text/html; charset=utf-8",
        lambda: render_template("swagger.html").encode(),
    )
    address = urlsplit(current.base_url)
    origin = f"{address.scheme}://{address.netloc}"
    response.headers["Content-Security-Policy"] = _POLICY.format(origin=origin)
    return response


@bp.get("/docs/swagger.js")
def own() -> Response:
    """Answer with this project's own part of the page."""
    query.none()
    return send_from_directory(str(package.files("opendata.web") / "static"), "swagger.js")


@bp.get(f"/docs/<any{_ASSETS!r}:name>")
def asset(name: str) -> Response:
    """Answer with a file of Swagger UI's distribution."""
    query.none()
    return send_from_directory(str(package.files(flask_swagger_ui) / "dist"), name, max_age=86400)
