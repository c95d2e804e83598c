"""Every error as RFC 9457 problem details, in English and Chinese."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Any
from urllib.parse import quote

from flask import Flask, Response, request
from werkzeug.exceptions import HTTPException, InternalServerError

from opendata.errors import StoreError
from opendata.formats.json import dump
from opendata.vocabularies import Label

MEDIA_TYPE = "application/problem+json"

_TITLES = {
    400: Label("请求有误", "Bad request"),
    404: Label("没有这个资源", "Not found"),
    405: Label("不支持这种方法", "Method not allowed"),
    406: Label("没有这种表示形式", "Not acceptable"),
    414: Label("地址过长", "Address too long"),
    500: Label("服务器出错", "Server error"),
    503: Label("暂时没有可用的数据", "Nothing to serve yet"),
}

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


@dataclass(frozen=True, slots=True)
class RequestFault:
    """One fault of a request: the parameter, what is wrong, and what may stand there."""

    parameter: str
    message: Label
    allowed: list[str] = field(default_factory=list)


class ProblemError(HTTPException):
    """An error that knows its status, its detail and every fault of the request."""

    def __init__(self, status: int, detail: Label, faults: Iterable[RequestFault] = ()) -> None:
        super().__init__(detail.en)
        self.code = status
        self.detail = detail
        self.faults = list(faults)


def init_app(app: Flask) -> None:
    """Answer every error with a problem."""
    app.register_error_handler(HTTPException, _handle)
    app.register_error_handler(StoreError, _unavailable)


def _handle(error: HTTPException) -> Response:
    if isinstance(error, ProblemError):
        return _problem(error.code or 500, error.detail, error.faults)
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


def _problem(status: int, detail: Label, faults: Iterable[RequestFault] = ()) -> Response:
    title = _TITLES.get(status, Label(*(2 * [HTTPStatus(status).phrase])))
    body: dict[str, Any] = {
        "type": "about:blank",
        "title": title.en,
        "title_zh": title.zh,
        "status": status,
        "detail": detail.en,
        "detail_zh": detail.zh,
        "instance": quote(request.path),
        "errors": [
            {
                "parameter": fault.parameter,
                "message": fault.message._asdict(),
                "allowed": fault.allowed,
            }
            for fault in faults
        ],
    }
    response = Response(dump(body), status, content_type=MEDIA_TYPE)
    response.headers["Cache-Control"] = "no-cache" if status < 500 else "no-store"
    return response
