"""What is cited: a version, a record of it, or what a query selects, with the digest of its bytes.

Digests of records and queries are those of the CSV for programs, made by what serves it.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

import orjson

from opendata.citation import Citation, Digest, of_several, of_version
from opendata.formats import CSV, JSON, Options, Table
from opendata.formats.representation import Blocks
from opendata.package.about import datasets_of, in_words
from opendata.query import Order, Query, fields_of
from opendata.query.reading import Request
from opendata.records import DATASETS, Collection
from opendata.spec.links import permalink
from opendata.store import Scope, Store, VersionRow
from opendata.vocabularies import Label
from opendata.web import query
from opendata.web.lookup import missing

#: Publishers that are named where there are several.
_NAMED = 3
#: Datasets that are looked at for their publishers, the latest first.
_LOOKED_AT = 20
#: Conditions that are told in words.
_TOLD = 5

_OPTIONS = Options()
_CSV = Label("该地址路径后加 .csv 所得文件", "the file at this address with .csv after its path")
_SELECTED = Label("{}（{}）", "{} ({})")
_MANY = Label("符合 {} 个条件", "selected by {} conditions")


@dataclass(frozen=True, slots=True)
class Cited:
    """What is cited: what there is to say of it is made when it is needed.

    ``meta`` is what answers say of it, ``is_in`` tells whether another version has it too.
    """

    citation: Callable[[], Citation]
    meta: Callable[[], bytes]
    is_in: Callable[[VersionRow], bool] = lambda _: True


def cited_version(current: Store, held: VersionRow) -> Cited:
    """Return a whole version."""
    return Cited(lambda: _whole(current, held), lambda: held.meta)


def cited_record(current: Store, collection: Collection, held: VersionRow, name: str) -> Cited:
    """Return the record called ``name`` of a version.

    :raises ProblemError: 404.
    """

    def found(version: VersionRow, stored: str) -> bytes | None:
        row = current.record(collection.name, stored, version, name)
        return row and row[1]

    record = found(held, JSON.name)
    if record is None:
        raise missing(collection.one, name)

    def citation() -> Citation:
        own, whole = orjson.loads(record), _whole(current, held)
        line = found(held, CSV.stored(_OPTIONS))
        assert line is not None
        return replace(
            whole,
            part=Label(**(own.get("title") or own["term"])),
            name=f"{collection.name}_{name}",
            permalink=f"{whole.permalink}/{collection.name}/{name}",
            digest=_digest(Table(collection, options=_OPTIONS), [[line]]),
        )

    return Cited(citation, lambda: held.meta, lambda version: bool(found(version, JSON.name)))


def cited_rows(
    current: Store,
    collection: Collection,
    scope: Scope,
    asked: Request,
    pinned: str,
    arguments: Mapping[str, str],
) -> Cited:
    """Return what a query selects of a version, or of the latest versions of all datasets.

    :param pinned: the path of the rows, in their version where they are of one.
    :param arguments: the parameters of the request.
    """
    held = scope.version

    def citation() -> Citation:
        whole = _whole(current, held) if held else _several(current, collection, asked.query)
        return replace(
            whole,
            part=_part(collection, asked),
            name=collection.name,
            permalink=permalink(current.base_url, pinned, arguments),
            digest=_digest_of_rows(current, collection, scope, asked),
        )

    def meta() -> bytes:
        total = current.count(collection.name, scope, asked.query)
        return b'{"total":%d' % total + (b"," + held.meta[1:] if held else b"}")

    return Cited(citation, meta)


def _record(current: Store, held: VersionRow) -> dict[str, Any]:
    """Return the record of a dataset at a version."""
    found = current.record(DATASETS.name, JSON.name, held, held.dataset)
    assert found is not None
    record: dict[str, Any] = orjson.loads(found[1])
    return record


def _whole(current: Store, held: VersionRow) -> Citation:
    return of_version(_record(current, held), current.base_url)


def _several(current: Store, collection: Collection, selecting: Query) -> Citation:
    """Return what there is to say of rows of several datasets; it has no address yet."""
    sources = datasets_of(current, collection, Scope(), selecting)
    latest = replace(sources, order=(Order(fields_of(DATASETS)["released"], descending=True),))
    part = current.part(DATASETS.name, JSON.name, Scope(), latest, None, _LOOKED_AT)
    records = [orjson.loads(fragment) for fragment in part.fragments]
    names = list(dict.fromkeys(Label(**record["publisher"]["name"]) for record in records))
    days = [date.fromisoformat(record["released"]) for record in records if record["released"]]
    more = part.more or len(names) > _NAMED
    return of_several(tuple(names[:_NAMED]), max(days, default=None), more=more)


def _part(collection: Collection, asked: Request) -> Label:
    """Return which rows are meant, in words."""
    return Label(*(_part_in(collection, asked, language) for language in Label._fields))


def _part_in(collection: Collection, asked: Request, language: str) -> str:
    title: str = getattr(collection.title, language)
    conditions = list(in_words(asked, language))
    if not conditions:
        return title
    if len(conditions) > _TOLD:
        conditions = [getattr(_MANY, language).format(len(conditions))]
    separator = "；" if language == "zh" else "; "
    selected: str = getattr(_SELECTED, language)
    # what was looked for may hold line ends, a reference is one line
    return " ".join(selected.format(title, separator.join(conditions)).split())


def _digest_of_rows(current: Store, collection: Collection, scope: Scope, asked: Request) -> Digest:
    columns = query.columns(collection, asked, CSV, _OPTIONS)
    if scope.version and columns is None and asked.query == Query():
        return Digest(_stored_digest(current, collection, scope.version), _CSV)
    stored = CSV.stored(_OPTIONS)
    blocks = current.blocks(collection.name, stored, scope, asked.query)
    return _digest(Table(collection, columns, _OPTIONS), blocks)


def _stored_digest(current: Store, collection: Collection, held: VersionRow) -> str:
    """Return the digest of a whole collection of a version, which its record lists."""
    files: Iterator[dict[str, Any]] = iter(_record(current, held)["distributions"])
    name = f"/{collection.name}.{CSV.suffix}"
    digest: str = next(file["sha256"] for file in files if file["url"].endswith(name))
    return digest


def _digest(table: Table, blocks: Blocks) -> Digest:
    digest = hashlib.sha256()
    for block in CSV.write(table, blocks):
        digest.update(block)
    return Digest(digest.hexdigest(), _CSV)
