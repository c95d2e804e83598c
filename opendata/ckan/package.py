"""A dataset at its latest version as CKAN 2.11 shows a package.

The package is the dataset, not the version: its id, its name and the ids and order of its
resources stay over versions. The addresses of its resources are those of the version, so that
size, digest and bytes always agree and a portal's copy can be checked at any time later; a new
version changes them together with ``metadata_modified``, which is what makes portals fetch anew.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from opendata.ckan.names import identifier, tag_names, timestamp, valid_name
from opendata.ckan.things import OPEN_LICENCES, Dict, group, organization, tag
from opendata.vocabularies import Label

#: What is said of a package beside CKAN's own fields; keys as ckanext-dcat knows them.
EXTRAS = (
    *("area", "area_name", "contact_email", "contact_name", "contact_uri", "guid", "identifier"),
    *("issued", "language", "modified", "notes_en", "period", "publisher_name"),
    *("publisher_name_en", "publisher_url", "temporal_end", "temporal_start", "theme", "title_en"),
    *("uri", "version_notes", "version_uri"),
)

#: Formats that tables can be asked of (datastore_search).
_DATASTORE = "text/csv"
_SHA256 = "https://spdx.org/rdf/terms#checksumAlgorithm_sha256"
_FORMATS = {"text/csv": "CSV", "application/json": "JSON", "application/x-ndjson": "NDJSON"}


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of a dataset beside its record.

    ``created`` and ``modified`` are when its first and its latest version were published, as
    ``2026-11-24T15:03:22Z``. ``labels`` names the codes of the record by list and code;
    ``addresses`` has the same concepts elsewhere; ``licence_url`` is where the licence stands.
    """

    base_url: str
    created: str
    modified: str
    labels: Mapping[tuple[str, str], Label]
    addresses: Mapping[str, tuple[str, ...]]
    licence_url: str | None


def package(record: Mapping[str, Any], known: Known) -> Dict:
    """Return the package of a dataset.

    :param record: of its latest version, as JSON has it.
    """
    address = f"{known.base_url}/v1/datasets/{record['id']}"
    created, modified = timestamp(known.created), timestamp(known.modified)
    owner = organization(known.base_url, record["publisher"], created)
    keywords = (word[x] for word in record["keywords"] for x in ("zh", "en"))
    tags = [tag(known.base_url, name) for name in tag_names(keywords)]
    own = identifier(address)
    resources = list(_resources(record, known, own, address))
    return {
        **_described(record, known),
        "creator_user_id": None,
        "id": own,
        "metadata_created": created,
        "metadata_modified": modified,
        "name": valid_name(record["id"]),
        "num_resources": len(resources),
        "num_tags": len(tags),
        "organization": owner,
        "owner_org": owner["id"],
        "private": False,
        "revision_id": identifier(f"{address}/versions/{record['version']}"),
        "state": "active",
        "type": "dataset",
        "url": address,
        "extras": [{"key": key, "value": value} for key, value in _extras(record, known, address)],
        "groups": [
            group(known.base_url, code, _label(known, "themes", code)._asdict())
            for code in record["themes"]
        ],
        "resources": resources,
        "tags": tags,
        "relationships_as_object": [],
        "relationships_as_subject": [],
    }


def _described(record: Mapping[str, Any], known: Known) -> Dict:
    """Return what is said of the dataset in words, and under which licence it is."""
    return {
        "author": record["publisher"]["name"]["zh"],
        "author_email": None,
        "isopen": record["licence"] in OPEN_LICENCES,
        "license_id": record["licence"],
        "license_title": _label(known, "licences", record["licence"]).zh,
        "license_url": known.licence_url,
        "maintainer": record["contact"]["name"]["zh"],
        "maintainer_email": record["contact"]["email"],
        "notes": f"{record['description']['zh']}\n\n{record['description']['en']}",
        "title": record["title"]["zh"],
        "version": record["version"],
    }


def _resources(
    record: Mapping[str, Any], known: Known, package_id: str, address: str
) -> Iterator[Dict]:
    pinned = f"{address}/versions/{record['version']}"
    for position, file in enumerate(record["distributions"]):
        latest = f"{address}{file['url'].removeprefix(pinned)}"
        media_type = file["media_type"]
        asked = "?" in file["url"]
        yield {
            "cache_last_updated": None,
            "cache_url": None,
            "created": timestamp(known.created),
            "datastore_active": media_type == _DATASTORE and not asked,
            "description": file["title"]["en"],
            "format": _FORMATS.get(media_type, media_type.rpartition("/")[2].upper()),
            "hash": file["sha256"],
            "hash_algorithm": _SHA256,
            "id": identifier(latest),
            "last_modified": timestamp(known.modified),
            "latest_url": latest,
            "metadata_modified": timestamp(known.modified),
            "mimetype": media_type,
            "mimetype_inner": None,
            "name": file["title"]["zh"],
            "package_id": package_id,
            "position": position,
            "resource_type": "file",
            "size": file["byte_size"],
            "state": "active",
            "url": file["url"],
            "url_type": None,
        }


def _extras(record: Mapping[str, Any], known: Known, address: str) -> Iterator[tuple[str, str]]:
    """Yield what is said beside CKAN's fields, sorted, without what is not known."""
    first, _, last = record["period"].partition("/")
    themes = [a for code in record["themes"] for a in _addresses(known, "themes", code)]
    values = {
        "area": record["area"],
        "area_name": _label(known, "areas", record["area"]).zh,
        "contact_email": record["contact"]["email"],
        "contact_name": record["contact"]["name"]["zh"],
        "contact_uri": record["contact"]["url"],
        "guid": address,
        "identifier": record["id"],
        "issued": known.created,
        "language": json.dumps(record["languages"]),
        "modified": known.modified,
        "notes_en": record["description"]["en"],
        "period": record["period"],
        "publisher_name": record["publisher"]["name"]["zh"],
        "publisher_name_en": record["publisher"]["name"]["en"],
        "publisher_url": record["publisher"]["url"],
        "temporal_end": f"{last or first}-12-31",
        "temporal_start": f"{first}-01-01",
        "theme": json.dumps(themes),
        "title_en": record["title"]["en"],
        "uri": address,
        "version_notes": record["notes"]["zh"],
        "version_uri": f"{address}/versions/{record['version']}",
    }
    return ((key, values[key]) for key in EXTRAS if values[key])


def _label(known: Known, vocabulary: str, code: str) -> Label:
    return known.labels.get((vocabulary, code)) or Label(code, code)


def _addresses(known: Known, vocabulary: str, code: str) -> tuple[str, ...]:
    own = f"{known.base_url}/v1/vocabularies/{vocabulary}#{code}"
    return (*known.addresses.get(f"{vocabulary}/{code}", ()), own)
