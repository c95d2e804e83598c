"""Style sheet, script and icon of the pages, at addresses that change with their content."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from functools import cache
from importlib import resources as package
from pathlib import Path

from flask import Blueprint, Flask, Response

import opendata
from opendata.web import query
from opendata.web.files import file

_FOLDER = Path(str(package.files("opendata.web"))) / "static"
#: The files of the site by name; every page names the first, and no page anything from elsewhere.
ASSETS = ("site.css", "site.js", "icon.svg")
#: A year: what the address leads to never changes.
_FOREVER = 31_536_000
_RENDERING = ("*.py", "*.html", "*.css", "*.js", "*.svg")


def init_app(app: Flask) -> None:
    """Serve each file at its address of now."""
    bp = Blueprint("assets", __name__)
    for name in ASSETS:
        bp.add_url_rule(asset_path(name), name.replace(".", "_"), _view(name))
    app.register_blueprint(bp)


@cache
def asset_path(name: str) -> str:
    """Return the path of a file of the site, with a digest of its content in it."""
    digest = hashlib.sha256((_FOLDER / name).read_bytes()).hexdigest()[:12]
    stem, _, suffix = name.partition(".")
    return f"/static/{stem}-{digest}.{suffix}"


@cache
def rendering() -> str:
    """Return what tells this software from every other that would render pages otherwise."""
    root = Path(opendata.__file__).parent
    digest = hashlib.sha256()
    for pattern in _RENDERING:
        for path in sorted(root.rglob(pattern)):
            digest.update(path.read_bytes())
    return digest.hexdigest()


def _view(name: str) -> Callable[[], Response]:
    def view() -> Response:
        query.none()
        response = file(_FOLDER / name, _FOREVER)
        response.headers["Cache-Control"] += ", immutable"
        return response

    return view
