"""Citations: of versions, records and queries, with digests that anybody can check."""

from __future__ import annotations

import hashlib
from datetime import UTC, date, datetime
from urllib.parse import quote

import pytest
from flask.testing import FlaskClient
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from opendata.versions.digests import SUMS
from tests.citation.bib import parse, said
from tests.http.asking import Asked, Query, queries
from tests.http.links import links, related
from tests.serving import BASE, World, get, head
from tests.spec.described import Description

_DATASET = "/v1/datasets/demo-2030"
_PINNED = f"{_DATASET}/versions/1.1.0"


@pytest.fixture(autouse=True)
def day(monkeypatch: pytest.MonkeyPatch) -> None:
    """It is always the same day."""
    _set_day(monkeypatch, date(2031, 11, 9))


def _set_day(monkeypatch: pytest.MonkeyPatch, found: date) -> None:
    monkeypatch.setattr("opendata.web.citation.today", lambda: found)


def _sha256(client: FlaskClient, permalink: str) -> str:
    """Return the digest of what the address gives with .csv after its path."""
    path, asked, query = permalink.partition("?")
    response = get(client, f"{path}.csv{asked}{query}")
    assert response.status_code == 200
    return hashlib.sha256(response.data).hexdigest()


@pytest.mark.parametrize(
    ("address", "permalink"),
    [
        (f"{_DATASET}/targets/cite", f"{_PINNED}/targets"),
        (f"{_PINNED}/targets/cite", f"{_PINNED}/targets"),
        (f"{_DATASET}/projects/cite?sort=-id", f"{_PINNED}/projects?sort=-id"),
        (
            f"{_DATASET}/targets/cite?unit=percent&fields=value,id&id__ne=x",
            f"{_PINNED}/targets?fields=value%2Cid&id__ne=x&unit=percent",
        ),
        (
            f"{_DATASET}/targets/cite?title_zh__contains=%E4%B8%9A&q=%E4%B8%9A",
            f"{_PINNED}/targets?q=%E4%B8%9A&title_zh__contains=%E4%B8%9A",
        ),
        (f"{_DATASET}/versions/1.0.0/glossary/cite", f"{_DATASET}/versions/1.0.0/glossary"),
        (f"{_DATASET}/targets/gdp-growth/cite", f"{_PINNED}/targets/gdp-growth"),
        ("/v1/datasets/lake-2029/projects/cite", "/v1/datasets/lake-2029/versions/1.0.0/projects"),
        ("/v1/targets/cite", "/v1/targets"),
        ("/v1/projects/cite?dataset=hill-2031&lang=en", "/v1/projects?dataset=hill-2031"),
        ("/v1/glossary/cite?id=nothing", "/v1/glossary?id=nothing"),
    ],
)
def test_the_digest_is_that_of_the_csv_at_the_permalink(
    client: FlaskClient, address: str, permalink: str
) -> None:
    """Whatever is cited below a version; the permalink names the version and puts in order."""
    data = get(client, address).get_json()["data"]
    assert data["permalink"] == BASE + permalink
    assert data["digest"]["algorithm"] == "sha-256"
    assert data["digest"]["value"] == _sha256(client, data["permalink"])
    assert data["digest"]["of"]["en"] == "the file at this address with .csv after its path"
    for form in (*data["text"].values(), data["bibtex"], str(data["csl"])):
        assert data["permalink"] in form
        assert data["digest"]["value"] in form


@given(data=st.data())
@settings(max_examples=40, suppress_health_check=list(HealthCheck))
def test_any_query_can_be_cited(asked: Asked, data: st.DataObject) -> None:
    """What it finds is what the citation's digest is of."""
    query = data.draw(queries(asked).filter(lambda query: query.collection != "datasets"))
    cite = Query(query.collection, f"{query.path}/cite", *_rest(query))
    response = get(asked.client, cite.address("", "fields"))
    assert response.status_code == 200, response.text
    found = response.get_json()["data"]
    assert found["digest"]["value"] == _sha256(asked.client, found["permalink"])
    wanted = get(asked.client, query.address(".csv", "fields")).data
    assert found["digest"]["value"] == hashlib.sha256(wanted).hexdigest()
    entry = parse(found["bibtex"])
    assert said(entry.fields["title"]) == found["csl"]["title"]


def _rest(
    query: Query,
) -> tuple[dict[str, str], tuple[str, ...], tuple[str, ...], tuple[str, ...], str | None]:
    return query.conditions, query.sort, query.fields, (), query.q


def test_a_version_is_cited_with_the_digest_of_its_sums(client: FlaskClient, world: World) -> None:
    """Which every file of the version is checked by."""
    body = get(client, f"{_DATASET}/cite").get_json()
    sums = (world.datasets / "demo-2030/1.1.0" / SUMS).read_bytes()
    assert body["data"]["digest"]["value"] == hashlib.sha256(sums).hexdigest()
    assert body["data"]["permalink"] == BASE + _PINNED
    assert (body["data"]["version"], body["data"]["released"]) == ("1.1.0", "2030-02-01")
    assert body["data"]["accessed"] == "2031-11-09"
    assert body["meta"] == get(client, _DATASET).get_json()["meta"]
    assert body["links"] == {
        "self": f"{BASE}{_DATASET}/cite",
        "canonical": f"{BASE}{_PINNED}/cite",
        "describedby": f"{BASE}/openapi.json",
    }


def test_what_is_cited_is_said_in_words(client: FlaskClient) -> None:
    """A record by its title, a query by its conditions, many of these by their number."""
    term = get(client, f"{_DATASET}/glossary/cite?q=%E4%B8%9A%0A%09x&id__ne=x").get_json()["data"]
    assert term["csl"]["title"] == "术语（q: 业 x；标识 不等于（含空值） x）"
    record = get(client, f"{_DATASET}/targets/gdp-growth/cite?lang=en").get_json()["data"]
    assert record["csl"]["title"] == "Growth of gross regional product"
    assert record["csl"]["container-title"] == "Work plan of Liuxi County for 2030"
    for asked, zh, en in (
        ("unit=percent", "单位 等于 百分之一", "Unit is per cent"),
        ("unit__ne=percent", "单位 不等于（含空值） 百分之一", "Unit is not, or is null per cent"),
    ):
        data = get(client, f"{_DATASET}/targets/cite?{asked}").get_json()["data"]
        assert data["csl"]["title"] == f"目标（{zh}）"
        english = get(client, f"{_DATASET}/targets/cite?{asked}&lang=en").get_json()["data"]
        assert english["csl"]["title"] == f"Targets ({en})"
    names = ("unit", "value", "caveats_code", "title_zh", "title_en", "section")
    many = "&".join(f"{name}__isnull=true" for name in names)
    found = get(client, f"{_DATASET}/targets/cite?{many}&lang=en").get_json()["data"]
    assert found["csl"]["title"] == "Targets (selected by 6 conditions)"


def test_several_datasets_are_cited_by_the_day_of_their_data(client: FlaskClient) -> None:
    """There is no version; those who publish what is found are named."""
    body = get(client, "/v1/targets/cite?lang=en").get_json()
    data = body["data"]
    assert (data["version"], data["released"]) == (None, "2030-02-01")
    assert data["csl"]["author"] == [{"literal": "Test project"}]
    assert body["meta"] == {"total": get(client, "/v1/targets").get_json()["meta"]["total"]}
    nothing = get(client, "/v1/targets/cite?id=nothing").get_json()["data"]
    assert (nothing["version"], nothing["released"]) == (None, None)


@pytest.mark.parametrize(
    ("suffix", "media_type", "content_type"),
    [
        ("json", "application/json", "application/json"),
        ("txt", "text/plain", "text/plain; charset=utf-8"),
        ("bib", "application/x-bibtex", "application/x-bibtex; charset=utf-8"),
        ("csl", *2 * ("application/vnd.citationstyles.csl+json",)),
    ],
)
def test_each_form_is_had_by_suffix_and_by_accept(
    client: FlaskClient, suffix: str, media_type: str, content_type: str
) -> None:
    """The same bytes, but for the addresses that JSON repeats."""
    told = get(client, f"{_DATASET}/targets/cite?unit=percent&lang=en").get_json()["data"]
    forms = {"txt": told["text"]["en"] + "\n", "bib": told["bibtex"]}
    named = get(client, f"{_DATASET}/targets/cite.{suffix}?unit=percent&lang=en")
    chosen = get(client, f"{_DATASET}/targets/cite?unit=percent&lang=en", Accept=media_type)
    assert named.data == chosen.data
    assert named.headers["Content-Type"] == chosen.headers["Content-Type"] == content_type
    assert "Accept" in chosen.headers["Vary"].split(", ")
    assert "Accept" not in named.headers.get("Vary", "").split(", ")
    if suffix in forms:
        assert named.text == forms[suffix]
    if suffix == "csl":
        assert named.get_json() == [told["csl"]]
    located = f"{BASE}{_PINNED}/targets/cite.{suffix}?unit=percent&lang=en"
    assert named.headers["Content-Location"] == located == related(named, "canonical")
    bare = head(client, f"{_DATASET}/targets/cite.{suffix}?unit=percent&lang=en")
    assert (bare.data, bare.headers["ETag"]) == (b"", named.headers["ETag"])


def test_the_language_is_that_of_the_request(client: FlaskClient) -> None:
    """By lang, else by Accept-Language, else Chinese."""
    address = f"{_DATASET}/cite.txt"
    assert get(client, address).text.startswith("测试项目. ")
    english = get(client, address, Accept_Language="en-GB")
    assert english.text.startswith("Test project. ")
    assert "Accept-Language" in english.headers["Vary"].split(", ")
    asked = get(client, f"{address}?lang=zh", Accept_Language="en")
    assert asked.text.startswith("测试项目. ")
    assert "Accept-Language" not in asked.headers.get("Vary", "").split(", ")


def test_an_answer_is_good_for_a_day(client: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
    """Then it names another day of access, under another tag, and has changed at midnight."""
    first = get(client, f"{_DATASET}/cite.bib")
    tag = first.headers["ETag"]
    unchanged = get(client, f"{_DATASET}/cite.bib", If_None_Match=tag)
    assert unchanged.status_code == 304
    assert first.headers["Cache-Control"] == "public, max-age=600"
    assert first.last_modified == datetime(2031, 11, 9, tzinfo=UTC)
    _set_day(monkeypatch, date(2031, 11, 10))
    second = get(client, f"{_DATASET}/cite.bib", If_None_Match=tag)
    assert second.status_code == 200
    assert second.text == first.text.replace("2031-11-09", "2031-11-10")
    since = first.headers["Last-Modified"]
    assert get(client, f"{_DATASET}/cite.bib", If_Modified_Since=since).status_code == 200


@pytest.mark.parametrize(
    ("address", "status", "said_of_it"),
    [
        (f"{_DATASET}/targets/nothing/cite", 404, "There is no target 'nothing'"),
        (f"{_DATASET}/versions/9.9.9/cite", 404, "There is no version '9.9.9'"),
        ("/v1/datasets/nowhere/targets/cite", 404, "There is no dataset 'nowhere'"),
        (f"{_DATASET}/targets/cite.csv", 404, "There is no target 'cite'"),
        (f"{_DATASET}/targets/cite?limit=1", 400, "The request has faults"),
        (f"{_DATASET}/targets/cite?unit=parsec", 400, "The request has faults"),
        (f"{_DATASET}/targets/cite?dataset=demo-2030", 400, "The request has faults"),
        (f"{_DATASET}/cite?q=x", 400, "The request has faults"),
        (f"{_DATASET}/targets/gdp-growth/cite?fields=id", 400, "The request has faults"),
    ],
)
def test_what_cannot_be_cited(
    client: FlaskClient, address: str, status: int, said_of_it: str
) -> None:
    """The same checks as for what is cited, and nothing of pages."""
    response = get(client, address)
    assert response.status_code == status
    assert response.get_json()["detail"].startswith(said_of_it)
    assert get(client, f"{_DATASET}/cite", Accept="text/csv").status_code == 406


@pytest.mark.parametrize(
    ("address", "cite", "cited"),
    [
        (_DATASET, f"{_DATASET}/cite", _PINNED),
        (f"{_PINNED}/targets/new-jobs?fields=id", f"{_PINNED}/targets/new-jobs/cite", None),
        (
            f"{_DATASET}/targets?unit=percent&limit=1&facet=unit&sort=id",
            f"{_DATASET}/targets/cite?sort=id&unit=percent",
            f"{_PINNED}/targets?sort=id&unit=percent",
        ),
    ],
)
def test_answers_lead_to_how_to_cite_them(
    client: FlaskClient, address: str, cite: str, cited: str | None
) -> None:
    """By ``links.cite``; the address to cite is in the Link field (RFC 8574), in all formats."""
    response = get(client, address)
    assert response.get_json()["links"]["cite"] == BASE + cite
    target = cited or cite.removesuffix("/cite")
    assert related(response, "cite-as") == BASE + target
    assert get(client, cite).get_json()["data"]["permalink"] == BASE + target


def test_downloads_name_the_address_to_cite(client: FlaskClient) -> None:
    """Without what only says how they are written; rows of several datasets have none."""
    csv = get(client, f"{_DATASET}/targets.csv?unit=percent&profile=excel&lang=en")
    assert related(csv, "cite-as") == f"{BASE}{_PINNED}/targets?unit=percent"
    assert related(get(client, f"{_DATASET}/targets/new-jobs.csv"), "cite-as") == (
        f"{BASE}{_PINNED}/targets/new-jobs"
    )
    everywhere = get(client, "/v1/targets")
    assert "cite-as" not in {name for _, name, _ in links(everywhere)}
    assert everywhere.get_json()["links"]["cite"] == f"{BASE}/v1/targets/cite"
    for address in ("/v1/datasets", f"{_DATASET}/versions"):
        assert get(client, address).get_json()["links"]["cite"] is None


def test_every_answer_of_a_version_says_how_to_cite_it(client: FlaskClient) -> None:
    """Ready-made: the reference without the day of access."""
    expected = {
        "zh": f"测试项目. 柳溪县2030年工作安排: 1.1.0版[DS/OL]. (2030-02-01). {BASE}{_PINNED}.",
        "en": "Test project. (2030, February 1). Work plan of Liuxi County for 2030 "
        f"(Version 1.1.0) [Data set]. {BASE}{_PINNED}",
    }
    for address in ("", "/targets", "/targets/gdp-growth", "/targets/cite", "/cite"):
        assert get(client, _DATASET + address).get_json()["meta"]["citation"] == expected


def test_titles_with_quotes_and_commas_are_cited(client: FlaskClient) -> None:
    """As one title, whatever its characters mean to a reader of BibTeX."""
    response = get(client, "/v1/datasets/lake-2029/cite.bib")
    assert said(parse(response.text).fields["title"]) == '湖县"十五五",第一年'


def test_a_long_query_keeps_its_address(client: FlaskClient) -> None:
    """The Link field leaves it out, as it leaves out other long addresses; not so a citation."""
    text = "业" * 150
    address = f"{_DATASET}/targets?title_zh__contains={quote(text)}"
    assert related(get(client, address), "cite-as") is None
    data = get(client, address.replace("targets?", "targets/cite?")).get_json()["data"]
    assert data["permalink"] == f"{BASE}{_PINNED}/targets?title_zh__contains={quote(text)}"
    assert data["digest"]["value"] == _sha256(client, data["permalink"])


def test_the_description_shows_real_citations(client: FlaskClient) -> None:
    """All but the day, and the digests of parts."""
    description = Description(get(client, "/openapi.json").get_json())
    shown = 0
    for operation in description.operations():
        if not operation.path.endswith("/cite"):
            continue
        content = operation.about["responses"]["200"]["content"]["application/json"]
        data = content["example"]["data"]
        found = get(client, description.address(operation)).get_json()
        assert content["example"]["links"] == found["links"]
        for name in ("permalink", "version", "released"):
            assert data[name] == found["data"][name]
        assert data["csl"]["id"] == found["data"]["csl"]["id"]
        assert data["csl"]["title"] == found["data"]["csl"]["title"]
        shown += 1
    assert shown == 2 + 3 * 5
