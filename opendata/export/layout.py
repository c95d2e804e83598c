"""Where an address stands as a file.

===============================  ============================  ============================
address                          answered as                   file
===============================  ============================  ============================
``/``                            a page                        ``index.html``
``/v1/targets.csv``              whatever its suffix says      ``v1/targets.csv``
``/v1/targets``                  JSON                          ``v1/targets.json``
``/docs``                        a page                        ``docs.html``
``/catalog``                     Turtle, JSON-LD or RDF/XML    ``catalog@.ttl``
``/.well-known/api-catalog``     anything else                 ``.well-known/api-catalog``
``/catalog.ttl?page=2``          Turtle                        ``catalog.ttl@page=2.ttl``
``/v1/targets?cursor=x``         JSON                          ``v1/targets@cursor=x.json``
===============================  ============================  ============================

An address without suffix may be a folder too (``/v1/datasets``), hence the suffix of its file. What
is JSON is the same with and without ``.json``, so one file serves both; RDF without suffix tells of
its own address and has a file of its own.
"""

from __future__ import annotations

import re

from opendata.errors import OpendataError
from opendata.formats import MEDIA_TYPES
from opendata.spec.resources import GRAPH_TYPES, RDF_TYPES, SVG, SVG_TYPE

#: The folder in an export that is not part of the site: what the exporter and servers need.
OWN = ".export"
#: The digests of every file of the site, as ``sha256sum -c`` reads them.
SUMS = "SHA256SUMS"
#: What stands for an address that is not there, to servers that can name such a file.
NOT_FOUND = {"json": "404.json", "html": "404.html"}
#: What separates an address from what is asked of it.
MARK = "@"

#: Suffixes by media type.
EXTENSIONS = {
    media_type: suffix for suffix, media_type in {**GRAPH_TYPES, **RDF_TYPES, **MEDIA_TYPES}.items()
} | {"text/html": "html", "application/atom+xml": "atom", SVG_TYPE: SVG}
#: Those whose body does not tell of the address, so that a suffix makes no difference.
_SAME = ("json", "html")

_SUFFIXED = re.compile(r"[^/]*[^/.][^/]*\.[a-z][a-z0-9]*")
_PART = re.compile(r"[A-Za-z0-9._~@=&%,+:!$'()*;-]+")
#: Bytes in the name of a file or folder, which every usual file system takes.
_LONGEST = 255
_RESERVED = frozenset({OWN, SUMS, *NOT_FOUND.values()})


class LayoutError(OpendataError):
    """An address that no file can stand for."""


def file_of(address: str, media_type: str) -> str:
    """Return the path of the file for ``address``, below the folder of the site.

    :param address: path and query as they stand in a request, such as ``/v1/targets?cursor=x``.
    :param media_type: of the body, without parameters.
    :raises LayoutError: where there can be no such file, or it would stand outside the folder.
    """
    path, _, query = address.partition("?")
    name = "index" if path == "/" else path.removeprefix("/")
    suffixed = _SUFFIXED.fullmatch(name.rpartition("/")[2]) is not None
    extension = EXTENSIONS.get(media_type)
    if query:
        name = f"{name}{MARK}{query}"
        name = f"{name}.{extension}" if extension else name
    elif extension and not suffixed:
        name = f"{name}.{extension}" if extension in _SAME else f"{name}{MARK}.{extension}"
    _check(address, path, name)
    return name


def _check(address: str, path: str, name: str) -> None:
    parts = name.split("/")
    if not path.startswith("/") or parts[0] in _RESERVED:
        raise LayoutError(f"{address!r} has no place in an export")
    for part in parts:
        if not _PART.fullmatch(part) or not part.strip(".") or len(part) > _LONGEST:
            raise LayoutError(f"{address!r} cannot be a file: {part!r} is no safe name")
