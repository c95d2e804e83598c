"""The start page: what there is, the headline figures, and ways on for everyone."""

from __future__ import annotations

import json

import pytest
from flask.testing import FlaskClient

from tests.pages.reading import asked, page, visited
from tests.serving import BASE, get


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_totals_are_those_of_the_api(client: FlaskClient, language: str) -> None:
    """Each leads to its list."""
    totals = page(client, f"/?lang={language}").one("ul", class_="totals").all("a")
    assert len(totals) == 4
    for link in totals:
        path = link.given["href"].partition("?")[0]
        assert link.one("strong").text == str(get(client, path).get_json()["meta"]["total"])


def test_headlines_are_the_expected_targets_in_words(client: FlaskClient) -> None:
    """About stays about: the comparator stands with the figure."""
    whole = page(client, "/?lang=zh")
    shown = [one.text for one in whole.one("ul", class_="figures").all("li")]
    dataset = whole.all("h3")[0].links()[0].partition("?")[0]
    expected = get(client, f"{dataset}/targets?strength=expect").get_json()["data"]
    assert len(shown) == len([one for one in expected if one["value"] is not None])
    assert shown[0] == "约6.1% 地区生产总值增长率"


def test_parts_lead_to_the_records_that_are_counted(client: FlaskClient) -> None:
    """Every count is the total at its link."""
    links = page(client, "/").one("table", class_="parts").all("a")
    assert links
    for link in links:
        count = int(link.text.split(" ")[0])
        assert get(client, link.given["href"]).get_json()["meta"]["total"] == count


def test_what_it_suggests_is_found(client: FlaskClient) -> None:
    """Words of the data's own themes."""
    for language in ("zh", "en"):
        links = page(client, f"/?lang={language}").one("main").links()
        for link in (link for link in links if link.startswith("/v1/search?")):
            assert get(client, f"/v1/search?q={asked(link)['q']}").get_json()["meta"]["total"] > 0


def test_the_newest_datasets_stand_first_and_few(
    client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A page stays a page; the list has them all."""
    monkeypatch.setattr("opendata.web.pages.home._DATASETS", 2)
    whole = page(client, "/?lang=en")
    assert len(whole.all("article")) == 2
    assert "/v1/datasets?lang=en" in whole.links()
    assert "All datasets (3)" in whole.text


def test_search_engines_and_programs_find_the_rest(client: FlaskClient) -> None:
    """The catalogue in schema.org's words, and the way to the API."""
    response = visited(client, "/")
    [described] = page(client, "/").all("script", type="application/ld+json")
    assert json.loads(described.text)["@type"] == "DataCatalog"
    assert f'<{BASE}/openapi.json>; rel="service-desc"' in response.headers["Link"]


def test_it_takes_no_parameter_but_the_language(client: FlaskClient) -> None:
    """Like every address, it ignores none."""
    assert visited(client, "/?x=1").status_code == 400
    assert visited(client, "/?lang=fr").status_code == 400
