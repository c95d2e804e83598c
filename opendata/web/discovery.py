"""What leads to everything: feeds, sitemaps and the files that programs ask for first."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from flask import Blueprint, Flask, Response, request

from opendata.vocabularies import Label
from opendata.web import query
from opendata.web.conditional import LATEST, answer
from opendata.web.current import published, store
from opendata.web.problems import ProblemError
from opendata.web.relations import welcoming

bp = Blueprint("discovery", __name__)


def init_app(app: Flask) -> None:
    """Serve feeds, sitemaps, ``/robots.txt``, ``/llms.txt`` and the catalogue of APIs."""
    app.register_blueprint(bp)


@bp.get("/feed.atom")
@bp.get("/feed.en.atom")
@bp.get("/feed/<archive>.atom")
@bp.get("/v1/datasets/<slug:dataset>/feed/<archive>.atom")
@bp.get("/sitemap.xml")
@bp.get("/sitemap/<path:share>.xml")
@bp.get("/robots.txt")
@bp.get("/llms.txt")
@bp.get("/.well-known/api-catalog")
def found(**_: str) -> Response:
    """Answer with the document at the address."""
    query.none()
    return ready_made(request.path, welcoming)


def ready_made(path: str, links: Callable[[], Iterable[str]]) -> Response:
    """Answer with the document at ``path`` as it was made at build.

    :param links: the members of its Link field.
    :raises ProblemError: 404 where there is none.
    """
    held = store().document(path)
    if held is None:
        detail = Label(
            "没有这一部分；/feed.atom 和 /sitemap.xml 列出有哪些。",
            "There is no such part; /feed.atom and /sitemap.xml list those there are.",
        )
        raise ProblemError(404, detail)
    response = answer(
        held.sha256[:32],
        LATEST,
        "",
        held.content_type,
        lambda: held.body,
        modified=published(),
        stored=True,
    )
    if response.status_code != 304:
        response.headers["Link"] = ", ".join(links())
    return response
