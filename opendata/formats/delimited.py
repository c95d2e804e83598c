"""CSV as it is asked for: which profile, header, byte order mark and separator.

Comma is RFC 4180. Semicolon, which Excel expects where the decimal sign is a comma, keeps its
media type: there is no other. Tab has one of its own, ``text/tab-separated-values``; cells are
quoted as in RFC 4180 where they hold a quotation mark, which every reader but the plainest undoes
(IANA's definition knows no quotation marks).
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from opendata.formats.csv import (
    ADDED,
    BOM,
    EXCEL_EN,
    EXCEL_ZH,
    LINE_END,
    MACHINE,
    ExcelCsv,
)
from opendata.formats.representation import Blocks, Options, Table
from opendata.formats.selection import cut_csv
from opendata.records import Collection, Column

#: The media type where tabs separate (IANA).
TSV = "text/tab-separated-values"
DELIMITERS = {"comma": ",", "semicolon": ";", "tab": "\t"}

# csv refuses cells above 131,072 characters, and a list of long texts is one cell
csv.field_size_limit(2**31 - 1)


@dataclass(frozen=True, slots=True)
class Delimited:
    """CSV, in either profile, written anew only where the stored lines do not serve."""

    suffix: str = "csv"
    media_type: str = "text/csv"
    options: tuple[str, ...] = ("profile", "lang", "bom", "header", "delimiter")
    paged: bool = False
    explains: bool = False

    def content_type_for(self, options: Options) -> str:
        if options.delimiter == "tab":
            return f"{TSV}; charset=utf-8"
        header = "absent" if options.header == "none" else "present"
        return f"text/csv; charset=utf-8; header={header}"

    def stored(self, options: Options) -> str:
        return MACHINE.name if options.profile == "machine" else excel(options.language).name

    def offered(self, collection: Collection, options: Options) -> tuple[Column, ...]:
        if options.profile == "machine":
            return collection.columns
        return of_language(collection, options.language)

    def write(self, table: Table, blocks: Blocks) -> Iterator[bytes]:
        delimiter = DELIMITERS[table.options.delimiter]
        yield _head(table, delimiter)
        if table.columns is None and delimiter == ",":
            yield from (b"".join(block) for block in blocks if block)
        else:
            places = _places(table)
            for block in blocks:
                if block:
                    lines = (cut_csv(cells, places) for cells in cells_of(block))
                    yield _lines(lines, delimiter)


CSV = Delimited()


def excel(language: str) -> ExcelCsv:
    """Return the profile for people in ``language``."""
    return EXCEL_EN if language == "en" else EXCEL_ZH


def of_language(collection: Collection, language: str) -> tuple[Column, ...]:
    """Return the columns that a table for people in ``language`` shows in some way."""
    return tuple(c for c in collection.columns if c.language in (None, language))


def cells_of(block: list[bytes]) -> Iterator[list[str]]:
    """Yield the cells of each stored line."""
    text = io.StringIO(b"".join(block).decode(), newline="")
    return csv.reader(text, strict=True)


def places_of(stored: Sequence[Column], columns: tuple[Column, ...] | None) -> list[int]:
    """Return where the chosen ``columns`` stand in a line of ``stored`` ones.

    Those that the profile for people shows on every row anyway have no place of their own.
    """
    place = {column.name: at for at, column in enumerate(stored)}
    wanted = stored if columns is None else columns
    return [place[column.name] for column in wanted if column.name in place]


def _own(table: Table) -> Sequence[Column]:
    if table.options.profile == "machine":
        return table.collection.columns
    return excel(table.options.language).columns(table.collection)


def _places(table: Table) -> list[int]:
    own = _own(table)
    added = range(len(own), len(own) + len(_added(table)))
    return [*places_of(own, table.columns), *added]


def _added(table: Table) -> Sequence[object]:
    return () if table.options.profile == "machine" else ADDED


def _head(table: Table, delimiter: str) -> bytes:
    options = table.options
    people = options.profile == "excel"
    bom = people if options.bom is None else options.bom
    mark = BOM.encode() if bom else b""
    header = options.header or (options.language if people else "id")
    if header == "none":
        return mark
    return mark + _lines([cut_csv(_headings(table, header), _places(table))], delimiter)


def _headings(table: Table, header: str) -> list[str]:
    """Return every heading of the stored lines: names, or labels in the language ``header``."""
    people = table.options.profile == "excel"
    if header == "id":
        return [c.name for c in _own(table)] + [name for name, _, _ in ADDED if people]
    labels = [c.heading if people else c.label for c in _own(table)]
    labels += [heading for _, heading, _ in ADDED if people]
    return [label.zh if header == "zh" else label.en for label in labels]


def _lines(lines: Iterable[Sequence[str]], delimiter: str) -> bytes:
    written = io.StringIO()
    csv.writer(written, delimiter=delimiter, lineterminator=LINE_END).writerows(lines)
    return written.getvalue().encode()
