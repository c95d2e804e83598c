"""What a data package holds: that of a version, and that of all datasets."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from opendata.formats import MACHINE
from opendata.package.references import Lists, ReferenceTable
from opendata.package.tables import Codes
from opendata.records import COLLECTIONS, Collection
from opendata.vocabularies import CLOSED, Label

_TITLE = Label("政府工作报告开放数据", "Government work reports as open data")
_ABOUT = Label(
    "各政府工作报告中的目标、项目和名词，每个数据集取最新版本，一类一表。",
    "The targets, projects and terms of government work reports: the latest version of every "
    "dataset, one table for each kind of record.",
)


@dataclass(frozen=True, slots=True)
class TableFile:
    """A CSV for programs: which rows it holds, where it is, how long it is, and its digest."""

    collection: Collection
    path: str
    title: Label
    size: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Package:
    """What both descriptors say of the tables together.

    ``licences`` are pairs of an SPDX identifier and where its text is, if that is known;
    ``created`` is a moment (RFC 3339), which drafts do not have; ``codes`` what may stand in
    columns of codes.
    """

    name: str
    id: str
    base_url: str
    title: Label
    description: Label
    version: str
    created: str | None
    homepage: str
    licences: Sequence[tuple[str, str | None]]
    publishers: Sequence[Mapping[str, Any]]
    contact: Mapping[str, Any] | None
    keywords: Sequence[str]
    sources: Sequence[Mapping[str, Any]]
    tables: Sequence[TableFile]
    codes: Codes = field(default_factory=dict)
    everywhere: bool = False

    @property
    def collections(self) -> list[Collection]:
        """What its tables hold."""
        return [table.collection for table in self.tables]


def of_version(
    base_url: str,
    record: Mapping[str, Any],
    distributions: Iterable[Mapping[str, Any]],
    licence_url: str | None,
    lists: Lists,
    references: Iterable[ReferenceTable],
) -> Package:
    """Return the package of one version.

    :param record: the version's dataset record.
    :param distributions: its files with their digests (records.dataset.Distribution).
    :param lists: the entries of its open code lists.
    :param references: the tables that its codes lead to.
    """
    number = record["version"]
    homepage = f"{base_url}/v1/datasets/{record['id']}"
    title = Label(**record["title"])
    keywords = [text for keyword in record["keywords"] for text in keyword.values()]
    return Package(
        name=record["id"],
        id=f"{homepage}/versions/{number}",
        base_url=base_url,
        title=title,
        description=Label(**record["description"]),
        version=number,
        created=record["released_at"] or _midnight(record["released"]),
        homepage=homepage,
        licences=[(record["licence"], licence_url)],
        publishers=[record["publisher"]],
        contact=record["contact"],
        keywords=list(dict.fromkeys(keywords)),
        sources=record["documents"],
        tables=[*_tables(title, distributions), *_references(title, references)],
        codes=_labels(lists),
    )


def of_catalogue(
    base_url: str,
    versions: Iterable[Mapping[str, Any]],
    tables: Sequence[TableFile],
    lists: Lists,
) -> Package:
    """Return the package of the latest version of every dataset.

    :param versions: what answers say of each of these versions (``meta``).
    :param lists: the entries of the open code lists.
    """
    licences: dict[str, str | None] = {}
    publishers: dict[str, Mapping[str, Any]] = {}
    created = ""
    for meta in versions:
        licences.setdefault(meta["licence"], meta["licence_url"])
        publishers.setdefault(meta["publisher"]["en"], {"name": meta["publisher"], "url": None})
        created = max(created, meta["released"] or "")
    return Package(
        name="opendata",
        id=f"{base_url}/datapackage.json",
        base_url=base_url,
        title=_TITLE,
        description=_ABOUT,
        version=created.replace("-", "."),
        created=_midnight(created),
        homepage=f"{base_url}/",
        licences=sorted(licences.items()),
        publishers=[publishers[name] for name in sorted(publishers)],
        contact=None,
        keywords=[],
        sources=[],
        tables=tables,
        codes=_labels(lists),
        everywhere=True,
    )


def _tables(title: Label, distributions: Iterable[Mapping[str, Any]]) -> Iterator[TableFile]:
    for file in distributions:
        name = file["collection"]
        path = f"{name}.{MACHINE.suffix}"
        if file["url"].endswith(f"/{path}"):
            collection = COLLECTIONS[name]
            called = _named(title, collection)
            yield TableFile(collection, path, called, file["byte_size"], file["sha256"])


def _references(title: Label, tables: Iterable[ReferenceTable]) -> Iterator[TableFile]:
    for table in tables:
        called = _named(title, table.collection)
        digest = hashlib.sha256(table.body).hexdigest()
        yield TableFile(table.collection, table.path, called, len(table.body), digest)


def _named(title: Label, collection: Collection) -> Label:
    """Return what a table of the package ``title`` is called."""
    return Label(f"{title.zh}：{collection.title.zh}", f"{title.en}: {collection.title.en}")


def _midnight(day: str | None) -> str | None:
    return f"{day}T00:00:00Z" if day else None


def _labels(lists: Lists) -> dict[str, dict[str, Label]]:
    """Return what the codes of all lists are called."""
    found = {name: {c.code: c.label for c in codes.codes} for name, codes in CLOSED.items()}
    for name, entries in lists.items():
        found[name] = {code: Label(**entry["label"]) for code, entry in entries.items()}
    return found
