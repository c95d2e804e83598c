"""Feeds: what RFC 4287 and RFC 5005 ask of them."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from xml.etree.ElementTree import Element

import pytest
from hypothesis import given
from hypothesis import strategies as st

from opendata.discovery import Event, events, feeds
from opendata.vocabularies import Label
from tests.discovery.made import BASE, NOON, correction, parsed, release

_ATOM = "{http://www.w3.org/2005/Atom}"
_LANG = "{http://www.w3.org/XML/1998/namespace}lang"


def _links(of: Element) -> list[tuple[str | None, ...]]:
    names = ("rel", "href", "type", "hreflang", "length")
    return [tuple(map(link.get, names)) for link in of.findall(f"{_ATOM}link")]


def _hrefs(of: Element, relation: str) -> list[str]:
    return [str(link[1]) for link in _links(of) if link[0] == relation]


def _feed(path: str, found: list[Event]) -> Element:
    return parsed(dict(feeds(BASE, found))[path])


def _many(count: int) -> list[Event]:
    start = datetime(2030, 1, 1, tzinfo=UTC)
    moments = [f"{start + timedelta(days=n):%Y-%m-%dT%H:%M:%SZ}" for n in range(count)]
    return [Event(m, release(version=f"1.{n}.0")) for n, m in enumerate(moments)]


@pytest.mark.parametrize(
    ("path", "language", "title"),
    [
        ("/feed.atom", "zh", "开放数据：发布与更正"),
        ("/feed.en.atom", "en", "Open data: releases and corrections"),
        ("/v1/datasets/demo-2030/feed.atom", "zh", "工作安排：发布与更正"),
        ("/v1/datasets/demo-2030/feed.en.atom", "en", "Work plan: releases and corrections"),
    ],
)
def test_each_feed_names_itself_and_its_language(path: str, language: str, title: str) -> None:
    """Its own address is its id and its self link; the other language is an alternate."""
    feed = _feed(path, events([release()], []))
    assert feed.get(_LANG) == language
    assert feed.findtext(f"{_ATOM}id") == f"{BASE}{path}"
    assert feed.findtext(f"{_ATOM}title") == title
    assert feed.findtext(f"{_ATOM}updated") == NOON
    assert _hrefs(feed, "self") == [f"{BASE}{path}"]
    kinds = [(link[2], link[3]) for link in _links(feed) if link[0] == "alternate"]
    assert len(kinds) == len(set(kinds)) == 2  # RFC 4287 §4.1.1


def test_a_release_has_its_files_enclosed() -> None:
    """With type and length; its id is the pinned address."""
    entry = _feed("/feed.en.atom", events([release()], []))[-1]
    pinned = f"{BASE}/v1/datasets/demo-2030/versions/1.0.0"
    assert entry.findtext(f"{_ATOM}id") == pinned
    assert entry.findtext(f"{_ATOM}title") == "Work plan, version 1.0.0"
    assert entry.findtext(f"{_ATOM}summary") == "The first version."
    assert entry.findtext(f"{_ATOM}author/{_ATOM}name") == "Test project"
    assert _links(entry) == [
        ("alternate", pinned, "application/json", None, None),
        ("enclosure", f"{pinned}/targets.csv", "text/csv", None, "12"),
    ]


def test_a_correction_says_what_was_wrong_why_and_where() -> None:
    """In the language of the feed; it leads to the dataset's corrections."""
    found = events([release(), release(version="1.0.1")], [correction("1.0.1", "1.0.0")])
    for path in ("/feed.en.atom", "/v1/datasets/demo-2030/feed.en.atom"):
        entry = _feed(path, found).findall(f"{_ATOM}entry")[0]
        address = f"{BASE}/v1/datasets/demo-2030/corrections"
        assert entry.findtext(f"{_ATOM}id") == f"{address}#1.0.1-1"
        assert entry.findtext(f"{_ATOM}title") == "Correction: Work plan, version 1.0.1"
        assert entry.findtext(f"{_ATOM}content") == (
            "What was wrong: The figure was <6>.\nWhy: Checked against the report.\n"
            "Affected versions: 1.0.0; put right in 1.0.1.\n"
            "Records: targets: gdp-growth, new-jobs (value)"
        )
        assert _hrefs(entry, "alternate") == [address]


@pytest.mark.parametrize(("count", "archives"), [(1, 0), (100, 0), (101, 1), (200, 2), (250, 2)])
def test_archives_and_feed_hold_every_entry(count: int, archives: int) -> None:
    """A walk through prev-archive meets each; next-archive and current lead back."""
    found = dict(feeds(BASE, _many(count)))
    path = "/feed.atom"
    seen: set[str] = set()
    walked: list[str] = []
    following: list[str] = [f"{BASE}{path}"]
    while following:
        walked.append(following[0].removeprefix(BASE))
        feed = parsed(found[walked[-1]])
        entries = [e.findtext(f"{_ATOM}id") for e in feed.findall(f"{_ATOM}entry")]
        assert 0 < len(entries) <= 100
        seen.update(map(str, entries))
        following = _hrefs(feed, "prev-archive")
        archived = feed.find("{http://purl.org/syndication/history/1.0}archive") is not None
        assert archived is (len(walked) > 1)
        assert _hrefs(feed, "current") == ([f"{BASE}{path}"] if archived else [])
    assert len(seen) == count
    assert walked == [path, *(f"/feed/{n}.atom" for n in range(archives, 0, -1))]


def test_a_full_archive_never_changes() -> None:
    """But for the link to the archive after it, which may be new."""
    before, after = dict(feeds(BASE, _many(250))), dict(feeds(BASE, _many(299)))
    for path in ("/feed/1.atom", "/feed/2.en.atom", "/v1/datasets/demo-2030/feed/1.atom"):
        assert before[path] == after[path]
    assert before["/feed.atom"] != after["/feed.atom"]


@given(st.text(max_size=40), st.text(max_size=40))
def test_any_title_is_told(zh: str, en: str) -> None:
    """Markup, controls, lone surrogates: the document is well-formed and loses no character."""
    named = release(title=Label(zh, en))
    for path, body in feeds(BASE, events([named], [])):
        title = parsed(body)[-1].findtext(f"{_ATOM}title") or ""
        text = en if ".en." in path else zh
        whole = f"{text}, version 1.0.0" if ".en." in path else f"{text}：1.0.0 版"
        kept = [c if c in "\t\n\r" or ord(c) >= 32 else "\ufffd" for c in whole]
        plain = "".join("\ufffd" if c in "\ufffe\uffff" else c for c in kept)
        assert title == plain.replace("\r\n", "\n").replace("\r", "\n")
