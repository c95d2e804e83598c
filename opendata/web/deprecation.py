"""That a dataset is given up: said in the header of every answer of its addresses.

``Deprecation`` (RFC 9745) stands everywhere, ``Sunset`` (RFC 8594) only where no version is
named: pinned addresses of a release never break.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, time

import orjson
from flask import Flask, Response, g, request
from werkzeug.http import http_date

from opendata.store import VersionRow
from opendata.web.current import store


def init_app(app: Flask) -> None:
    """Add the fields to what is answered of a dataset."""
    app.after_request(_add)


def remember(version: VersionRow) -> None:
    """Keep the version that the request is about."""
    g.version = version


def _add(response: Response) -> Response:
    version: VersionRow | None = g.get("version")
    if version is None or version.deprecation is None:
        return response
    about = orjson.loads(version.deprecation)
    explained = about["url"] or f"{store().base_url}/v1/datasets/{version.dataset}"
    response.headers["Deprecation"] = f"@{int(_midnight(about['date']).timestamp())}"
    relations = ["deprecation"]
    if about["sunset"] and "version" not in (request.view_args or {}):
        response.headers["Sunset"] = http_date(_midnight(about["sunset"]))
        relations.append("sunset")
    if response.status_code != 304:  # a cache would replace the field it holds
        links = (f'<{explained}>; rel="{relation}"' for relation in relations)
        response.headers["Link"] = ", ".join(filter(None, (response.headers.get("Link"), *links)))
    return response


def _midnight(day: str) -> datetime:
    """Return the beginning of a day, in UTC."""
    return datetime.combine(date.fromisoformat(day), time(), UTC)
