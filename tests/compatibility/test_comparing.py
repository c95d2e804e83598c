"""The comparison finds each kind of break, and nothing in what clients do not mind."""

from __future__ import annotations

import copy
from collections.abc import Callable
from typing import Any

import pytest

from tests.compatibility.comparing import breaks, column_breaks

Edit = Callable[[dict[str, Any]], object]

_DOCUMENT: dict[str, Any] = {
    "paths": {
        "/v1/targets": {
            "parameters": [{"name": "dataset", "in": "path", "required": True, "schema": {}}],
            "get": {
                "parameters": [
                    {"$ref": "#/components/parameters/sort"},
                    {"name": "limit", "in": "query", "schema": {"type": "integer"}},
                ],
                "responses": {
                    "200": {
                        "content": {
                            "application/json": {"schema": {"$ref": "#/components/schemas/Page"}},
                            "text/csv": {"schema": {"type": "string"}},
                        }
                    },
                    "404": {"$ref": "#/components/responses/404"},
                },
            },
        },
        "/v1/old": {"get": {"responses": {"200": {}}}},
    },
    "components": {
        "parameters": {
            "sort": {
                "name": "sort",
                "in": "query",
                "schema": {"type": "array", "items": {"type": "string", "enum": ["id", "-id"]}},
            }
        },
        "responses": {
            "404": {
                "content": {
                    "application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}
                }
            }
        },
        "schemas": {
            "Page": {
                "type": "object",
                "required": ["data"],
                "properties": {
                    "data": {
                        "type": "array",
                        "items": {
                            "anyOf": [
                                {"$ref": "#/components/schemas/Target"},
                                {"$ref": "#/components/schemas/Part"},
                            ]
                        },
                    },
                    "facets": {
                        "type": "object",
                        "additionalProperties": {"type": "object", "properties": {"count": {}}},
                    },
                },
            },
            "Target": {
                "type": "object",
                "required": ["kind", "value"],
                "properties": {
                    "kind": {"type": "string", "enum": ["a", "b"]},
                    "value": {"type": ["number", "null"]},
                    "deadline": {"type": "string", "format": "date"},
                    "baseline": {
                        "anyOf": [{"$ref": "#/components/schemas/Baseline"}, {"type": "null"}]
                    },
                    "within": {"$ref": "#/components/schemas/Target"},
                },
            },
            "Part": {"type": "object", "properties": {"kind": {"type": "string"}}},
            "Baseline": {"type": "object", "properties": {"year": {"type": "integer"}}},
            "Problem": {"type": "object", "properties": {"status": {"type": "integer"}}},
        },
    },
}


def _get(document: dict[str, Any]) -> Any:
    return document["paths"]["/v1/targets"]["get"]


def _target(document: dict[str, Any]) -> Any:
    return document["components"]["schemas"]["Target"]


def _fields(document: dict[str, Any]) -> Any:
    return _target(document)["properties"]


def _found(edit: Edit) -> list[str]:
    document = copy.deepcopy(_DOCUMENT)
    edit(document)
    return breaks(_DOCUMENT, document)


def _sort(document: dict[str, Any]) -> Any:
    return document["components"]["parameters"]["sort"]


def _new_parameter(document: dict[str, Any], **more: bool) -> None:
    _get(document)["parameters"].append(
        {"name": "q", "in": "query", "schema": {"type": "string"}, **more}
    )


_OPERATION = "GET /v1/targets"


@pytest.mark.parametrize(
    ("edit", "said"),
    [
        (lambda d: d["paths"].pop("/v1/old"), "/v1/old: the path vanished"),
        (lambda d: d["paths"]["/v1/old"].pop("get"), "GET /v1/old: the operation vanished"),
        (lambda d: _get(d)["responses"].pop("404"), f"{_OPERATION} 404: the response vanished"),
        (
            lambda d: _get(d)["responses"]["200"]["content"].pop("text/csv"),
            f"{_OPERATION} 200: text/csv vanished",
        ),
        (
            lambda d: d["components"]["responses"]["404"].pop("content"),
            f"{_OPERATION} 404: application/problem+json vanished",
        ),
        (lambda d: _get(d)["parameters"].pop(), f"{_OPERATION} limit: the parameter vanished"),
        (
            lambda d: _get(d)["parameters"][1]["schema"].update(type="string"),
            f"{_OPERATION} limit: was integer and is string",
        ),
        (
            lambda d: _get(d)["parameters"][1].update(required=True),
            f"{_OPERATION} limit: the parameter became required",
        ),
        (
            lambda d: _get(d)["parameters"][1]["schema"].update(enum=[1, 2]),
            f"{_OPERATION} limit: takes only some values, and took any",
        ),
        (
            lambda d: _sort(d)["schema"]["items"]["enum"].remove("-id"),
            f"{_OPERATION} sort[]: the value -id vanished",
        ),
        (
            lambda d: _sort(d)["schema"]["items"].update(format="date"),
            f"{_OPERATION} sort[]: had the format none and has date",
        ),
        (
            lambda d: _new_parameter(d, required=True),
            f"{_OPERATION} q: a new parameter is required",
        ),
        (lambda d: _fields(d).pop("kind"), "Target.kind: the field vanished"),
        (
            lambda d: _target(d)["required"].remove("kind"),
            "Target.kind: the field may be absent, and was always there",
        ),
        (
            lambda d: _fields(d)["value"].update(type=["string", "null"]),
            "Target.value: was null or number and is null or string",
        ),
        (
            lambda d: _fields(d)["value"].update(type="number"),
            "Target.value: was null or number and is number",
        ),
        (
            lambda d: _fields(d)["deadline"].update(type=["string", "null"]),
            "Target.deadline: was string and is null or string",
        ),
        (
            lambda d: _fields(d)["deadline"].pop("format"),
            "Target.deadline: had the format date and has none",
        ),
        (
            lambda d: _fields(d)["kind"]["enum"].remove("b"),
            "Target.kind: the value b vanished",
        ),
        (
            lambda d: _fields(d)["baseline"]["anyOf"].pop(),
            "Target.baseline: was null or object and is object",
        ),
        (
            lambda d: d["components"]["schemas"]["Baseline"]["properties"].clear(),
            "Baseline.year: the field vanished",
        ),
        (
            lambda d: d["components"]["schemas"]["Page"]["properties"]["data"]["items"][
                "anyOf"
            ].pop(),
            "Page.data[]: the alternative Part vanished",
        ),
        (
            lambda d: d["components"]["schemas"]["Page"]["properties"]["facets"][
                "additionalProperties"
            ]["properties"].clear(),
            "Page.facets.*.count: the field vanished",
        ),
    ],
)
def test_a_break_is_found(edit: Edit, said: str) -> None:
    """One change, one line that says where and what."""
    assert _found(edit) == [said]


@pytest.mark.parametrize(
    "edit",
    [
        lambda _: None,
        lambda d: d["paths"].update({"/v1/new": {"get": {"responses": {}}}}),
        lambda d: _get(d)["responses"].update({"410": {}}),
        _new_parameter,
        lambda d: _sort(d)["schema"]["items"]["enum"].append("value"),
        lambda d: _fields(d).update(more={"type": "string"}),
        lambda d: _target(d)["required"].append("deadline"),
        lambda d: _fields(d)["kind"]["enum"].append("c"),
        lambda d: _fields(d)["kind"].update(description="Another text."),
        lambda d: _get(d)["parameters"].reverse(),
    ],
)
def test_what_only_adds_is_no_break(edit: Edit) -> None:
    """Addresses, parameters, fields and codes may be added, texts and order may change."""
    assert _found(edit) == []


def test_a_reference_may_be_written_out() -> None:
    """What counts is what stands there, not by which name."""

    def rename(document: dict[str, Any]) -> None:
        schemas = document["components"]["schemas"]
        schemas["Base"] = schemas.pop("Baseline")
        _fields(document)["baseline"]["anyOf"][0] = {"$ref": "#/components/schemas/Base"}

    assert _found(rename) == []


@pytest.mark.parametrize(
    ("columns", "said"),
    [
        ({"id": "name"}, ["the column value vanished"]),
        ({"value": "text", "id": "name"}, ["the column value was number and is text"]),
        ({"id": "name", "more": "text", "value": "number"}, []),
        ({"value": "number", "id": "name"}, []),
    ],
)
def test_columns_keep_name_and_kind(columns: dict[str, str], said: list[str]) -> None:
    """They may stand elsewhere, and others between them."""
    old = {"targets.csv": {"id": "name", "value": "number"}}
    found = column_breaks(old, {"targets.csv": columns})
    assert found == [f"targets.csv: {text}" for text in said]
    assert column_breaks(old, {}) == ["targets.csv: the table vanished"]
