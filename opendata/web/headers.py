"""Header fields that every response carries, and requests that no view should see."""

from __future__ import annotations

from urllib.parse import unquote_to_bytes

from flask import Flask, Response, request

from opendata.query.faults import RequestFault
from opendata.vocabularies import Label
from opendata.web.problems import ProblemError

#: Longer addresses are refused with 414, before anything reads them.
LONGEST_ADDRESS = 8000

_EXPOSED = (
    *("Accept-Ranges", "Content-Disposition", "Content-Location", "Content-Range"),
    *("Deprecation", "ETag", "Last-Modified", "Link", "Repr-Digest", "Retry-After", "Sunset"),
)
_ALWAYS = {
    # open data: scripts of every origin may read it (Fetch: CORS)
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Expose-Headers": ", ".join(_EXPOSED),
    "Cross-Origin-Resource-Policy": "cross-origin",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
}

_ASKED = (
    *("Accept", "Accept-Language", "If-Match", "If-Modified-Since", "If-None-Match"),
    *("If-Range", "If-Unmodified-Since", "Range"),
)
_PREFLIGHT = {
    "Access-Control-Allow-Methods": "GET, HEAD, OPTIONS",
    "Access-Control-Allow-Headers": ", ".join(_ASKED),
    "Access-Control-Max-Age": "86400",
}

#: What clients of an API that takes bodies may send beside.
_ASKED_WITH_BODY = ("Authorization", "Content-Type", "X-CKAN-API-Key")

_NOT_TEXT = Label(
    "查询参数不是 UTF-8，可能是 GBK；请用 UTF-8 作百分号编码，如 q=%E5%B7%A5。",
    "The query is not UTF-8, perhaps GBK; percent-encode it as UTF-8, as in q=%E5%B7%A5.",
)

_NOTHING = "default-src 'none'; frame-ancestors 'none'"


def init_app(app: Flask) -> None:
    """Guard addresses and bodies, and add the fields."""
    app.before_request(_guard_address)
    app.before_request(_guard_body)
    app.after_request(_add)


def _guard_address() -> None:
    if len(request.environ.get("RAW_URI") or request.full_path) > LONGEST_ADDRESS:
        detail = Label(
            f"地址最长 {LONGEST_ADDRESS} 个字符。",
            f"Addresses may have {LONGEST_ADDRESS} characters at most.",
        )
        raise ProblemError(414, detail)
    for name, _, value in (part.partition(b"=") for part in request.query_string.split(b"&")):
        if _text(name) is None or _text(value) is None:
            fault = RequestFault(_text(name) or "query", "wrong_form", _NOT_TEXT)
            raise ProblemError(400, _NOT_TEXT, [fault])


def _text(encoded: bytes) -> str | None:
    """Return what part of a query says; ``None`` where it is not UTF-8.

    Werkzeug would keep such bytes as they were sent, and a search for them find nothing.
    """
    try:
        return unquote_to_bytes(encoded).decode()
    except UnicodeDecodeError:
        return None


def _guard_body() -> None:
    """Refuse what no view reads: conditions in a body would be ignored (RFC 9110 §9.3.1)."""
    sent = request.content_length or "Transfer-Encoding" in request.headers
    if sent and request.method in ("GET", "HEAD"):
        detail = Label(
            f"{request.method} 请求不应有正文；请把参数写在地址里。",
            f"{request.method} takes no body; write parameters into the address.",
        )
        raise ProblemError(415, detail)


def _add(response: Response) -> Response:
    response.headers.update(_ALWAYS)
    if request.method == "OPTIONS":
        response.headers.update(_PREFLIGHT)
        if response.allow:  # comes in the order of a set
            methods = sorted(response.allow.as_set(preserve_casing=True))
            response.headers["Allow"] = ", ".join(methods)
            if "POST" in methods:
                response.headers["Access-Control-Allow-Methods"] = ", ".join(methods)
                asked = ", ".join((*_ASKED, *_ASKED_WITH_BODY))
                response.headers["Access-Control-Allow-Headers"] = asked
        if response.status_code == 200:  # Flask's own answer, which is empty
            response.status_code = 204
            response.headers.remove("Content-Type")
            response.headers.remove("Content-Length")
    response.headers.setdefault("Content-Security-Policy", _NOTHING)
    return response
