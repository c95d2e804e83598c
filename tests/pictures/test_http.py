"""Pictures over HTTP: as numbers, as SVG and as pages, in both languages."""

from __future__ import annotations

import base64
import hashlib
import re
from typing import Any
from urllib.parse import urlsplit

import pytest
from flask.testing import FlaskClient

from opendata.pictures import STYLE
from tests.serving import BASE

_LATEST = "/v1/datasets/demo-2030"
_PINNED = f"{_LATEST}/versions/1.1.0"


def _json(client: FlaskClient, path: str) -> Any:
    return client.get(path).get_json()


def test_pictures_are_listed_with_their_numbers(client: FlaskClient) -> None:
    """Every picture that is listed is there as JSON, with the same numbers."""
    listed = _json(client, f"{_LATEST}/pictures")
    assert [p["name"] for p in listed["data"]] == [
        "growth",
        "sections",
        "money",
        "deadlines",
        "firmness",
    ]
    for picture in listed["data"]:
        one = client.get(f"{_LATEST}/pictures/{picture['name']}")
        assert one.get_json()["data"] == picture
        assert one.get_json()["links"]["canonical"] == picture["url"]
        assert one.headers["Content-Location"] == picture["url"]


def test_the_numbers_lead_to_as_many_records(client: FlaskClient) -> None:
    """What a part counts is what its address answers with."""
    followed = 0
    for picture in _json(client, f"{_LATEST}/pictures")["data"]:
        for row in picture["counts"]:
            for part in row["parts"]:
                url = urlsplit(part["url"])
                found = _json(client, f"{url.path}?{url.query}&limit=1")
                assert found["meta"]["total"] == part["count"], part["url"]
                followed += 1
        for figure in picture["figures"]:
            assert client.get(urlsplit(figure["url"]).path).status_code == 200
    assert followed > 20


@pytest.mark.parametrize(
    ("language", "title"), [("zh", "增长目标"), ("en", "Growth targets side by side")]
)
def test_a_drawing_speaks_the_language_that_is_asked_for(
    client: FlaskClient, language: str, title: str
) -> None:
    """By ``lang``, else by Accept-Language, and the answer says which and what it depends on."""
    address = f"{_LATEST}/pictures/growth.svg"
    asked = client.get(f"{address}?lang={language}")
    preferred = client.get(address, headers={"Accept-Language": language})
    assert asked.data == preferred.data
    assert f">{title}</title>" in asked.text
    assert asked.headers["Content-Language"] == language
    assert "Accept-Language" not in asked.headers["Vary"]
    assert "Accept-Language" in preferred.headers["Vary"]
    assert f"{_PINNED}/pictures/growth" in re.sub("<[^>]*>", "", asked.text)


def test_an_image_is_what_img_elements_get(client: FlaskClient) -> None:
    """Without a suffix Accept chooses: a drawing for images, a page for browsers, else numbers."""
    address = f"{_LATEST}/pictures/growth"
    image = "image/avif,image/webp,image/apng,image/svg+xml,image/*,*/*;q=0.8"
    browser = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"
    for accept, found in (
        (image, "image/svg+xml"),
        (browser, "text/html"),
        ("*/*", "application/json"),
    ):
        answer = client.get(address, headers={"Accept": accept})
        assert answer.mimetype == found
        assert "Accept" in answer.headers["Vary"]


def test_a_drawing_is_kept_and_its_style_allowed(client: FlaskClient) -> None:
    """It has a validator, a pinned one keeps for a day, and its policy lets its own style pass."""
    answer = client.get(f"{_PINNED}/pictures/firmness.svg?lang=en")
    held = {"If-None-Match": answer.headers["ETag"]}
    assert client.get(f"{_PINNED}/pictures/firmness.svg?lang=en", headers=held).status_code == 304
    assert answer.headers["Cache-Control"] == "public, max-age=86400"
    style = re.search("<style>(.*)</style>", answer.text)
    assert style and style[1] == STYLE
    digest = base64.b64encode(hashlib.sha256(STYLE.encode()).digest()).decode()
    assert f"style-src 'sha256-{digest}'" in answer.headers["Content-Security-Policy"]


def test_what_is_superseded_says_so_in_the_picture(client: FlaskClient) -> None:
    """A picture that travels tells that there is a later version."""
    answer = client.get(f"{_LATEST}/versions/1.0.0/pictures/firmness.svg?lang=en")
    notice = _json(client, f"{_LATEST}/versions/1.0.0/targets")["meta"]["notice"]["en"]
    assert notice.split()[0] in answer.text
    assert "1.1.0" in answer.text


@pytest.mark.parametrize(
    ("path", "status"),
    [
        (f"{_LATEST}/pictures/sunset", 404),
        (f"{_LATEST}/pictures/sunset.svg", 404),
        ("/v1/datasets/nowhere/pictures", 404),
        (f"{_LATEST}/pictures/growth.svg?lang=fr", 400),
        (f"{_LATEST}/pictures?colour=red", 400),
        (f"{_LATEST}/pictures/growth.png", 404),
    ],
)
def test_what_there_is_not_is_a_problem(client: FlaskClient, path: str, status: int) -> None:
    """Unknown pictures, datasets and parameters are refused in both languages."""
    answer = client.get(path)
    assert answer.status_code == status
    assert answer.get_json()["detail_i18n"]["zh"]


@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_page_has_the_picture_and_the_same_numbers(client: FlaskClient, language: str) -> None:
    """Each picture stands beside a table of its figures, which lead to their records."""
    page = client.get(f"{_LATEST}/pictures.html?lang={language}").text
    for picture in _json(client, f"{_LATEST}/pictures")["data"]:
        name = picture["name"]
        assert f'src="{_LATEST}/pictures/{name}.svg?lang={language}"' in page
        one = client.get(f"{_LATEST}/pictures/{name}.html?lang={language}").text
        for figure in picture["figures"]:
            assert f'href="{_LATEST}/targets/{figure["id"]}.html?lang={language}"' in one
            assert figure["in_words"][language] in one
        for row in picture["counts"]:
            assert f">{row['count']}</td>" in one
        assert f"{BASE}{_PINNED}/pictures/{name}.svg?lang={language}" in one
        assert picture["citation"][language].split(". ")[0] in one
