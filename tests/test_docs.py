"""What the pages for readers show is so: commands answer with data, links lead somewhere."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import NamedTuple
from urllib.parse import quote, urlencode

import pytest
from flask.testing import FlaskClient
from openpyxl import load_workbook
from werkzeug.test import TestResponse

from tests import serving

_ROOT = Path(__file__).parents[1]
_CITING = ("docs/citing.md", "docs/citing.zh.md")
#: Pages whose commands and addresses are asked.
_ASKING = ("README.md", "README.zh.md", "docs/querying.md", "docs/querying.zh.md", *_CITING)
_PAGES = sorted(
    str(path.relative_to(_ROOT)) for path in (*_ROOT.glob("*.md"), *_ROOT.glob("docs/*.md"))
)

_BLOCK = re.compile(r"^ *```(\w+)\n(.*?)^ *```$", re.DOTALL | re.MULTILINE)
_INLINE = re.compile(r"`(/v1[^`{…]*)`")
_IN_PYTHON = re.compile(rf'"{serving.BASE}(/[^"]*)"')
_MARK = re.compile(r"# ([345]\d\d|206)\b")
_LINK = re.compile(r"\]\(([^)#]+)(?:#[^)]*)?\)")

#: Options of curl with a value of which nothing depends here, and those without one.
_VALUED = frozenset({"-o", "--etag-save", "--etag-compare"})
_PLAIN = frozenset({"-G", "-O", "-J", "--compressed"})


class Call(NamedTuple):
    """A request that a page shows, and the status it says the answer has."""

    address: str
    headers: tuple[tuple[str, str], ...] = ()
    status: int = 200


def _commands(page: str) -> Iterator[Call]:
    for language, block in _BLOCK.findall(page):
        if language == "sh":
            commands = (line.strip() for line in block.splitlines())
            yield from (_call(line) for line in commands if line.startswith("curl "))
        elif language == "python":
            yield from map(Call, _IN_PYTHON.findall(block))


def _call(command: str) -> Call:
    """Return the request that a command of curl makes."""
    address, data, headers = "", [], []
    words = iter(shlex.split(command, comments=True)[1:])
    for word in words:
        if word == "--data-urlencode":
            name, _, value = next(words).partition("=")
            data.append((name, value))
        elif word == "-H":
            name, _, value = next(words).partition(": ")
            headers.append((name, value))
        elif word == "|":
            break
        elif word in _VALUED:
            next(words)
        elif word not in _PLAIN:
            assert word.startswith(f"{serving.BASE}/"), f"{word} in: {command}"
            assert word.isascii(), f"curl does not encode: {command}"
            address = word.removeprefix(serving.BASE)
    mark = _MARK.search(command)
    query = f"?{urlencode(data)}" if data else ""
    return Call(address + query, tuple(headers), int(mark[1]) if mark else 200)


def _addresses(page: str) -> Iterator[str]:
    """Yield the addresses in the text, as a browser sends them."""
    for address in _INLINE.findall(_BLOCK.sub("", page)):
        yield quote(address, safe="/?&=,.~_-+%:")


def _texts() -> Iterator[str]:
    for name in _ASKING:
        yield (_ROOT / name).read_text("utf-8")


_COMMANDS = sorted({call for page in _texts() for call in _commands(page)})
_ADDRESSES = sorted({address for page in _texts() for address in _addresses(page)})
_LINKS = [
    (name, link)
    for name in _PAGES
    for link in _LINK.findall((_ROOT / name).read_text("utf-8"))
    if "://" not in link
]


@pytest.fixture(scope="module")
def real(tmp_path_factory: pytest.TempPathFactory) -> FlaskClient:
    """A client of the datasets that are in the project."""
    folder = tmp_path_factory.mktemp("real")
    serving.stored(_ROOT / "datasets", folder)
    return serving.client_of(folder)


def test_the_pages_show_calls() -> None:
    """Commands to copy and addresses to open; none would mean that none is found."""
    assert len(_COMMANDS) >= 15
    assert len([address for address in _ADDRESSES if "?" in address]) >= 30


@pytest.mark.parametrize("call", _COMMANDS, ids=lambda call: call.address)
def test_a_command_answers_as_the_page_says(real: FlaskClient, call: Call) -> None:
    """A showcase that gives nothing shows nothing."""
    response = real.get(call.address, headers=dict(call.headers))
    assert response.status_code == call.status, response.text
    assert call.status != 200 or _rows(response) > 0


@pytest.mark.parametrize("address", _ADDRESSES)
def test_an_address_in_the_text_leads_to_data(real: FlaskClient, address: str) -> None:
    """With a query it gives rows; without one there is such an address."""
    response = real.get(address)
    if "?" in address:
        assert response.status_code == 200, response.text
        assert _rows(response) > 0
    else:
        assert response.status_code != 404


@pytest.mark.parametrize(("name", "link"), _LINKS)
def test_a_link_between_pages_leads_to_a_file(name: str, link: str) -> None:
    """Pages move; what leads to them has to follow."""
    assert (_ROOT / name).parent.joinpath(link).exists()


def _rows(response: TestResponse) -> int:
    """Return how many records an answer has."""
    if response.mimetype == "application/json":
        data = response.get_json()["data"]
        return len(data) if isinstance(data, list) else 1
    if response.mimetype == "application/x-ndjson":
        return len(response.text.splitlines())
    if response.mimetype == "text/csv":
        return response.text.count("\r\n") - 1
    if response.mimetype in ("text/plain", "application/x-bibtex"):  # a citation
        return len(response.text.strip()) and 1
    if response.mimetype == "text/html":
        return response.text.count('<th scope="row">')
    workbook = load_workbook(BytesIO(response.data))
    return int(workbook.worksheets[1].max_row) - 1
