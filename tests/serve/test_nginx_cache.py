"""The service behind nginx's cache as it is shipped: the same answers, fewer of them made."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.export.serving import Reply, Server, running
from tests.serve.running import running as serving
from tests.serving import World

_SHIPPED = Path(__file__).parents[2] / "docs/static/nginx-cache.conf"
_DEMO = "/v1/datasets/demo-2030"
#: What each of the two says of itself and of the connection.
_OWN = {"server", "date", "connection", "keep-alive", "cache-status"}


@pytest.fixture(scope="module")
def both(world: World, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Server, Server]]:
    """The service itself, and nginx before it."""
    place = tmp_path_factory.mktemp("cache") / "nginx"
    with serving(world.folder) as service:
        shipped = _SHIPPED.read_text("utf-8").replace("127.0.0.1:8000", f"127.0.0.1:{service.port}")
        with running(shipped.replace("/var/cache/nginx", str(place)), place) as cache:
            direct = Server(service.port)
            yield direct, cache
            direct.close()


def _told(reply: Reply) -> tuple[int, dict[str, str], bytes]:
    return reply.status, {n: v for n, v in reply.headers.items() if n not in _OWN}, reply.body


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"Accept_Encoding": "gzip, deflate, br, zstd"},
        {"Accept_Encoding": "br"},
        {"Accept_Encoding": "zstd;q=0.1, gzip"},
        {"Accept_Encoding": "identity"},
        {"Accept": "text/csv"},
        {"Accept": "text/html", "Accept_Language": "en"},
        {"Accept": "image/png"},
    ],
    ids=str,
)
@pytest.mark.parametrize("address", [f"{_DEMO}/targets", "/v1/targets.csv?profile=excel", "/v1/no"])
def test_it_answers_as_the_service_does(
    both: tuple[Server, Server], address: str, headers: dict[str, str]
) -> None:
    """Every field and byte, for GET and HEAD, the first time and again."""
    direct, cache = both
    for method in ("GET", "HEAD", "GET"):
        expected = _told(direct.ask(address, method, **headers))
        assert _told(cache.ask(address, method, **headers)) == expected


def test_it_keeps_answers_and_says_so(both: tuple[Server, Server]) -> None:
    """Ways to name the same codings find the same answer; what must not be kept is not."""
    _, cache = both
    address = f"{_DEMO}/projects"
    said = [
        cache.ask(address, Accept_Encoding=accepted).headers["cache-status"]
        for accepted in ("gzip, zstd", "zstd", "zstd,br", "br")
    ]
    assert said == ["nginx; fwd=miss", "nginx; hit", "nginx; hit", "nginx; fwd=miss"]
    for _ in range(2):
        assert "hit" not in cache.ask("/readyz").headers["cache-status"]


def test_it_weighs_tags_and_sends_parts(both: tuple[Server, Server]) -> None:
    """304, lists of tags and ranges of the body without a coding, from what is kept."""
    direct, cache = both
    address = f"{_DEMO}/targets"
    kept = cache.ask(address, Accept_Encoding="br")
    tag = kept.headers["etag"]
    for tags in (tag, f'"x", {tag}'):
        unchanged = cache.ask(address, Accept_Encoding="br", If_None_Match=tags)
        assert (unchanged.status, unchanged.headers["etag"]) == (304, tag)
    whole = direct.ask(address).body
    for _ in range(2):
        part = cache.ask(address, Range="bytes=10-99", Accept_Encoding="br, gzip")
        assert (part.status, part.body) == (206, whole[10:100])
        assert part.headers["content-range"] == f"bytes 10-99/{len(whole)}"
