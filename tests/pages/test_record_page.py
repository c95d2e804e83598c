"""The page of a record: what was promised, how firmly, why it is recorded so, how to cite it."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from opendata.compiler import preview
from opendata.records import COLLECTIONS
from opendata.vocabularies import COMPARATORS, DEADLINE_BASES
from opendata.web import create_app
from tests.pages.reading import Element, page, parsed, visited
from tests.serving import BASE, get, quiet

DEMO = "/v1/datasets/demo-2030"
OUTPUT = f"{DEMO}/targets/industrial-output"


def _section(whole: Element, name: str) -> Element:
    return whole.one("section", aria_labelledby=name)


@pytest.mark.parametrize(
    ("language", "said", "also"),
    [("zh", "超过300亿元", "30 billion yuan"), ("en", "more than 30 billion yuan", "300亿元")],
)
def test_the_value_is_large_in_words_with_its_comparator_and_both_ways_of_counting(
    client: FlaskClient, language: str, said: str, also: str
) -> None:
    """亿元 for one reader, billion yuan for the other, and every digit for both."""
    header = page(client, f"{OUTPUT}?lang={language}").one("article").one("header")
    assert header.one("p", class_="headline").text == said
    beside = header.all("p", class_="quiet")[0].text
    assert also in beside
    assert "CNY 30,000,000,000" in beside


def test_the_printed_wording_is_marked_as_chinese_with_its_place(client: FlaskClient) -> None:
    """Whatever the reader's language."""
    printed = _section(page(client, f"{OUTPUT}?lang=en"), "printed")
    quote = printed.one("blockquote")
    assert (quote.text, quote.given["lang"]) == ("工业产值突破300亿元", "zh-Hans")
    assert quote.one("mark").text == "突破300亿元"
    place = printed.one("figcaption").text
    assert "paragraph 2, characters 38 to 49" in place
    assert "1 Main targets" in place


def test_why_this_number_goes_from_print_to_base_units(client: FlaskClient) -> None:
    """突破 is explained by the definition that the code list gives, and by no other words."""
    steps = _section(page(client, f"{OUTPUT}?lang=zh"), "why").one("ol", class_="steps")
    printed, read, base = (one for one in steps.inside if isinstance(one, Element))
    assert "“突破300亿元”" in printed.text
    code = next(code for code in COMPARATORS.codes if code.code == "more_than")
    assert f"“突破” → {code.label.zh} {code.definition.zh}" in read.text
    assert "300 亿元 = 300 × 100,000,000 = 30,000,000,000 CNY" in base.text


def test_a_unit_that_is_a_base_unit_is_not_converted(client: FlaskClient) -> None:
    """Per cent stays per cent."""
    why = _section(page(client, f"{DEMO}/targets/gdp-growth?lang=en"), "why")
    assert "nothing is converted" in why.text


@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_deadline_says_whether_it_was_stated(client: FlaskClient, language: str) -> None:
    """In the words of the code list."""
    facts = _section(page(client, f"{OUTPUT}?lang={language}"), "facts").text
    code = next(code for code in DEADLINE_BASES.codes if code.code == "implied_by_report_year")
    assert getattr(code.definition, language) in facts
    assert {"zh": "2030年12月31日", "en": "31 December 2030"}[language] in facts


def test_caveats_stand_before_everything_but_the_value(client: FlaskClient) -> None:
    """Nobody quotes the figure without passing them."""
    whole = page(client, f"{DEMO}/targets/gdp-growth?lang=en")
    header = whole.one("article").one("header")
    assert "Whether at constant prices is not said." in _section(header, "caveats").text
    assert not page(client, f"{OUTPUT}?lang=en").all("section", aria_labelledby="caveats")


def test_linked_terms_open_without_a_script(client: FlaskClient) -> None:
    """A button that the browser itself connects with the definition, and a link to the page."""
    whole = page(client, f"{OUTPUT}?lang=en")
    [button] = whole.all("button", class_="term")
    pop = whole.one("div", id=button.given["popovertarget"])
    assert "popover" in pop.given
    assert whole.one(id=pop.given["aria-labelledby"]).text.startswith(button.text)
    term = get(client, f"{DEMO}/glossary/green-industry").get_json()["data"]
    assert term["definition"]["en"] in pop.text
    assert f"{DEMO}/glossary/green-industry?lang=en" in pop.links()
    assert f"{DEMO}/projects/pump-factory?lang=en" in whole.one("div", class_="side").links()


def test_a_pinned_page_links_within_its_version(client: FlaskClient) -> None:
    """Who reads version 1.0.0 goes on reading it."""
    whole = page(client, f"{DEMO}/versions/1.0.0/targets/industrial-output")
    links = [link for link in whole.one("div", class_="side").links() if "/projects/" in link]
    assert links == [f"{DEMO}/versions/1.0.0/projects/pump-factory"]
    assert "1.1.0" in whole.one("p", class_="notice").text


@pytest.mark.parametrize("collection", COLLECTIONS)
def test_a_walk_to_the_next_record_passes_every_one(client: FlaskClient, collection: str) -> None:
    """And back."""
    wanted = [r["id"] for r in get(client, f"{DEMO}/{collection}").get_json()["data"]]
    path: str | None = f"{DEMO}/{collection}/{wanted[0]}"
    passed = []
    while path:
        passed.append(path.rpartition("/")[2])
        whole = page(client, path)
        following = whole.one("nav", class_="beside").all("a", rel="next")
        before = whole.one("nav", class_="beside").all("a", rel="prev")
        assert [a.given["href"].rpartition("/")[2] for a in before] == passed[-2:-1]
        path = following[0].given["href"] if following else None
    assert passed == wanted


def test_every_citation_is_that_of_cite_without_the_day(client: FlaskClient) -> None:
    """Pages are kept; the day is told where it is asked for."""
    whole = page(client, f"{OUTPUT}?lang=en")
    cited = get(client, f"{OUTPUT}/cite?lang=en").get_json()["data"]
    shown = {one.given["id"]: one for one in whole.all("pre")}
    assert shown["permalink"].text == cited["permalink"]
    assert shown["cite-apa"].text == cited["text"]["en"].replace(
        f"Retrieved {_english(cited['accessed'])}, from ", ""
    )
    assert shown["cite-gbt7714"].text == cited["text"]["zh"].replace(f"[{cited['accessed']}]", "")
    assert "urldate" not in shown["cite-bibtex"].text
    assert json.loads(shown["cite-csl"].text) == [
        {name: value for name, value in cited["csl"].items() if name != "accessed"}
    ]
    assert cited["accessed"] not in whole.text


def _english(day: str) -> str:
    found = date.fromisoformat(day)
    return f"{found:%B} {found.day}, {found.year}"


def test_machines_read_what_people_do(client: FlaskClient) -> None:
    """schema.org for search engines, a card for who shares the address."""
    whole = page(client, f"{OUTPUT}?lang=en")
    [data] = whole.all("script", type="application/ld+json")
    described = json.loads(data.text)
    assert described["@type"] == "CreativeWork"
    assert described["@id"] == f"{BASE}{DEMO}/versions/1.1.0/targets/industrial-output"
    assert described["text"] == "工业产值突破300亿元"
    card = {
        one.given["property"]: one.given["content"]
        for one in whole.all("meta")
        if "property" in one.given
    }
    assert card["og:title"] == "Industrial output"
    assert card["og:description"].startswith("more than 30 billion yuan")
    assert card["og:url"] == described["@id"]
    term = page(client, f"{DEMO}/glossary/green-industry").all("script", type="application/ld+json")
    assert json.loads(term[0].text)["@type"] == "DefinedTerm"


def test_downloads_are_pinned_and_answer(client: FlaskClient) -> None:
    """The record alone, and all of its version."""
    links = _section(page(client, f"{OUTPUT}?lang=en"), "download").links()
    assert len(links) == 8
    for link in links:
        assert link.startswith(f"{DEMO}/versions/1.1.0/targets")
        assert get(client, link).status_code == 200


def test_history_tells_every_version_newest_first(client: FlaskClient) -> None:
    """With what each did."""
    shown = _section(page(client, f"{OUTPUT}?lang=en"), "history").one("ol").all("li")
    assert [one.text.split(" ")[0] for one in shown] == ["1.1.0", "1.0.0"]
    assert "Unchanged" in shown[0].text
    assert "Added" in shown[1].text


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("collection", COLLECTIONS)
def test_every_record_has_a_light_and_well_formed_page(
    client: FlaskClient, collection: str, language: str
) -> None:
    """At the latest address, by suffix, in both languages; nothing is untranslated."""
    for record in get(client, f"/v1/{collection}").get_json()["data"]:
        path = f"/v1/datasets/{record['dataset']}/{collection}/{record['id']}.html"
        response = get(client, f"{path}?lang={language}")
        assert response.status_code == 200
        assert len(response.data) < 60_000
        whole = parsed(response.text)
        ids = [one.given["id"] for one in whole.walk() if "id" in one.given]
        assert len(ids) == len(set(ids))
        assert record["title"][language] in whole.one("h1").text
        assert "undefined" not in whole.text.lower()


def test_a_range_and_a_quantity_are_said_in_words(client: FlaskClient) -> None:
    """1,200 to 1,500; what a project will make is a figure too."""
    jobs = page(client, f"{DEMO}/targets/new-jobs?lang=en").one("p", class_="headline")
    assert jobs.text == "1,200 item to 1,500 item"
    factory = page(client, f"{DEMO}/projects/pump-factory?lang=zh").one("article").one("header")
    assert "600件" in factory.text
    assert "“600件”" in factory.text


def test_what_only_data_can_heed_asks_for_data(client: FlaskClient) -> None:
    """A browser gets what it got before there were pages; the page itself refuses it."""
    response = visited(client, f"{OUTPUT}?expand=terms")
    assert (response.status_code, response.mimetype) == (200, "application/json")
    refused = visited(client, f"{OUTPUT}.html?expand=terms")
    assert (refused.status_code, refused.mimetype) == (400, "text/html")
    wrong = visited(client, f"{OUTPUT}?langg=en")
    assert (wrong.status_code, wrong.mimetype) == (400, "text/html")


def test_an_old_address_leads_to_the_page_of_now(client: FlaskClient) -> None:
    """Nothing stands there: 404 for who asks for a page too."""
    response = visited(client, f"{DEMO}/targets/never-there")
    assert (response.status_code, response.mimetype) == (404, "text/html")


def test_a_withdrawn_record_says_where_it_still_stands(client: FlaskClient) -> None:
    """410 with the last version that has it and its history, both pages that answer."""
    response = visited(client, "/v1/datasets/hill-2031/targets/dragon-boat-race?lang=en")
    assert (response.status_code, response.mimetype) == (410, "text/html")
    links = parsed(response.text).one("main").links()
    last = "/v1/datasets/hill-2031/versions/0.9.0/targets/dragon-boat-race?lang=en"
    history = "/v1/datasets/hill-2031/targets/dragon-boat-race/history?lang=en"
    assert {last, history} <= set(links)
    assert page(client, last)
    told = page(client, history)
    assert "Removed" in told.one("ol", class_="history").text
    assert told.one("h1").text == "Hold the dragon boat race"


def test_a_draft_can_be_looked_at(datasets: Path, tmp_path: Path) -> None:
    """An editor sees the page of a record before it is released, marked as a draft."""
    preview(datasets, tmp_path, BASE, quiet)
    client = create_app(tmp_path, drafts=True).test_client()
    whole = page(client, f"{OUTPUT}?lang=en")
    assert "Preview of unreleased drafts" in whole.one("p", class_="draft").text
