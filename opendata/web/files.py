"""Files of the pages: style sheets and scripts that come with the software."""

from __future__ import annotations

import hashlib
import mimetypes
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import NamedTuple

from flask import Response

from opendata.web.conditional import answer


class _File(NamedTuple):
    body: bytes
    tag: str
    content_type: str
    modified: datetime


def file(path: Path, max_age: int) -> Response:
    """Answer with the file at ``path``, to be kept for ``max_age`` seconds.

    :param path: of a file that does not change while the process lives, never of a request.
    """
    found = _read(path)
    return answer(
        found.tag,
        f"public, max-age={max_age}",
        "",
        found.content_type,
        lambda: found.body,
        modified=found.modified,
        stored=True,
    )


@cache
def _read(path: Path) -> _File:
    body = path.read_bytes()
    kind = mimetypes.guess_type(path.name)[0] or "application/octet-stream"
    content_type = f"{kind}; charset=utf-8" if kind.startswith("text/") else kind
    modified = datetime.fromtimestamp(path.stat().st_mtime, UTC)
    return _File(body, hashlib.sha256(body).hexdigest()[:32], content_type, modified)
