"""The Action API over HTTP: addresses, the envelope of answers and errors, caching."""

from __future__ import annotations

import hashlib
from typing import Any

from flask import Blueprint, Flask, Response, request
from werkzeug.exceptions import RequestEntityTooLarge

from opendata.formats import JSON
from opendata.formats.json import dump
from opendata.store import Store
from opendata.web.ckan.actions import ACTIONS, changes_something
from opendata.web.ckan.arguments import Arguments, sent
from opendata.web.ckan.faults import ActionError, BadRequestError, read_only
from opendata.web.conditional import LATEST, answer
from opendata.web.current import published, store
from opendata.web.encoding import acceptable, codings, encode
from opendata.web.preview import released_only

#: Version of the API, and both prefixes it is asked at.
_VERSION = 3
_PREFIXES = ("/api/3/action", "/api/action")


def init_app(app: Flask) -> None:
    """Serve the Action API, with and without a slash at the end and never with a redirect."""
    bp = Blueprint("ckan", __name__)
    bp.before_request(released_only)
    for at, prefix in enumerate(_PREFIXES):
        for slash in ("", "/"):
            name = f"action_{at}{'_slash' if slash else ''}"
            rule = f"{prefix}/<name>{slash}"
            bp.add_url_rule(rule, name, action, methods=["GET", "POST"])
    for path in ("/api", "/api/3"):
        for slash in ("", "/"):
            bp.add_url_rule(f"{path}{slash}", f"version{path}{slash}".replace("/", "_"), version)
    app.register_blueprint(bp)


def version() -> Response:
    """Answer with the version of the API."""
    return _cached(dump({"version": _VERSION}))


def action(name: str) -> Response:
    """Answer with what an action gives."""
    current = store()
    try:
        result = _result(current, name)
    except ActionError as error:
        return _failed(
            error.status, {**_help(current, name), "success": False, "error": error.body}
        )
    except BadRequestError as error:
        return _failed(400, f"Bad request - {error}")
    except RequestEntityTooLarge:
        return _failed(413, "Bad request - the body is too large")
    opened = dump({**_help(current, name), "success": True})[:-1]
    body = opened + b',"result":' + result + b"}"
    return _posted(body) if request.method == "POST" else _cached(body)


def _result(current: Store, name: str) -> bytes:
    given = sent()
    if name not in ACTIONS:
        if changes_something(name):
            raise read_only(name)
        raise BadRequestError(f"Action name not known: {name}")
    return ACTIONS[name](current, Arguments(given))


def _help(current: Store, name: str) -> dict[str, Any]:
    return {"help": f"{current.base_url}/api/3/action/help_show?name={name}"}


def _cached(body: bytes) -> Response:
    """Answer a GET: a build that leaves the body as it was leaves its validator too."""
    tag = hashlib.sha256(body).hexdigest()[:32]
    return answer(tag, LATEST, "", JSON.content_type, lambda: body, modified=published())


def _posted(body: bytes) -> Response:
    """Answer a POST, which no cache may keep and no validator is for."""
    response = Response(content_type=JSON.content_type)
    response.headers["Cache-Control"] = "no-store"
    response.vary.add("Accept-Encoding")
    accept = request.accept_encodings if "Accept-Encoding" in request.headers else None
    coding = (acceptable(codings(JSON.content_type), accept) or ["identity"])[0]
    if coding != "identity":
        response.headers["Content-Encoding"] = coding
    response.set_data(encode(coding, body))
    return response


def _failed(status: int, body: Any) -> Response:
    response = Response(dump(body), status, content_type=JSON.content_type)
    response.headers["Cache-Control"] = "no-cache"
    return response
