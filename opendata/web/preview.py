"""What sets a preview of drafts apart from the public service: do not keep, do not index.

Nothing is kept, neither by clients nor between builds, so that no draft outlives its preview.
What others harvest and keep is not made of drafts at all.
"""

from __future__ import annotations

from flask import Flask, Response

from opendata.vocabularies import Label
from opendata.web.current import store
from opendata.web.problems import ProblemError

_RELEASES_ONLY = Label(
    "草稿预览没有目录、数据集网页和打包文件；发布之后才有。",
    "A preview of drafts has no catalogues, pages of datasets or archives; releases have.",
)


def init_app(app: Flask) -> None:
    """Mark every answer and page, where the application serves drafts."""
    preview: bool = app.extensions["store"].preview
    app.context_processor(lambda: {"preview": preview})
    if preview:
        app.after_request(_mark)


def released_only() -> None:
    """Refuse what is made of releases only.

    :raises ProblemError: 404 in a preview of drafts, whatever its parameters.
    """
    if store().preview:
        raise ProblemError(404, _RELEASES_ONLY)


def _mark(response: Response) -> Response:
    response.headers["Cache-Control"] = "no-store"
    response.headers["X-Robots-Tag"] = "noindex, nofollow"
    return response
