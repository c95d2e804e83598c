"""A dataset's share of the catalogue documents, computed alone.

Pieces are what documents of the whole catalogue are joined from; documents are whole.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from rdflib import Graph

from opendata.catalogue import chinese, dcatus, schemaorg
from opendata.catalogue.dcat import series_graph, version_graph
from opendata.catalogue.edition import Edition, Lists
from opendata.catalogue.writing import FORMS, arranged, in_language
from opendata.formats.json import JSON, dump
from opendata.vocabularies import LANGUAGES

#: The form of pieces of ``/data.json``.
DCAT_US = "dcat-us"
#: What names a variant of a document: in all languages, or in one.
VARIANTS = ("", *LANGUAGES)

#: What the documents of a dataset and of a version are called, below its address.
SCHEMA_ORG, CHINESE, CHINESE_TABLE = "schema-org.jsonld", "catalog-cn.json", "catalog-cn.csv"


class Piece(NamedTuple):
    """A piece of documents: the dataset itself stands at position 0, its versions follow."""

    form: str
    language: str
    position: int
    version: str
    body: bytes


class Whole(NamedTuple):
    """A document, by its path."""

    path: str
    content_type: str
    body: bytes


def pieces(editions: Sequence[Edition], lists: Lists) -> Iterator[Piece]:
    """Yield the pieces of a dataset.

    :param editions: its versions, oldest first.
    """
    yield from written(series_graph(editions, lists), 0, "")
    for position, edition in enumerate(editions, 1):
        before = editions[position - 2] if position > 1 else None
        graph = version_graph(edition, before, lists)
        yield from written(graph, position, edition.record["version"])
    latest, issued = editions[-1], editions[0].published
    yield Piece(DCAT_US, "", 0, "", dump(dcatus.dataset(latest, issued, lists)))


def written(graph: Graph, position: int, version: str) -> Iterator[Piece]:
    """Yield a graph in every form and language."""
    every = arranged(graph)
    for language in VARIANTS:
        told = in_language(every, language) if language else every
        for form in FORMS.values():
            yield Piece(form.suffix, language, position, version, form.piece(told))


def documents(editions: Sequence[Edition], lists: Lists) -> Iterator[Whole]:
    """Yield the documents of a dataset at its latest version and at each version.

    :param editions: its versions, oldest first.
    """
    issued, latest = editions[0].published, editions[-1]
    yield from _documents(latest, latest.series, issued, lists)
    for edition in editions:
        yield from _documents(edition, edition.address, issued, lists)


def _documents(edition: Edition, address: str, issued: str, lists: Lists) -> Iterator[Whole]:
    path = address.removeprefix(edition.base_url)
    pinned = address == edition.address
    first = edition.published if pinned else issued
    page = schemaorg.dataset(edition, first, lists, pinned=pinned)
    yield Whole(f"{path}/{SCHEMA_ORG}", "application/ld+json", _lines(page))
    entry = chinese.entry(edition, issued, lists)
    yield Whole(f"{path}/{CHINESE}", JSON.content_type, _lines(entry))
    table = chinese.table(entry)
    yield Whole(f"{path}/{CHINESE_TABLE}", "text/csv; charset=utf-8", table)


def _lines(value: Any) -> bytes:
    return dump(value) + b"\n"
