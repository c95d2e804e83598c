"""What stands for every address that is not there, and for methods that nothing takes."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from importlib import resources as package

from opendata.export.calling import asking
from opendata.export.layout import NOT_FOUND, OWN
from opendata.export.manifest import Entry
from opendata.export.writing import Writer

#: An address that is never there; servers put the one that was asked in its place.
NOWHERE = "/404"
#: The problem of another method than GET, below the folder of the export.
NOT_ALLOWED = f"{OWN}/405.json"


def written_problems(writer: Writer) -> Iterator[tuple[Entry, bool]]:
    """Write the problems and the page; yield the entry of each and whether it is another now."""
    page = package.files("opendata.export").joinpath(NOT_FOUND["html"]).read_bytes()
    for file, body in (
        (NOT_FOUND["html"], page),
        (NOT_FOUND["json"], _body(writer, NOWHERE, "GET")),
        (NOT_ALLOWED, _body(writer, "/v1", "POST")),
    ):
        sha256 = hashlib.sha256(body).hexdigest()
        changed = not _same(writer, file, body)
        if changed:
            path = writer.run.staged(file)
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(body)
        yield Entry("", 0, file, len(body), sha256), changed


def _body(writer: Writer, address: str, method: str) -> bytes:
    with asking(writer.app, address, method=method) as answer:
        return b"".join(answer.blocks)


def _same(writer: Writer, file: str, body: bytes) -> bool:
    try:
        return (writer.run.root / file).read_bytes() == body
    except OSError:
        return False
