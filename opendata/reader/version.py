"""One version of a dataset, read from its folder and checked as a whole."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path as FilePath
from typing import Any

from opendata.errors import Fault, Problem
from opendata.reader.checks import (
    Placed,
    check_codes,
    check_links,
    check_reasons,
    check_records,
    check_spans,
    check_units,
)
from opendata.reader.file import DataFile
from opendata.reader.identity import check_identity, ids_of
from opendata.reader.ledger import CHANGES, check_ledger, read_ledger
from opendata.reader.lists import OpenLists
from opendata.reader.yaml import Path
from opendata.records import COLLECTIONS, DATASETS, StrictSchema
from opendata.records.columns import columns_of
from opendata.records.document import Document
from opendata.records.exclusion import Exclusion
from opendata.records.quality import Audit
from opendata.records.section import Section

DESCRIPTION = "dataset.yaml"
#: What of the source is evidence of no record; written by the editor.
EXCLUSIONS = "exclusions.yaml"
#: What the audit of a released version found; written by the release.
AUDIT = "audit.yaml"

#: Keys of dataset.yaml that a released version has and a draft has not, and where they come from.
_WRITTEN_BY_RELEASE = {
    "released": "the release writes the date",
    "notes": "the release writes them, beginning with the summary of changes.yaml",
}

_SCHEMAS: dict[str, StrictSchema] = {c.name: c.schema() for c in COLLECTIONS.values()}
_DESCRIPTION_SCHEMA = DATASETS.schema()
_EXCLUSION_SCHEMA = Exclusion()
_AUDIT_SCHEMA = Audit()
_EXCLUSION_COLUMNS = columns_of(Exclusion)
_DOCUMENT_COLUMNS = columns_of(Document)
_SECTION_COLUMNS = columns_of(Section)


@dataclass(frozen=True, slots=True)
class Version:
    """The records of one version: what ``dataset.yaml`` says, and each collection in order.

    ``ledger`` is what ``changes.yaml`` says; ``None`` of a version released before there was one.
    """

    description: dict[str, Any]
    collections: dict[str, list[dict[str, Any]]]
    lists: OpenLists
    exclusions: list[dict[str, Any]]
    audit: dict[str, Any] | None
    files: Mapping[str, DataFile]
    ledger: dict[str, Any] | None = None

    def sections(self) -> Iterator[Placed]:
        """Yield every section of the tree with its path, parents before children."""
        return walk_sections(self.description.get("sections", []), ("sections",))


def read_version(
    folder: FilePath,
    lists: Callable[[list[Problem]], OpenLists],
    problems: list[Problem],
    *,
    released: bool,
) -> Version:
    """Read and check the version in ``folder``; what is wrong is appended to ``problems``.

    :param lists: reads the code lists that hold for this version.
    :param released: whether it is a released version, which has a date and notes, or a draft.
    """
    open_lists = lists(problems)
    about = DataFile(folder / DESCRIPTION, problems)
    description = about.load_one(_DESCRIPTION_SCHEMA)
    if about.readable:
        _check_written_by_release(about, released)
    files = {
        name: DataFile(folder / c.file, problems)
        for name, c in COLLECTIONS.items()
        # a version that was released before there was such a collection has no file for it
        if not released or (folder / c.file).exists()
    }
    exclusions = _read_optional(folder / EXCLUSIONS, problems)
    audit = _read_optional(folder / AUDIT, problems)
    changes, ledger = read_ledger(folder, problems, released=released)
    others = {DESCRIPTION: about, EXCLUSIONS: exclusions, CHANGES: changes}
    version = Version(
        description,
        {
            name: files[name].load_many(_SCHEMAS[name]) if name in files else []
            for name in COLLECTIONS
        },
        open_lists,
        exclusions.load_many(_EXCLUSION_SCHEMA) if exclusions else [],
        audit.load_one(_AUDIT_SCHEMA) if audit else None,
        {**files, **{name: file for name, file in others.items() if file is not None}},
        ledger,
    )
    _check(version)
    return version


def _check(version: Version) -> None:
    """Check what no single record can tell."""
    about, lists, records = version.files[DESCRIPTION], version.lists, version.collections
    sections = list(version.sections())
    known = [section["id"] for _, section in sections if "id" in section]
    _check_description(about, version.description, sections, lists)
    for name, collection in COLLECTIONS.items():
        if name in version.files:
            file = version.files[name]
            check_codes(file, collection.columns, _placed(records[name]), lists)
            if about.readable:
                check_records(file, collection, records[name], version.description, known)
    if EXCLUSIONS in version.files:
        placed = _placed(version.exclusions)
        file = version.files[EXCLUSIONS]
        check_codes(file, _EXCLUSION_COLUMNS, placed, lists)
        check_reasons(file, version.exclusions, lists)
        documents = {d.get("id"): d for d in version.description.get("documents", [])}
        for index, exclusion in enumerate(version.exclusions):
            check_spans(file, index, exclusion, documents, under=())
    if "targets" in version.files:
        check_units(version.files["targets"], records["targets"], lists)
    check_links(version.files, records)
    check_identity(version.files, records)
    if version.ledger is not None and CHANGES in version.files:
        ids = ids_of(records, version.description, sections)
        check_ledger(version.files[CHANGES], version.ledger, ids)


def _placed(records: list[dict[str, Any]]) -> list[Placed]:
    return [((index,), record) for index, record in enumerate(records)]


def _read_optional(path: FilePath, problems: list[Problem]) -> DataFile | None:
    return DataFile(path, problems) if path.exists() else None


def _check_written_by_release(about: DataFile, released: bool) -> None:
    for name, fix in _WRITTEN_BY_RELEASE.items():
        if released and name not in about.value:
            fault = Fault("is missing in a released version", "restore the released file")
            about.problem((name,), fault)
        elif not released and name in about.value:
            about.problem((name,), Fault("stands in a draft", f"remove it; {fix}"))


def _check_description(
    about: DataFile, description: dict[str, Any], sections: list[Placed], lists: OpenLists
) -> None:
    documents: list[Placed] = [
        (("documents", index), document)
        for index, document in enumerate(description.get("documents", []))
    ]
    check_codes(about, DATASETS.columns, [((), description)], lists)
    check_codes(about, _DOCUMENT_COLUMNS, documents, lists)
    check_codes(about, _SECTION_COLUMNS, sections, lists)
    seen: set[str] = set()
    for path, section in sections:
        name = section.get("id")
        if name in seen:
            fault = Fault(f"{name} is the id of two sections", "give each section its own")
            about.problem((*path, "id"), fault)
        elif name is not None:
            seen.add(name)


def walk_sections(sections: list[dict[str, Any]], path: Path) -> Iterator[Placed]:
    """Yield the sections of a tree with their paths, parents before children."""
    for index, section in enumerate(sections):
        yield (*path, index), section
        yield from walk_sections(section.get("sections", []), (*path, index, "sections"))
