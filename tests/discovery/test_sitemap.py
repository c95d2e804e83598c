"""Sitemaps: one where it holds all, else an index of shares."""

from __future__ import annotations

import pytest

from opendata.discovery import Url, sitemap, sitemaps
from tests.discovery.made import BASE, parsed

_NS = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
_OLD, _NEW = "2030-01-01T00:00:00Z", "2030-02-01T00:00:00Z"


def _shares(*counts: int) -> list[tuple[str, list[Url]]]:
    return [
        (f"d-{n}", [Url(f"/d-{n}/{m}", _NEW if m == 1 else _OLD) for m in range(count)])
        for n, count in enumerate(counts)
    ]


def _locations(body: bytes) -> list[str]:
    return [str(e.text).removeprefix(BASE) for e in parsed(body).iter(f"{_NS}loc")]


def test_one_sitemap_holds_all_where_it_can() -> None:
    """Each address with when it last changed, in order."""
    found = dict(sitemaps(BASE, [("site", [Url("/?a=1&b=2", _NEW)]), *_shares(2)]))
    assert list(found) == ["/sitemap.xml"]
    assert _locations(found["/sitemap.xml"]) == ["/?a=1&b=2", "/d-0/0", "/d-0/1"]
    dates = [e.text for e in parsed(found["/sitemap.xml"]).iter(f"{_NS}lastmod")]
    assert dates == [_NEW, _OLD, _NEW]


@pytest.mark.parametrize("counts", [(5,), (2, 2), (4, 1), (1, 9, 0, 2), (1, 1, 1, 1)])
def test_an_index_names_sitemaps_that_hold_all(
    counts: tuple[int, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of three addresses at most; none is lost or told twice."""
    monkeypatch.setattr(sitemap, "MOST_URLS", 3)
    found = dict(sitemaps(BASE, _shares(*counts)))
    listed = _locations(found.pop("/sitemap.xml"))
    assert sorted(listed) == sorted(found)
    urls = [url for path in listed for url in _locations(found[path])]
    assert urls == [url.path for _, share in _shares(*counts) for url in share]
    assert all(len(_locations(body)) <= 3 for body in found.values())


def test_a_share_is_as_new_as_the_newest_in_it(monkeypatch: pytest.MonkeyPatch) -> None:
    """So that crawlers fetch again what changed only."""
    monkeypatch.setattr(sitemap, "MOST_URLS", 2)
    index = parsed(dict(sitemaps(BASE, _shares(2, 1)))["/sitemap.xml"])
    assert [e.text for e in index.iter(f"{_NS}lastmod")] == [_NEW, _OLD]


def test_no_sitemap_is_larger_than_it_may_be(monkeypatch: pytest.MonkeyPatch) -> None:
    """In bytes, where addresses are long."""
    monkeypatch.setattr(sitemap, "MOST_BYTES", 600)
    found = dict(sitemaps(BASE, _shares(20)))
    del found["/sitemap.xml"]
    assert len(found) > 3
    assert all(len(body) <= 600 for body in found.values())
