"""Pages of collections: the table, its form, and that both say what the API says."""

from __future__ import annotations

import csv
import io
import json
import re
from typing import Any

import pytest
from flask.testing import FlaskClient

from opendata.query.filters import filters
from opendata.records import COLLECTIONS, DATASETS
from tests.pages.reading import Element, asked, page, parsed, visited
from tests.serving import World, client_of, get

ALL = {**COLLECTIONS, DATASETS.name: DATASETS}
LISTS = [
    "/v1/targets",
    "/v1/projects",
    "/v1/glossary",
    "/v1/datasets",
    "/v1/datasets/demo-2030/targets",
    "/v1/datasets/demo-2030/versions",
    "/v1/datasets/demo-2030/versions/1.0.0/projects",
]


def rows(whole: Element) -> list[Element]:
    """Return the rows of the table."""
    return whole.one("table", class_="rows").one("tbody").all("tr")


def count(whole: Element) -> int:
    """Return the number of records that the page tells."""
    found = re.match(r"[\d,]+", whole.one("p", class_="count").text)
    assert found
    return int(found[0].replace(",", ""))


def form(whole: Element) -> Element:
    """Return the form that narrows the list down."""
    return whole.one("details", class_="filters").one("form")


def send(client: FlaskClient, whole: Element, *changes: tuple[str, str]) -> str:
    """Return where a form leads, as a browser without scripts sends it."""
    own = form(whole)
    names = {name for name, _ in changes}
    fields = [one for one in own.sent() if one[0] not in names or one[0].endswith("__in")]
    response = client.get(
        own.given["action"],
        query_string=[*fields, *changes],
        headers={"Accept": "text/html"},
    )
    assert response.status_code == 302, response.text
    assert response.headers["Vary"]
    return response.headers["Location"]


@pytest.mark.parametrize("address", LISTS)
@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_page_lists_what_the_api_lists(client: FlaskClient, address: str, language: str) -> None:
    """The same records in the same order, called by their titles in the reader's language."""
    data = get(client, address).get_json()
    whole = page(client, f"{address}?lang={language}")
    assert count(whole) == data["meta"]["total"]
    titles = [row.one("th").one("a").text for row in rows(whole)]
    assert titles == [one["title"][language] for one in data["data"]]


def test_rows_lead_to_records_in_the_version_of_the_list(client: FlaskClient) -> None:
    """The latest where the list is of the latest, the pinned one where it is pinned."""
    dataset = "/v1/datasets/demo-2030"
    for path in (f"{dataset}/targets", f"{dataset}/versions/1.0.0/targets"):
        for row in rows(page(client, path)):
            [link] = row.one("th").links()
            assert link.startswith(f"{path}/")
            assert get(client, link).status_code == 200
    [link] = rows(page(client, "/v1/datasets?id=demo-2030"))[0].one("th").links()
    assert link == "/v1/datasets/demo-2030"


@pytest.mark.parametrize("name", list(ALL))
def test_every_filter_of_the_api_can_be_added(client: FlaskClient, name: str) -> None:
    """The list is the declaration itself; none is typed twice."""
    options = form(page(client, f"/v1/{name}")).one("select", id="add").all("option")
    offered = [one.given["value"] for one in options if one.given["value"]]
    assert offered == list(filters(ALL[name], {}, across=True))
    own = form(page(client, "/v1/datasets/demo-2030/targets")).one("select", id="add")
    assert "dataset" not in {one.given["value"] for one in own.all("option")}


def test_an_untouched_form_leads_back_to_the_list(client: FlaskClient) -> None:
    """What is empty is dropped: no parameter is left, whatever the form has."""
    for address in LISTS:
        assert send(client, page(client, address), ("q", "")) == address
        english = page(client, f"{address}?lang=en")
        assert send(client, english, ("q", "")) == f"{address}?lang=en"


def test_a_form_leads_to_the_query_of_the_api(client: FlaskClient) -> None:
    """Boxes of a field become a list, an added condition a parameter; nothing else is left."""
    whole = page(client, "/v1/targets?kind=quantitative&limit=5&facet=measure")
    location = send(
        client,
        whole,
        ("q", "增长"),
        ("strength__in", "commit"),
        ("strength__in", "expect"),
        ("add", "value__gte"),
        ("to", " 5 "),
        ("sort", "-value"),
    )
    assert asked(location) == {
        "q": "增长",
        "kind__in": "quantitative",
        "strength__in": "commit,expect",
        "value__gte": "5",
        "sort": "-value",
        "limit": "5",
        "facet": "measure",
    }
    assert get(client, location).status_code == visited(client, location).status_code == 200


@pytest.mark.parametrize(
    ("field", "value", "meant"),
    [
        ("strength", "承诺", "commit"),
        ("strength", "Committed", "commit"),
        ("value__isnull", "", "true"),
        ("title_zh__contains", "增长", "增长"),
    ],
)
def test_an_added_value_may_be_called_by_its_name(
    client: FlaskClient, field: str, value: str, meant: str
) -> None:
    """People know labels, not codes."""
    location = send(client, page(client, "/v1/targets"), ("add", field), ("to", value))
    assert asked(location) == {field: meant}


def test_a_form_remembers_what_is_asked(client: FlaskClient) -> None:
    """Sent again untouched, it leads to the same rows."""
    queries = (
        "q=增长&strength=commit,expect".replace("strength=", "strength__in="),
        "value__gte=5&value__lte=300&sort=-value",
        "fields=title,unit&deadline__lte=2030-12-31",
        "title_zh__contains=增&measure__ne=count&sort=deadline,-value",
    )
    for query in queries:
        address = f"/v1/targets?{query}"
        whole = page(client, address)
        again = send(client, whole, ("add", ""))
        assert _unordered(again) == _unordered(address)


def _unordered(address: str) -> dict[str, list[str]]:
    return {name: sorted(text.split(",")) for name, text in asked(address).items()}


def test_facets_count_as_if_nothing_of_them_were_chosen(client: FlaskClient) -> None:
    """So that another box can be checked as well; those of other fields are of what is shown."""
    whole = page(client, "/v1/targets?strength__in=commit")
    shown = _facets(whole)
    api = get(client, "/v1/targets?facet=strength").get_json()["facets"]["strength"]["values"]
    assert shown["strength__in"] == {one["value"]: one["count"] for one in api}
    kinds = get(client, "/v1/targets?facet=kind&strength=commit").get_json()["facets"]["kind"]
    assert shown["kind__in"] == {one["value"]: one["count"] for one in kinds["values"]}
    checked = [one.given["value"] for one in form(whole).all("input") if "checked" in one.given]
    assert "commit" in checked
    assert "expect" not in checked


def _facets(whole: Element) -> dict[str, dict[str, int]]:
    found: dict[str, dict[str, int]] = {}
    for box in form(whole).all("label", class_="check"):
        [field] = box.all("input")
        if field.given["name"] != "fields":
            own = found.setdefault(field.given["name"], {})
            own[field.given["value"]] = int("".join(one.text for one in box.all("small")) or -1)
    return found


def test_chips_name_what_is_chosen_and_take_it_away(client: FlaskClient) -> None:
    """One for each value; without it the query is what is left."""
    address = "/v1/targets?q=增&strength__in=commit,expect&value__isnull=false&value__gte=5"
    chips = page(client, f"{address}&lang=zh").one("section", class_="chips").all("a")
    said = {chip.text.removesuffix(" ×"): asked(chip.given["href"]) for chip in chips}
    base = asked(f"{address}&lang=zh")
    assert said == {
        "检索： 增": {n: v for n, v in base.items() if n != "q"},
        "承诺强度： 承诺": base | {"strength__in": "expect"},
        "承诺强度： 预期": base | {"strength__in": "commit"},
        "数值 不为空": {n: v for n, v in base.items() if n != "value__isnull"},
        "数值 大于或等于 5": {n: v for n, v in base.items() if n != "value__gte"},
        "全部清除": {"lang": "zh"},
    }


def test_headers_sort_up_then_down_then_not_at_all(client: FlaskClient) -> None:
    """And say so; figures sort in their base unit, a text in two languages by what is read."""
    address = "/v1/targets?kind=quantitative"
    for expected, direction in (
        ("value_base", None),
        ("-value_base", "ascending"),
        (None, "descending"),
    ):
        head = _head(page(client, address), "数值")
        assert head.given.get("aria-sort") == direction
        [address] = head.links()
        assert asked(address).get("sort") == expected
        assert asked(address)["kind"] == "quantitative"
    [english] = _head(page(client, "/v1/targets?lang=en"), "Title").links()
    assert asked(english)["sort"] == "title_en"


def test_a_page_shows_as_many_rows_as_stay_light(large: World) -> None:
    """Whatever limit the query has; the next page goes on behind the last row shown."""
    asking = client_of(large.folder)
    names = ",".join(column.name for column in COLLECTIONS["targets"].columns)
    for query, most in (("limit=1000", 100), (f"limit=1000&fields={names}", 1000 // 38)):
        whole = page(asking, f"/v1/targets?{query}")
        assert len(whole.one("table", class_="rows").one("tbody").all("tr")) == most
        [following] = [one for one in whole.all("a") if one.given.get("rel") == "next"]
        then = page(asking, following.given["href"])
        assert len(then.one("table", class_="rows").one("tbody").all("tr")) == most


def _head(whole: Element, name: str) -> Element:
    table = whole.one("table", class_="rows")
    [found] = [one for one in table.one("thead").all("th") if one.text.strip(" ↑↓") == name]
    return found


def test_chosen_columns_are_shown_in_their_order(client: FlaskClient) -> None:
    """`fields` as the API has it; a text in two languages is the reader's."""
    whole = page(client, "/v1/targets?fields=unit,title,source_quote&lang=en&limit=1")
    heads = [one.text for one in whole.one("table", class_="rows").one("thead").all("th")]
    assert heads == ["Unit", "Title", "Source: quote"]
    [row] = rows(whole)
    assert [one.given.get("data-label") for one in row.all("td")] == ["Unit", "Source: quote"]
    assert row.all("span", lang="zh-Hans")  # printed wording stays Chinese, and says so


def test_figures_stand_with_comparator_and_unit_in_both_scales(client: FlaskClient) -> None:
    """亿元 and billions of yuan."""
    query = "unit=cny-100m&sort=-value&limit=1"
    zh = rows(page(client, f"/v1/targets?{query}&lang=zh"))[0]
    en = rows(page(client, f"/v1/targets?{query}&lang=en"))[0]
    assert zh.one("span", class_="said").text == "超过300亿元"
    assert en.one("span", class_="said").text == "more than 30 billion yuan"
    assert "30 billion yuan" in zh.text
    assert en.one("small").one("span", lang="zh-Hans").text == "300亿元"


def test_numbers_and_days_are_in_the_readers_form(client: FlaskClient) -> None:
    """With the day for programs beside it."""
    zh = page(client, "/v1/targets?lang=zh&limit=1").all("time")[0]
    en = page(client, "/v1/targets?lang=en&limit=1").all("time")[0]
    assert zh.given == en.given
    assert re.fullmatch(r"\d{4}年\d{1,2}月\d{1,2}日", zh.text)
    assert re.fullmatch(r"\d{1,2} [A-Z][a-z]+ \d{4}", en.text)


@pytest.mark.parametrize("suffix", ["", ".html"])
def test_pages_walk_through_every_record_once(client: FlaskClient, suffix: str) -> None:
    """Forward and back, the language and the query kept."""
    address = f"/v1/targets{suffix}?lang=en&limit=5&sort=-id"
    whole = get(client, "/v1/targets?sort=-id").get_json()["data"]
    seen: list[str] = []
    trail = []
    while address:
        shown = page(client, address)
        trail.append(address)
        seen += [row.one("th").one("a").text for row in rows(shown)]
        following = shown.all("a", rel="next")
        address = following[0].given["href"] if following else ""
    assert seen == [one["title"]["en"] for one in whole]
    assert len(trail) == 3
    [back] = page(client, trail[-1]).all("a", rel="prev")
    first = rows(page(client, trail[1]))[0].text
    assert rows(page(client, back.given["href"]))[0].text == first


def test_a_search_shows_where_it_found(client: FlaskClient) -> None:
    """Marked in the title, and in what else was found."""
    whole = page(client, "/v1/targets?q=增长&lang=zh")
    assert count(whole) == get(client, "/v1/targets?q=增长").get_json()["meta"]["total"] > 0
    for row in rows(whole):
        title = row.one("th").one("a")
        assert ("增长" in title.text) == ("增长" in [one.text for one in title.all("mark")])
        assert "增长" in [one.text for one in row.all("mark")]
    english = page(client, "/v1/targets?q=growth&lang=en")
    assert {one.text.lower() for one in rows(english)[0].all("mark")} == {"growth"}


def test_nothing_found_says_so_and_leads_out(client: FlaskClient) -> None:
    """With the form still filled."""
    whole = page(client, "/v1/targets?q=qqxxqq&lang=en")
    assert count(whole) == 0
    assert "No record meets these conditions." in whole.text
    assert ("q", "qqxxqq") in form(whole).sent()
    assert whole.one("div", class_="empty").links() == [
        "/v1/search?q=qqxxqq&lang=en",
        "/v1/targets?lang=en",
    ]


@pytest.mark.parametrize("language", ["zh", "en"])
def test_downloads_and_calls_give_the_same_rows(client: FlaskClient, language: str) -> None:
    """Each button and each call is of this view: its conditions, its columns, its language."""
    query = "strength__in=commit&sort=-value&fields=id,title"
    whole = page(client, f"/v1/targets?{query}&limit=1&lang={language}")
    expected = [one["id"] for one in get(client, f"/v1/targets?{query}").get_json()["data"]]
    take = whole.one("section", class_="take")
    excel, workbook, data, plain = take.one("p", class_="buttons").all("a", class_="button")
    found = get(client, excel.given["href"]).data.decode("utf-8-sig")
    table = list(csv.reader(io.StringIO(found)))
    assert [row[0] for row in table[1:]] == expected
    assert table[0][0] == {"zh": "标识", "en": "Identifier"}[language]
    assert get(client, workbook.given["href"]).data.startswith(b"PK")
    assert [one["id"] for one in get(client, data.given["href"]).get_json()["data"]] == expected
    assert len(get(client, plain.given["href"]).text.splitlines()) == len(expected) + 1
    calls = [one.text for one in take.all("pre")]
    assert [one.text for one in take.all("h3")] == ["curl", "Python", "R", "JavaScript"]
    for call in calls:
        [address] = re.findall(r"http[^'\"]+", call)
        assert asked(address) == asked(f"?{query}")
        assert get(client, address).status_code == 200


def test_the_python_call_runs(client: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
    """As it stands, whatever is found."""
    for query in ("q=增长", "q=qqxxqq"):
        [_, call, *_] = page(client, f"/v1/targets?{query}").one(class_="calls").all("pre")
        printed: list[Any] = []
        text = "".join(one for one in call.inside if isinstance(one, str))
        monkeypatch.setattr("urllib.request.urlopen", lambda url: io.BytesIO(get(client, url).data))
        exec(compile(text, "call", "exec"), {"print": printed.append})  # noqa: S102
        assert printed[0] == len(printed) - 1


def test_faults_are_a_page_with_the_form_still_filled(client: FlaskClient) -> None:
    """Every one of them, in the reader's language, and a way to take each away."""
    address = "/v1/targets?value__gte=abc&colour=red&q=增长&lang=en"
    response = visited(client, address)
    assert (response.status_code, response.mimetype) == (400, "text/html")
    assert response.headers["Cache-Control"] == "no-cache"
    assert "script-src 'self'" in response.headers["Content-Security-Policy"]
    whole = parsed(response.text)
    told = whole.one("section", class_="faults")
    api = get(client, "/v1/targets?value__gte=abc&colour=red&q=增长").get_json()["errors"]
    assert [one.text for one in told.all("li") if one.all("code")] != []
    for fault in api:
        assert fault["message"]["en"] in told.text
    assert ("q", "增长") in form(whole).sent()
    assert ("value__gte", "abc") in form(whole).sent()
    removals = [asked(one) for one in whole.one("section", class_="chips").links()]
    assert {"colour": "red", "q": "增长", "lang": "en"} in removals


def test_a_lost_cursor_is_a_page_too(client: FlaskClient) -> None:
    """It says to begin again."""
    cursor = "targets~gone-2030~1.0.0~1~n00000000"
    response = visited(client, f"/v1/targets?cursor={cursor}&lang=en")
    assert (response.status_code, response.mimetype) == (409, "text/html")
    assert "start again at the first page" in parsed(response.text).text


@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_page_of_the_default_length_is_small(client: FlaskClient, language: str) -> None:
    """A hundred rows, with every filter and every column to choose, stay under 100 kB."""
    one, all_ = (
        len(visited(client, f"/v1/targets?lang={language}&limit={limit}").data) for limit in (1, 12)
    )
    assert one + 99 * (all_ - one) / 11 < 100_000


def test_many_records_are_counted_only_where_one_asks(
    client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Counting goes over all of them; closed lists can be chosen from all the same."""
    monkeypatch.setattr("opendata.web.pages.listing.MOST_COUNTED", 2)
    found = _facets(page(client, "/v1/targets?facet=unit"))
    assert set(found) == {
        *("unit__in", "strength__in", "kind__in", "measure__in", "comparator__in"),
    }
    assert set(found["strength__in"].values()) == {-1}
    assert min(found["unit__in"].values()) > 0


def test_json_of_the_page_is_at_the_same_address(client: FlaskClient) -> None:
    """The address bar is the query: what a browser shows, a program gets."""
    location = "/v1/targets?strength__in=commit&value__gte=5"
    data = json.loads(get(client, location).data)
    assert data["meta"]["total"] == count(page(client, location))
