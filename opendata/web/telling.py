"""Answers that are told as JSON, as CSV or as a page: what their forms have in common."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Protocol

from flask import Response, request

from opendata.formats import CSV, JSON, Options
from opendata.spec import Resource
from opendata.web.conditional import answer
from opendata.web.current import published, store
from opendata.web.pages.answering import HTML, PAGE_POLICY
from opendata.web.relations import relations, turning_to


class Telling(Protocol):
    """What is told of a dataset, in the form that was chosen."""

    @property
    def links(self) -> Mapping[str, str | None]:
        """The addresses of other pages; known once there is a body."""

    @property
    def language(self) -> str:
        """The language of a page; nothing where the form has none."""

    def body(self) -> bytes | Iterator[bytes]:
        """Return the body; CSV in blocks."""

    def file_name(self) -> str:
        """Return the Content-Disposition field of a download."""


def tell(
    resource: Resource,
    dataset: str,
    suffix: str | None,
    chosen: str,
    telling: Telling,
    tag: str,
    caching: str,
) -> Response:
    """Answer with ``telling``.

    :param suffix: that of the address, where it has one.
    :param chosen: the suffix of the form.
    :param tag: the entity tag of the body without a coding.
    """
    by_language = chosen == "html" and "lang" not in request.args
    vary = ("" if suffix else "Accept", "Accept-Language" if by_language else "")
    types = {CSV.suffix: CSV.content_type_for(Options()), "html": HTML}
    response = answer(
        tag,
        caching,
        ", ".join(filter(None, vary)),
        types.get(chosen, JSON.content_type),
        telling.body,
        modified=published(),
    )
    if response.status_code != 304:
        versions = f"{store().base_url}/v1/datasets/{dataset}/versions"
        links = [*relations(resource, None), *turning_to(telling.links)]
        response.headers["Link"] = ", ".join([*links, f'<{versions}>; rel="version-history"'])
        if chosen == CSV.suffix:
            response.headers["Content-Disposition"] = telling.file_name()
    if chosen == "html":
        response.headers["Content-Language"] = telling.language
        response.headers["Content-Security-Policy"] = PAGE_POLICY
    return response
