"""What stands around every page: language, policy, addresses, and that pages are one more form."""

from __future__ import annotations

import re
from importlib import resources as package
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from opendata.vocabularies import Label
from opendata.web.languages import Reader
from opendata.web.pages.rendering import Shell
from opendata.web.pages.texts import TEXTS
from tests.pages.reading import BROWSER, Element, page, parsed, visited
from tests.serving import BASE, get

PAGES = [
    "/",
    "/v1/targets",
    "/v1/datasets",
    "/v1/datasets/demo-2030",
    "/v1/datasets/demo-2030/targets",
    "/v1/datasets/demo-2030/versions",
    "/v1/datasets/demo-2030/versions/1.0.0/glossary",
    "/v1/search",
    "/v1/search?q=工业",
    "/v1/datasets/demo-2030/targets/industrial-output",
    "/v1/datasets/demo-2030/versions/1.0.0/projects/pump-factory",
    "/v1/datasets/demo-2030/glossary/green-industry",
    "/v1/datasets/demo-2030/targets/industrial-output/history",
    "/v1/datasets/demo-2030/targets/industrial-output/cite",
    "/v1/datasets/demo-2030/versions/1.0.0",
    "/v1/datasets/demo-2030/changes",
    "/v1/datasets/demo-2030/corrections",
    "/v1/schema",
    "/v1/changes",
    "/v1/vocabularies",
    "/v1/vocabularies/units",
    "/v1",
    "/docs",
    "/docs/errors",
]
_TEMPLATES = Path(str(package.files("opendata.web"))) / "templates" / "pages"


@pytest.mark.parametrize("accept", ["*/*", "", "application/json", "text/csv, */*;q=0.1"])
def test_programs_get_data_where_browsers_get_pages(client: FlaskClient, accept: str) -> None:
    """A page is only for who names HTML; without a preference there is JSON, as ever."""
    response = get(client, "/v1/targets", Accept=accept)
    assert response.mimetype in ("application/json", "text/csv")
    assert "Accept" in response.headers["Vary"].split(", ")
    shown = visited(client, "/v1/targets")
    assert (shown.mimetype, shown.status_code) == ("text/html", 200)
    assert {"Accept", "Accept-Language"} <= set(shown.headers["Vary"].split(", "))


@pytest.mark.parametrize("address", [one for one in PAGES if one.startswith("/v1")])
def test_a_suffix_chooses_the_page_for_everyone(client: FlaskClient, address: str) -> None:
    """As every other form's does; its links keep the suffix, so that files can stand for it."""
    path, _, query = address.partition("?")
    response = get(client, f"{path}.html?{query}")
    assert response.mimetype == "text/html"
    assert "Accept" not in response.headers["Vary"].split(", ")
    nav = parsed(response.text).one("header", class_="top").one("nav")
    assert "/v1/projects.html" in nav.links()


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
@pytest.mark.parametrize("path", ["/", "/v1/targets", "/v1/datasets/demo-2030"])
def test_a_page_speaks_the_readers_language(
    client: FlaskClient, path: str, accept_language: str, query: str, language: str
) -> None:
    """By Accept-Language, or as the address says; Chinese where neither helps."""
    response = visited(client, f"{path}{query}", Accept_Language=accept_language)
    assert response.headers["Content-Language"] == language
    html = parsed(response.text).one("html")
    assert html.given["lang"] == {"zh": "zh-Hans", "en": "en"}[language]
    assert ("Accept-Language" in response.headers["Vary"]) == (not query)
    assert response.headers.get("Set-Cookie") is None


def test_each_language_has_a_tag_of_its_own(client: FlaskClient) -> None:
    """A cache may never answer one with the other; 304 and HEAD work as for data."""
    zh = visited(client, "/v1/targets", Accept_Language="zh")
    en = visited(client, "/v1/targets", Accept_Language="en")
    assert zh.headers["ETag"] != en.headers["ETag"]
    again = visited(client, "/v1/targets", Accept_Language="en", If_None_Match=en.headers["ETag"])
    assert (again.status_code, again.data) == (304, b"")
    head = client.head("/v1/targets", headers={"Accept": BROWSER, "Accept-Language": "en"})
    assert head.headers["ETag"] == en.headers["ETag"]
    coded = visited(client, "/v1/targets", Accept_Encoding="gzip")
    assert coded.headers["Content-Encoding"] == "gzip"
    assert len(coded.data) < len(zh.data) / 3


@pytest.mark.parametrize("address", ["/", "/v1/targets?strength__in=commit&sort=-value"])
def test_the_switch_keeps_address_and_query(client: FlaskClient, address: str) -> None:
    """Only the language is another; links of the page keep the one that was asked for."""
    [switch] = page(client, address).all("a", class_="switch")
    joiner = "&" if "?" in address else "?"
    assert switch.given["href"] == f"{address}{joiner}lang=en"
    english = page(client, switch.given["href"])
    [back] = english.all("a", class_="switch")
    assert back.given["href"] == f"{address}{joiner}lang=zh"
    inner = [link for link in english.one("main").links() if link.startswith("/v1/datasets")]
    assert inner
    assert all("lang=en" in link for link in inner), inner
    for form in english.all("form"):
        assert ("lang", "en") in form.sent()


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("address", PAGES)
def test_nothing_is_inline_and_nothing_from_elsewhere(
    client: FlaskClient, address: str, language: str
) -> None:
    """The policy forbids both; the page is small and in order."""
    response = visited(client, address, Accept_Language=language)
    policy = response.headers["Content-Security-Policy"]
    assert policy.startswith("default-src 'none'; style-src 'self'; script-src 'self'; ")
    assert "unsafe" not in policy
    whole = parsed(response.text)
    assert len(response.data) < 100_000
    for one in whole.walk():
        assert not {name for name in one.given if name.startswith("on") or name == "style"}
        if one.name in ("script", "style") and one.given.get("type") != "application/ld+json":
            assert one.text == ""
        for loaded in _loaded(one):
            assert loaded.startswith("/") and not loaded.startswith("//"), loaded
    ids = [one.given["id"] for one in whole.walk() if "id" in one.given]
    assert len(ids) == len(set(ids))
    assert len(whole.all("h1")) == len(whole.all("main")) == 1


def _loaded(one: Element) -> list[str]:
    """Return what an element makes a browser ask for."""
    if one.name == "link":
        asked = {"stylesheet", "icon", "preload", "manifest"} & set(one.given["rel"].split())
        return [one.given["href"]] if asked else []
    return [one.given[name] for name in ("src", "srcset", "action", "data") if name in one.given]


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("address", PAGES)
def test_every_link_answers(client: FlaskClient, address: str, language: str) -> None:
    """On this site, with the Accept of a browser; fragments are there."""
    whole = page(client, address, Accept_Language=language)
    wanted = {*whole.links(), *(one.given["href"] for one in whole.all("link"))}
    for link in sorted(wanted):
        local = link.removeprefix(BASE)
        assert local.startswith(("/", "#", "https://", "mailto:")), link
        if local.startswith("#"):
            assert whole.all(id=local[1:])
        elif local.startswith("/"):
            assert visited(client, local.partition("#")[0]).status_code == 200, link


def test_files_of_the_site_are_kept_for_a_year_at_addresses_of_their_content(
    client: FlaskClient,
) -> None:
    """What changes has another address; of parameters they take none."""
    whole = page(client, "/")
    loaded = [one.given["href"] for one in whole.all("link", rel="stylesheet")]
    loaded += [one.given["src"] for one in whole.all("script") if "src" in one.given]
    assert len(loaded) == 2
    for path in loaded:
        assert re.fullmatch(r"/static/site-[0-9a-f]{12}\.(css|js)", path)
        response = get(client, path)
        assert response.headers["Cache-Control"] == "public, max-age=31536000, immutable"
        assert get(client, f"{path}?v=1").status_code == 400


def test_texts_are_whole_in_both_languages_and_all_in_use() -> None:
    """No key is missing, none without a translation, none left over."""
    templates = "\n".join(path.read_text("utf-8") for path in sorted(_TEMPLATES.glob("*.html")))
    code = "\n".join(p.read_text("utf-8") for p in (_TEMPLATES.parents[1] / "pages").glob("*.py"))
    named = set(re.findall(r'\bt\(\s*"([a-z0-9_.]+)"', templates + code))
    assert named - {"key"} <= set(TEXTS)
    assert [key for key in TEXTS if f'"{key}"' not in templates + code] == []
    for key, text in TEXTS.items():
        assert text.zh.strip() and text.en.strip(), key
        assert set(re.findall(r"{\w+}", text.zh)) == set(re.findall(r"{\w+}", text.en)), key


def test_what_is_not_translated_is_shown_as_such(client: FlaskClient) -> None:
    """In the other language, marked as that, with a word on it."""
    shell = Shell(Reader("en"), "/")
    assert shell.say({"zh": "学校", "en": "school"}) == "school"
    assert shell.say(Label("学校<", "")) == (
        '<span lang="zh-Hans">学校&lt;</span> <small>(not translated)</small>'
    )
    assert shell.marked("3所学校") == '<span lang="zh-Hans">3所学校</span>'
    assert shell.marked("a < b") == "a &lt; b"
    assert Shell(Reader("zh"), "/").marked("3所学校") == "3所学校"


def test_titles_are_escaped(client: FlaskClient) -> None:
    """Quotation marks of a title cannot break out of the page."""
    text = visited(client, "/v1/datasets?lang=zh").text
    assert "湖县&#34;十五五&#34;,第一年" in text
