"""Every address of the description, with and without suffix, led to the view that answers it."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import partial

from flask import Blueprint, Flask, Response, request
from werkzeug.routing import BaseConverter

from opendata.records.patterns import DRAFT, Slug, VersionNumber
from opendata.spec import RESOURCES, Kind, Resource
from opendata.spec.resources import PAGE_SUFFIX
from opendata.web.archives import archive, checksum
from opendata.web.catalogue import file, joined
from opendata.web.changes import changes
from opendata.web.citation import citation
from opendata.web.corrections import corrections
from opendata.web.documents import document
from opendata.web.history import history
from opendata.web.negotiation import choose
from opendata.web.news import feed, publications
from opendata.web.pages.citation import citation_page
from opendata.web.pages.collection import collection_page
from opendata.web.pages.documents import document_page
from opendata.web.pages.history import history_page
from opendata.web.pages.news import news_page
from opendata.web.pages.pictures import picture_page, pictures_page
from opendata.web.pages.record import record_page
from opendata.web.pages.search import search_page
from opendata.web.pictures import picture, pictures
from opendata.web.records import record
from opendata.web.rows import rows
from opendata.web.search import search
from opendata.web.tables import table

_VIEWS: dict[Kind, Callable[..., Response]] = {
    Kind.COLLECTION: rows,
    Kind.RECORD: record,
    Kind.DOCUMENT: document,
    Kind.SEARCH: search,
    Kind.TABLE: table,
    Kind.FEED: feed,
    Kind.PUBLICATIONS: publications,
    Kind.CHANGES: changes,
    Kind.CORRECTIONS: corrections,
    Kind.HISTORY: history,
    Kind.CITATION: citation,
    Kind.JOINED: joined,
    Kind.FILE: file,
    Kind.DESCRIPTION: document,
    Kind.LIST: document,
    Kind.ARCHIVE: archive,
    Kind.CHECKSUM: checksum,
    Kind.PICTURES: pictures,
    Kind.PICTURE: picture,
}
#: The pages for people, by what they show (:mod:`opendata.web.pages`).
_PAGES: dict[Kind, Callable[..., Response]] = {
    Kind.DOCUMENT: document_page,
    Kind.HISTORY: history_page,
    Kind.PUBLICATIONS: news_page,
    Kind.CITATION: citation_page,
    Kind.RECORD: record_page,
    Kind.COLLECTION: collection_page,
    Kind.SEARCH: search_page,
    Kind.PICTURES: pictures_page,
    Kind.PICTURE: picture_page,
}


#: Pages that take the query of their data.
_ASKED = (Kind.COLLECTION, Kind.SEARCH, Kind.CITATION)


class _SlugConverter(BaseConverter):
    regex = Slug.pattern.replace("(", "(?:")


class _VersionConverter(BaseConverter):
    #: What is served of a draft in a preview is elsewhere a version that does not exist.
    regex = f"(?:{VersionNumber.pattern.replace('(', '(?:')}|{DRAFT})"


class _NameConverter(BaseConverter):
    regex = "[a-z0-9_]+"


def init_app(app: Flask) -> None:
    """Serve every resource of the description."""
    app.url_map.converters |= {
        "slug": _SlugConverter,
        "version": _VersionConverter,
        "name": _NameConverter,
    }
    bp = Blueprint("routes", __name__)
    for resource in RESOURCES:
        _route(bp, resource)
    app.register_blueprint(bp)


def _route(bp: Blueprint, resource: Resource) -> None:
    rule = resource.path.replace("{dataset}", "<slug:dataset>")
    rule = rule.replace("{version}", "<version:version>")
    rule = rule.replace("{vocabulary}", "<name:vocabulary>")
    rule = rule.replace("{list}", "<name:list>")
    rule = re.sub(r"{\w+}", "<slug:name>", rule)
    view = partial(_page_or_data if resource.paged else _VIEWS[resource.kind], resource)
    bp.add_url_rule(rule, resource.operation, view)
    for suffix in resource.offered:
        endpoint = f"{resource.operation}_{suffix}"
        bp.add_url_rule(f"{rule}.{suffix}", endpoint, view, defaults={"suffix": suffix})


def _page_or_data(resource: Resource, suffix: str | None = None, **names: str) -> Response:
    """Answer with the page of a resource where that is what is asked for, else with its data.

    What a page cannot heed (``fields``, ``since``) asks for data, unless the suffix is that of
    the page, which refuses it.
    """
    page = choose(suffix, resource.offered) == PAGE_SUFFIX
    if page and suffix is None and resource.kind not in _ASKED:
        page = not set(request.args) - {"lang"}
    view = (_PAGES if page else _VIEWS)[resource.kind]
    return view(resource, suffix, **names)
