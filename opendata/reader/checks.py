"""What no single record can tell: codes, sections, documents, unique ids and links."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from opendata.errors import Fault, choose_from
from opendata.reader.file import DataFile
from opendata.reader.lists import OpenLists
from opendata.reader.yaml import Path
from opendata.records import COLLECTIONS, Collection, Column
from opendata.records.patterns import Code, Reference

Record = dict[str, Any]
#: Measures whose values are rates.
_RATES = ("growth", "share")
#: A record and the path that leads to it in its file.
Placed = tuple[Path, Record]


def check_codes(
    file: DataFile, columns: Iterable[Column], records: Iterable[Placed], lists: OpenLists
) -> None:
    """Check that every code of an open list stands in that list."""
    coded = [(c, c.field.vocabulary) for c in columns if isinstance(c.field, Code)]
    for path, record in records:
        for column, vocabulary in coded:
            known = lists.get(vocabulary, {})
            for place, code in column.places(record):
                if code is not None and code not in known:
                    where = f"vocabularies/{vocabulary}.yaml"
                    fault = Fault(
                        f"{code} is not in the list of {vocabulary}",
                        f"{choose_from(code, known, where)} or add it to {where}",
                    )
                    file.problem((*path, *place), fault)


def check_records(
    file: DataFile,
    collection: Collection,
    records: list[Record],
    description: Record,
    sections: Iterable[str],
) -> None:
    """Check the records against ``dataset.yaml`` and against each other."""
    known_sections = set(sections)
    has_sections = "sections" in description
    documents = {document.get("id"): document for document in description.get("documents", [])}
    seen: dict[tuple[str, Any], int] = {}
    for index, record in enumerate(records):
        for name in ("id", "number"):
            value = record.get(name)
            first = seen.setdefault((name, value), index)
            if value is not None and first != index:
                fault = Fault(
                    f"{value} is already the {name} of record {first + 1} of {collection.name}",
                    "give each record its own",
                )
                file.problem((index, name), fault)
        section = record.get("section")
        if has_sections and section is not None and section not in known_sections:
            advice = choose_from(section, known_sections)
            file.problem(
                (index, "section"), Fault(f"{section} is not a section of dataset.yaml", advice)
            )
        check_spans(file, index, record, documents)


def check_units(file: DataFile, targets: list[Record], lists: OpenLists) -> None:
    """Check that rates are given in a unit of ratio, such as percent."""
    for index, target in enumerate(targets):
        unit = lists.get("units", {}).get(target.get("unit") or "")
        if target.get("measure") in _RATES and unit and unit.get("dimension") != "ratio":
            fault = Fault(
                f"{target['unit']} is no unit of a {target['measure']}",
                "use a unit of ratio such as percent, or another measure",
            )
            file.problem((index, "unit"), fault)


def check_reasons(file: DataFile, exclusions: list[Record], lists: OpenLists) -> None:
    """Check that each exclusion's reason is one for what is excluded."""
    reasons = lists.get("exclusions", {})
    for index, exclusion in enumerate(exclusions):
        kind, reason = exclusion.get("kind"), exclusion.get("reason") or ""
        kinds = reasons.get(reason, {}).get("kinds")
        if kind and kinds and kind not in kinds:
            suited = (code for code, entry in reasons.items() if kind in entry.get("kinds", ()))
            fault = Fault(
                f"{reason} is no reason to exclude a {kind}", f"use one of {', '.join(suited)}"
            )
            file.problem((index, "reason"), fault)


def check_spans(
    file: DataFile,
    index: int,
    record: Record,
    documents: Mapping[Any, Record],
    under: Path = ("source",),
) -> None:
    """Check a record's place, and where a term is mentioned, against the source document.

    :param under: where the place stands in the record.
    """
    source = (record.get("source") or {}) if under else record
    name = source.get("document")
    if name is None or not documents:
        return
    if name not in documents:
        advice = choose_from(name, filter(None, documents))
        fault = Fault(f"{name} is not a document of dataset.yaml", advice)
        file.problem((index, *under, "document"), fault)
        return
    length = documents[name].get("characters")
    spans: list[Placed] = [(under, source)]
    spans += [(("mentions", at), span) for at, span in enumerate(record.get("mentions", ()))]
    for path, span in spans:
        end = span.get("end")
        if length is not None and end is not None and end > length:
            said = f"{end} is past the document's {length} characters"
            file.problem((index, *path, "end"), Fault(said, "correct the offsets"))


def check_links(files: Mapping[str, DataFile], records: Mapping[str, list[Record]]) -> None:
    """Check that every link leads to a record, and that mutual links stand on both sides."""
    ids = {
        name: {record["id"]: record for record in found if "id" in record}
        for name, found in records.items()
    }
    for name, collection in COLLECTIONS.items():
        for field, target in _links(collection):
            mutual = _mirror(target, name)
            for index, record in enumerate(records[name]):
                for position, other in enumerate(record.get(field, ())):
                    if other is None:
                        continue
                    fault = _link_fault(record.get("id"), other, target, ids[target], mutual)
                    if fault and target in files and files[target].readable:
                        files[name].problem((index, field, position), fault)


def _links(collection: Collection) -> Iterator[tuple[str, str]]:
    """Yield the typed fields of ``collection`` that link, each with where it leads."""
    for column in collection.columns:
        if isinstance(column.field, Reference) and len(column.path) == 1:
            yield column.name, column.field.collection


def _mirror(collection: str, back_to: str) -> str | None:
    """Name the field of ``collection`` that links back to ``back_to``, if it has one."""
    return next((f for f, target in _links(COLLECTIONS[collection]) if target == back_to), None)


def _link_fault(
    own: str | None, other: str, target: str, ids: Mapping[str, Record], mutual: str | None
) -> Fault | None:
    if other not in ids:
        return Fault(f"{other} is no record of {target}", choose_from(other, ids))
    if mutual and own and own not in ids[other].get(mutual, ()):
        return Fault(
            f"{other} does not link back to {own}", f"add {own} to {mutual} of {other}, or unlink"
        )
    return None
