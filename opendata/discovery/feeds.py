"""Atom feeds of what happened (RFC 4287), long ones in archives (RFC 5005 §4).

A feed holds the newest entries; those before are in archives of as many each, counted from the
oldest on, so that an archive that is full never changes again.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from xml.etree.ElementTree import Element

from opendata.discovery import xml
from opendata.discovery.entries import entry
from opendata.discovery.events import Event
from opendata.vocabularies import Label

ATOM = "application/atom+xml"
#: Entries of a feed, and of each of its archives.
MOST = 100

_CLOSE = b"</feed>\n"
_NAMESPACES = {
    "xmlns": "http://www.w3.org/2005/Atom",
    "xmlns:fh": "http://purl.org/syndication/history/1.0",
}
_ALL = Label("开放数据：发布与更正", "Open data: releases and corrections")
_ABOUT = Label(
    "每发布一个版本、每作一处更正，各有一条。",
    "An entry for each version that is released and for each correction.",
)
_OF_ONE = Label("{}：发布与更正", "{}: releases and corrections")

#: The first has the feed at the plain address.
_LANGUAGES = Label._fields


def feed_path(language: str, dataset: str | None = None, archive: int | None = None) -> str:
    """Return the path of the feed of all datasets or of one, or of an archive of it, from 1."""
    below = f"/v1/datasets/{dataset}" if dataset else ""
    number = f"/{archive}" if archive else ""
    variant = "" if language == _LANGUAGES[0] else f".{language}"
    return f"{below}/feed{number}{variant}.atom"


def feeds(base_url: str, found: Sequence[Event]) -> Iterator[tuple[str, bytes]]:
    """Yield every feed and archive with its path: of all datasets, and of each, by language.

    :param found: oldest first.
    """
    own: dict[str, list[Event]] = {}
    for event in found:
        own.setdefault(event.release.dataset, []).append(event)
    for language in _LANGUAGES:
        written = {event.moment: entry(base_url, event, language) for event in found}
        yield from _documents(_Feed(base_url, language, None, found), written)
        for dataset, events in own.items():
            yield from _documents(_Feed(base_url, language, dataset, events), written)


@dataclass(frozen=True, slots=True)
class _Feed:
    """The feed of a dataset, or of all, in one language."""

    base_url: str
    language: str
    dataset: str | None
    events: Sequence[Event]

    @property
    def archives(self) -> int:
        """How many archives there are: full ones, and only where the feed does not hold all."""
        return len(self.events) // MOST if len(self.events) > MOST else 0

    def address(self, archive: int | None = None, language: str | None = None) -> str:
        path = feed_path(language or self.language, self.dataset, archive)
        return f"{self.base_url}{path}"


def _documents(feed: _Feed, written: dict[str, bytes]) -> Iterator[tuple[str, bytes]]:
    """Yield the feed and its archives; ``written`` are entries by their moment."""
    newest = feed.events[-MOST:]
    yield feed_path(feed.language, feed.dataset), _document(feed, None, newest, written)
    for number in range(1, feed.archives + 1):
        part = feed.events[(number - 1) * MOST : number * MOST]
        path = feed_path(feed.language, feed.dataset, number)
        yield path, _document(feed, number, part, written)


def _document(
    feed: _Feed, archive: int | None, part: Sequence[Event], written: dict[str, bytes]
) -> bytes:
    head = xml.written(_head(feed, archive, part))
    entries = b"".join(written[event.moment] for event in reversed(part))
    return xml.DECLARATION + head.removesuffix(_CLOSE.strip()) + entries + _CLOSE


def _head(feed: _Feed, archive: int | None, part: Sequence[Event]) -> Element:
    head = xml.element("feed", {**_NAMESPACES, "xml:lang": feed.language})
    title = _ALL
    if feed.dataset:
        named = feed.events[-1].release.title
        title = Label(_OF_ONE.zh.format(named.zh), _OF_ONE.en.format(named.en))
    xml.add(head, "id", feed.address())
    xml.add(head, "title", getattr(title, feed.language))
    xml.add(head, "subtitle", getattr(_ABOUT, feed.language))
    xml.add(head, "updated", part[-1].moment)
    xml.add(head, "generator", "opendata")
    _link(head, "self", feed.address(archive), ATOM)
    if feed.dataset:
        _link(head, "alternate", f"{feed.base_url}/v1/datasets/{feed.dataset}", "application/json")
    else:
        _link(head, "alternate", f"{feed.base_url}/", "text/html")
    for other in _LANGUAGES:
        if other != feed.language:
            _link(head, "alternate", feed.address(archive, other), ATOM, hreflang=other)
    _link_archives(head, feed, archive)
    return head


def _link_archives(head: Element, feed: _Feed, archive: int | None) -> None:
    before = feed.archives if archive is None else archive - 1
    if before:
        _link(head, "prev-archive", feed.address(before), ATOM)
    if archive is not None:
        if archive < feed.archives:
            _link(head, "next-archive", feed.address(archive + 1), ATOM)
        _link(head, "current", feed.address(), ATOM)
        xml.add(head, "fh:archive")


def _link(parent: Element, relation: str, href: str, kind: str, **more: str) -> None:
    xml.add(parent, "link", "", {"rel": relation, "type": kind, "href": href, **more})
