"""The page that problems lead to, and the same text in docs/errors.md.

``python -m tests.http.test_errors_page`` writes the two documents anew.
"""

from __future__ import annotations

import html
import re
from pathlib import Path
from typing import get_args

import pytest
from flask.testing import FlaskClient

from opendata.query.faults import FAULTS, Code
from opendata.web.errors import sections
from tests.serving import get

_DOCS = Path(__file__).parents[2] / "docs"
_OPENING = {
    "en": "# Errors\n\nEvery error is a problem (RFC 9457). Its `type`, and the `documentation` of "
    "each of its `errors`,\nlead to a section of `/docs/errors`, which says the same as this page. "
    "([中文](errors.zh.md))\n",
    "zh": "# 错误\n\n每个错误都是一个 problem（RFC 9457）。它的 `type` 和 `errors` 各项的 "
    "`documentation` 都指向 `/docs/errors` 的一节，内容与本页相同。（[English](errors.md)）\n",
}


def _name(language: str) -> str:
    return {"en": "errors.md", "zh": "errors.zh.md"}[language]


def _markdown(language: str) -> str:
    lines = [_OPENING[language]]
    for heading, entries in sections():
        lines.append(f"## {getattr(heading, language)}\n")
        for entry in entries:
            mark = f"`{entry.mark}` " if entry.mark else ""
            lines.append(f'<a id="{entry.name}"></a>\n')
            lines.append(f"### {mark}{getattr(entry.title, language)}\n")
            lines.append(f"{getattr(entry.text, language)}\n")
    return "\n".join(lines)


@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_documents_say_the_same(language: str) -> None:
    """docs/errors.md and its Chinese twin are the page, to the letter."""
    assert (_DOCS / _name(language)).read_text("utf-8") == _markdown(language)


def test_every_code_is_explained() -> None:
    """No fault without a section, and no two sections of one name."""
    assert list(FAULTS) == list(get_args(Code))
    names = [entry.name for _, entries in sections() for entry in entries]
    assert len(names) == len(set(names))
    assert all(re.fullmatch("[a-z-]+", name) for name in names)


@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_page_has_every_section(client: FlaskClient, language: str) -> None:
    """Each can be linked to, and is read without a script."""
    response = get(client, f"/docs/errors?lang={language}")
    assert (response.status_code, response.mimetype) == (200, "text/html")
    shown = html.unescape(re.sub("<[^>]*>", "", response.text))
    for _, entries in sections():
        for entry in entries:
            assert f'<section id="{entry.name}">' in response.text
            for text in (entry.title, entry.text):
                assert getattr(text, language).replace("`", "") in shown
    tag = response.headers["ETag"]
    again = get(client, f"/docs/errors?lang={language}", If_None_Match=tag)
    assert again.status_code == 304
    assert get(client, "/docs/errors?x=1").status_code == 400


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("/v1/nothing", 404),
        ("/v1/targets?x=1", 400),
        ("/v1/targets?limit=0&kind=x", 400),
        (f"/v1/{'a' * 8000}", 414),
    ],
)
def test_every_link_of_a_problem_leads_to_a_section(
    client: FlaskClient, address: str, status: int
) -> None:
    """Absolute addresses of sections that are there."""
    response = get(client, address)
    assert response.status_code == status
    body = response.get_json()
    for link in (body["type"], *(fault["documentation"] for fault in body["errors"])):
        page, name = link.split("#")
        assert page == "http://127.0.0.1:8000/docs/errors"
        assert f'<section id="{name}">' in get(client, page).text


if __name__ == "__main__":
    for chosen in _OPENING:
        (_DOCS / _name(chosen)).write_text(_markdown(chosen), "utf-8")
