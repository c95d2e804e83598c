"""A small application around one answer, to ask for what no real resource shows on demand."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime
from pathlib import Path

from flask import Flask

from opendata.store import CurrentStore
from opendata.web import headers, problems
from opendata.web.conditional import LATEST, answer

Body = Callable[[], "bytes | Iterable[bytes]"]


def application(
    body: Body,
    content_type: str = "text/csv",
    *,
    vary: str = "",
    modified: datetime | None = None,
    stored: bool = False,
) -> Flask:
    """Return an application that answers at ``/`` with ``body``, under the tag ``made-up``."""
    app = Flask("small")
    app.extensions["store"] = CurrentStore(Path("nowhere"))
    problems.init_app(app)
    headers.init_app(app)
    app.add_url_rule(
        "/",
        view_func=lambda: answer(
            "made-up", LATEST, vary, content_type, body, modified=modified, stored=stored
        ),
    )
    return app
