"""What of a request an answer depends on: its address, and the fields that ``Vary`` names.

Fields of which only few things matter are brought to those, so that the many ways of browsers to
say the same find the same answer, and no variety of them fills the cache: what matters of
Accept-Encoding is the coding that is sent and whether it could be none, of Accept-Language which
of the languages there are comes first.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import lru_cache
from typing import Any

from werkzeug.datastructures import Accept, LanguageAccept
from werkzeug.http import parse_accept_header

from opendata.web.encoding import IDENTITY, acceptable, codings
from opendata.web.languages import first_of

Environ = dict[str, Any]
Key = tuple[str, ...]
#: Reads from a request what matters of a field.
Reader = Callable[[Environ], str]

#: The codings that a body can have: what has fewer does not vary by them.
_CODINGS = codings("text/plain")
#: What of an absent field is kept: it is not an empty one.
_ABSENT = "\0"
#: Longer fields are read anew each time.
_REMEMBERED = 300


def address(environ: Environ) -> Key:
    """Return the address of a request."""
    # the path as it was sent, since servers may decode two addresses to one
    path = environ.get("RAW_URI") or environ["PATH_INFO"]
    return environ.get("SCRIPT_NAME", ""), path, environ.get("QUERY_STRING", "")


def key(address: Key, readers: Iterable[Reader], environ: Environ, *, part: bool) -> Key:
    """Return what finds the answer to a request.

    :param readers: the readers of the fields that answers at this address depend on.
    :param part: whether it asks for a part of the body.
    """
    if part:
        readers = [_OF_PARTS.get(reader, reader) for reader in readers]
    return (*address, *[reader(environ) for reader in readers])


def reader(field: str) -> Reader:
    """Return what reads ``field``, named as in ``Vary``."""
    name = "HTTP_" + field.upper().replace("-", "_")

    def read(environ: Environ) -> str:
        value: str = environ.get(name, _ABSENT)
        return value

    return _READERS.get(name, read)


def _coding(environ: Environ) -> str:
    return _codings(environ)[0]


def _coding_of_part(environ: Environ) -> str:
    return _codings(environ)[1]


def _codings(environ: Environ) -> tuple[str, str]:
    field = environ.get("HTTP_ACCEPT_ENCODING", _ABSENT)
    return (_chosen if len(field) <= _REMEMBERED else _chosen.__wrapped__)(field)


def _language(environ: Environ) -> str:
    field = environ.get("HTTP_ACCEPT_LANGUAGE", "")
    return (_spoken if len(field) <= _REMEMBERED else _spoken.__wrapped__)(field)


@lru_cache(maxsize=2000)
def _chosen(field: str) -> tuple[str, str]:
    """Return what a whole body and a part of one are sent in, and whether without a coding too.

    Parts are of the body without a coding, unless the client refuses that.
    """
    sent = None if field == _ABSENT else parse_accept_header(field, Accept)
    found = acceptable(_CODINGS, sent)
    first = found[0] if found else ""
    return (f"{first}+", f"{IDENTITY}+") if IDENTITY in found else (first, first)


@lru_cache(maxsize=2000)
def _spoken(field: str) -> str:
    return first_of(parse_accept_header(field, LanguageAccept)) or ""


_READERS: dict[str, Reader] = {
    "HTTP_ACCEPT_ENCODING": _coding,
    "HTTP_ACCEPT_LANGUAGE": _language,
}
_OF_PARTS: dict[Reader, Reader] = {_coding: _coding_of_part}
