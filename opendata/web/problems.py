"""Every error as RFC 9457 problem details, in English and Chinese."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from http import HTTPStatus
from types import MappingProxyType
from typing import Any
from urllib.parse import quote

from flask import Flask, Response, request
from werkzeug.exceptions import HTTPException, InternalServerError

from opendata.errors import StoreError
from opendata.formats.json import dump
from opendata.query.faults import RequestFault
from opendata.vocabularies import LANGUAGES, Label
from opendata.web.current import base_url
from opendata.web.errors import kind, section
from opendata.web.languages import preferred

MEDIA_TYPE = "application/problem+json"

_DETAILS = {
    404: Label(
        "地址不存在。/v1 列出全部资源。",
        "There is nothing at this address. /v1 lists what there is.",
    ),
    405: Label("本接口只读，请使用 GET 或 HEAD。", "The API is read-only; use GET or HEAD."),
    500: Label(
        "服务器处理请求时出错，已记录。",
        "The server failed to answer; the failure has been logged.",
    ),
    503: Label("数据尚未生成，请稍后再试。", "The data are not built yet; try again later."),
}


class ProblemError(HTTPException):
    """An error that knows its status, its detail, every fault and its own header fields.

    ``members`` are what its problem tells beside those that every problem has.
    """

    def __init__(
        self,
        status: int,
        detail: Label,
        faults: Iterable[RequestFault] = (),
        headers: Mapping[str, str] | None = None,
        members: Mapping[str, Any] | None = None,
    ) -> None:
        super().__init__(detail.en)
        self.code = status
        self.detail = detail
        self.faults = list(faults)
        self.headers = dict(headers or {})
        self.members = dict(members or {})


def init_app(app: Flask) -> None:
    """Answer every error with a problem."""
    app.register_error_handler(HTTPException, _handle)
    app.register_error_handler(StoreError, _unavailable)


def _handle(error: HTTPException) -> Response:
    if isinstance(error, ProblemError):
        response = _problem(error.code or 500, error.detail, error.faults, error.members)
        response.headers.update(error.headers)
        return response
    status = error.code or 500
    detail = _DETAILS.get(status)
    if detail is None:
        said = error.description or HTTPStatus(status).phrase
        detail = Label(said, said)
    response = _problem(status, detail)
    methods = getattr(error, "valid_methods", None)
    if methods:
        response.headers["Allow"] = ", ".join(sorted(methods))
    if isinstance(error, InternalServerError):
        response.headers["Cache-Control"] = "no-store"
    return response


def _unavailable(_: StoreError) -> Response:
    response = _problem(503, _DETAILS[503])
    response.headers["Retry-After"] = "5"
    return response


def _problem(
    status: int,
    detail: Label,
    faults: Iterable[RequestFault] = (),
    members: Mapping[str, Any] = MappingProxyType({}),
) -> Response:
    address, language = base_url(), _language()
    title = kind(status).title
    body: dict[str, Any] = {
        "type": section(address, title.en),
        "title": getattr(title, language),
        "status": status,
        "detail": getattr(detail, language),
        "instance": quote(request.path),
        "title_i18n": title._asdict(),
        "detail_i18n": detail._asdict(),
        "errors": [_entry(address, fault) for fault in faults],
        **members,
    }
    response = Response(dump(body), status, content_type=MEDIA_TYPE)
    response.headers["Cache-Control"] = "no-cache" if status < 500 else "no-store"
    response.headers["Content-Language"] = language
    response.headers["Vary"] = "Accept-Language, Accept"  # a browser gets a page of it
    return response


def _entry(address: str, fault: RequestFault) -> dict[str, Any]:
    return {
        "parameter": fault.parameter,
        "code": fault.code,
        "message": fault.message._asdict(),
        "allowed": list(fault.allowed),
        "nearest": fault.nearest,
        "documentation": section(address, fault.code),
    }


def _language() -> str:
    """Return the language to tell the problem in: as ``lang`` or Accept-Language says."""
    try:
        asked = request.args.get("lang")
    except UnicodeDecodeError:  # bytes that are not encoded at all: the problem is about that
        asked = None
    if asked is not None and asked in LANGUAGES:
        return asked
    return preferred("en")
