"""The catalogue as a whole: the shares of all datasets, and what is said once of all of them."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from pathlib import Path

import orjson
from sqlalchemy import func, insert, select, text
from sqlalchemy.engine import Connection

from opendata.catalogue import FORMS, Edition, Lists
from opendata.catalogue.dcat import CATALOGUE
from opendata.catalogue.share import VARIANTS, Piece, written
from opendata.catalogue.site import Page, Summary, catalogue_graph, common_graph, summarise
from opendata.catalogue.writing import arranged, in_language
from opendata.compiler.inserting import writable_engine
from opendata.compiler.shares import compile_shares, stored_piece
from opendata.store import PAGES, Store, head_name
from opendata.store.layout import documents, facts, pieces

#: A page of the catalogue has this many datasets at most, and this many bytes in its longest
#: form: ckanext-dcat refuses a file of more than 50 MB.
_DATASETS, _BYTES = 1000, 40_000_000


def add_catalogue(path: Path, lists: Lists, folder: Path) -> None:
    """Add everything of the catalogue to the store at ``path``.

    :param folder: where the shares of datasets are kept, those that are in use and no others.
    """
    store = Store(path)
    try:
        shares = compile_shares(store, lists, folder)
        base = store.base_url
        summary = summarise(
            Edition(base, orjson.loads(stored.record), stored.published)
            for stored in store.editions()
        )
    finally:
        store.close()
    kept = set(shares)
    for share in folder.iterdir():
        if share not in kept:
            share.unlink()
    engine = writable_engine(path)
    try:
        with engine.connect() as connection:
            _copy(connection, shares)
            pages = _pages(connection)
            listed = json.dumps(pages)
            connection.execute(insert(facts), {"name": PAGES, "value": listed})
            rows = [stored_piece("", piece) for piece in _site(summary, len(pages), lists)]
            connection.execute(insert(pieces), rows)
            connection.commit()
    finally:
        engine.dispose()


def _copy(connection: Connection, shares: Sequence[Path]) -> None:
    """Copy the shares, always in the order of the datasets."""
    for share in shares:
        connection.execute(text("ATTACH :share AS share"), {"share": str(share)})
        for table in (documents, pieces):
            names = ", ".join(column.name for column in table.columns)
            keys = ", ".join(column.name for column in table.primary_key.columns)
            connection.execute(
                text(
                    f"INSERT INTO {table.name} ({names}) "  # noqa: S608 - our own names
                    f"SELECT {names} FROM share.{table.name} ORDER BY {keys}"
                )
            )
        connection.commit()
        connection.execute(text("DETACH share"))


def _pages(connection: Connection) -> list[tuple[str, str]]:
    """Return the first and the last dataset of each page."""
    sizes = (
        select(pieces.c.dataset, pieces.c.form, func.sum(pieces.c.size).label("size"))
        .where(pieces.c.form.in_(list(FORMS)), pieces.c.language == "")
        .group_by(pieces.c.dataset, pieces.c.form)
        .subquery()
    )
    longest = (
        select(sizes.c.dataset, func.max(sizes.c.size))
        .group_by(sizes.c.dataset)
        .order_by(sizes.c.dataset)
    )
    pages: list[list[str]] = []
    room = 0
    for dataset, size in connection.execute(longest):
        if not pages or len(pages[-1]) == _DATASETS or room < size:
            pages.append([])
            room = _BYTES
        pages[-1].append(dataset)
        room -= size
    return [(page[0], page[-1]) for page in pages]


def _site(summary: Summary, last: int, lists: Lists) -> Iterator[Piece]:
    """Yield what is said once of all: of every document at position 0, of each page at its own.

    Pages keep their form and language when they are turned: what is asked for with a suffix leads
    to pages with that suffix, and the pieces of each are told apart as versions are.
    """
    yield from written(common_graph(summary, lists), 0, "")
    base = summary.shown.base_url
    for number in range(1, last + 1):
        for suffix in ("", *FORMS):
            for language in VARIANTS:
                ending = f".{suffix}" if suffix else ""
                asked = f"?lang={language}" if language else ""
                page = Page(number, last, f"{base}{CATALOGUE}{ending}{asked}")
                graph = arranged(catalogue_graph(summary, page, lists))
                told = in_language(graph, language) if language else graph
                for form in FORMS.values():
                    if suffix in ("", form.suffix):
                        at = head_name(suffix, number)
                        yield Piece(form.suffix, language, number, at, form.piece(told))
