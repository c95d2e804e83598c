"""Data Package descriptors (datapackage.org): version 2.0, and 1.0 for older clients.

Paths are relative to the descriptor, so that the same bytes serve over HTTP, at the pinned and
the latest address, and unpacked on a disk.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from opendata.formats import MACHINE
from opendata.package.contents import Package
from opendata.package.tables import table_schema

#: What the descriptors are called where they stand.
CURRENT, OLD = "datapackage.json", "datapackage-v1.json"

_PROFILES = "https://datapackage.org/profiles/2.0"
#: What is new in 2.0 for a resource, and what 1.0 has in its place.
_TABLE = {"$schema": f"{_PROFILES}/dataresource.json", "type": "table"}
_OLD_TABLE = {"profile": "tabular-data-resource"}


def descriptor(package: Package) -> dict[str, Any]:
    """Return the descriptor of Data Package 2.0."""
    return {
        "$schema": f"{_PROFILES}/datapackage.json",
        **_common(package),
        "contributors": list(_contributors(package, old=False)),
        "resources": list(_resources(package, _TABLE)),
    }


def old_descriptor(package: Package) -> dict[str, Any]:
    """Return the descriptor of Data Package 1.0 (Tabular Data Package)."""
    resources = list(_resources(package, _OLD_TABLE))
    for resource in resources:
        for key in resource["schema"].get("foreignKeys", ()):
            key["reference"].setdefault("resource", "")  # how 1.0 names a table itself
    return {
        "profile": "tabular-data-package",
        **_common(package),
        "contributors": list(_contributors(package, old=True)),
        "resources": resources,
    }


def _common(package: Package) -> dict[str, Any]:
    """Return what both versions say alike; the pairs in two languages are additions of ours."""
    return {
        "name": package.name,
        "id": package.id,
        "title": package.title.en,
        "description": package.description.en,
        "titles": package.title._asdict(),
        "descriptions": package.description._asdict(),
        "version": package.version,
        **({"created": package.created} if package.created else {}),
        "homepage": package.homepage,
        **({"keywords": list(package.keywords)} if package.keywords else {}),
        "licenses": [
            {"name": name, **({"path": path} if path else {})} for name, path in package.licences
        ],
        **({"sources": list(map(_source, package.sources))} if package.sources else {}),
    }


def _contributors(package: Package, *, old: bool) -> Iterator[dict[str, Any]]:
    for publisher in package.publishers:
        yield _agent(publisher, "publisher", old=old)
    if package.contact:
        # 1.0 knows five roles, and a contact is none of them
        yield _agent(package.contact, "maintainer" if old else "contact", old=old)


def _agent(agent: Mapping[str, Any], role: str, *, old: bool) -> dict[str, Any]:
    return {
        "title": agent["name"]["en"],
        "titles": agent["name"],
        **({"path": agent["url"]} if agent.get("url") else {}),
        **({"email": agent["email"]} if agent.get("email") else {}),
        **({"role": role} if old else {"roles": [role]}),
    }


def _source(document: Mapping[str, Any]) -> dict[str, Any]:
    """Return a source document, named by the digest of its text."""
    return {
        "title": document["title"]["zh"],
        "titles": document["title"],
        **({"path": document["url"]} if document["url"] else {}),
        "hash": f"sha256:{document['sha256']}",
    }


def _resources(package: Package, kind: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    for table in package.tables:
        yield {
            **kind,
            "name": table.collection.name,
            "title": table.title.en,
            "titles": table.title._asdict(),
            "path": table.path,
            "format": MACHINE.suffix,
            "mediatype": MACHINE.media_type,
            "encoding": "utf-8",
            "bytes": table.size,
            "hash": f"sha256:{table.sha256}",
            "schema": table_schema(
                package.base_url,
                table.collection,
                package.codes,
                package.collections,
                everywhere=package.everywhere,
            ),
        }
