"""Compiling one version: a part holds its rows, ready-made fragments and digests.

A part depends on nothing but the bytes of the version and of those before it, the software and
the base address; it is kept until one of them changes, so that untouched datasets are not
compiled again, and of others the new version only.
"""

from __future__ import annotations

import hashlib
import os
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import count
from pathlib import Path
from typing import Any, NamedTuple

from sqlalchemy import Column, Integer, MetaData, Table, Text, insert
from sqlalchemy.engine import Connection, Engine
from sqlalchemy.schema import CreateTable

from opendata import formats
from opendata.citation import of_version, reference
from opendata.compiler.changes import Told, tell
from opendata.compiler.packages import package_documents
from opendata.compiler.pictures import pictures_document
from opendata.compiler.quality import quality_document
from opendata.errors import Problem
from opendata.formats import (
    EXCEL_EN,
    EXCEL_ZH,
    JSON,
    MACHINE,
    NDJSON,
    REPRESENTATIONS,
    Representation,
    Row,
)
from opendata.formats.json import dump
from opendata.query import QueryField, fields_of
from opendata.query.values import encode
from opendata.reader import Version, read_shared_lists
from opendata.reader.ledger import read_ledger
from opendata.records import COLLECTIONS, DATASETS, Collection, Record
from opendata.records.patterns import DRAFT
from opendata.records.schema import Context
from opendata.search import SearchTexts, texts_of
from opendata.store.files import file_engine
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

#: The whole-collection files that a version lists with their digests: those that stay the same
#: for good. JSON and workbooks tell which versions came after.
_FILES = (
    (MACHINE, "", Label("CSV，供程序使用", "CSV for programs")),
    (
        EXCEL_ZH,
        "?profile=excel&lang=zh",
        Label("CSV，供 Excel 使用，中文", "CSV for Excel, Chinese"),
    ),
    (
        EXCEL_EN,
        "?profile=excel&lang=en",
        Label("CSV，供 Excel 使用，英文", "CSV for Excel, English"),
    ),
)

#: What is searched of the rows, by ``docid``; a store has the index of it instead.
search_texts = Table(
    "search_texts",
    MetaData(),
    Column("docid", Integer, primary_key=True),
    *(Column(name, Text, nullable=False) for name in SearchTexts._fields if name != "pinyin"),
)

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


def writable_engine(path: Path) -> Engine:
    """Return an engine that writes a new file without a journal: it is renamed when whole."""

    def connect() -> sqlite3.Connection:
        connection = sqlite3.connect(path)
        connection.execute("PRAGMA journal_mode=OFF")
        connection.execute("PRAGMA synchronous=OFF")
        return connection

    return file_engine(connect)


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
    distributions: list[dict[str, Any]] = []
    served: dict[Collection, list[Row]] = {}
    for name, collection in COLLECTIONS.items():
        records = list(_served(collection.schema(), version, name, job.folder, told))
        rows = [_row(collection, record, job, version, names) for record in records]
        served[collection] = rows
        counts[name] = len(rows)
        fragments = _insert(connection, collection, rows)
        distributions.extend(_distributions(collection, fragments, job))
    record = _description(job, version, counts, distributions)
    served[DATASETS] = [_row(DATASETS, record, job, version, names)]
    _insert(connection, DATASETS, served[DATASETS])
    texts = list(_search_texts(served))
    connection.execute(insert(searched), texts)
    connection.execute(insert(search_texts), texts)
    used = _used(served, names)
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
    job: Job, version: Version, counts: Mapping[str, int], distributions: list[dict[str, Any]]
) -> dict[str, Any]:
    known = {
        "notes": version.ledger
        and version.ledger["summary"],  # of a draft; releases have their own
        **version.description,
        **counts,
        "id": job.folder.dataset,
        "version": job.folder.version,
        "sha256": job.sha256,
        "distributions": distributions,
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


def _insert(
    connection: Connection, collection: Collection, rows: list[Row]
) -> dict[str, list[bytes]]:
    """Insert the rows of one collection; return their fragments by representation."""
    tables = TABLES[collection.name]
    single = [field for field in fields_of(collection).values() if not field.many]
    lists = [field for field in fields_of(collection).values() if field.many]
    fragments = {name: [r.fragment(row) for row in rows] for name, r in REPRESENTATIONS.items()}
    values: list[dict[str, Any]] = []
    members: list[dict[str, Any]] = []
    for number, row in enumerate(rows, 1):
        record = row.record
        values.append(
            {
                "row": number,
                "latest": False,
                "dataset": record.get("dataset", record["id"]),
                **{field.name: next(_forms(field, record), None) for field in single},
                **{name: fragments[name][number - 1] for name in REPRESENTATIONS},
            }
        )
        for field in lists:
            members.extend(
                {"field": field.name, "value": form, "position": position, "row": number}
                for position, form in enumerate(dict.fromkeys(_forms(field, record)))
            )
    if values:
        connection.execute(insert(tables.rows), values)
    if members:
        connection.execute(insert(tables.members), members)
    connection.execute(
        insert(extents),
        {"version_key": 1, "collection": collection.name, "first_row": 1, "total": len(values)},
    )
    return fragments


def _forms(field: QueryField, record: Mapping[str, Any]) -> Iterator[str]:
    """Yield the values of a field as they are compared."""
    return (encode(field.kind, v) for v in field.column.values(record) if v is not None)


def _search_texts(served: Mapping[Collection, list[Row]]) -> Iterator[dict[str, Any]]:
    """Yield what is searched of each row."""
    docids = count(1)
    for collection, rows in served.items():
        for number, row in enumerate(rows, 1):
            texts = texts_of(collection, row.record)._asdict()
            place = {"docid": next(docids), "collection": collection.name, "row": number}
            yield {**place, "latest": False, **texts}


def _used(served: Mapping[Collection, list[Row]], names: Labels) -> list[dict[str, Any]]:
    """Return what is kept of ``names``: those of the codes that the rows hold."""
    used = {
        (column.vocabulary, value)
        for collection, rows in served.items()
        for column in collection.columns
        if column.vocabulary
        for row in rows
        for value in column.values(row.record)
        if value is not None
    }
    return [
        {"version_key": 1, "vocabulary": vocabulary, "code": code, **label._asdict()}
        for vocabulary, code in sorted(used)
        if (label := names.get(vocabulary, {}).get(code))
    ]


def _distributions(
    collection: Collection, fragments: Mapping[str, list[bytes]], job: Job
) -> Iterator[dict[str, Any]]:
    title = collection.title
    bodies = [
        (r.suffix, query, r.media_type, named, _file(r, collection, fragments[r.name]))
        for r, query, named in _FILES
    ]
    lines = b"".join(NDJSON.write(formats.Table(collection), [fragments[JSON.name]]))
    bodies.append((NDJSON.suffix, "", NDJSON.media_type, Label("NDJSON", "NDJSON"), lines))
    for suffix, query, media_type, named, body in bodies:
        yield {
            "collection": collection.name,
            "title": {"zh": f"{title.zh}（{named.zh}）", "en": f"{title.en}: {named.en}"},
            "url": f"{job.address}/{collection.name}.{suffix}{query}",
            "media_type": media_type,
            "byte_size": len(body),
            "sha256": hashlib.sha256(body).hexdigest(),
        }


def _file(representation: Representation, collection: Collection, fragments: list[bytes]) -> bytes:
    return representation.head(collection) + b"".join(fragments)


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
