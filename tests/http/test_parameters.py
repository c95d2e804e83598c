"""Unknown, repeated and unusable parameters: all told at once, with what may stand there."""

from __future__ import annotations

import re
from typing import Any

import pytest
from flask.testing import FlaskClient

from tests.serving import get

_NO_CURSOR = (
    "is no cursor; take it from links.next or links.prev, or start again at the first page."
)
_UNKNOWN_VALUE = "is no value of this parameter; did you mean"


def _errors(client: FlaskClient, address: str) -> list[dict[str, Any]]:
    response = get(client, address)
    assert (response.status_code, response.mimetype) == (400, "application/problem+json")
    errors: list[dict[str, Any]] = response.get_json()["errors"]
    assert errors
    return errors


def test_every_fault_is_listed_at_once(client: FlaskClient) -> None:
    """One request is enough to learn all that is wrong with it, in the order of its parameters."""
    address = "/v1/targets?comparater=about&kind=qualitativ&limit=0&cursor=x&id=A&unit=km&unit=km"
    errors = _errors(client, address)
    assert [(error["parameter"], error["message"]["en"]) for error in errors] == [
        ("comparater", "is not a parameter here; did you mean comparator?"),
        (
            "kind",
            f"'qualitativ' {_UNKNOWN_VALUE} qualitative? (qualitative, quantitative)",
        ),
        ("limit", "must lie between 1 and 1000."),
        (
            "cursor",
            f"'x' {_NO_CURSOR}",
        ),
        ("id", "'A' has the wrong form; it must match ^[a-z0-9]+(-[a-z0-9]+)*$."),
        ("unit", "is given more than once; give it once."),
    ]
    assert errors[1]["allowed"] == ["quantitative", "qualitative"]


def test_messages_are_in_both_languages(client: FlaskClient) -> None:
    """Each language says it all, and only that language."""
    address = "/v1/targets?comparater=about&kind=qualitativ&zzzz=1&limit=0&cursor=x&id=A&unit=x"
    for error in _errors(client, address):
        zh, en = error["message"]["zh"], error["message"]["en"]
        assert re.search(r"[\u4e00-\u9fff]", zh)
        assert not re.search(r"[\u4e00-\u9fff]", en)
        assert not re.search(r"\b(use|one of|did you mean|not a|must)\b", zh)


@pytest.mark.parametrize(
    ("address", "parameter"),
    [
        ("/v1/targets?colour=red", "colour"),
        ("/v1/targets?Kind=qualitative", "Kind"),
        ("/v1/targets?kind__gt=qualitative", "kind__gt"),
        ("/v1/targets?kind__=qualitative", "kind__"),
        ("/v1/targets?kind__ne__ne=qualitative", "kind__ne__ne"),
        ("/v1/targets?title__contains=x", "title__contains"),
        ("/v1/targets?value__contains=1", "value__contains"),
        ("/v1/targets.csv?facet=kind", "facet"),
        ("/v1/targets.ndjson?profile=excel", "profile"),
        ("/v1/targets.xlsx?bom=true", "bom"),
        ("/v1/targets?=", ""),
        ("/v1/targets?profile=excel", "profile"),
        ("/v1/targets.json?lang=zh", "lang"),
        ("/v1/targets?suffix=csv", "suffix"),
        ("/v1/datasets/demo-2030?limit=1", "limit"),
        ("/v1/datasets/demo-2030/targets/new-jobs?facet=kind", "facet"),
        ("/v1/datasets/demo-2030/targets/new-jobs?kind=quantitative", "kind"),
        ("/v1/datasets/demo-2030/targets/new-jobs.csv?q=jobs", "q"),
        ("/v1/search?q=x&kind=quantitative", "kind"),
        ("/v1/search?q=x&fields=id", "fields"),
        ("/v1?x=1", "x"),
        ("/v1/vocabularies?limit=1", "limit"),
        ("/openapi.json?x=1", "x"),
        ("/openapi.yaml?x=1", "x"),
        ("/healthz?x=1", "x"),
        ("/readyz?x=1", "x"),
        ("/?x=1", "x"),
    ],
)
def test_unknown_parameters_are_refused(client: FlaskClient, address: str, parameter: str) -> None:
    """Nothing is ignored: a misspelt filter would otherwise give all rows."""
    assert [error["parameter"] for error in _errors(client, address)] == [parameter]


@pytest.mark.parametrize(
    "value", ["0", "-1", "1001", "ten", "", "1.5", "1e4", "%2B5", "٣", "9" * 30]
)
@pytest.mark.parametrize("address", ["/v1/targets", "/v1/targets.csv"])
def test_limits_that_are_none(client: FlaskClient, address: str, value: str) -> None:
    """A page has one to a thousand rows."""
    assert _errors(client, f"{address}?limit={value}")[0]["parameter"] == "limit"


@pytest.mark.parametrize(
    "value",
    [
        *("", "1", "demo-2030", "demo-2030~1.0.0", "demo-2030~1.0~1", "demo-2030~1.0.0~-1"),
        *("demo-2030~1.0.0~01", "demo-2030~1.0.0~1~", "Demo~1.0.0~1", "a~1.0.0~9999999999"),
        *("demo-2030~1.0.0~1%0A", "demo-2030~1.0.0~%D9%A3", f"{'a' * 200}~1.0.0~1"),
        *(
            "targets~demo-2030~1.0.0~1",
            "targets~demo-2030~1.0.0~1~n",
            "targets~a~1.0.0~1~x00000000",
        ),
        *(
            "colours~a~1.0.0~1~n00000000",
            "targets~a~1.0.0~0~n00000000",
            "targets~~1.0.0~1~n0000000",
        ),
        *("targets~a~1.0.0~1~n0000000g", "targets~a~1.0.0~1~n00000000%0A", "%F0%9F%92%A9"),
    ],
)
def test_cursors_that_are_none(client: FlaskClient, value: str) -> None:
    """A cursor that was made by hand and badly is refused, not taken for the start."""
    assert _errors(client, f"/v1/targets?cursor={value}")[0]["parameter"] == "cursor"


@pytest.mark.parametrize(
    ("query", "allowed"),
    [
        ("kind=Qualitative", ["quantitative", "qualitative"]),
        ("unit=cny", ["percent", "cny-100m", "item", "km"]),
        ("indicator=", ["gross-regional-product", "industrial-output", "new-jobs"]),
        ("caveats_code=lost-character", ["ambiguous_scope", "lost_character"]),
        ("section=", []),
        ("value=", []),
        ("value__gte=1,200", []),
        ("value__gte=NaN", []),
        ("value__gte=1e31", []),
        ("deadline__lt=2030-13-01", []),
        ("deadline__lt=2030-1-1", []),
        ("title_zh__contains=", []),
        ("value__isnull=yes", ["true", "false"]),
        ("unit__in=km,mile", ["percent", "cny-100m", "item", "km"]),
        (f"title_zh__contains={'a' * 201}", []),
        ("section=%20", []),
        ("period=30", []),
        ("projects=Pump", []),
        ("version=latest", []),
        ("dataset=demo_2030", []),
        (f"id={'a' * 101}", []),
        ("id=a%0A", []),
    ],
)
def test_values_that_cannot_stand_there(
    client: FlaskClient, query: str, allowed: list[str]
) -> None:
    """Codes are checked against their list, other values against their form."""
    (error,) = _errors(client, f"/v1/targets?{query}")
    assert (error["parameter"], error["allowed"]) == (query.split("=")[0], allowed)


@pytest.mark.parametrize(
    ("query", "parameter", "allowed"),
    [
        ("profile=exel", "profile", ["machine", "excel"]),
        ("profile=excel&lang=fr", "lang", ["zh", "en"]),
        ("lang=", "lang", ["zh", "en"]),
        ("bom=1", "bom", ["true", "false"]),
        ("header=de", "header", ["id", "zh", "en", "none"]),
        ("delimiter=;", "delimiter", ["comma", "semicolon", "tab"]),
    ],
)
def test_table_settings_are_checked(
    client: FlaskClient, query: str, parameter: str, allowed: list[str]
) -> None:
    """A profile or language that is none is refused."""
    (error,) = _errors(client, f"/v1/targets.csv?{query}")
    assert (error["parameter"], error["allowed"]) == (parameter, allowed)


def test_repeated_parameters_are_refused(client: FlaskClient) -> None:
    """Of two values neither is chosen silently, equal as they may be."""
    for query in ("limit=1&limit=1", "kind=qualitative&kind=quantitative"):
        (error,) = _errors(client, f"/v1/targets?{query}")
        assert error["message"]["en"] == "is given more than once; give it once."


@pytest.mark.parametrize("query", ["lang=fr", "lang=", "lang=zh&lang=en"])
def test_the_page_refuses_languages_it_has_not(client: FlaskClient, query: str) -> None:
    """The start page is as strict as the rest."""
    assert [error["parameter"] for error in _errors(client, f"/?{query}")] == ["lang"]


def test_long_values_are_shortened_in_messages(client: FlaskClient) -> None:
    """An error does not echo pages of text."""
    response = get(client, f"/v1/targets?kind={'x' * 3000}&{'y' * 500}=1")
    assert response.status_code == 400
    assert len(response.data) < 4000
    assert "x" * 61 not in response.text
    assert "y" * 61 not in response.text


@pytest.mark.parametrize("address", ["/v1/targets?caveats_code=lost_character", "/v1/targets"])
def test_an_empty_code_list_is_no_failure(
    client: FlaskClient, address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where a list has no code yet, each code is refused and nothing else changes."""
    store = client.application.extensions["store"].get()
    monkeypatch.setitem(store.codes, "caveats", [])
    expected = 400 if "?" in address else 200
    assert get(client, address).status_code == expected
