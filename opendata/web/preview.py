"""What a preview of drafts says more than the public service: do not keep, do not index.

Nothing is kept, neither by clients nor between builds, so that no draft outlives its preview.
"""

from __future__ import annotations

from flask import Flask, Response


def init_app(app: Flask) -> None:
    """Mark every answer and page, where the application serves drafts."""
    preview: bool = app.extensions["store"].preview
    app.context_processor(lambda: {"preview": preview})
    if preview:
        app.after_request(_mark)


def _mark(response: Response) -> Response:
    response.headers["Cache-Control"] = "no-store"
    response.headers["X-Robots-Tag"] = "noindex, nofollow"
    return response
