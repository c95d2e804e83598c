"""Citations as OpenAPI describes them: their schemas, and examples of each form."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from opendata.citation import Citation, Digest, bibtex, csl, of_several, of_version, reference
from opendata.formats import JSON
from opendata.records import DATASETS
from opendata.spec.links import citation_links
from opendata.spec.resources import CITE, Reach, Resource
from opendata.vocabularies import Label

Schema = dict[str, Any]

_TEXT: Schema = {"type": "string"}
_BILINGUAL: Schema = {"$ref": "#/components/schemas/Bilingual"}
_ITEM: Schema = {"$ref": "#/components/schemas/CitationItem"}
#: The digest of an example whose bytes are not at hand.
_ANY = Digest(64 * "0", Label("文件", "a file"))


def told(citation: Citation, language: str) -> dict[str, Any]:
    """Return what the JSON of a citation says.

    :param language: of what is in one language, ``zh`` or ``en``.
    """
    digest = citation.digest
    return {
        "text": {name: reference(citation, name) for name in Label._fields},
        "bibtex": bibtex(citation, language),
        "csl": csl(citation, language),
        "version": citation.version,
        "released": citation.released,
        "permalink": citation.permalink,
        "accessed": citation.accessed,
        "digest": digest
        and {"algorithm": "sha-256", "value": digest.value, "of": digest.of._asdict()},
    }


def citation_schemas() -> dict[str, Schema]:
    """Return the schemas of a citation and of the answers that hold one."""
    return {
        "RecordCitation": _answer("VersionMeta", "How to cite one thing."),
        "RowsCitation": _answer("PageMeta", "How to cite what a query selects."),
        "Citation": _object(
            {
                "text": {"$ref": "#/components/schemas/Reference"},
                "bibtex": _TEXT | {"description": "An entry of BibTeX, in the language asked."},
                "csl": _ITEM,
                "version": {"type": ["string", "null"]}
                | {"description": "Version of the dataset; null for several datasets."},
                "released": {"type": ["string", "null"], "format": "date"}
                | {"description": "When that was released; of several datasets, the last."},
                "permalink": _uri("The address that gives the same data, without suffix."),
                "accessed": _TEXT | {"format": "date", "description": "The day (UTC)."},
                "digest": {"$ref": "#/components/schemas/CitationDigest"},
            },
            "How to cite data, in several forms.",
        ),
        "Reference": _object(  # as long as the address of a query is
            {
                "zh": _TEXT | {"description": "In Chinese, by GB/T 7714—2015."},
                "en": _TEXT | {"description": "In English, by APA 7."},
            },
            "A line of a list of references.",
        ),
        "CitationDigest": _object(
            {
                "algorithm": _TEXT | {"enum": ["sha-256"]},
                "value": _TEXT | {"pattern": "^[0-9a-f]{64}$"},
                "of": _BILINGUAL | {"description": "Which bytes it is of."},
            },
            "What shows that data are those that were cited.",
        ),
        "CitationItem": _object(_ITEM_PROPERTIES, "An item of CSL-JSON (csl-data.json).")
        | {"x-optional": ["container-title", "version", "issued", "accessed", "note"]},
        "CitationDay": _object(
            {
                "date-parts": {
                    "type": "array",
                    "items": {"type": "array", "items": {"type": "integer"}},
                }
            },
            "A day: year, month, day.",
        ),
        "CitationName": _object({"literal": _TEXT}, "A name that is not taken apart."),
        "CitationList": {
            "type": "array",
            "items": _ITEM,
            "description": "A bibliography of one item.",
        },
    }


def citation_content(resource: Resource, shown: dict[str, Any]) -> dict[str, Any]:
    """Return the forms of a citation by media type, each with its example."""
    name = "RowsCitation" if resource.of_rows else "RecordCitation"
    forms: dict[str, tuple[Schema, Any]] = {
        JSON.suffix: ({"$ref": f"#/components/schemas/{name}"}, shown),
        "txt": (_TEXT, shown["data"]["text"]["zh"] + "\n"),
        "bib": (_TEXT, shown["data"]["bibtex"]),
        "csl": ({"$ref": "#/components/schemas/CitationList"}, [shown["data"]["csl"]]),
    }
    return {
        media_type: {"schema": forms[suffix][0], "example": forms[suffix][1]}
        for suffix, media_type in resource.media_types.items()
    }


def citation_example(
    base_url: str,
    resource: Resource,
    names: Mapping[str, str],
    records: Mapping[str, Mapping[str, Any]],
    meta: Mapping[str, Any],
) -> dict[str, Any]:
    """Return an answer, of the day that what it cites was released.

    The digest is true of whole versions only.

    :param names: of what stands in the path.
    :param records: a record of each collection that has any.
    :param meta: what answers say of the version.
    """
    collection = resource.collection
    assert collection is not None
    path = resource.path.format_map(names)
    above = resource.pinned_path().format_map(names).removesuffix(CITE)
    found = of_version(records[DATASETS.name], base_url)
    if resource.reach is Reach.EVERYWHERE:
        found = of_several(found.authors, found.released)
    if collection is not DATASETS:
        record = records.get(collection.name)
        single = not resource.of_rows
        title = (record.get("title") or record["term"]) if single and record else None
        found = replace(
            found,
            part=Label(**title) if title else collection.title,
            name=f"{collection.name}_{names[collection.one]}" if single else collection.name,
            permalink=f"{base_url}{above}",
            digest=_ANY,
        )
    total = {"total": 1 if records.get(collection.name) else 0} if resource.of_rows else {}
    return {
        "data": told(replace(found, accessed=found.released), "zh"),
        "meta": {**total, **(meta if resource.reach is not Reach.EVERYWHERE else {})},
        "links": citation_links(base_url, path, above, {}),
    }


def _uri(about: str) -> Schema:
    return _TEXT | {"format": "uri", "description": about}


_DAY: Schema = {"$ref": "#/components/schemas/CitationDay"}
_NAME: Schema = {"$ref": "#/components/schemas/CitationName"}
_ITEM_PROPERTIES: dict[str, Schema] = {
    "id": _TEXT | {"description": "The key, the same on every day and in every language."},
    "type": _TEXT | {"enum": ["dataset"]},
    "title": _TEXT,
    "author": {"type": "array", "items": _NAME},
    "URL": _uri("The permalink."),
    "language": _TEXT | {"enum": ["zh-CN", "en"]},
    "container-title": _TEXT | {"description": "The dataset, where a part of it is cited."},
    "version": _TEXT,
    "issued": _DAY,
    "accessed": _DAY,
    "note": _TEXT | {"description": "The digest, in words."},
}


def _answer(meta: str, about: str) -> Schema:
    return _object(
        {
            "data": {"$ref": "#/components/schemas/Citation"},
            "meta": {"$ref": f"#/components/schemas/{meta}"},
            "links": {"$ref": "#/components/schemas/QualityLinks"},
        },
        about,
    )


def _object(properties: dict[str, Any], description: str) -> Schema:
    return {"type": "object", "description": description, "properties": properties}
