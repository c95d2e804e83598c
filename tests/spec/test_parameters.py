"""Every parameter of the query language is described, and shown by an example that works."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from urllib.parse import urlencode

import pytest
from flask.testing import FlaskClient

from opendata.query import Operator, fields_of
from opendata.query.filters import filters
from opendata.query.parameters import MAX_CONDITIONS, MAX_MEMBERS
from opendata.query.settings import settings
from opendata.records import COLLECTIONS, DATASETS, Collection
from opendata.web.headers import LONGEST_ADDRESS
from tests.serving import get
from tests.spec.described import Description, Operation

_ALL = {**COLLECTIONS, DATASETS.name: DATASETS}

_STRICT = {Operator.GT, Operator.LT, Operator.NE}
_WHOLE = {Operator.EQ, Operator.IN}


@pytest.fixture
def description(client: FlaskClient) -> Description:
    """The description the world is served with."""
    return Description(get(client, "/openapi.json").get_json())


def _lists(description: Description) -> Iterator[tuple[Operation, Collection]]:
    """Yield the operations that give rows, each with its collection."""
    for operation in description.operations():
        [tag] = operation.about["tags"]
        if operation.about["operationId"].startswith(("list", "download")) and tag in _ALL:
            yield operation, _ALL[tag]


def _value(example: Any) -> str:
    """Return an example as it stands in an address."""
    if isinstance(example, list):
        return ",".join(example if isinstance(example[0], str) else map(str, example))
    return str(example).lower() if isinstance(example, bool) else str(example)


def _query(parameters: list[dict[str, Any]]) -> str:
    return urlencode({p["name"]: _value(p["example"]) for p in parameters if "example" in p})


def _asked(description: Description, operation: Operation) -> list[dict[str, Any]]:
    return [p for p in description.parameters(operation) if p["in"] == "query"]


def test_every_filter_and_setting_is_described(description: Description) -> None:
    """Of each collection at each address, in JSON; none is described that there is not."""
    seen = 0
    for operation, collection in _lists(description):
        across = "{" not in operation.path or operation.path.endswith("/versions")
        known = {*filters(collection, {}, across=across), *settings(collection)}
        named = {parameter["name"] for parameter in _asked(description, operation)}
        of_files = {"profile", "lang", "bom", "header", "delimiter"}
        of_pages = {"facet", "expand"}
        missing = of_pages if operation.path.endswith(".csv") else of_files
        assert named == known - missing, operation.path
        seen += 1
    assert seen == 3 * len(COLLECTIONS) + 2 + len(_ALL)


def test_every_filter_has_an_example_that_is_accepted(
    client: FlaskClient, description: Description
) -> None:
    """Each example keeps its schema, and asking for it alone gives 200."""
    for operation, _ in _lists(description):
        if "{" in operation.path or operation.path.endswith(".csv"):
            continue  # the same parameters
        for parameter in _asked(description, operation):
            name = parameter["name"]
            assert ("example" in parameter) is (name != "cursor"), (operation.path, name)
            if name != "cursor":
                schema = parameter["schema"]
                assert description.faults(schema, parameter["example"]) == [], name
                response = get(client, f"{operation.path}?{_query([parameter])}")
                assert response.status_code == 200, name


@pytest.mark.parametrize("collection", _ALL.values(), ids=list(_ALL))
def test_an_example_finds_records(
    client: FlaskClient, description: Description, collection: Collection
) -> None:
    """Wherever a field has several values, and whole texts are no longer than an example."""
    operation = next(o for o, c in _lists(description) if c is collection)
    shown = {parameter["name"]: parameter for parameter in _asked(description, operation)}
    everything = get(client, f"{operation.path}?limit=1000").get_json()["data"]
    found = 0
    for field in fields_of(collection).values():
        values = {str(v) for r in everything for v in field.column.values(r) if v is not None}
        for operator in field.operators:
            parameter = shown[field.parameter(operator)]
            if len(values) <= (operator in _STRICT) or (operator is Operator.NE and field.many):
                continue  # no value may be beside the one asked for
            if operator in _WHOLE and not {_value(parameter["example"])} <= values:
                continue  # the beginning of a long text
            page = get(client, f"{operation.path}?{_query([parameter])}").get_json()
            assert page["meta"]["total"] > 0, parameter["name"]
            found += 1
    assert found > 40
    assert get(client, f"{operation.path}?{_query([shown['q']])}").get_json()["meta"]["total"] > 0


def test_a_request_may_have_every_parameter_at_once(
    client: FlaskClient, description: Description
) -> None:
    """No cap contradicts the description, which cannot tell of caps on all of a request."""
    for operation, _ in _lists(description):
        parameters = _asked(description, operation)
        address = f"{description.address(operation)}?{_query(parameters)}"
        assert get(client, address).status_code == 200, operation.path
        assert len(parameters) <= MAX_CONDITIONS
        members = [p for p in parameters if p["name"].endswith("__in")]
        longest = max(len(_query([p])) - len(p["name"]) for p in members)
        assert len(address) + MAX_MEMBERS * longest < LONGEST_ADDRESS, operation.path


def test_the_search_that_is_shown_finds_what_is_shown(
    client: FlaskClient, description: Description
) -> None:
    """The example of the answer is of the example of the request."""
    operation = next(o for o in description.operations() if o.about["operationId"] == "search")
    shown = operation.about["responses"]["200"]["content"]["application/json"]["example"]
    [hit], link = shown["data"], shown["links"]["self"]
    found = get(client, link).get_json()
    assert found["links"] == shown["links"]
    [same] = [other for other in found["data"] if other["url"] == hit["url"]]
    assert {**same, "matches": hit["matches"]} == hit
    assert hit["matches"][0] in same["matches"]


def test_codes_are_named_once(description: Description) -> None:
    """Parameters refer to the codes of an open list, so that clients have one type for them."""
    parameters = description.document["components"]["parameters"]
    code = {"$ref": "#/components/schemas/UnitsCode"}
    assert parameters["targets.unit"]["schema"] == code
    assert parameters["targets.unit__in"]["schema"]["items"] == code
    assert parameters["targets.unit__in"]["explode"] is False
