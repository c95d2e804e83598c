"""Pages for people: the start page in both languages, and the API reference."""

from __future__ import annotations

from html.parser import HTMLParser

import pytest
from flask.testing import FlaskClient

from tests.serving import BASE, World, get


class _Page(HTMLParser):
    """What a page links to and loads, and what it has that a strict policy forbids."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.links: list[str] = []
        self.loaded: list[str] = []
        self.inline: list[str] = []
        self.language = ""
        self._open = ""
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        self._open = tag
        if tag == "html":
            self.language = given["lang"]
        elif tag == "a":
            self.links.append(given["href"])
        elif tag == "link":
            self.loaded.append(given["href"])
        elif given.get("type") == "application/ld+json":
            self._open = "data"  # read by search engines, run by no one
        elif tag in ("script", "img"):
            self.loaded.append(given["src"])
        self.inline += [name for name in given if name.startswith("on") or name == "style"]
        self.inline += [value for value in given.values() if value.startswith("javascript:")]

    def handle_data(self, data: str) -> None:
        if self._open in ("script", "style") and data.strip():
            self.inline.append(data)


def _absolute(address: str) -> str:
    """Return where a link of a page at the root leads."""
    if address.startswith(("http:", "https:")):
        assert address.startswith(BASE), address
        return address
    return f"/{address}"


@pytest.mark.parametrize(
    ("accept_language", "query", "language"),
    [
        ("", "", "zh"),
        ("zh-CN,zh;q=0.9", "", "zh"),
        ("en-US,en;q=0.9,zh;q=0.8", "", "en"),
        ("fr", "", "zh"),
        ("en", "?lang=zh", "zh"),
        ("zh", "?lang=en", "en"),
    ],
)
def test_the_page_speaks_the_readers_language(
    client: FlaskClient, accept_language: str, query: str, language: str
) -> None:
    """By Accept-Language, or as a link says; Chinese where neither helps."""
    response = get(client, f"/{query}", Accept_Language=accept_language)
    assert (response.status_code, response.mimetype) == (200, "text/html")
    assert response.headers["Content-Language"] == language
    assert _Page(response.text).language == language
    shown = {"zh": "政府承诺了什么", "en": "What governments promised"}
    assert shown[language] in response.text
    assert {"zh": shown["en"], "en": shown["zh"]}[language] not in response.text


@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_link_of_the_page_answers(client: FlaskClient, language: str) -> None:
    """Downloads, reference and style: nothing leads nowhere."""
    page = _Page(get(client, f"/?lang={language}").text)
    assert len(page.links) > 3 * 3 * 3
    for address in {*page.links, *page.loaded}:
        assert get(client, _absolute(address)).status_code == 200, address


@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_dataset_is_listed_with_its_downloads(client: FlaskClient, language: str) -> None:
    """Title, latest version, and for each collection CSV for Excel, CSV and JSON."""
    text = get(client, f"/?lang={language}").text
    for dataset, version in (("demo-2030", "1.1.0"), ("hill-2031", "0.10.0")):
        assert f"{dataset} · {version} · 2030-02-01 · CC-BY-4.0" in text
    links = _Page(text).links
    for dataset in ("demo-2030", "hill-2031", "lake-2029"):
        for collection in ("targets", "projects", "glossary"):
            address = f"v1/datasets/{dataset}/{collection}"
            assert f"{address}.csv?profile=excel&lang={language}" in links
            assert f"{address}.csv" in links
            assert f"{address}.json" in links


def test_download_buttons_give_tables_that_excel_reads(client: FlaskClient) -> None:
    """A byte order mark, and headers in the page's language."""
    for language, first in (("zh", "标识"), ("en", "Identifier")):
        for address in _Page(get(client, f"/?lang={language}").text).links:
            if "profile=excel" in address:
                assert get(client, address).data.startswith(f"\ufeff{first},".encode())


def test_the_style_sheet_takes_no_parameter(client: FlaskClient) -> None:
    """Like every address, it ignores none."""
    assert get(client, "/home.css").status_code == 200
    assert get(client, "/home.css?v=1").status_code == 400


def test_titles_are_escaped(client: FlaskClient) -> None:
    """Quotation marks of a title cannot break out of the page."""
    text = get(client, "/?lang=zh").text
    assert "湖县&#34;十五五&#34;,第一年" in text


@pytest.mark.parametrize("address", ["/?lang=zh", "/?lang=en", "/docs"])
def test_pages_keep_a_strict_policy(client: FlaskClient, address: str) -> None:
    """Nothing inline, nothing from elsewhere; the policy forbids both."""
    response = get(client, address)
    page = _Page(response.text)
    assert page.inline == []
    for loaded in page.loaded:
        assert not loaded.startswith(("http", "//")), loaded
        assert get(client, f"/{loaded}").status_code == 200, loaded
    policy = response.headers["Content-Security-Policy"]
    assert policy.startswith("default-src 'none'; ")
    for part in ("style-src 'self'", "base-uri 'none'", "form-action 'none'"):
        assert part in policy
    assert ("script-src 'self'" in policy) == (address == "/docs")


def test_the_reference_is_swagger_ui_from_here(client: FlaskClient) -> None:
    """Its files come with the package, and it reads this API's description."""
    types = {
        "swagger-ui.css": "text/css",
        "swagger-ui-bundle.js": "text/javascript",
        "favicon-32x32.png": "image/png",
        "swagger.js": "text/javascript",
    }
    for name, media_type in types.items():
        response = get(client, f"/docs/{name}")
        assert (response.status_code, response.mimetype) == (200, media_type)
        assert response.headers["ETag"]
    assert 'url: "openapi.json"' in get(client, "/docs/swagger.js").text


def test_the_page_shows_no_more_than_fifty_datasets(
    world: World, client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A page stays a page; the catalogue has them all."""
    monkeypatch.setattr("opendata.web.home._SHOWN", 2)
    text = get(client, "/?lang=en").text
    assert ("hill-2031" in text, "lake-2029" in text) == (True, False)
    assert "v1/datasets" in _Page(text).links
