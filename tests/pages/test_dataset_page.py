"""The page of a dataset and of its versions: what is in it, where it comes from, how to take it."""

from __future__ import annotations

import pytest
from flask.testing import FlaskClient

from opendata.records import COLLECTIONS
from tests.pages.reading import page, visited
from tests.serving import BASE, get

DEMO = "/v1/datasets/demo-2030"


@pytest.mark.parametrize("path", [DEMO, f"{DEMO}/versions/1.0.0"])
def test_every_collection_is_counted_and_can_be_browsed_and_taken_along(
    client: FlaskClient, path: str
) -> None:
    """Browsing stays in the version that the page is of; downloads are pinned."""
    contents = page(client, path).one("section", aria_labelledby="contents")
    version = get(client, path).get_json()["data"]["version"]
    for part, name in zip(contents.all("div", class_="part"), COLLECTIONS, strict=True):
        total = get(client, f"{path}/{name}").get_json()["meta"]["total"]
        assert part.one("strong").text == str(total)
        links = part.links()
        assert links[0] == f"{path}/{name}"
        assert links[2].startswith(f"{DEMO}/versions/{version}/{name}.csv?profile=excel")
        for link in links:
            assert visited(client, link).status_code == 200


def test_every_file_is_listed_with_its_digest(client: FlaskClient) -> None:
    """As the record of the dataset lists them."""
    shown = page(client, DEMO).one("section", aria_labelledby="contents").one("details")
    files = get(client, DEMO).get_json()["data"]["distributions"]
    assert [one.text for one in shown.all("code")] == [
        file["sha256"] for file in files if file["collection"] in COLLECTIONS
    ]


def test_versions_lead_to_what_each_changed(client: FlaskClient) -> None:
    """The newest first; all of these are pages."""
    versions = page(client, DEMO).one("section", aria_labelledby="versions")
    assert [one.text.split(" ")[0] for one in versions.all("li")] == ["1.1.0", "1.0.0"]
    assert f"{DEMO}/changes?from=1.0.0&to=1.1.0" in versions.links()
    assert f"{DEMO}/changes?to=1.0.0" in versions.links()
    for link in versions.links():
        if not link.endswith(".atom"):
            assert visited(client, link).mimetype == "text/html", link


def test_an_old_version_says_so_and_leads_on(client: FlaskClient) -> None:
    """With links that can be followed."""
    notice = page(client, f"{DEMO}/versions/1.0.0?lang=en").one("p", class_="notice")
    assert "superseded by 1.1.0" in notice.text
    assert f"{BASE}{DEMO}/versions/1.1.0" in notice.links()
    assert not page(client, DEMO).all("p", class_="notice")


def test_damage_of_the_source_is_told(client: FlaskClient) -> None:
    """In the reader's language, with its place."""
    sources = page(client, f"{DEMO}?lang=en").one("section", aria_labelledby="sources")
    assert "The heading is cut. paragraph 1" in sources.one("details").text


def test_sections_lead_to_their_targets(client: FlaskClient) -> None:
    """Parts of parts too."""
    links = page(client, DEMO).one("section", aria_labelledby="sections").links()
    assert links == [f"{DEMO}/targets?section_path={one}" for one in ("1", "2", "2.1", "notes")]


def test_the_citation_is_of_the_version_that_is_shown(client: FlaskClient) -> None:
    """Not of whatever comes later."""
    whole = page(client, f"{DEMO}?lang=en")
    assert whole.one("pre", id="permalink").text == f"{BASE}{DEMO}/versions/1.1.0"
    assert "Version 1.1.0" in whole.one("pre", id="cite-apa").text
    assert f"{DEMO}/versions/1.1.0/cite?lang=en" in whole.links()


def test_the_page_of_citations_has_the_day(client: FlaskClient) -> None:
    """In every form that has a place for it."""
    whole = page(client, f"{DEMO}/targets/cite?unit=percent&lang=en")
    cited = get(client, f"{DEMO}/targets/cite?unit=percent&lang=en").get_json()["data"]
    assert whole.one("pre", id="cite-apa").text == cited["text"]["en"]
    assert whole.one("pre", id="cite-gbt7714").text == cited["text"]["zh"]
    assert whole.one("pre", id="permalink").text == cited["permalink"]
    assert f"{DEMO}/targets?unit=percent&lang=en" in whole.one("main").links()
