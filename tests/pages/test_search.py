"""The page of the search across collections."""

from __future__ import annotations

from flask.testing import FlaskClient

from tests.pages.reading import asked, page, parsed, visited
from tests.serving import get


def test_it_finds_what_the_api_finds(client: FlaskClient) -> None:
    """The same records in the same order, with where the text stands."""
    data = get(client, "/v1/search?q=工业").get_json()
    whole = page(client, "/v1/search?q=工业&lang=zh")
    hits = whole.one("ol", class_="hits").all("li")
    assert [hit.one("h2").text for hit in hits] == [one["title"]["zh"] for one in data["data"]]
    assert all(hit.all("mark") for hit in hits)
    for hit, one in zip(hits, data["data"], strict=True):
        assert one["url"].endswith(hit.one("h2").links()[0].partition("?")[0])


def test_without_a_text_it_asks_for_one(client: FlaskClient) -> None:
    """The form, and no fault; an empty box is none either."""
    whole = page(client, "/v1/search?lang=en")
    assert whole.one("form", class_="search").all("input", name="q")
    assert not whole.all("ol", class_="hits")
    response = visited(client, "/v1/search?q=&lang=en&collection=targets&collection=projects")
    assert response.status_code == 302
    assert asked(response.headers["Location"]) == {
        "lang": "en",
        "collection": "targets,projects",
    }


def test_it_stays_where_one_looked(client: FlaskClient) -> None:
    """Boxes of collections, filled in again."""
    title = get(client, "/v1/projects").get_json()["data"][0]["title"]["zh"]
    whole = page(client, f"/v1/search?q={title}&collection=projects")
    own = whole.one("form", class_="search")
    assert ("collection", "projects") in own.sent()
    results = whole.one("ol", class_="hits").all("h2")
    assert {one.links()[0].split("/")[4] for one in results} == {"projects"}


def test_pages_turn(client: FlaskClient) -> None:
    """Forward and back."""
    first = page(client, "/v1/search?q=工&limit=2&lang=en")
    [following] = first.all("a", rel="next")
    second = page(client, following.given["href"])
    [back] = second.all("a", rel="prev")
    again = page(client, back.given["href"])
    assert [one.text for one in again.all("h2")] == [one.text for one in first.all("h2")]
    assert asked(following.given["href"])["lang"] == "en"


def test_faults_are_a_page(client: FlaskClient) -> None:
    """With what was looked for still there."""
    response = visited(client, "/v1/search?q=工业&colour=red&lang=zh")
    assert (response.status_code, response.mimetype) == (400, "text/html")
    whole = parsed(response.text)
    assert ("q", "工业") in whole.one("form", class_="search").sent()
    assert "colour" in whole.one("section", class_="faults").text


def test_nothing_found_says_so(client: FlaskClient) -> None:
    """In words."""
    assert "Nothing was found for “qqxxqq”." in page(client, "/v1/search?q=qqxxqq&lang=en").text
