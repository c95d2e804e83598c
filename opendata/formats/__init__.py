"""Formats: how rows become bytes. A new format is one module and one line here."""

from opendata.formats.csv import EXCEL_EN, EXCEL_ZH, MACHINE
from opendata.formats.json import JSON
from opendata.formats.representation import Representation, Row

#: Every way to write rows, by the name its ready-made fragments have in the store.
REPRESENTATIONS: dict[str, Representation] = {
    representation.name: representation for representation in (JSON, MACHINE, EXCEL_ZH, EXCEL_EN)
}

#: Media types by suffix, in order of preference where a client has none.
MEDIA_TYPES = {r.suffix: r.media_type for r in reversed(REPRESENTATIONS.values())}
MEDIA_TYPES = dict(reversed(MEDIA_TYPES.items()))

__all__ = [
    "EXCEL_EN",
    "EXCEL_ZH",
    "JSON",
    "MACHINE",
    "MEDIA_TYPES",
    "REPRESENTATIONS",
    "Representation",
    "Row",
]
