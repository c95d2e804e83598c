"""Datasets in DCAT-US 1.1 (Project Open Data metadata), as data.gov harvests them.

Each dataset stands there once, at its latest version: harvesters of this format know no others.
Nothing is invented that only federal agencies have, such as bureau codes.
"""

from __future__ import annotations

from typing import Any

from opendata.catalogue.edition import (
    Edition,
    Lists,
    area_path,
    contact_email,
    licence_address,
    years,
)
from opendata.catalogue.files import File, files
from opendata.formats.json import dump
from opendata.vocabularies import Label

#: What the catalogue says beside its datasets.
CATALOGUE = {
    "@context": "https://project-open-data.cio.gov/v1.1/schema/catalog.jsonld",
    "@type": "dcat:Catalog",
    "conformsTo": "https://project-open-data.cio.gov/v1.1/schema",
    "describedBy": "https://project-open-data.cio.gov/v1.1/schema/catalog.json",
}

#: What stands before, between and behind the datasets of the catalogue.
HEAD = dump(CATALOGUE)[:-1] + b',"dataset":[\n'
SEPARATOR, TAIL = b",\n", b"\n]}\n"


def dataset(edition: Edition, issued: str, lists: Lists) -> dict[str, Any]:
    """Return a dataset at its latest version.

    :param issued: when its first version was published.
    """
    record = edition.record
    email = contact_email(edition)
    first, last = years(record["period"])
    path = area_path(record["area"], lists)
    box = next((entry["bbox"] for entry in path if entry.get("bbox")), None)
    place = ", ".join(entry["label"]["en"] for entry in path) or record["area"]
    return {
        "@type": "dcat:Dataset",
        "identifier": edition.series,
        "title": _one(edition.text("title"), " / "),
        "description": _one(edition.text("description"), "\n\n"),
        "keyword": [text for keyword in record["keywords"] for text in keyword.values()]
        or [_one(edition.text("title"), " / ")],
        "theme": [code.upper() for code in record["themes"]],
        "issued": issued,
        "modified": edition.published,
        "publisher": {
            "@type": "org:Organization",
            "name": _one(Label(**record["publisher"]["name"]), " / "),
        },
        "contactPoint": {
            "@type": "vcard:Contact",
            "fn": _one(Label(**record["contact"]["name"]), " / "),
            "hasEmail": f"mailto:{email}",
        },
        "accessLevel": "public",
        "license": licence_address(record["licence"], lists),
        "language": list(record["languages"]),
        "spatial": box.replace(" ", ",") if box else place,
        "temporal": f"{first}-01-01/{last}-12-31",
        "accrualPeriodicity": "irregular",
        "landingPage": f"{edition.series}.html",
        "describedBy": f"{edition.base_url}/v1/schema",
        "describedByType": "application/json",
        "references": [edition.address, f"{edition.series}/versions"],
        "distribution": [_distribution(file) for file in files(edition)],
    }


def _distribution(file: File) -> dict[str, Any]:
    described = {
        "describedBy": file.described_by,
        "describedByType": "application/csvm+json",
    }
    return {
        "@type": "dcat:Distribution",
        "title": _one(file.title, " / "),
        "description": _one(file.description, " / "),
        "downloadURL": file.url,
        "mediaType": file.media_type,
        "format": file.file_type,
        "conformsTo": file.conforms_to[0],
        **(described if file.described_by else {}),
    }


def _one(text: Label, between: str) -> str:
    """Return both languages as one text, which is all the format has room for."""
    return text.zh if text.zh == text.en else f"{text.zh}{between}{text.en}"
