"""Formats: how rows become bytes. A new format is one module and one line here."""

from opendata.formats.csv import EXCEL_EN, EXCEL_ZH, MACHINE
from opendata.formats.delimited import CSV, TSV
from opendata.formats.filename import content_disposition
from opendata.formats.json import JSON
from opendata.formats.ndjson import NDJSON
from opendata.formats.representation import (
    About,
    Format,
    Options,
    Representation,
    Row,
    Table,
    TooLongTextError,
    TooManyRowsError,
    UnfitError,
)
from opendata.formats.selection import resolve
from opendata.formats.xlsx import XLSX

#: Every way to write a row ready-made, by the name its fragments have in the store.
REPRESENTATIONS: dict[str, Representation] = {
    representation.name: representation for representation in (JSON, MACHINE, EXCEL_ZH, EXCEL_EN)
}

#: Every format to answer with, by suffix, in order of preference where a client has none.
FORMATS: dict[str, Format] = {format_.suffix: format_ for format_ in (JSON, CSV, NDJSON, XLSX)}

#: Media types by suffix, in order of preference where a client has none.
MEDIA_TYPES = {suffix: format_.media_type for suffix, format_ in FORMATS.items()}

__all__ = [
    "CSV",
    "EXCEL_EN",
    "EXCEL_ZH",
    "FORMATS",
    "JSON",
    "MACHINE",
    "MEDIA_TYPES",
    "NDJSON",
    "REPRESENTATIONS",
    "TSV",
    "XLSX",
    "About",
    "Format",
    "Options",
    "Representation",
    "Row",
    "Table",
    "TooLongTextError",
    "TooManyRowsError",
    "UnfitError",
    "content_disposition",
    "resolve",
]
