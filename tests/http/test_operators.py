"""Every operator, on rows a reader can check by eye, as JSON and as CSV."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from urllib.parse import quote, urlencode

import pytest
from flask.testing import FlaskClient

from opendata.query.faults import MAX_FAULTS
from opendata.query.filters import filters
from opendata.query.parameters import MAX_CONDITIONS, MAX_MEMBERS
from opendata.records import COLLECTIONS
from tests.serving import get

_TARGETS = "/v1/datasets/demo-2030/versions/1.1.0/targets"
_PROJECTS = "/v1/datasets/demo-2030/projects"
_GROWTH, _OUTPUT, _JOBS = "gdp-growth", "industrial-output", "new-jobs"
_RACE, _FAIR = "dragon-boat-race", "lantern-fair"


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("kind=qualitative", [_RACE, _FAIR]),
        ("kind__ne=qualitative", [_GROWTH, _OUTPUT, _JOBS]),
        ("unit__ne=item", [_GROWTH, _OUTPUT, _RACE, _FAIR]),  # those without a unit too
        ("unit__in=item,percent", [_GROWTH, _JOBS]),
        ("unit__in=item,item", [_JOBS]),
        ("value=6.1", [_GROWTH]),
        ("value=6.10", [_GROWTH]),
        ("value=610e-2", [_GROWTH]),
        ("value__gt=300", [_JOBS]),
        ("value__gte=300", [_OUTPUT, _JOBS]),
        ("value__gte=300.0000000000000000001", [_JOBS]),  # exact: no float says so
        ("value__lt=300", [_GROWTH]),
        ("value__lte=300", [_GROWTH, _OUTPUT]),
        ("value__gt=9&value__lt=1000", [_OUTPUT]),  # as numbers, not as texts
        ("value_base__gte=1000000000", [_OUTPUT]),
        ("value_base__gte=1e9", [_OUTPUT]),
        ("value_base=30000000000", [_OUTPUT]),
        ("value__gte=-5", [_GROWTH, _OUTPUT, _JOBS]),
        ("value__isnull=true", [_RACE, _FAIR]),
        ("value__isnull=false", [_GROWTH, _OUTPUT, _JOBS]),
        ("deadline__lt=2030-12-31", [_RACE, _FAIR]),
        ("deadline__gte=2030-12-31", [_GROWTH, _OUTPUT, _JOBS]),
        ("source_paragraph__gte=3", [_RACE, _FAIR]),
        ("source_paragraph=2&source_start__lte=38", [_GROWTH, _OUTPUT]),
        ("title_zh__contains=产", [_GROWTH, _OUTPUT]),
        ("title_zh__contains=产值", [_OUTPUT]),
        ("title_zh__startswith=地区", [_GROWTH]),
        ("title_en__contains=jobs", [_JOBS]),
        ("title_en__contains=Jobs", []),
        ("title_en__contains=%25", []),
        ("title_en__startswith=New", [_JOBS]),
        ("title_en__startswith=ew", []),
        ("as_printed__contains=1200人至", [_JOBS]),
        ("title_zh=新增就业", [_JOBS]),
        ("title_zh__in=新增就业,办好龙舟赛", [_JOBS, _RACE, _FAIR]),
        ("terms=green-industry", [_OUTPUT]),
        ("terms__ne=green-industry", [_GROWTH, _JOBS, _RACE, _FAIR]),
        ("terms__isnull=true", [_GROWTH, _JOBS, _RACE, _FAIR]),
        ("terms__isnull=false", [_OUTPUT]),
        ("projects__in=pump-factory,river-banks", [_OUTPUT]),
        ("id__contains=a", [_OUTPUT, _RACE, _FAIR]),
        ("caveats_code__isnull=false", [_GROWTH]),
        ("caveats_text_zh__contains=不变价", [_GROWTH]),
        ("kind=qualitative&kind__ne=qualitative", []),
    ],
)
def test_conditions(client: FlaskClient, query: str, expected: list[str]) -> None:
    """All conditions must hold; JSON, NDJSON and CSV give the same rows, and the total agrees."""
    query = quote(query, safe="=&%,")
    body = get(client, f"{_TARGETS}?{query}").get_json()
    assert [row["id"] for row in body["data"]] == expected
    assert body["meta"]["total"] == len(expected)
    table = get(client, f"{_TARGETS}.csv?{query}&fields=id").text
    assert table.split("\r\n") == ["id", *expected, ""]
    lines = get(client, f"{_TARGETS}.ndjson?{query}&fields=id").text.splitlines()
    assert lines == [f'{{"id":"{name}"}}' for name in expected]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("version=1.1.0", [("demo-2030", "1.1.0")]),
        ("version__gte=0.9.0", [("demo-2030", "1.1.0"), ("hill-2031", "0.10.0")]),
        ("version__lt=1.0.0", [("hill-2031", "0.10.0")]),
        ("dataset__in=hill-2031,lake-2029", [("hill-2031", "0.10.0")]),
        ("dataset__ne=demo-2030", [("hill-2031", "0.10.0")]),
    ],
)
def test_versions_compare_as_numbers(
    client: FlaskClient, query: str, expected: list[tuple[str, str]]
) -> None:
    """0.10.0 comes after 0.9.0; across datasets only the latest versions are looked at."""
    rows = get(client, f"/v1/projects?{query}").get_json()["data"]
    assert list(dict.fromkeys((row["dataset"], row["version"]) for row in rows)) == expected


def test_a_parameter_of_several_members_meets_any(client: FlaskClient) -> None:
    """Quantities and parties of a project, and its names."""
    for query in ("quantities_value__gt=599", "quantities_unit=item", "aliases__contains=泵"):
        rows = get(client, f"{_PROJECTS}?{query}").get_json()["data"]
        assert [row["id"] for row in rows] == ["pump-factory"]


def test_conditions_are_counted(client: FlaskClient) -> None:
    """Every filter may be given at once; beyond the limit none is read, and the limit is told."""
    everything = urlencode(dict(_simple()))
    assert get(client, f"{_TARGETS}?{everything}").status_code == 200
    most = "&".join(f"x{n}=1" for n in range(MAX_CONDITIONS))
    assert len(_faults(client, f"{_TARGETS}?{most}")) == MAX_FAULTS + 1
    most = "&".join(["value=1"] * MAX_CONDITIONS)
    assert [fault["code"] for fault in _faults(client, f"{_TARGETS}?{most}")] == ["repeated"]
    for more in ("x=1", "value__in=2", "limit=0", "value=1"):
        address = f"{_TARGETS}?{'&'.join(f'x{n}=1' for n in range(MAX_CONDITIONS))}&{more}"
        faults = _faults(client, address)
        assert [(fault["code"], fault["parameter"]) for fault in faults] == [("too_many", "query")]
        for text in faults[0]["message"].values():
            assert f"{MAX_CONDITIONS} " in text
            assert f"{MAX_CONDITIONS + 1} " in text


def _simple() -> Iterator[tuple[str, str]]:
    values = {"boolean": "false", "number": "1", "integer": "1"}
    for name, parameter in filters(COLLECTIONS["targets"], {}, across=False).items():
        schema = parameter.schema
        if schema["type"] in values:
            yield name, values[schema["type"]]
        elif schema["type"] == "string" and not {"enum", "pattern", "format"} & set(schema):
            yield name, "x"


def _faults(client: FlaskClient, address: str) -> list[dict[str, Any]]:
    response = get(client, address)
    assert response.status_code == 400
    found: list[dict[str, Any]] = response.get_json()["errors"]
    return found


@pytest.mark.parametrize(
    ("query", "code", "allowed", "nearest"),
    [
        ("kindd=x", "unknown_parameter", None, "kind"),
        ("value__gtee=1", "unknown_operator", "value__gte", "value__gte"),
        ("kind__gt=x", "unknown_operator", "kind__contains", None),
        ("unit=itm", "unknown_value", "km", "item"),
        ("unit__in=km,itm", "unknown_value", "km", "item"),
        ("sort=valu", "unknown_field", "-value", "value"),
        ("sort=terms", "unfit_field", "value", None),
        ("sort=title", "unknown_field", "title_zh", "title_zh"),
        ("fields=titel_zh", "unknown_field", "title", "title_zh"),
        ("facet=unitt", "unknown_field", "unit", "unit"),
        ("facet=title_zh", "unfit_field", "unit", None),
        ("sort=value,-value,value", "repeated", None, None),
        ("fields=id,id", "repeated", None, None),
        ("facet=" + ",".join(["kind"] * 11), "too_many", None, None),
        (f"q={'x' * 201}", "too_long", None, None),
        ("value__in=" + ",".join(["1"] * (MAX_MEMBERS + 1)), "too_many", None, None),
    ],
)
def test_faults_teach(
    client: FlaskClient, query: str, code: str, allowed: str | None, nearest: str | None
) -> None:
    """What is wrong, by code, with what may stand there and what is most like it."""
    [fault, *_] = _faults(client, f"{_TARGETS}?{query}")
    assert fault["code"] == code
    assert fault["parameter"] == query.partition("=")[0]
    if allowed:
        assert allowed in fault["allowed"]
    if nearest or not allowed:
        assert fault["nearest"] == nearest


@pytest.mark.parametrize(
    ("address", "said"),
    [
        (f"{_TARGETS}.csv?facet=unit", "is a parameter of .json only."),
        (f"{_TARGETS}.ndjson?expand=terms", "is a parameter of .json only."),
        (f"{_TARGETS}?lang=zh", "is a parameter of .csv, .xlsx only."),
        (f"{_TARGETS}?delimiter=tab", "is a parameter of .csv only."),
        (f"{_TARGETS}/{_GROWTH}?profile=excel", "is a parameter of .csv only."),
        (f"{_TARGETS}/{_GROWTH}.csv?expand=terms", "is a parameter of .json only."),
    ],
)
def test_options_of_other_formats_are_said_to_be_theirs(
    client: FlaskClient, address: str, said: str
) -> None:
    """Not that there is no such parameter, with a list of all others."""
    [fault] = _faults(client, address)
    assert (fault["code"], fault["message"]["en"]) == ("unknown_parameter", said)
    assert (fault["allowed"], fault["nearest"]) == ([], None)


@pytest.mark.parametrize(
    "query",
    [
        "unit__in=" + 3900 * "x,",
        "unit__in=" + ",".join(f"x{n}" for n in range(1200)),
        "fields=" + ",".join(f"x{n}" for n in range(70)),
        "fields=" + 1980 * "abc,",
        "sort=" + 1500 * "-val,",
        "sort=" + ",".join(f"-valu{n}" for n in range(10)),
        "&".join(f"{n:x}" for n in range(299)),
        "&".join(f"value__{n:x}=1" for n in range(299)),
        "&".join(f"{name}__in=" + ",".join(map(str, range(25)))
                 for name in ("unit", "kind", "measure", "strength", "comparator")),
    ],
    ids=lambda query: query[:20],
)  # fmt: skip
def test_wrong_requests_have_short_answers(client: FlaskClient, query: str) -> None:
    """However many faults fit into an address."""
    for path in (_TARGETS, "/v1/projects"):
        response = get(client, f"{path}?{query}")
        assert response.status_code == 400
        assert len(response.data) < 64_000


def test_addresses_without_parameters_have_short_answers_too(client: FlaskClient) -> None:
    """They count what they do not list."""
    response = get(client, f"/v1/vocabularies?{'&'.join(f'{n:x}' for n in range(1500))}")
    assert response.status_code == 400
    assert [fault["code"] for fault in response.get_json()["errors"]][-1] == "more_faults"
    assert len(response.data) < 64_000
