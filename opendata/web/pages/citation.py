"""The page of how to cite something, with today as the day of access."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from flask import Response

from opendata.citation import Citation
from opendata.spec import Resource
from opendata.spec.links import rows_of
from opendata.spec.resources import CITE
from opendata.web import query
from opendata.web.citation import CACHING, changed, cited_of, today
from opendata.web.current import store
from opendata.web.fates import elsewhere
from opendata.web.languages import reader
from opendata.web.lookup import find_version, locate, pinned_path
from opendata.web.pages.answering import page_answer, shell_of
from opendata.web.pages.citing import Form, forms
from opendata.web.relations import relations


@dataclass(frozen=True, slots=True)
class CitationPage:
    """What the page shows: what is cited, every form of it, and its address here."""

    cited: Citation
    forms: Sequence[Form]
    above: str
    query: Mapping[str, str]


def citation_page(
    resource: Resource,
    suffix: str | None = None,
    *,
    dataset: str | None = None,
    version: str | None = None,
    name: str | None = None,
) -> Response:
    """Answer with the page of how to cite what is at the address above."""
    current, day, shell = store(), today(), shell_of(reader(), suffix)
    held = find_version(current, dataset, version) if dataset else None
    pinned = pinned_path(resource, held, name or "") if held else shell.path
    asked = query.arguments()
    cited = cited_of(current, resource, held, pinned.removesuffix(CITE), name)
    if cited is None:
        assert held is not None and name is not None
        return elsewhere(current, resource, held, name, suffix)

    def model() -> CitationPage:
        found = replace(cited.citation(), accessed=day)
        above = shell.path.removesuffix(CITE)
        return CitationPage(found, forms(found, shell.language), above, rows_of(asked))

    response = page_answer(
        "citation.html",
        shell,
        model,
        f"{current.digest} {day}",
        caching=CACHING,
        links=lambda: relations(resource, held, pinned, cited.beside),
        negotiated=not suffix,
        modified=changed(day),
    )
    return locate(response, resource, current.base_url, pinned, suffix)
