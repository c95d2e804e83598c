"""The API does what its description says, and nothing that it does not say."""

from __future__ import annotations

import re

import pytest
from flask.testing import FlaskClient

from opendata.formats import TSV
from opendata.web import create_app
from tests.serving import World, get, walk
from tests.spec.described import Description, Operation

#: What is served beside the described addresses: pages, and what leads to all else.
_PAGES = {
    "/",
    "/static/icon-{digest}.svg",
    "/static/site-{digest}.css",
    "/static/site-{digest}.js",
    "/docs",
    "/docs/reference",
    "/docs/swagger.js",
    "/docs/<any('swagger-ui.css', 'swagger-ui-bundle.js', 'favicon-32x32.png'):name>",
    "/docs/errors",
    "/openapi.yaml",
    "/feed.atom",
    "/feed.en.atom",
    "/bulk.zip",
    "/feed/<archive>.atom",
    "/v1/datasets/<slug:dataset>/feed.atom",
    "/v1/datasets/<slug:dataset>/feed.en.atom",
    "/v1/datasets/<slug:dataset>/feed/<archive>.atom",
    "/v1/datasets/<slug:dataset>/lists/<name:list>.csv",
    "/v1/datasets/<slug:dataset>/versions/<version:version>/lists/<name:list>.csv",
    "/sitemap.xml",
    "/sitemap/<path:share>.xml",
    "/robots.txt",
    "/llms.txt",
    "/.well-known/api-catalog",
    "/.well-known/security.txt",
}

_SUFFIX = re.compile(r"\.(json|csv|html|ndjson|xlsx|ttl|jsonld|rdf|zip|txt|bib|csl)$")


@pytest.fixture
def description(client: FlaskClient) -> Description:
    """The description the world is served with."""
    return Description(get(client, "/openapi.json").get_json())


def _template(rule: str) -> str:
    """Return a rule's path as OpenAPI writes it, with parameters told apart by place only."""
    return "/".join("{}" if part[:1] in "<{" and part else part for part in rule.split("/"))


def _changing(rule: str) -> str:
    """Return a rule without what changes with the content of what it leads to."""
    return re.sub(r"-[0-9a-f]{12}\.", "-{digest}.", rule)


def test_every_address_is_described(world: World, description: Description) -> None:
    """No rule is left out but pages, and suffixes of described addresses."""
    described = {_template(operation.path) for operation in description.operations()}
    undescribed = set()
    for rule in create_app(world.folder).url_map.iter_rules():
        if rule.rule.startswith("/api"):
            continue  # CKAN's contract, not ours: described in docs/mirroring.md
        plain = re.sub(
            r"\.(json|csv|html|ndjson|xlsx|ttl|jsonld|rdf|zip|txt|bib|csl)$", "", rule.rule
        )
        if not {_template(rule.rule), _template(plain)} & described:
            undescribed.add(_changing(rule.rule))
    assert undescribed == _PAGES


def test_every_described_address_answers(client: FlaskClient, description: Description) -> None:
    """With the examples of its parameters, each gives 200 in each of its media types."""
    for operation in description.operations():
        if operation.path.endswith("/quality"):
            continue  # of versions that were audited, which these were not
        for media_type in operation.about["responses"]["200"]["content"]:
            tabs = "?delimiter=tab" if media_type == TSV else ""
            response = get(client, description.address(operation) + tabs, Accept=media_type)
            assert (response.status_code, response.mimetype) == (200, media_type), operation.path
            assert description.response_faults(operation, response) == [], operation.path


def _operation(description: Description, name: str) -> Operation:
    return next(o for o in description.operations() if o.about["operationId"] == name)


def test_every_row_keeps_its_schema(client: FlaskClient, description: Description) -> None:
    """A crawl from the catalogue down to each record meets nothing undescribed."""
    seen = 0
    for dataset in walk(client, "/v1/datasets")[0]["data"]:
        base = f"/v1/datasets/{dataset['id']}/versions"
        for version in get(client, base).get_json()["data"]:
            for plural, one in (
                ("Targets", "Target"),
                ("Projects", "Project"),
                ("Glossary", "Term"),
            ):
                address = f"{base}/{version['version']}/{plural.lower()}"
                page = get(client, f"{address}?limit=2")
                listed = _operation(description, f"listVersion{plural}")
                assert description.response_faults(listed, page) == []
                single = _operation(description, f"getVersion{one}")
                for row in [row for part in walk(client, address) for row in part["data"]]:
                    response = get(client, f"{address}/{row['id']}")
                    assert description.response_faults(single, response) == []
                    assert response.get_json()["data"] == row
                    seen += 1
    assert seen == 20 + 8 + 10  # targets, projects, terms of all versions


def test_every_code_list_keeps_its_schema(client: FlaskClient, description: Description) -> None:
    """Closed lists and open ones, with what units and areas have of their own, in every form."""
    operation = _operation(description, "getVocabulary")
    for about in get(client, "/v1/vocabularies").get_json()["data"]:
        for suffix in (".ttl", ".jsonld", ""):
            response = get(client, about["url"] + suffix)
            assert description.response_faults(operation, response) == [], about["name"]
        body = response.get_json()
        assert body["meta"]["total"] == about["total"] == len(body["data"]) > 0


@pytest.mark.parametrize(
    ("plural", "names"),
    [
        ("Targets", "projects,terms"),
        ("Projects", "targets"),
        ("Glossary", "used_by_projects,used_by_targets"),
    ],
)
def test_expanded_rows_keep_their_schema(
    client: FlaskClient, description: Description, plural: str, names: str
) -> None:
    """What is embedded is described as closely as what embeds it."""
    one = {"Targets": "Target", "Projects": "Project", "Glossary": "Term"}[plural]
    base = f"/v1/datasets/demo-2030/{plural.lower()}"
    page = get(client, f"{base}?expand={names}")
    assert description.response_faults(_operation(description, f"listDataset{plural}"), page) == []
    for row in page.get_json()["data"]:
        response = get(client, f"{base}/{row['id']}?expand={names}")
        single = _operation(description, f"getDataset{one}")
        assert description.response_faults(single, response) == []
        assert response.get_json()["data"] == row
    embedded = {**page.get_json()["data"][0], "expanded": {names.split(",")[0]: [{"id": 1}]}}
    schema = {"$ref": f"#/components/schemas/{one}"}
    assert description.faults(schema, embedded) != []


@pytest.mark.parametrize(
    ("name", "address", "accept", "status"),
    [
        ("listTargets", "/v1/targets?kind=both&colour=red", "*/*", 400),
        ("listTargets", "/v1/targets", "image/png", 406),
        ("listTargets", f"/v1/targets?section={'1' * 8000}", "*/*", 414),
        ("downloadTargetsCsv", "/v1/targets.csv?limit=0", "*/*", 400),
        ("getDataset", "/v1/datasets/nowhere", "*/*", 404),
        ("getVersionTarget", "/v1/datasets/demo-2030/versions/1.0.0/targets/nothing", "*/*", 404),
        ("getDatasetTarget", "/v1/datasets/demo-2030/targets/gdp-growth", "image/png", 406),
        ("getVocabulary", "/v1/vocabularies/colours", "*/*", 404),
        ("getVocabulary", "/v1/vocabularies/units?limit=1", "*/*", 400),
        ("getDatasetTarget", "/v1/datasets/demo-2030/targets/new-jobs?expand=x", "*/*", 400),
        ("getVersionQuality", "/v1/datasets/demo-2030/versions/1.0.0/quality", "*/*", 404),
        ("getQuality", "/v1/datasets/demo-2030/quality", "text/csv", 406),
        ("getChanges", "/v1/datasets/demo-2030/changes?from=9.0.0", "*/*", 404),
        ("getChanges", "/v1/datasets/demo-2030/changes?from=1.1.0&to=1.0.0", "*/*", 409),
        ("getCorrections", "/v1/datasets/nowhere/corrections", "*/*", 404),
        ("getTargetHistory", "/v1/datasets/demo-2030/targets/nothing/history", "*/*", 404),
        ("getDatasetTarget", "/v1/datasets/hill-2031/targets/dragon-boat-race", "*/*", 410),
        ("getIndex", "/v1", "text/csv", 406),
        ("getDescription", "/openapi.json?pretty=yes", "*/*", 400),
        ("getHealth", "/healthz?deep=yes", "*/*", 400),
        ("getReadiness", "/readyz?deep=yes", "*/*", 400),
    ],
)
def test_problems_keep_their_schema(
    client: FlaskClient,
    description: Description,
    name: str,
    address: str,
    accept: str,
    status: int,
) -> None:
    """A refusal is described as closely as an answer."""
    response = get(client, address, Accept=accept)
    assert response.status_code == status
    assert description.response_faults(_operation(description, name), response) == []


def test_not_modified_is_described(client: FlaskClient, description: Description) -> None:
    """304 is an answer of each address that has an entity tag."""
    for operation in description.operations():
        address = description.address(operation)
        tag = get(client, address).headers.get("ETag")
        if tag is None:
            unaudited = operation.path.endswith("/quality")
            assert unaudited or operation.path in ("/healthz", "/readyz")
            continue
        response = get(client, address, If_None_Match=tag)
        assert response.status_code == 304
        assert description.response_faults(operation, response) == []
