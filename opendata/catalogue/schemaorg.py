"""Datasets in schema.org's words, as search engines read them from pages."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from opendata.catalogue.edition import Edition, Lists, area_path, licence_address, years
from opendata.catalogue.files import File, files
from opendata.catalogue.site import DESCRIPTION, TITLE
from opendata.query import Kind, fields_of
from opendata.records import COLLECTIONS
from opendata.vocabularies import Label

_CONTEXT = {"@context": "https://schema.org"}
#: Characters that Google takes of a description.
_LONGEST = 5000


def dataset(edition: Edition, issued: str, lists: Lists, *, pinned: bool) -> dict[str, Any]:
    """Return a dataset (schema:Dataset) for the page that describes it.

    :param issued: when what the page is about was first published.
    :param pinned: whether the page is about this version, or about the dataset at its latest.
    """
    record = edition.record
    title = edition.text("title")
    address = edition.address if pinned else edition.series
    part_of = {} if pinned else {"hasPart": _version(edition)}
    return {
        **_CONTEXT,
        "@type": "Dataset",
        "@id": address,
        "name": title.zh,
        "alternateName": title.en,
        "description": _description(edition),
        "url": f"{address}.html",
        "identifier": address,
        "version": record["version"],
        "datePublished": issued,
        "dateModified": edition.published,
        "inLanguage": list(record["languages"]),
        "isAccessibleForFree": True,
        "license": licence_address(record["licence"], lists),
        "creator": _organisation(record["publisher"]),
        "publisher": _organisation(record["publisher"]),
        "keywords": [text for keyword in record["keywords"] for text in keyword.values()]
        or [title.zh],
        "temporalCoverage": "{}-01-01/{}-12-31".format(*years(record["period"])),
        "spatialCoverage": _place(edition, lists),
        "variableMeasured": _variables(),
        "isBasedOn": [_source(source) for source in record["documents"]],
        "includedInDataCatalog": _catalogue(edition.base_url),
        "distribution": [_download(file) for file in files(edition)],
        **part_of,
    }


def record_described(
    base_url: str,
    collection: str,
    record: Mapping[str, Any],
    dataset: Mapping[str, Any],
    address: str,
) -> dict[str, Any]:
    """Return a record for its page: a term (schema:DefinedTerm), else a part of its dataset.

    :param dataset: the record of the dataset at the version that ``record`` is of.
    :param address: of the record in that version.
    """
    title = Label(**record["title"])
    whole = {
        "@type": "CreativeWork",
        "@id": f"{base_url}/v1/datasets/{dataset['id']}/versions/{dataset['version']}",
        "name": dataset["title"]["zh"],
        "alternateName": dataset["title"]["en"],
        "version": dataset["version"],
        "publisher": _organisation(dataset["publisher"]),
    }
    common = {
        **_CONTEXT,
        "@id": address,
        "url": f"{address}.html",
        "identifier": address,
        "name": title.zh,
        "alternateName": title.en,
    }
    if "definition" in record:
        definition = Label(**record["definition"])
        terms = {"@type": "DefinedTermSet", "@id": address.rpartition("/")[0], "isPartOf": whole}
        described = {"description": f"{definition.zh}\n\n{definition.en}"}
        return {**common, "@type": "DefinedTerm", **described, "inDefinedTermSet": terms}
    documents = {source["id"]: source for source in dataset["documents"]}
    return {
        **common,
        "@type": "CreativeWork",
        "genre": collection,
        "text": record["source"]["quote"],
        "isBasedOn": _source(documents[record["source"]["document"]]),
        "isPartOf": whole,
    }


def catalogue(base_url: str) -> dict[str, Any]:
    """Return the catalogue (schema:DataCatalog) for the start page."""
    return {
        **_CONTEXT,
        **_catalogue(base_url),
        "alternateName": TITLE.en,
        "description": f"{DESCRIPTION.zh} {DESCRIPTION.en}",
        "inLanguage": ["zh", "en"],
    }


def _catalogue(base_url: str) -> dict[str, Any]:
    return {
        "@type": "DataCatalog",
        "@id": f"{base_url}/catalog",
        "name": TITLE.zh,
        "url": f"{base_url}/",
    }


def _version(edition: Edition) -> dict[str, Any]:
    return {
        "@type": "CreativeWork",
        "@id": edition.address,
        "version": edition.record["version"],
        "url": f"{edition.address}.html",
    }


def _description(edition: Edition) -> str:
    """Return the description in both languages, with what the dataset holds."""
    text, record = edition.text("description"), edition.record
    names = [(collection.title, record[collection.name]) for collection in COLLECTIONS.values()]
    held_zh = "、".join(f"{title.zh}{count}条" for title, count in names)
    held_en = ", ".join(f"{title.en.lower()}: {count}" for title, count in names)
    held = f"包含{held_zh}。Holds {held_en}."
    room = (_LONGEST - len(held) - 4) // 2
    return "\n\n".join((text.zh[:room], text.en[:room], held))


def _organisation(agent: Any) -> dict[str, Any]:
    name = Label(**agent["name"])
    url = {"url": agent["url"]} if agent["url"] else {}
    return {"@type": "Organization", "name": name.zh, "alternateName": name.en, **url}


def _place(edition: Edition, lists: Lists) -> dict[str, Any]:
    code = edition.record["area"]
    path = area_path(code, lists)
    names = [Label(**entry["label"]) for entry in path] or [Label(code, code)]
    box = next((entry["bbox"] for entry in path[:1] if entry.get("bbox")), None)
    shape = {"geo": {"@type": "GeoShape", "box": _box(box)}} if box else {}
    return {
        "@type": "Place",
        "name": "".join(name.zh for name in reversed(names)),
        "alternateName": ", ".join(name.en for name in names),
        "identifier": code,
        **shape,
    }


def _box(box: str) -> str:
    """Return a box as schema.org writes it: south, west, north, east."""
    west, south, east, north = box.split()
    return f"{south} {west} {north} {east}"


def _variables() -> list[dict[str, Any]]:
    """Return the measured columns: those that hold numbers."""
    return [
        {
            "@type": "PropertyValue",
            "name": field.column.label.zh,
            "alternateName": field.column.label.en,
            "description": f"{field.column.note.zh} {field.column.note.en}",
            "propertyID": f"{collection.name}.{field.name}",
        }
        for collection in COLLECTIONS.values()
        for field in fields_of(collection).values()
        if field.kind is Kind.NUMBER and field.name.startswith("value")
    ]


def _source(source: Any) -> dict[str, Any]:
    title = Label(**source["title"])
    url = {"url": source["url"]} if source["url"] else {}
    return {"@type": "CreativeWork", "name": title.zh, "alternateName": title.en, **url}


def _download(file: File) -> dict[str, Any]:
    size = {} if file.byte_size is None else {"contentSize": f"{file.byte_size} B"}
    digest = {} if file.sha256 is None else {"sha256": file.sha256}
    return {
        "@type": "DataDownload",
        "name": file.title.zh,
        "alternateName": file.title.en,
        "contentUrl": file.url,
        "encodingFormat": file.media_type,
        "inLanguage": list(file.languages),
        **size,
        **digest,
    }
