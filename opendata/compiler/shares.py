"""Shares: what each dataset gives to the documents of the catalogue, kept like parts.

A share depends on the dataset's versions as they are served, the times of their publication, the
code lists that catalogues use, the software and the base address; it is kept until one of them
changes, so that a release makes the share of its own dataset only.
"""

from __future__ import annotations

import hashlib
import os
import zlib
from collections.abc import Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from itertools import chain, groupby, islice
from pathlib import Path

import orjson
from sqlalchemy import insert
from sqlalchemy.schema import CreateTable

from opendata.catalogue import Edition, Lists
from opendata.catalogue.share import Piece, documents, pieces
from opendata.compiler.inserting import writable_engine
from opendata.compiler.listing import listed
from opendata.store import Store, StoredEdition
from opendata.store.layout import documents as documents_table
from opendata.store.layout import pieces as pieces_table

#: The code lists that catalogues use.
_LISTS = ("areas", "licences", "themes")
#: Shares that a worker makes at a time; so few that the last ones do not keep others waiting.
_AT_ONCE = 8
#: So many shares are worth a second process.
_WORTH_PROCESSES = 2 * _AT_ONCE


@dataclass(frozen=True, slots=True)
class ShareJob:
    """The share of a dataset to write to the file ``target``."""

    target: Path
    base_url: str
    stored: tuple[StoredEdition, ...]
    lists: Lists


def compile_shares(store: Store, lists: Lists, folder: Path) -> list[Path]:
    """Return the shares of all datasets, in their order; make those that are not there."""
    folder.mkdir(parents=True, exist_ok=True)
    used = {name: lists[name] for name in _LISTS}
    state = hashlib.sha256(
        f"{store.software}\n{store.base_url}\n".encode() + orjson.dumps(used, default=str)
    ).digest()
    found: list[Path] = []
    jobs = _stale(store, used, state, folder, found)
    first = list(islice(jobs, _WORTH_PROCESSES))
    if len(first) < _WORTH_PROCESSES:
        for job in first:
            write_share(job)
        return found
    with ProcessPoolExecutor() as pool:
        for _ in pool.map(write_share, chain(first, jobs), chunksize=_AT_ONCE):
            pass
    return found


def _stale(
    store: Store, lists: Lists, state: bytes, folder: Path, found: list[Path]
) -> Iterator[ShareJob]:
    """Yield the shares to make, and add every share to ``found``."""
    for _, group in groupby(store.editions(), key=lambda edition: edition.dataset):
        stored = tuple(group)
        target = folder / f"{_name(stored, state)}.sqlite"
        found.append(target)
        if not target.exists():
            yield ShareJob(target, store.base_url, stored, lists)


def _name(stored: Iterable[StoredEdition], state: bytes) -> str:
    digest = hashlib.sha256(state)
    for edition in stored:
        digest.update(edition.published.encode() + hashlib.sha256(edition.record).digest())
        digest.update(edition.archive.sha256.encode() if edition.archive else b"")
    return digest.hexdigest()[:32]


def write_share(job: ShareJob) -> None:
    """Write a share."""
    editions = [
        Edition(job.base_url, listed(s.record, job.base_url, s.archive), s.published)
        for s in job.stored
    ]
    dataset = job.stored[0].dataset
    temporary = job.target.with_suffix(f".{os.getpid()}")
    temporary.unlink(missing_ok=True)
    engine = writable_engine(temporary)
    try:
        with engine.begin() as connection:
            connection.execute(CreateTable(documents_table))
            connection.execute(CreateTable(pieces_table))
            rows = [stored_piece(dataset, piece) for piece in pieces(editions, job.lists)]
            connection.execute(insert(pieces_table), rows)
            whole = [
                {**document._asdict(), "sha256": hashlib.sha256(document.body).hexdigest()}
                for document in documents(editions, job.lists)
            ]
            connection.execute(insert(documents_table), whole)
    finally:
        engine.dispose()
    os.replace(temporary, job.target)


def stored_piece(dataset: str, piece: Piece) -> dict[str, str | int | bytes]:
    """Return a piece of ``dataset`` as the store keeps it."""
    return {
        "dataset": dataset,
        **piece._asdict(),
        "sha256": hashlib.sha256(piece.body).hexdigest(),
        "size": len(piece.body),
        "body": zlib.compress(piece.body),
    }
