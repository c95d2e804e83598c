"""The page of what is new: the versions that were published last."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import orjson
from flask import Response

from opendata.spec import Resource
from opendata.web import query
from opendata.web.current import store
from opendata.web.languages import reader
from opendata.web.pages.answering import page_answer, shell_of
from opendata.web.relations import relations

#: Versions that the page shows; programs walk through all.
_SHOWN = 50


@dataclass(frozen=True, slots=True)
class NewsPage:
    """What the page shows: versions as JSON has them, the newest first."""

    versions: Sequence[Mapping[str, Any]]


def news_page(resource: Resource, suffix: str | None = None) -> Response:
    """Answer with the page of the versions that were published last."""
    query.language()
    current = store()
    return page_answer(
        "news.html",
        shell_of(reader(), suffix),
        lambda: NewsPage([orjson.loads(found) for found in current.newest(_SHOWN)]),
        current.digest,
        links=lambda: relations(resource, None),
        negotiated=not suffix,
    )
