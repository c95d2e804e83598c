"""What leads to other addresses: sitemaps, feeds and indexes, read as streams.

They come from a stranger: no document type is accepted, and so no entity can be declared.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from xml.parsers.expat import ExpatError, ParserCreate

import orjson

from opendata.errors import OpendataError

_BLOCK = 1 << 16
_SITEMAPS = "http://www.sitemaps.org/schemas/sitemap/0.9"
_ATOM = "http://www.w3.org/2005/Atom"
_LOCATION, _INDEX = f"{_SITEMAPS} loc", f"{_SITEMAPS} sitemapindex"
_LINK = f"{_ATOM} link"


class UnreadableError(OpendataError):
    """A document that is not what it should be."""


class _Reader:
    """Collects locations and links while a document is parsed."""

    def __init__(self) -> None:
        self.found: list[tuple[str, bool]] = []
        self._text: list[str] | None = None
        self._index = False
        self.parser = ParserCreate(namespace_separator=" ")
        self.parser.buffer_text = True
        self.parser.StartDoctypeDeclHandler = self._refuse
        self.parser.StartElementHandler = self._begin
        self.parser.EndElementHandler = self._end
        self.parser.CharacterDataHandler = self._add

    def take(self) -> list[tuple[str, bool]]:
        found, self.found = self.found, []
        return found

    def _refuse(self, *_: object) -> None:
        raise UnreadableError("declares a document type, which no sitemap or feed does")

    def _begin(self, name: str, attributes: dict[str, str]) -> None:
        self._index = self._index or name == _INDEX
        if name == _LOCATION:
            self._text = []
        elif name == _LINK and attributes.get("rel") == "prev-archive":
            self.found.append((attributes.get("href", ""), True))

    def _end(self, name: str) -> None:
        if name == _LOCATION and self._text is not None:
            self.found.append(("".join(self._text).strip(), self._index))
            self._text = None

    def _add(self, text: str) -> None:
        if self._text is not None:
            self._text.append(text)


def leads(path: Path) -> Iterator[tuple[str, bool]]:
    """Yield the URLs that a sitemap or feed leads to, and whether each leads further.

    A sitemap leads to pages, an index to sitemaps, a feed to its archive before (RFC 5005).

    :raises UnreadableError: where it is not well-formed.
    """
    reader = _Reader()
    with path.open("rb") as file:
        try:
            while block := file.read(_BLOCK):
                reader.parser.Parse(block, False)
                yield from reader.take()
            reader.parser.Parse(b"", True)
        except ExpatError as error:
            raise UnreadableError(f"is not well-formed XML ({error})") from error


def base_of(index: bytes) -> str:
    """Return the base address that a site gives itself, from its index ``/v1``.

    :raises UnreadableError: where it gives none.
    """
    try:
        own = orjson.loads(index)["links"]["self"]
    except (ValueError, KeyError, TypeError) as error:
        raise UnreadableError("is no index of a site of this software") from error
    if not isinstance(own, str) or not own.endswith("/v1"):
        raise UnreadableError("does not tell its own address")
    return own.removesuffix("/v1")
