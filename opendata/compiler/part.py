"""Compiling one version: a part holds its rows, ready-made fragments and digests.

A part depends on nothing but the bytes of the version and of those before it, the software and
the base address; it is kept until one of them changes, so that untouched datasets are not
compiled again, and of others the new version only.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from pathlib import Path
from typing import Any, NamedTuple

from sqlalchemy import Table, insert
from sqlalchemy.engine import Connection
from sqlalchemy.schema import CreateTable

from opendata.citation import of_version, reference
from opendata.compiler.changes import Told, tell
from opendata.compiler.distributions import distributions
from opendata.compiler.inserting import (
    insert_rows,
    search_rows,
    search_texts,
    used_labels,
    writable_engine,
)
from opendata.compiler.packages import package_documents
from opendata.compiler.pictures import pictures_document
from opendata.compiler.quality import quality_document
from opendata.errors import Problem
from opendata.formats import (
    Row,
)
from opendata.formats.json import dump
from opendata.reader import Version, read_shared_lists
from opendata.reader.ledger import read_ledger
from opendata.records import COLLECTIONS, DATASETS, Collection, Record
from opendata.records.patterns import DRAFT
from opendata.records.schema import Context
from opendata.store.layout import (
    TABLES,
    changes,
    corrections,
    documents,
    extents,
    labels,
    searched,
    versions,
)
from opendata.versions import VOCABULARIES, VersionFolder, read_folder
from opendata.vocabularies import CLOSED, Label

Labels = Mapping[str, Mapping[str, Label]]


class UnitConversion(NamedTuple):
    """How a unit is converted to its base unit."""

    base: str
    multiplier: Decimal


@dataclass(frozen=True, slots=True)
class Job:
    """A version to compile to the file ``target``.

    ``sha256`` stands for all that it is compiled from beside the versions ``before`` it, which are
    oldest first.
    """

    folder: VersionFolder
    target: Path
    base_url: str
    sha256: str
    before: tuple[VersionFolder, ...] = ()

    @property
    def address(self) -> str:
        """The version's pinned address."""
        return f"{self.base_url}{self.path}"

    @property
    def path(self) -> str:
        """The path of the version's pinned address."""
        return f"/v1/datasets/{self.folder.dataset}/versions/{self.folder.version}"


#: Wraps an iterable of so many steps to show how far it has come.
Progress = Callable[[Iterable[Job], int], Iterable[Job]]


def compile_part(job: Job) -> list[Problem]:
    """Compile a version; return its problems and write nothing where it has any."""
    problems: list[Problem] = []
    draft = job.folder.number is None
    lists = job.folder.path.parents[1] / VOCABULARIES
    shared = read_shared_lists(lists, problems) if draft else {}
    version = read_folder(job.folder, shared, problems)
    earlier = read_folder(job.before[-1], {}, problems) if job.before else None
    ledgers = list(_ledgers(job, problems))
    if not problems:
        told = tell(job.folder.dataset, version, earlier, ledgers)
        del earlier  # so that no more than its own records are held while a part is written
        write_part(job, version, told)
    return problems


def _ledgers(job: Job, problems: list[Problem]) -> Iterator[tuple[str, Mapping[str, Any]]]:
    for folder in (*job.before, job.folder):
        _, ledger = read_ledger(folder.path, problems, released=folder.number is not None)
        if ledger is not None:
            yield folder.version, ledger


def write_part(job: Job, version: Version, told: Told) -> None:
    """Write the part of a version that has no problems."""
    temporary = job.target.with_suffix(f".{os.getpid()}")
    temporary.unlink(missing_ok=True)
    engine = writable_engine(temporary)
    try:
        with engine.begin() as connection:
            for table in _part_tables():
                connection.execute(CreateTable(table))
            _write(connection, job, version, told)
            for history, rows in ((changes, told.changes), (corrections, told.corrections)):
                if rows:
                    connection.execute(insert(history), rows)
    finally:
        engine.dispose()
    os.replace(temporary, job.target)


def _part_tables() -> Iterator[Table]:
    yield versions
    yield extents
    yield documents
    yield labels
    yield searched
    yield search_texts
    yield changes
    yield corrections
    for tables in TABLES.values():
        yield tables.rows
        yield tables.members


def _write(connection: Connection, job: Job, version: Version, told: Told) -> None:
    names = _names(version)
    counts: dict[str, int] = {}
    listed: list[dict[str, Any]] = []
    served: dict[Collection, list[Row]] = {}
    for name, collection in COLLECTIONS.items():
        records = list(_served(collection.schema(), version, name, job.folder, told))
        rows = [_row(collection, record, job, version, names) for record in records]
        served[collection] = rows
        counts[name] = len(rows)
        fragments = insert_rows(connection, collection, rows)
        listed.extend(distributions(collection, fragments, job.address))
    record = _description(job, version, counts, listed)
    served[DATASETS] = [_row(DATASETS, record, job, version, names)]
    insert_rows(connection, DATASETS, served[DATASETS])
    texts = list(search_rows(served))
    connection.execute(insert(searched), texts)
    connection.execute(insert(search_texts), texts)
    used = used_labels(served, names)
    if used:
        connection.execute(insert(labels), used)
    values = _version_values(job, record, version)
    connection.execute(insert(versions), values)
    codes = [(label["vocabulary"], label["code"]) for label in used]
    found = package_documents(job.base_url, job.path, record, values["meta"], version.lists, codes)
    if version.audit is not None:
        path = f"{job.path}/quality"
        found[path] = quality_document(version, values["meta"], job.base_url, path)
    served_records = {c.name: [row.record for row in rows] for c, rows in served.items()}
    found[f"{job.path}/pictures"] = pictures_document(
        job.base_url, job.path, record, served_records, names, version.lists["units"]
    )
    ready = [{"path": at, **found[at]._asdict()} for at in sorted(found)]
    connection.execute(insert(documents), ready)


def _served(
    schema: Any, version: Version, name: str, folder: VersionFolder, told: Told
) -> Iterator[dict[str, Any]]:
    """Yield the records of a collection with every field, in the order of the schema."""
    assert isinstance(schema, Record)
    units = {
        code: UnitConversion(entry["base"], entry["multiplier"])
        for code, entry in version.lists.get("units", {}).items()
    }
    sections = dict(_section_paths(version.description["sections"], []))
    context = Context(units, version.collections, sections, told.corrected[name])
    for record in version.collections[name]:
        placed = {**record, "dataset": folder.dataset, "version": folder.version}
        yield schema.complete(placed, context)


def _section_paths(
    sections: list[dict[str, Any]], above: list[str]
) -> Iterator[tuple[str, list[str]]]:
    """Yield each section with the ids of those it is in, from the top down to itself."""
    for section in sections:
        path = [*above, section["id"]]
        yield section["id"], path
        yield from _section_paths(section["sections"], path)


def _description(
    job: Job, version: Version, counts: Mapping[str, int], listed: list[dict[str, Any]]
) -> dict[str, Any]:
    known = {
        "notes": version.ledger
        and version.ledger["summary"],  # of a draft; releases have their own
        **version.description,
        **counts,
        "id": job.folder.dataset,
        "version": job.folder.version,
        "sha256": job.sha256,
        "distributions": listed,
    }
    return {field: known[field] for field in DATASETS.schema().fields}


def _row(
    collection: Collection, record: dict[str, Any], job: Job, version: Version, names: Labels
) -> Row:
    description = version.description
    title = description["title"]
    own = "" if collection is DATASETS else f"/{collection.name}/{record['id']}"
    return Row(
        collection,
        record,
        job.address + own,
        Label(title["zh"], title["en"]),
        job.folder.version,
        description["licence"],
        names,
    )


def _version_values(job: Job, record: Mapping[str, Any], version: Version) -> dict[str, Any]:
    folder, licences = job.folder, version.lists["licences"]
    cited = replace(of_version(record, job.base_url), digest=None)
    meta = {
        "dataset": folder.dataset,
        "version": folder.version,
        "released": record["released"],
        "title": record["title"],
        "licence": record["licence"],
        "licence_url": next(iter(licences[record["licence"]]["exact_match"]), None),
        "publisher": record["publisher"]["name"],
        "superseded_by": None,  # this and the next are known when the store is assembled
        "notice": None,
        "citation": {language: reference(cited, language) for language in Label._fields},
    }
    return {
        "version_key": 1,
        "dataset": folder.dataset,
        "version": folder.version,
        "latest": False,
        "released": record["released"].isoformat() if record["released"] else DRAFT,
        "published": record["released_at"] or f"{record['released']}T00:00:00Z",
        "sha256": record["sha256"],
        "meta": dump(meta),
        "deprecation": dump(record["deprecation"]) if record["deprecation"] else None,
    }


def _names(version: Version) -> Labels:
    """Return what tables for people show for codes, sections and linked records."""
    found = {name: {c.code: c.label for c in codes.codes} for name, codes in CLOSED.items()}
    for name, entries in version.lists.items():
        found[name] = {code: Label(**entry["label"]) for code, entry in entries.items()}
    found["sections"] = {
        section["id"]: Label(*(f"{section['id']} {section['title'][x]}" for x in Label._fields))
        for _, section in version.sections()
    }
    for name, records in version.collections.items():
        found[name] = {
            record["id"]: Label(**(record.get("title") or record["term"])) for record in records
        }
    return found
