"""Pages of changes and corrections: codes in words, ways to compare other versions, paging."""

from __future__ import annotations

import pytest
from flask.testing import FlaskClient

from tests.pages.reading import page, visited
from tests.serving import get

HILL = "/v1/datasets/hill-2031"


@pytest.mark.parametrize("language", ["zh", "en"])
def test_what_was_removed_is_counted_and_shown(client: FlaskClient, language: str) -> None:
    """With the record as it last stood."""
    whole = page(client, f"{HILL}/changes?lang={language}")
    told = get(client, f"{HILL}/changes").get_json()
    shown = whole.one("main").all("section", class_="item")
    assert len(shown) == told["meta"]["total"]
    assert (
        shown[0].one("h2").text
        == {
            "zh": "移除 办好龙舟赛",
            "en": "Removed Hold the dragon boat race",
        }[language]
    )
    assert shown[0].one("h2").links() == [
        f"{HILL}/versions/0.9.0/targets/dragon-boat-race?lang={language}"
    ]


def test_the_form_compares_versions(client: FlaskClient) -> None:
    """As it stands it asks for what is shown."""
    form = page(client, f"{HILL}/changes.html?lang=en").one("main").one("form")
    assert form.sent() == [("lang", "en"), ("from", "0.9.0"), ("to", "0.10.0")]
    assert form.given["action"] == f"{HILL}/changes.html"


def test_long_lists_come_in_pages(client: FlaskClient) -> None:
    """There and back, in the language that was asked for."""
    first = page(client, f"{HILL}/changes?to=0.9.0&limit=2&lang=en")
    [following] = first.all("a", rel="next")
    second = page(client, following.given["href"])
    [back] = second.all("a", rel="prev")
    titles = [one.text for one in first.one("main").all("h2")]
    assert [one.text for one in second.one("main").all("h2")] != titles
    assert [one.text for one in page(client, back.given["href"]).one("main").all("h2")] == titles


def test_nothing_corrected_is_said(client: FlaskClient) -> None:
    """Rather than an empty page."""
    assert "Nothing was corrected." in page(client, f"{HILL}/corrections?lang=en").text


def test_faults_are_pages_too(client: FlaskClient) -> None:
    """400 with what may stand there."""
    response = visited(client, f"{HILL}/changes?from=0.10.0&to=0.9.0")
    assert (response.status_code, response.mimetype) == (409, "text/html")
