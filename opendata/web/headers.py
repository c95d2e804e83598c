"""Header fields that every response carries."""

from __future__ import annotations

from flask import Flask, Response, request

from opendata.vocabularies import Label
from opendata.web.problems import ProblemError

#: Longer addresses are refused with 414, before anything reads them.
LONGEST_ADDRESS = 8000

_ALWAYS = {
    # open data: scripts of every origin may read it (Fetch: CORS)
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Expose-Headers": "ETag, Link, Content-Location",
    "Cross-Origin-Resource-Policy": "cross-origin",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
}

_PREFLIGHT = {
    "Access-Control-Allow-Methods": "GET, HEAD, OPTIONS",
    "Access-Control-Allow-Headers": "Accept, Accept-Language, If-None-Match, If-Modified-Since",
    "Access-Control-Max-Age": "86400",
}

_NOTHING = "default-src 'none'; frame-ancestors 'none'"


def init_app(app: Flask) -> None:
    """Guard the length of addresses and add the fields."""
    app.before_request(_guard)
    app.after_request(_add)


def _guard() -> None:
    if len(request.environ.get("RAW_URI") or request.full_path) > LONGEST_ADDRESS:
        detail = Label(
            f"地址最长 {LONGEST_ADDRESS} 个字符。",
            f"Addresses may have {LONGEST_ADDRESS} characters at most.",
        )
        raise ProblemError(414, detail)
    try:
        request.args  # noqa: B018
    except UnicodeDecodeError as error:
        detail = Label("查询字符串不是 UTF-8。", "The query is not UTF-8; percent-encode it.")
        raise ProblemError(400, detail) from error


def _add(response: Response) -> Response:
    response.headers.update(_ALWAYS)
    if request.method == "OPTIONS":
        response.headers.update(_PREFLIGHT)
    response.headers.setdefault("Content-Security-Policy", _NOTHING)
    return response
