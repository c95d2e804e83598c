"""Content codings: which one a client gets, that it can be read, and that nothing waits."""

from __future__ import annotations

import base64
import hashlib
import zlib
from collections.abc import Callable, Iterator

import brotli  # type: ignore[import-untyped]
import pytest
import zstandard
from flask.testing import FlaskClient
from hypothesis import given
from hypothesis import strategies as st
from werkzeug.http import parse_accept_header

from opendata.web.encoding import acceptable, codings, encode, encode_stream
from tests.http.small import application
from tests.serving import get, head

_ALL = ("zstd", "br", "gzip", "identity")
_BODY = b"id,title\r\n" + 200 * "gdp-growth,地区生产总值增长率\r\n".encode()


def _unzstd(body: bytes) -> bytes:
    return zstandard.ZstdDecompressor().decompressobj().decompress(body)


_DECODE: dict[str, Callable[[bytes], bytes]] = {
    "zstd": _unzstd,
    "br": brotli.decompress,
    "gzip": lambda body: zlib.decompress(body, wbits=31),
    "identity": lambda body: body,
}


@pytest.mark.parametrize(
    ("field", "expected"),
    [
        (None, ["identity", "zstd", "br", "gzip"]),
        ("", ["identity"]),
        ("gzip", ["gzip", "identity"]),
        ("GZIP", ["gzip", "identity"]),
        ("gzip, deflate, br, zstd", ["zstd", "br", "gzip", "identity"]),
        ("gzip, br", ["br", "gzip", "identity"]),
        ("gzip;q=1.0, br;q=0.8, zstd;q=0.5", ["gzip", "br", "zstd", "identity"]),
        ("*", ["zstd", "br", "gzip", "identity"]),
        ("br, *;q=0.5", ["br", "zstd", "gzip", "identity"]),
        ("identity, gzip;q=0.5", ["identity", "gzip"]),
        ("gzip;q=0", ["identity"]),
        ("gzip;q=0, *", ["zstd", "br", "identity"]),
        ("identity;q=0, br", ["br"]),
        ("*;q=0, br", ["br"]),
        ("*;q=0", []),
        ("identity;q=0", []),
        ("deflate, compress", ["identity"]),
        ("gzip;q=0.001", ["gzip", "identity"]),
    ],
)
def test_what_a_client_takes(field: str | None, expected: list[str]) -> None:
    """Quality values, ``*`` and identity as RFC 9110 §12.5.3 has them; among equals zstd first."""
    accept = None if field is None else parse_accept_header(field)
    assert acceptable(_ALL, accept) == expected


@pytest.mark.parametrize(
    ("content_type", "packed"),
    [
        ("application/json", False),
        ("application/problem+json", False),
        ("application/ld+json", False),
        ("application/x-ndjson", False),
        ("application/yaml", False),
        ("text/csv; charset=utf-8; header=present", False),
        ("text/turtle; charset=utf-8", False),
        ("TEXT/HTML", False),
        ("image/svg+xml", False),
        ("image/png", True),
        ("application/zip", True),
        ("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", True),
        ("application/vnd.apache.parquet", True),
    ],
)
def test_what_is_packed_already_stays_as_it_is(content_type: str, packed: bool) -> None:
    """Text gains from a coding; workbooks, archives and images do not."""
    assert codings(content_type) == (("identity",) if packed else _ALL)


@pytest.mark.parametrize("coding", _ALL)
@given(blocks=st.lists(st.binary(max_size=300), max_size=6))
def test_every_coding_can_be_read(coding: str, blocks: list[bytes]) -> None:
    """Whole or streamed, what comes out is what went in, and the same bytes each time."""
    body = b"".join(blocks)
    assert _DECODE[coding](encode(coding, body)) == body
    assert encode(coding, body) == encode(coding, body)
    streamed = b"".join(encode_stream(coding, blocks))
    assert _DECODE[coding](streamed) == body
    assert b"".join(encode_stream(coding, blocks)) == streamed


@pytest.mark.parametrize("coding", _ALL)
def test_no_block_waits_for_the_next(coding: str) -> None:
    """A block can be read whole before the next one is made."""
    made: list[int] = []

    def blocks() -> Iterator[bytes]:
        for number in range(3):
            made.append(number)
            yield b"%d," % number * 50

    decode = {
        "zstd": zstandard.ZstdDecompressor().decompressobj().decompress,
        "br": brotli.Decompressor().process,
        "gzip": zlib.decompressobj(wbits=31).decompress,
        "identity": bytes,
    }[coding]
    stream = encode_stream(coding, blocks())
    for number in range(3):
        assert decode(next(stream)) == b"%d," % number * 50
        assert made == list(range(number + 1))


@pytest.mark.parametrize("coding", _ALL)
def test_a_failure_passes_through_and_closes_nothing(coding: str) -> None:
    """A stream that breaks has no end that a client could take for one."""

    def blocks() -> Iterator[bytes]:
        yield _BODY
        raise RuntimeError("broken")

    stream = encode_stream(coding, blocks())
    sent = next(stream)
    with pytest.raises(RuntimeError, match="broken"):
        next(stream)
    if coding == "br":
        with pytest.raises(brotli.error):
            brotli.decompress(sent)
    elif coding == "gzip":
        with pytest.raises(zlib.error):
            zlib.decompress(sent, wbits=31)
    elif coding == "zstd":
        reader = zstandard.ZstdDecompressor().decompressobj()
        assert (reader.decompress(sent), reader.eof) == (_BODY, False)


@pytest.mark.parametrize("coding", ["zstd", "br", "gzip"])
@pytest.mark.parametrize("stored", [True, False])
def test_a_coded_answer(coding: str, stored: bool) -> None:
    """It is named, has a tag of its own, and its digest is that of the coded bytes (RFC 9530)."""
    client = application(lambda: _BODY, vary="Accept", stored=stored).test_client()
    plain = get(client, "/")
    assert (plain.data, plain.headers["ETag"]) == (_BODY, '"made-up"')
    assert "Content-Encoding" not in plain.headers
    response = get(client, "/", Accept_Encoding=coding)
    assert response.headers["Content-Encoding"] == coding
    assert response.headers["ETag"] == f'"made-up-{coding}"'
    assert _DECODE[coding](response.data) == _BODY
    assert int(response.headers["Content-Length"]) == len(response.data) < len(_BODY)
    for answered in (plain, response):
        assert answered.headers["Vary"] == "Accept, Accept-Encoding"
        digest = base64.b64encode(hashlib.sha256(answered.data).digest()).decode()
        assert answered.headers["Repr-Digest"] == f"sha-256=:{digest}:"
    asked = head(client, "/", Accept_Encoding=coding)
    assert dict(asked.headers) == dict(response.headers)
    assert asked.data == b""


def test_a_streamed_answer_is_coded_too() -> None:
    """Neither length nor digest are known before it ends, so neither is told; HEAD is alike."""
    client = application(lambda: iter([_BODY, b"", _BODY])).test_client()
    response = get(client, "/", Accept_Encoding="br")
    assert brotli.decompress(response.data) == _BODY + _BODY
    assert response.headers["Content-Encoding"] == "br"
    asked = head(client, "/", Accept_Encoding="br")
    for headers in (response.headers, asked.headers):
        assert "Repr-Digest" not in headers
    assert (
        dict(asked.headers).items()
        >= {name: value for name, value in response.headers if name != "Content-Length"}.items()
    )


def test_small_bodies_stay_as_they_are() -> None:
    """Below 500 bytes a coding costs more than it saves, unless identity is refused."""
    client = application(lambda: b"x" * 499).test_client()
    assert "Content-Encoding" not in get(client, "/", Accept_Encoding="br").headers
    refused = get(client, "/", Accept_Encoding="br, identity;q=0")
    assert refused.headers["Content-Encoding"] == "br"
    client = application(lambda: b"x" * 500).test_client()
    assert get(client, "/", Accept_Encoding="br").headers["Content-Encoding"] == "br"


def test_packed_types_do_not_vary() -> None:
    """A workbook is the same for everybody, so caches keep one."""
    client = application(lambda: _BODY, "application/zip").test_client()
    response = get(client, "/", Accept_Encoding="gzip, br, zstd")
    assert (response.data, response.headers["ETag"]) == (_BODY, '"made-up"')
    assert "Vary" not in response.headers
    assert "Content-Encoding" not in response.headers


@pytest.mark.parametrize(
    ("content_type", "listed"),
    [("text/csv", "zstd, br, gzip, identity"), ("image/png", "identity")],
)
def test_nothing_acceptable_is_told(content_type: str, listed: str) -> None:
    """406 names the codings there are."""
    client = application(lambda: _BODY, content_type).test_client()
    response = get(client, "/", Accept_Encoding="deflate, *;q=0")
    assert (response.status_code, response.mimetype) == (406, "application/problem+json")
    for text in response.get_json()["detail_i18n"].values():
        assert listed in text


@pytest.mark.parametrize("address", ["/v1/targets", "/v1/targets.csv", "/openapi.json", "/docs"])
def test_real_answers_are_coded(client: FlaskClient, address: str) -> None:
    """Every coding of a real resource holds the same bytes, under tags that differ."""
    plain = get(client, address)
    tags = {plain.headers["ETag"]}
    for coding in ("zstd", "br", "gzip"):
        response = get(client, address, Accept_Encoding=coding)
        named = response.headers.get("Content-Encoding", "identity")
        assert _DECODE[named](response.data) == plain.data
        tags.add(response.headers["ETag"])
    assert len(tags) == 4
