"""Errors for people: the page of a problem, where a browser asks; what it says is the problem's."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from flask import Flask, Response, request
from werkzeug.datastructures import MIMEAccept

from opendata.formats import JSON
from opendata.web.current import base_url
from opendata.web.languages import reader
from opendata.web.pages.answering import HTML, spoken
from opendata.web.pages.rendering import Shell, render
from opendata.web.problems import MEDIA_TYPE

_PAGE = "text/html"
#: What problems are answered as to who takes several alike: data first.
_OFFERED = (MEDIA_TYPE, JSON.media_type, _PAGE)


@dataclass(frozen=True, slots=True)
class Failure:
    """What the page shows: the problem, and where it leads to on this site.

    ``explained`` is the section that explains it; the others are paths, of a record that was
    withdrawn: of the one that takes its place, of the last version that has it, and of its history.
    """

    problem: Mapping[str, Any]
    explained: str
    successor: str | None = None
    last: str | None = None
    history: str | None = None


def init_app(app: Flask) -> None:
    """Turn problems into pages for who prefers these."""
    app.after_request(_for_people)


def wants_page() -> bool:
    """Whether the request prefers a page to data (RFC 9110 §12.5.1)."""
    accept = MIMEAccept([(r.partition(";")[0].strip(), q) for r, q in request.accept_mimetypes])
    return bool(accept) and accept.best_match(_OFFERED) == _PAGE


def _for_people(response: Response) -> Response:
    if response.mimetype != MEDIA_TYPE or not wants_page():
        return response
    try:
        asking = reader()
    except UnicodeDecodeError:  # an address that cannot be read has no language either
        return response
    shell = Shell(asking, request.path)
    response.set_data(render("failure.html", _failure(response.get_json()), shell))
    response.content_type = HTML
    return spoken(response, shell)


def _failure(problem: Mapping[str, Any]) -> Failure:
    explained = _path(problem["type"])
    if problem.get("code") != "withdrawn":
        return Failure(problem, explained)
    last = _path(problem["last_version"]["url"])
    dataset, _, record = last.partition("/versions/")
    history = f"{dataset}/{record.partition('/')[2]}/history"
    successor = problem["successor"]
    return Failure(problem, explained, successor and _path(successor), last, history)


def _path(address: str) -> str:
    return address.removeprefix(base_url())
