"""The API's description, and Swagger UI to read and try it."""

from __future__ import annotations

from importlib import resources as package

import flask_swagger_ui
from flask import Blueprint, Flask, Response, render_template, send_from_directory

from opendata.vocabularies import Label
from opendata.web import query
from opendata.web.conditional import LATEST, answer
from opendata.web.current import store
from opendata.web.problems import ProblemError

bp = Blueprint("docs", __name__, template_folder="templates")

#: What Swagger UI needs and no more: nothing inline, nothing from elsewhere.
_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
    "connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
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
    response = Response(render_template("swagger.html"), content_type="text/html; charset=utf-8")
    response.headers["Content-Security-Policy"] = _POLICY
    response.headers["Cache-Control"] = LATEST
    return response


@bp.get("/docs/swagger.js")
def own() -> Response:
    """Answer with this project's own part of the page."""
    return send_from_directory(str(package.files("opendata.web") / "static"), "swagger.js")


@bp.get(f"/docs/<any{_ASSETS!r}:name>")
def asset(name: str) -> Response:
    """Answer with a file of Swagger UI's distribution."""
    return send_from_directory(str(package.files(flask_swagger_ui) / "dist"), name, max_age=86400)
