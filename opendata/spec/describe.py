"""The OpenAPI 3.1 document, derived from resources, record types and real data."""

from __future__ import annotations

from typing import Any

import orjson
from apispec import APISpec

from opendata.formats.json import dump
from opendata.query.filters import Codes
from opendata.spec.block_yaml import Pieces, block_yaml
from opendata.spec.operations import Describer, Examples
from opendata.spec.parameters import code_schemas, components
from opendata.spec.resources import RESOURCES
from opendata.spec.responses import HEADERS, add_responses
from opendata.spec.schemas import add_schemas, add_selections, complete, plugin, teach
from opendata.spec.service import service_operations

_ABOUT = """\
Read-only access to the targets, projects and glossary terms of government work reports, as \
versioned, verifiable open data.

**Addresses.** Pinned versions (`…/versions/1.0.0/…`) never change; addresses without a version \
give the latest one and name the pinned address in `Content-Location`. Within `/v1` fields are \
only added.

**Formats.** Collections and records come as JSON, CSV, NDJSON and XLSX, code lists as JSON, \
Turtle and JSON-LD (SKOS): by suffix (`.json`, `.csv`, `.ndjson`, `.xlsx`, `.ttl`, `.jsonld`) or \
by `Accept`. The same query gives the same rows in each. JSON comes in pages, whose `links` lead \
to the next page and to every other format; the other formats give all rows.

**Queries.** A filter is a field, or a field and an operator: `unit=percent`, \
`value_base__gte=1000000000`, `title_zh__contains=教育`, `unit__in=percent,CNY`. The operators are \
`ne`, `in`, `gt`, `gte`, `lt`, `lte`, `contains`, `startswith` and `isnull`; fields have the names \
of table columns, explained at `/v1/schema`. All conditions must hold. `sort` orders by several \
fields (`-value_base,id`), `fields` chooses them, `facet` counts by them, `expand` embeds linked \
records, `limit` and `cursor` turn pages.

**Search.** `q` looks for text within a collection, `/v1/search` in all of them: any stretch of \
Chinese, simplified or traditional, English words or their beginnings, and the pinyin of names.

**Citing.** `/cite` after the address of a version, a record or a query says how to cite it: as \
a reference by GB/T 7714—2015 or APA 7 (`.txt`), as BibTeX (`.bib`) and CSL-JSON (`.csl`), with \
the pinned address and a SHA-256 digest that can be checked.

**Catalogues.** `/catalog` describes every dataset in DCAT-AP 3 (Turtle, JSON-LD, RDF/XML; \
`?lang=` for one language, `?page=` where there are several), `/data.json` in DCAT-US 1.1. One \
dataset or version is had by suffix: `.ttl`, `.jsonld`, `.rdf`. `/feed.atom` and \
`/v1/datasets/{dataset}/feed.atom` tell of releases and corrections (`feed.en.atom` in English).

**Packages.** `/v1/datasets/{dataset}.zip` and `…/versions/{version}.zip` hold everything there is \
of a version in one file, `/bulk.zip` the latest version of every dataset; each has its checksum \
at the same address with `.sha256`. `datapackage.json` describes tables for programs, \
of which those of sections and of the codes in use are at `…/lists/{name}.csv` below a dataset or \
version, `/v1/schema/{collection}.json` records.

**Errors.** Nothing is ignored: an unknown parameter, operator or code is refused, and every fault \
of a request is listed at once, in Chinese and English, with what is allowed and the nearest match \
(RFC 9457). Each kind of problem is explained at `/docs/errors`."""

_TAGS = {
    "datasets": "What is published, and in which versions.",
    "targets": "Figures and checkable outcomes that a report commits to.",
    "projects": "Named things to be built, delivered, upgraded, started, advanced or bid for.",
    "glossary": "Terms that a report explains.",
    "changes": "What was published when, for mirrors.",
    "search": "Records of every kind, found by their text.",
    "schema": "What every field of every collection means.",
    "vocabularies": "The code lists that records use.",
    "catalogue": "What portals and search engines harvest: datasets in the words of catalogues.",
    "packages": "Whole datasets to take away: archives, data packages and JSON Schemas.",
    "service": "The API itself.",
}


#: What of the document is written as YAML one by one.
_PIECES: Pieces = {
    "paths": {},
    "components": {"schemas": {}, "responses": {}, "parameters": {}},
}


def describe(base_url: str, codes: Codes, lists: list[str], examples: Examples) -> dict[str, Any]:
    """Return the OpenAPI document.

    :param codes: the codes of the open lists.
    :param lists: the names of all code lists.
    """
    marshmallow = plugin()
    spec = APISpec(
        title="opendata",
        version="1.0.0",
        openapi_version="3.1.0",
        info={
            "summary": "Government work reports as verifiable open data",
            "description": _ABOUT,
            "contact": {"name": "opendata project", "url": base_url},
            "license": {"name": "CC BY 4.0 (data)", "identifier": "CC-BY-4.0"},
        },
        servers=[{"url": base_url, "description": "This server"}],
        tags=[{"name": name, "description": text} for name, text in _TAGS.items()],
        security=[],
        plugins=[marshmallow],
    )
    teach(marshmallow)
    add_schemas(spec)
    add_responses(spec)
    for name, parameter in components(codes, examples.records, examples.values).items():
        spec.components.parameter(name, "query", parameter)
    describer = Describer(base_url, lists, examples)
    for resource in (resource for resource in RESOURCES if resource.described):
        for path, operation in describer.operations(resource):
            parameters = describer.path_parameters(resource)
            spec.path(path=path, operations={"get": operation}, parameters=parameters)
    for path, operation in service_operations():
        spec.path(path=path, operations={"get": operation})
    document: dict[str, Any] = spec.to_dict()
    complete(document["components"]["schemas"])
    add_selections(document["components"]["schemas"])
    document["components"]["schemas"] |= code_schemas(codes)
    document["components"]["headers"] = HEADERS
    return document


def to_json(document: dict[str, Any]) -> bytes:
    """Return the document as JSON."""
    return dump(document) + b"\n"


def to_yaml(document: dict[str, Any]) -> bytes:
    """Return the document as YAML, the form that is committed."""
    return block_yaml(orjson.loads(dump(document)), _PIECES)
