"""The pages of pictures: each with a table of the same numbers that leads to the records."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any
from urllib.parse import parse_qsl

import orjson
from flask import Response

from opendata.formats import JSON
from opendata.spec import Resource
from opendata.store import Store, VersionRow
from opendata.vocabularies import COMPARATORS, STRENGTHS, Label
from opendata.web import query
from opendata.web.current import store
from opendata.web.languages import reader
from opendata.web.lookup import caching, find_version, locate, state
from opendata.web.pages.answering import page_answer, shell_of
from opendata.web.pictures import Picture, drawing, drawn, path_of, picture_of
from opendata.web.relations import relations

_LABELS = {
    code.code: code.label for codelist in (COMPARATORS, STRENGTHS) for code in codelist.codes
}


@dataclass(frozen=True, slots=True)
class PicturesPage:
    """What the pages show.

    ``path`` is the address of the dataset or version that the pictures are of, as it was asked
    for, ``pinned`` that of the version. ``heights`` are those of the drawings in pixels, ``labels``
    names comparators and strengths.
    """

    path: str
    pinned: str
    meta: Mapping[str, Any]
    pictures: Sequence[Picture]
    heights: Mapping[str, int]
    labels: Mapping[str, Label]

    def path_of(self, url: str) -> str:
        """Return the path and query of an address of this site, by the one that was asked for.

        :param url: an address of the version that the page is of.
        """
        return self.path + url.partition(self.pinned)[2]

    @staticmethod
    def groups(picture: Picture) -> list[tuple[Mapping[str, Any] | None, list[Any]]]:
        """Return the figures of a picture with the group of each, where they have any."""
        pairs = groupby(picture["figures"], key=lambda figure: figure["group"])
        return [(group, list(figures)) for group, figures in pairs]

    @staticmethod
    def asked(text: str) -> dict[str, str]:
        """Return the parameters of a query."""
        return dict(parse_qsl(text))


def pictures_page(
    resource: Resource, suffix: str | None = None, *, dataset: str, version: str | None = None
) -> Response:
    """Answer with the page of all pictures of a version."""
    query.language()
    current = store()
    held = find_version(current, dataset, version)
    return _answered(resource, suffix, current, held, version, "", drawn(current, held))


def picture_page(
    resource: Resource,
    suffix: str | None = None,
    *,
    dataset: str,
    version: str | None = None,
    name: str,
) -> Response:
    """Answer with the page of a picture."""
    query.language()
    current = store()
    held = find_version(current, dataset, version)
    found = picture_of(current, held, name)
    return _answered(resource, suffix, current, held, version, f"/{name}", [found])


def _page(
    held: VersionRow, path: str, pinned: str, found: Sequence[Picture], language: str
) -> PicturesPage:
    heights = {picture["name"]: drawing(held, picture, language).height for picture in found}
    return PicturesPage(path, pinned, orjson.loads(held.meta), found, heights, _LABELS)


def _answered(
    resource: Resource,
    suffix: str | None,
    current: Store,
    held: VersionRow,
    version: str | None,
    name: str,
    found: Sequence[Picture],
) -> Response:
    shell, pinned = shell_of(reader(), suffix), path_of(held)
    path = pinned if version else f"/v1/datasets/{held.dataset}"
    here = f"{pinned}/pictures{name}"
    response = page_answer(
        "picture.html" if name else "pictures.html",
        shell,
        lambda: _page(held, path, pinned, found, shell.language),
        state(held, JSON),
        caching=caching(resource),
        links=lambda: relations(resource, held, here),
        negotiated=not suffix,
    )
    return locate(response, resource, current.base_url, here, suffix)
