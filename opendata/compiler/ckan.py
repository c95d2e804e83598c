"""The catalogue as CKAN shows it, written into an assembled store.

A package depends on its own dataset only; what is counted over all of them (organizations,
groups, tags) is counted on the way, so that a catalogue of any size is gone through once and
never held as a whole.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import orjson
from sqlalchemy import Row, insert, select
from sqlalchemy.engine import Connection

from opendata.catalogue import Edition
from opendata.catalogue.files import files as files_of
from opendata.ckan import Known, activity, licence, many_values, package, single_values, whole
from opendata.compiler.inserting import writable_engine
from opendata.compiler.listing import listed
from opendata.formats.json import JSON, dump
from opendata.reader import OpenLists
from opendata.records import DATASETS
from opendata.store import ARCHIVE, ARCHIVE_PATH, archive_in
from opendata.store.layout import TABLES, files, labels, versions
from opendata.store.package_tables import (
    package_activities,
    package_members,
    package_resources,
    package_things,
    packages,
)
from opendata.vocabularies import Label

Dict = dict[str, Any]

#: Datasets that are read at a time.
_BLOCK = 100

#: The lists whose codes packages name.
_NAMED = ("areas", "licences", "themes")


@dataclass(slots=True)
class _Catalogue:
    """What is gathered of all packages: things by kind and name, and what was published when."""

    things: dict[tuple[str, str], Dict] = field(default_factory=dict)
    created: dict[tuple[str, str], str] = field(default_factory=dict)
    counts: Counter[tuple[str, str]] = field(default_factory=Counter)
    activities: list[tuple[str, str, str, bytes]] = field(default_factory=list)

    def note(self, found: Dict) -> None:
        """Gather the organization, the groups and the tags of a package."""
        own = [("organization", found["organization"])]
        own += [("group", group) for group in found["groups"]]
        own += [("tag", tag) for tag in found["tags"]]
        for kind, thing in own:
            key = kind, thing["name"]
            self.things.setdefault(key, thing)
            self.counts[key] += 1
            created = found["metadata_created"]
            self.created[key] = min(self.created.get(key, created), created)
        self.counts["license", found["license_id"]] += 1


def add_packages(path: Path, base_url: str, lists: OpenLists) -> None:
    """Fill the tables of packages of the store at ``path``."""
    engine = writable_engine(path)
    catalogue = _Catalogue()
    try:
        with engine.begin() as connection:
            history = _history(connection)
            writer = PackageWriter()
            for row, record, known in _datasets(connection, base_url, lists, history):
                found = package(record, known)
                catalogue.note(found)
                _published(catalogue, found, history[record["id"]])
                writer.write(connection, row, record, found)
            _write_things(connection, catalogue, lists)
            _write_activities(connection, catalogue)
    finally:
        engine.dispose()


def _history(connection: Connection) -> Mapping[str, list[Row[Any]]]:
    """Return the versions of each dataset, the oldest first."""
    found: dict[str, list[Row[Any]]] = {}
    for version in connection.execute(select(versions).order_by(versions.c.version_key)):
        found.setdefault(version.dataset, []).append(version)
    return found


def _datasets(
    connection: Connection,
    base_url: str,
    lists: OpenLists,
    history: Mapping[str, list[Row[Any]]],
) -> Iterator[tuple[int, Dict, Known]]:
    """Yield the row and the record of the latest version of each dataset, with what is known."""
    addresses = {
        f"{name}/{code}": tuple(entry["exact_match"])
        for name in _NAMED
        for code, entry in lists[name].items()
    }
    rows = TABLES[DATASETS.name].rows
    row = 0
    statement = (
        select(rows.c.row, rows.c[JSON.name], *ARCHIVE)
        .join(versions, versions.c.version_key == rows.c.row)  # a version is one row
        .outerjoin(files, files.c.path == ARCHIVE_PATH)
        .where(rows.c.latest)
        .order_by(rows.c.row)
    )
    while found := connection.execute(statement.where(rows.c.row > row).limit(_BLOCK)).all():
        for place in found:
            row, record = place.row, listed(place.json, base_url, archive_in(place))
            record["distributions"] = _files(record, base_url)
            own = history[record["id"]]
            latest = next(version for version in own if version.latest)
            known = Known(
                base_url,
                min(version.published for version in own),
                latest.published,
                _labels(connection, latest.version_key),
                addresses,
                orjson.loads(latest.meta)["licence_url"],
            )
            yield row, record, known


def _files(record: Dict, base_url: str) -> list[Dict]:
    """Return every file of a version, as the record states those whose bytes it knows."""
    return [
        {
            "collection": file.collection,
            "title": file.title._asdict(),
            "url": file.url,
            "media_type": file.media_type,
            "byte_size": file.byte_size,
            "sha256": file.sha256,
        }
        for file in files_of(Edition(base_url, record, ""))
    ]


def _labels(connection: Connection, version_key: int) -> dict[tuple[str, str], Label]:
    """Return what a version calls the codes that its package names."""
    own = labels.c.version_key == version_key
    statement = select(labels).where(own, labels.c.vocabulary.in_(_NAMED))
    return {
        (row.vocabulary, row.code): Label(row.zh, row.en) for row in connection.execute(statement)
    }


@dataclass(slots=True)
class PackageWriter:
    """Writes packages and their resources, numbered as they come."""

    package: int = 0
    resource: int = 0

    def write(self, connection: Connection, row: int, record: Dict, found: Dict) -> None:
        """Write a package; ``row`` is that of its dataset."""
        self.package += 1
        own = {"key": self.package, "row": row, "json": dump(found)}
        connection.execute(insert(packages), single_values(found) | own)
        members = [
            {"field": name, "value": value, "package": self.package}
            for name, value in many_values(found)
        ]
        connection.execute(insert(package_members), members)
        resources = list(self._resources(record, found))
        if resources:
            connection.execute(insert(package_resources), resources)

    def _resources(self, record: Dict, found: Dict) -> Iterator[Dict]:
        texts = ("id", "name", "description", "format", "mimetype", "url", "hash")
        for file, resource in zip(record["distributions"], found["resources"], strict=True):
            self.resource += 1
            yield {
                "key": self.resource,
                "dataset": record["id"],
                "collection": file["collection"] if resource["datastore_active"] else None,
                "json": dump(resource),
                **{name: resource[name] for name in texts},
            }


def _published(catalogue: _Catalogue, found: Dict, own: Iterable[Row[Any]]) -> None:
    """Gather the publication of each version of a package."""
    for number, version in enumerate(own):
        about = {name: found[name] for name in ("id", "title", "owner_org", "url")}
        shown = activity(about, version.version, version.published, first=number == 0)
        place = shown["timestamp"], found["name"], f"{number:06d}"
        catalogue.activities.append((*place, dump(shown)))


def _write_things(connection: Connection, catalogue: _Catalogue, lists: OpenLists) -> None:
    shown: dict[tuple[str, str], Dict] = {}
    for (kind, name), thing in catalogue.things.items():
        key = kind, name
        if kind == "tag":
            shown[key] = thing
        else:
            shown[key] = whole(thing, kind, catalogue.created[key], catalogue.counts[key])
    for code, entry in lists["licences"].items():
        shown["license", code] = licence(entry)
    rows = [
        {
            "kind": kind,
            "name": name,
            "id": thing["id"],
            "title": thing["title"] if "title" in thing else thing["display_name"],
            "packages": catalogue.counts[kind, name],
            "json": dump(thing),
        }
        for (kind, name), thing in sorted(shown.items(), key=lambda item: item[0])
    ]
    connection.execute(insert(package_things), rows)


def _write_activities(connection: Connection, catalogue: _Catalogue) -> None:
    newest_first = sorted(catalogue.activities, key=lambda one: one[:3], reverse=True)
    rows = []
    for key, (*_, shown) in enumerate(newest_first, 1):
        about = orjson.loads(shown)
        own = {"package": about["object_id"], "organization": about["user_id"]}
        rows.append({"key": key, **own, "json": shown})
    connection.execute(insert(package_activities), rows)
