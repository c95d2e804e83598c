"""Preconditions, ranges and dates, to the letter of RFC 9110 §13 and §14."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from tests.http.small import application
from tests.serving import get, head

_BODY = bytes(range(256)) * 4
_MODIFIED = datetime(2030, 2, 1, 12, 0, 0, 999999, UTC)
_BEFORE = "Fri, 01 Feb 2030 11:59:59 GMT"
_AT = "Fri, 01 Feb 2030 12:00:00 GMT"
_AFTER = "Fri, 01 Feb 2030 12:00:01 GMT"


def _ask(*, stored: bool = False, content_type: str = "text/csv", **fields: str) -> TestResponse:
    made = application(lambda: _BODY, content_type, modified=_MODIFIED, stored=stored)
    return get(made.test_client(), "/", **fields)


@pytest.mark.parametrize(
    ("fields", "status"),
    [
        ({}, 200),
        ({"If_None_Match": '"made-up"'}, 304),
        ({"If_None_Match": 'W/"made-up"'}, 304),
        ({"If_None_Match": '"a", "made-up" , "b"'}, 304),
        ({"If_None_Match": "*"}, 304),
        ({"If_None_Match": '"other"'}, 200),
        ({"If_None_Match": '"made"'}, 200),
        ({"If_None_Match": ""}, 200),
        ({"If_Match": '"made-up"'}, 200),
        ({"If_Match": '"a", "made-up"'}, 200),
        ({"If_Match": "*"}, 200),
        ({"If_Match": '"other"'}, 412),
        ({"If_Match": 'W/"made-up"'}, 412),  # strong comparison
        ({"If_Modified_Since": _BEFORE}, 200),
        ({"If_Modified_Since": _AT}, 304),
        ({"If_Modified_Since": _AFTER}, 304),
        ({"If_Modified_Since": "yesterday"}, 200),
        ({"If_Unmodified_Since": _BEFORE}, 412),
        ({"If_Unmodified_Since": _AT}, 200),
        ({"If_Unmodified_Since": _AFTER}, 200),
        ({"If_Unmodified_Since": "yesterday"}, 200),
        # tags win over dates
        ({"If_None_Match": '"other"', "If_Modified_Since": _AFTER}, 200),
        ({"If_None_Match": '"made-up"', "If_Modified_Since": _BEFORE}, 304),
        ({"If_Match": '"made-up"', "If_Unmodified_Since": _BEFORE}, 200),
        # what must hold comes before what is held
        ({"If_Match": '"other"', "If_None_Match": '"made-up"'}, 412),
        ({"If_Match": '"made-up"', "If_None_Match": '"made-up"'}, 304),
        ({"If_Unmodified_Since": _BEFORE, "If_Modified_Since": _AFTER}, 412),
        ({"If_Unmodified_Since": _AFTER, "If_None_Match": '"made-up"'}, 304),
    ],
)
def test_preconditions(fields: dict[str, str], status: int) -> None:
    """Each alone, and in the order of §13.2.2; HEAD and ready-made files are alike."""
    made = application(lambda: _BODY, modified=_MODIFIED)
    for response in (
        get(made.test_client(), "/", **fields),
        head(made.test_client(), "/", **fields),
        _ask(stored=True, **fields),
    ):
        assert response.status_code == status
    held = get(made.test_client(), "/", **fields)
    if status == 412:
        assert held.mimetype == "application/problem+json"
        assert held.get_json()["type"] == "/docs/errors#precondition-failed"
    else:
        assert held.headers["ETag"] == '"made-up"'
        assert held.headers.get("Last-Modified") == (_AT if status == 200 else None)
    if status == 304:
        assert held.data == b""
        for name in ("Content-Type", "Content-Encoding", "Repr-Digest", "Content-Range"):
            assert name not in held.headers


def test_without_a_date_there_is_none() -> None:
    """No date is made up, and conditions on dates do not hold anything back."""
    client = application(lambda: _BODY).test_client()
    assert "Last-Modified" not in get(client, "/").headers
    for field in ("If_Modified_Since", "If_Unmodified_Since"):
        assert get(client, "/", **{field: _BEFORE}).status_code == 200


@pytest.mark.parametrize("body", ["whole", "streamed"])
@pytest.mark.parametrize(
    ("fields", "made"),
    [
        ({"If_None_Match": '"made-up"'}, False),
        ({"If_None_Match": '"other"'}, True),
        ({"If_Match": '"other"'}, False),
        ({"If_Unmodified_Since": _BEFORE}, False),
        ({"Accept_Encoding": "*;q=0"}, False),
    ],
)
def test_no_work_before_the_conditions(fields: dict[str, str], made: bool, body: str) -> None:
    """The body is made only where it is sent."""
    calls: list[int] = []

    def make() -> Any:
        calls.append(1)
        return _BODY if body == "whole" else iter([_BODY])

    get(application(make, modified=_MODIFIED).test_client(), "/", **fields)
    assert bool(calls) is made


@pytest.mark.parametrize(
    ("accept", "held", "status", "tag"),
    [
        ("br", '"made-up-br"', 304, '"made-up-br"'),
        ("br", '"made-up"', 304, '"made-up"'),
        ("gzip, br", '"made-up-gzip"', 304, '"made-up-gzip"'),
        ("gzip, br", 'W/"made-up-gzip"', 304, '"made-up-gzip"'),
        ("gzip, br", "*", 304, '"made-up-br"'),
        ("gzip", '"made-up-br"', 200, '"made-up-gzip"'),  # it could not read what it holds
        ("", '"made-up-br"', 200, '"made-up"'),
    ],
)
def test_a_tag_of_any_coding_that_can_be_read(
    accept: str, held: str, status: int, tag: str
) -> None:
    """304 names the one that is held, so that a cache with several knows which."""
    response = _ask(Accept_Encoding=accept, If_None_Match=held)
    assert (response.status_code, response.headers["ETag"]) == (status, tag)
    assert response.headers["Vary"] == "Accept-Encoding"


def test_a_client_that_names_no_coding_may_hold_any() -> None:
    """Without Accept-Encoding every coding is acceptable."""
    assert _ask(If_None_Match='"made-up-zstd"').status_code == 304


@pytest.mark.parametrize(
    ("asked", "part"),
    [
        ("bytes=0-9", slice(0, 10)),
        ("bytes=1000-", slice(1000, 1024)),
        ("bytes=1023-5000", slice(1023, 1024)),
        ("bytes=-24", slice(1000, 1024)),
        ("bytes=-5000", slice(0, 1024)),
        ("BYTES=0-0", slice(0, 1)),
    ],
)
def test_ranges_of_stored_files(asked: str, part: slice) -> None:
    """206 gives the bytes and the digest of the whole, in no coding."""
    whole = _ask(stored=True)
    response = _ask(stored=True, Range=asked, Accept_Encoding="br, gzip")
    assert (response.status_code, response.data) == (206, _BODY[part])
    assert response.headers["Content-Range"] == f"bytes {part.start}-{part.stop - 1}/1024"
    assert int(response.headers["Content-Length"]) == part.stop - part.start
    assert "Content-Encoding" not in response.headers
    for name in ("ETag", "Last-Modified", "Repr-Digest", "Accept-Ranges", "Content-Type"):
        assert response.headers[name] == whole.headers[name]


@pytest.mark.parametrize("asked", ["bytes=1024-", "bytes=5000-6000"])
def test_nothing_in_the_range(asked: str) -> None:
    """416 tells the length."""
    response = _ask(stored=True, Range=asked)
    assert (response.status_code, response.mimetype) == (416, "application/problem+json")
    assert response.headers["Content-Range"] == "bytes */1024"


@pytest.mark.parametrize(
    "asked", ["bytes=0-1,5-6", "lines=1-2", "bytes=9-1", "bytes", "bytes=a-b", "bytes=-0", ""]
)
def test_other_ranges_are_answered_whole(asked: str) -> None:
    """As §14.2 allows for several, unknown and damaged ones."""
    response = _ask(stored=True, Range=asked)
    assert (response.status_code, response.data) == (200, _BODY)


@pytest.mark.parametrize(
    ("held", "status"),
    [
        ('"made-up"', 206),
        ('"other"', 200),
        ('W/"made-up"', 200),
        ('"made-up-br"', 200),
        (_AT, 200),
        (_AFTER, 200),
        ("", 200),
    ],
)
def test_if_range(held: str, status: int) -> None:
    """Only the strong tag of the very file continues a download."""
    response = _ask(stored=True, Range="bytes=0-9", If_Range=held, Accept_Encoding="br")
    assert response.status_code == status
    assert response.data == (_BODY[:10] if status == 206 else _BODY)


def test_a_client_that_refuses_identity_gets_no_part() -> None:
    """A part of a coded form could not be decoded, so the whole is answered."""
    response = _ask(stored=True, Range="bytes=0-9", Accept_Encoding="br, identity;q=0")
    assert (response.status_code, response.headers["Content-Encoding"]) == (200, "br")
    assert "Content-Range" not in response.headers


def test_conditions_come_before_ranges() -> None:
    """§13.2.2: what is held or gone has no parts."""
    fields = {"Range": "bytes=5000-", "If_None_Match": '"made-up"'}
    assert _ask(stored=True, **fields).status_code == 304
    assert _ask(stored=True, Range="bytes=0-1", If_Match='"other"').status_code == 412


@pytest.mark.parametrize("content_type", ["text/csv", "application/zip"])
def test_what_is_made_whole_on_demand_has_ranges_too(content_type: str) -> None:
    """Readers of columns (polars) ask every address for its parts; the tag is strong."""
    response = _ask(content_type=content_type, Range="bytes=0-9")
    assert (response.status_code, response.data) == (206, _BODY[:10])
    assert response.headers["Accept-Ranges"] == "bytes"


def test_what_is_streamed_has_no_ranges() -> None:
    """It says so, and answers whole."""
    made = application(lambda: iter((_BODY, _BODY)), "text/csv", modified=_MODIFIED)
    response = get(made.test_client(), "/", Range="bytes=0-9")
    assert (response.status_code, response.data) == (200, 2 * _BODY)
    assert response.headers["Accept-Ranges"] == "none"


@pytest.mark.parametrize(
    "address",
    [
        *("/openapi.json", "/openapi.yaml", "/v1", "/v1/vocabularies/units.ttl"),
        *("/v1/vocabularies/units", "/docs/swagger-ui.css", "/docs/favicon-32x32.png"),
        *("/v1/targets.csv", "/v1/targets.ndjson?kind=quantitative", "/v1/targets"),
    ],
)
def test_real_files_have_ranges(client: FlaskClient, address: str) -> None:
    """The description, code lists and the page's files can be continued."""
    whole = get(client, address)
    assert whole.headers["Accept-Ranges"] == "bytes"
    assert "Last-Modified" in whole.headers
    tag = whole.headers["ETag"]
    rest = get(client, address, Range="bytes=100-", If_Range=tag, Accept_Encoding="gzip")
    assert (rest.status_code, rest.data) == (206, whole.data[100:])
    asked = head(client, address, Range="bytes=100-", Accept_Encoding="gzip")
    plain = head(client, address, Accept_Encoding="gzip")
    assert (asked.status_code, dict(asked.headers)) == (200, dict(plain.headers))
    assert "Content-Range" not in asked.headers
    assert head(client, address, Range="bytes=99999999-").status_code == 200
    since = whole.headers["Last-Modified"]
    assert get(client, address, If_Modified_Since=since).status_code == 304
