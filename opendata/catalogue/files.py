"""The files a version can be had as: what a catalogue calls distributions.

One for each collection, format and language. Sizes and digests are those that the dataset's
record states.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from opendata.catalogue.edition import Edition
from opendata.formats import CSV, JSON, NDJSON, XLSX
from opendata.query.parameters import MAX_LIMIT
from opendata.records import COLLECTIONS, Collection
from opendata.spec.resources import DESCRIBES, ZIP
from opendata.vocabularies import Label

CSV_RULES = "https://www.rfc-editor.org/info/rfc4180"
CSVW = "https://www.w3.org/TR/tabular-metadata/"
JSON_RULES = "https://www.rfc-editor.org/info/rfc8259"
NDJSON_RULES = "https://github.com/ndjson/ndjson-spec"
DATA_PACKAGE = "https://datapackage.org/standard/data-package/"
XLSX_RULES = "https://www.iso.org/standard/71691.html"

#: What the specifications are called.
STANDARDS = {
    CSV_RULES: "Common Format and MIME Type for Comma-Separated Values (CSV) Files (RFC 4180)",
    CSVW: "Metadata Vocabulary for Tabular Data (W3C Recommendation)",
    JSON_RULES: "The JavaScript Object Notation (JSON) Data Interchange Format (RFC 8259)",
    NDJSON_RULES: "Newline Delimited JSON",
    DATA_PACKAGE: "Data Package (version 2)",
    XLSX_RULES: "Office Open XML File Formats (ISO/IEC 29500-1)",
}

#: The EU's code and the specification of each media type.
_KINDS = {
    CSV.media_type: ("CSV", CSV_RULES),
    JSON.media_type: ("JSON", JSON_RULES),
    NDJSON.media_type: ("JSON", NDJSON_RULES),
    XLSX.media_type: ("XLSX", XLSX_RULES),
    ZIP: ("ZIP", DATA_PACKAGE),
}

_BOTH = ("zh", "en")


@dataclass(frozen=True, slots=True)
class File:
    """A file of a version.

    ``access`` is where it can be looked at and asked for in part, ``described_by`` what describes
    its columns (CSVW); ``byte_size`` and ``sha256`` are empty where they are not known.
    """

    url: str
    access: str
    title: Label
    description: Label
    media_type: str
    file_type: str
    conforms_to: tuple[str, ...]
    languages: tuple[str, ...] = _BOTH
    byte_size: int | None = None
    sha256: str | None = None
    described_by: str | None = None


@dataclass(frozen=True, slots=True)
class _Form:
    """A way to have a collection."""

    ending: str
    media_type: str
    label: Label
    description: Label
    languages: tuple[str, ...] = _BOTH


_FORMS = (
    _Form(
        ".csv",
        CSV.media_type,
        Label("CSV", "CSV"),
        Label(
            "UTF-8，字段名作表头，代码原样。", "UTF-8, field names as headers, codes as they are."
        ),
    ),
    _Form(
        ".csv?profile=excel&lang=zh",
        CSV.media_type,
        Label("CSV，供 Excel、WPS，中文", "CSV for spreadsheets, Chinese"),
        Label(
            "带字节顺序标记，中文表头和名称。", "With byte order mark, Chinese headers and names."
        ),
        ("zh",),
    ),
    _Form(
        ".csv?profile=excel&lang=en",
        CSV.media_type,
        Label("CSV，供 Excel、WPS，英文", "CSV for spreadsheets, English"),
        Label(
            "带字节顺序标记，英文表头和名称。", "With byte order mark, English headers and names."
        ),
        ("en",),
    ),
    _Form(
        f".json?limit={MAX_LIMIT}",
        JSON.media_type,
        Label("JSON", "JSON"),
        Label("全部字段，含许可和链接。", "Every field, with licence and links."),
    ),
    _Form(
        ".ndjson",
        NDJSON.media_type,
        Label("NDJSON", "NDJSON"),
        Label("每行一条 JSON 记录。", "One JSON record a line."),
    ),
    _Form(
        ".xlsx?lang=zh",
        XLSX.media_type,
        Label("XLSX，中文", "XLSX, Chinese"),
        Label("工作簿，含说明和字段含义。", "A workbook that explains itself and its columns."),
        ("zh",),
    ),
    _Form(
        ".xlsx?lang=en",
        XLSX.media_type,
        Label("XLSX，英文", "XLSX, English"),
        Label("工作簿，含说明和字段含义。", "A workbook that explains itself and its columns."),
        ("en",),
    ),
)

#: What the address of a collection has more where it is a file in one of these forms.
ENDINGS = tuple(form.ending for form in _FORMS)


def files(edition: Edition) -> list[File]:
    """Return the files of a version, those of each collection together.

    JSON comes in pages; it is a file where one page holds the whole collection.
    """
    stated = {given["url"]: given for given in edition.record["distributions"]}
    found = [
        file
        for collection in COLLECTIONS.values()
        for file in _of_collection(edition, collection, stated)
    ]
    return [*found, *_others(edition, {file.url for file in found})]


def _of_collection(
    edition: Edition, collection: Collection, stated: Mapping[str, Mapping[str, Any]]
) -> Iterator[File]:
    total = edition.record[collection.name]
    access = f"{edition.address}/{collection.name}"
    for form in _FORMS:
        if form.media_type == JSON.media_type and total > MAX_LIMIT:
            continue
        url = f"{access}{form.ending}"
        file_type, rules = _KINDS[form.media_type]
        known = stated.get(url, {})
        described_by = f"{url}{DESCRIBES}" if form.ending == ".csv" else None
        yield File(
            url,
            access,
            _joined(collection.title, form.label),
            form.description,
            form.media_type,
            file_type,
            (rules, CSVW) if described_by else (rules,),
            form.languages,
            known.get("byte_size"),
            known.get("sha256"),
            described_by,
        )


def _others(edition: Edition, known: set[str]) -> Iterator[File]:
    """Yield the files that the record lists beside those of the collections."""
    for given in edition.record["distributions"]:
        if given["url"] not in known:
            file_type, rules = _KINDS[given["media_type"]]
            title = Label(**given["title"])
            yield File(
                given["url"],
                edition.address,
                title,
                title,
                given["media_type"],
                file_type,
                (rules,),
                byte_size=given["byte_size"],
                sha256=given["sha256"],
            )


def _joined(first: Label, second: Label) -> Label:
    return Label(f"{first.zh}：{second.zh}", f"{first.en}: {second.en}")
