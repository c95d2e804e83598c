"""Asking the application within the process (PEP 3333): what it answers is what is exported."""

from __future__ import annotations

import io
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote_to_bytes

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIApplication


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer: ``headers`` by their names in lower case, ``blocks`` the body, read once."""

    status: int
    headers: dict[str, str]
    blocks: Iterable[bytes]


@contextmanager
def asking(
    app: WSGIApplication, address: str, *, held: str = "", method: str = "GET"
) -> Iterator[Answer]:
    """Ask for ``address``, without any content coding, and close the answer in the end.

    :param held: the ETag field of what is there already, which is answered with 304.
    """
    path, _, query = address.partition("?")
    environ: dict[str, Any] = {
        "REQUEST_METHOD": method,
        "SCRIPT_NAME": "",
        "PATH_INFO": unquote_to_bytes(path).decode("latin-1"),
        "QUERY_STRING": query,
        "SERVER_NAME": "localhost",
        "SERVER_PORT": "80",
        "SERVER_PROTOCOL": "HTTP/1.1",
        "HTTP_HOST": "localhost",
        "HTTP_ACCEPT_ENCODING": "identity",
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": "http",
        "wsgi.input": io.BytesIO(),
        "wsgi.errors": sys.stderr,
        "wsgi.multithread": False,
        "wsgi.multiprocess": True,
        "wsgi.run_once": False,
    }
    if held:
        environ["HTTP_IF_NONE_MATCH"] = held
    begun: list[tuple[int, dict[str, str]]] = []

    def start_response(status: str, headers: list[tuple[str, str]], *_: object) -> Any:
        begun.append((int(status.split(" ", 1)[0]), {k.lower(): v for k, v in headers}))

    blocks = app(environ, start_response)
    try:
        yield Answer(*begun[-1], blocks)
    finally:
        close = getattr(blocks, "close", None)
        if close is not None:
            close()
