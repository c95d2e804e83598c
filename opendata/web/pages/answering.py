"""Answering with a page: its validator, its policy, and what it depends on of the request."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from typing import Any

from flask import Response, request

from opendata.web import query
from opendata.web.conditional import LATEST, answer, validator
from opendata.web.current import published, store
from opendata.web.languages import Reader
from opendata.web.pages.assets import rendering
from opendata.web.pages.rendering import Shell, render

HTML = "text/html; charset=utf-8"
#: Style, script and data from here and from nowhere else; nothing inline.
PAGE_POLICY = (
    "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'; "
    "img-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)


def shell_of(reader: Reader, suffix: str | None) -> Shell:
    """Return the shell of the page that is asked for."""
    path = request.path.removesuffix(f".{suffix}") if suffix else request.path
    return Shell(reader, path, suffix or "")


def page_answer(
    template: str,
    shell: Shell,
    model: Callable[[], Any],
    state: str,
    *,
    caching: str = LATEST,
    links: Callable[[], Iterable[str]] = tuple,
    negotiated: bool = False,
    modified: datetime | None = None,
) -> Response:
    """Answer with a page.

    :param model: makes what the template shows; called only where a body is needed.
    :param state: what the data of the page follow from: the digest of the store, or of a version
        (:func:`opendata.web.lookup.state`); the query, the language and the software are added.
    :param links: makes the members of the Link field; called after ``model``.
    :param negotiated: whether the address has other forms, so that Accept chose this one.
    :param modified: when the page last changed, where that is not with the store.
    """
    reader = shell.reader
    asking = repr(sorted(query.arguments().items()))
    tag = validator(
        rendering(), store().base_url, state, request.path, asking, shell.language, template
    )
    vary = ("Accept" if negotiated else "", "" if reader.asked else "Accept-Language")
    response = answer(
        tag,
        caching,
        ", ".join(filter(None, vary)),
        HTML,
        lambda: render(template, model(), shell),
        modified=modified or published(),
    )
    if response.status_code != 304:
        response.headers["Link"] = ", ".join(links())
    return spoken(response, shell)


def spoken(response: Response, shell: Shell) -> Response:
    """Say which language a page is in and what it may load."""
    response.headers["Content-Language"] = shell.language
    response.headers["Content-Security-Policy"] = PAGE_POLICY
    return response


def failed_page(status: int, template: str, model: Any, shell: Shell) -> Response:
    """Answer with a page that says what was wrong with the request; nobody keeps it."""
    response = Response(render(template, model, shell), status, content_type=HTML)
    response.headers["Cache-Control"] = "no-cache"
    response.vary.update(("Accept", "Accept-Language"))
    return spoken(response, shell)


def led_on(shell: Shell, clean: Mapping[str, str]) -> Response:
    """Lead on to the address that what a form sent stands for."""
    ending = f".{shell.suffix}" if shell.suffix else ""
    response = Response(status=302)
    response.headers["Location"] = shell.file(f"{shell.path}{ending}", clean)
    response.headers["Cache-Control"] = "no-cache"
    response.headers.remove("Content-Type")
    response.vary.add("Accept")
    return response
