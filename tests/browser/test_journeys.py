"""What people come for: to find, understand, download, cite, reuse and correct."""

from __future__ import annotations

import csv
import io
import re
import urllib.request
from collections.abc import Callable
from pathlib import Path
from urllib.parse import parse_qs, quote, urlsplit

import pytest
from playwright.sync_api import expect

from tests.browser.visitor import PAIRS, READERS, Reader, Visitor

Visit = Callable[[Reader], Visitor]

#: One process has the server and the browser; what runs there is no code of this project.
pytestmark = [pytest.mark.xdist_group("browser"), pytest.mark.no_cover]

_DATASET = "/v1/datasets/kuiwen-2025"
_ID = r"[a-z0-9-]+"


def _bytes(url: str) -> bytes:
    with urllib.request.urlopen(url) as answer:
        body: bytes = answer.read()
        return body


@pytest.mark.parametrize("reader", READERS, ids=str)
def test_a_journalist_finds_judges_downloads_and_cites_what_was_promised(
    visit: Visit, reader: Reader, tmp_path: Path
) -> None:
    """Search for schools, narrow to targets, see how firm one is, take the file, cite it."""
    visitor = visit(reader)
    page = visitor.page
    visitor.go("/")
    assert page.locator("html").get_attribute("lang") == visitor.say("zh-Hans", "en")
    search = page.get_by_role("main").get_by_role("searchbox")
    sought = visitor.say("教育", "school")
    search.fill(sought)
    with page.expect_navigation():
        search.press("Enter")
    expect(page.locator("mark").first).to_have_text(re.compile(sought, re.IGNORECASE))
    visitor.picture("journey-search")

    visitor.follow(page.get_by_role("navigation").get_by_role("link").first)
    visitor.unfold(visitor.say("筛选", "Filter"))
    page.locator("#q").fill(sought)
    visitor.follow(page.get_by_role("button", name=visitor.say("应用", "Apply")).first)
    asked = parse_qs(urlsplit(page.url).query)
    assert asked["q"] == [sought]
    total = int(re.findall(r"\d+", page.locator(".count").inner_text())[0])
    assert total == len(csv_rows(_bytes(f"{visitor.site}/v1/targets.csv?q={quote(sought)}")))
    visitor.picture("journey-targets")

    with page.expect_download() as started:
        page.get_by_role("link", name="Excel").first.click()
    file = tmp_path / started.value.suggested_filename
    started.value.save_as(file)
    assert file.suffix == ".csv"
    taken = file.read_bytes()
    assert taken == _bytes(started.value.url)
    assert taken.startswith(b"\xef\xbb\xbf")
    assert len(csv_rows(taken)) == total

    record = page.get_by_role("main").locator("a[href*='/targets/']").first
    visitor.follow(record)
    assert re.search(rf"{_DATASET}/(versions/[^/]+/)?targets/{_ID}", visitor.path)
    main = page.get_by_role("main")
    expect(main.locator("blockquote").first).to_be_visible()
    expect(main).to_contain_text(visitor.say("强度", "trength"))
    visitor.picture("journey-record")

    citation = main.locator("pre[id^=cite-]").first
    button = main.locator(f"[data-copy='{citation.get_attribute('id')}']")
    button.click()
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied == citation.inner_text().strip()
    assert f"{visitor.site}{_DATASET}/versions/" in copied


@pytest.mark.parametrize("reader", PAIRS, ids=str)
def test_a_developer_copies_a_call_that_gives_the_same_rows(visit: Visit, reader: Reader) -> None:
    """The call is that of the view, and asks for as many rows as the page counts."""
    visitor = visit(reader)
    page = visitor.page
    visitor.go(f"{_DATASET}/targets?unit=percent&sort=-value")
    counted = int(re.findall(r"\d+", page.locator(".count").inner_text())[0])
    page.locator("details.calls summary").click()
    page.locator("details.calls [data-copy]").first.click()
    copied: str = page.evaluate("navigator.clipboard.readText()")
    found = re.search(r"https?://[^\s'\"]+", copied)
    assert copied.startswith("curl") and found
    rows = csv_rows(_bytes(found[0])) if ".csv" in found[0] else None
    answer = _bytes(found[0]).decode()
    assert "unit=percent" in found[0] and "sort=-value" in found[0]
    total = len(rows) if rows is not None else int(re.findall(r'"total":(\d+)', answer)[0])
    assert total == counted


@pytest.mark.parametrize("reader", PAIRS, ids=str)
def test_a_portal_finds_the_catalogue_and_everything_in_one_file(
    visit: Visit, reader: Reader
) -> None:
    """The start page leads to DCAT, to data.json and to all data in one archive."""
    visitor = visit(reader)
    visitor.go("/")
    for path, beginning in (
        ("/catalog.ttl", b"@prefix"),
        ("/data.json", b"{"),
        ("/bulk.zip", b"PK"),
    ):
        link = visitor.page.locator(f"a[href='{path}']").last
        expect(link).to_be_visible()
        assert _bytes(f"{visitor.site}{link.get_attribute('href')}").startswith(beginning)


@pytest.mark.parametrize("reader", PAIRS, ids=str)
def test_an_editor_finds_how_to_correct(visit: Visit, reader: Reader) -> None:
    """The start page says how data are edited and leads to the part of the guide about it."""
    visitor = visit(reader)
    visitor.go("/")
    section = visitor.page.get_by_role("main").locator(
        "section", has=visitor.page.locator("#editors")
    )
    expect(section).to_contain_text("YAML")
    visitor.follow(section.get_by_role("link").first)
    assert urlsplit(visitor.page.url).fragment == "editors"
    expect(visitor.page.locator("#editors")).to_be_visible()
    expect(visitor.page.locator("#editors ~ *").first).to_be_visible()


@pytest.mark.parametrize("reader", READERS, ids=str)
def test_the_language_can_be_changed_anywhere_and_stays(visit: Visit, reader: Reader) -> None:
    """The same view in the other language, whose links keep it."""
    visitor = visit(reader)
    page = visitor.page
    visitor.go(f"{_DATASET}/targets?unit=percent")
    visitor.follow(page.locator("a.switch"))
    other = visitor.say("en", "zh")
    assert parse_qs(urlsplit(page.url).query) == {"unit": ["percent"], "lang": [other]}
    tag = visitor.say("en", "zh-Hans")
    assert page.locator("html").get_attribute("lang") == tag
    visitor.follow(page.get_by_role("main").locator("a[href*='/targets/']").first)
    assert page.locator("html").get_attribute("lang") == tag
    assert parse_qs(urlsplit(page.url).query)["lang"] == [other]


@pytest.mark.parametrize("reader", [r._replace(scripts=False) for r in PAIRS], ids=str)
def test_everything_works_without_scripts(visit: Visit, reader: Reader) -> None:
    """Filters, chips, order, pages and records need no script, and no button stands idle."""
    visitor = visit(reader)
    page = visitor.page
    visitor.go(f"{_DATASET}/targets?limit=20")
    visitor.unfold(visitor.say("筛选", "Filter"))
    box = page.locator("form input[type=checkbox][name=strength__in]").first
    box.check()
    chosen = box.get_attribute("value")
    visitor.follow(page.get_by_role("button", name=visitor.say("应用", "Apply")).first)
    assert parse_qs(urlsplit(page.url).query)["strength__in"] == [chosen]
    narrowed = page.locator(".count").inner_text()
    visitor.follow(page.locator(".chips a").first)
    assert "strength__in" not in parse_qs(urlsplit(page.url).query)
    assert page.locator(".count").inner_text() != narrowed
    visitor.follow(page.locator("a[rel=next]").first)
    assert "cursor" in parse_qs(urlsplit(page.url).query)
    visitor.follow(page.locator("a[rel=prev]").first)
    if reader.screen == "desk":
        visitor.follow(page.locator("thead a").first)
    else:  # rows stand one below the other, and order is chosen in the form
        visitor.unfold(visitor.say("筛选", "Filter"))
        page.locator("#sort").select_option(index=1)
        visitor.follow(page.get_by_role("button", name=visitor.say("应用", "Apply")).first)
    assert "sort" in parse_qs(urlsplit(page.url).query)
    visitor.follow(page.get_by_role("main").locator("a[href*='/targets/']").first)
    expect(page.locator("blockquote").first).to_be_visible()
    assert page.locator("[data-copy]:visible").count() == 0
    visitor.picture("plain-record")


@pytest.mark.parametrize("reader", PAIRS, ids=str)
def test_a_keyboard_is_enough(visit: Visit, reader: Reader) -> None:
    """Skip what repeats, search, go to the first record, always seeing where the focus is."""
    visitor = visit(reader)
    page = visitor.page
    visitor.go("/")
    page.keyboard.press("Tab")
    skip = page.locator(".skip")
    expect(skip).to_be_focused()
    expect(skip).to_be_in_viewport()
    page.keyboard.press("Enter")
    _tab_to(page_visitor=visitor, selector="main input[name=q]")
    page.keyboard.type("GDP")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    _tab_to(page_visitor=visitor, selector="main a[href*='/targets/'], main a[href*='/glossary/']")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    expect(page.locator("h1")).to_be_visible()


def _tab_to(page_visitor: Visitor, selector: str, most: int = 60) -> None:
    """Press Tab until ``selector`` has the focus, and look that each stop shows its focus."""
    for _ in range(most):
        page_visitor.page.keyboard.press("Tab")
        at, outlined = page_visitor.page.evaluate(
            "s => { const e = document.activeElement, o = getComputedStyle(e);"
            " return [e.matches(s), o.outlineStyle !== 'none' || o.boxShadow !== 'none'] }",
            selector,
        )
        assert outlined, page_visitor.page.evaluate("document.activeElement.outerHTML")
        if at:
            return
    raise AssertionError(f"{selector} is not reached by keyboard")


def csv_rows(body: bytes) -> list[dict[str, str]]:
    """Return the rows of a CSV."""
    return list(csv.DictReader(io.StringIO(body.decode("utf-8-sig"), newline="")))
