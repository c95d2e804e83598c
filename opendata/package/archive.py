"""The archive of one version: everything there is of it, as files that explain themselves.

The same store and the same released files give the same bytes. ``{dataset}-{version}/`` holds
all; its ``SHA256SUMS`` covers every other file. Files that have an address of their own
(:func:`is_served`) stand at the same path below that of the version, with the same bytes.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any, BinaryIO

import orjson

from opendata.formats import (
    CSV,
    JSON,
    NDJSON,
    XLSX,
    Format,
    Options,
    Table,
    UnfitError,
)
from opendata.formats.json import dump
from opendata.package import descriptor, readme, schemas
from opendata.package.about import about
from opendata.package.caveats import caveats
from opendata.package.references import meanings, path_of
from opendata.package.zipped import ZipWriter
from opendata.query import Query
from opendata.query.reading import Request
from opendata.records import COLLECTIONS, DATASETS, Collection
from opendata.spec import RESOURCES, Kind, Reach
from opendata.spec.csvw import table_metadata
from opendata.spec.dictionary import to_markdown
from opendata.spec.resources import DESCRIBES, LISTS
from opendata.store import Scope, Store, VersionRow

#: The checksums of an archive, at its top.
SUMS = "SHA256SUMS"
#: Those of the released files keep another name, so that an archive has one of that name.
_SOURCE_SUMS = "SHA256SUMS.txt"
_MACHINE = Options()
_SAID = ("dataset", "version", "released", "title", "licence", "licence_url", "publisher")
_MIB = 1 << 20


@dataclass(frozen=True, slots=True)
class Released:
    """A version to pack: its row in the store, and the folder of its released files."""

    store: Store
    version: VersionRow
    folder: Path

    @property
    def path(self) -> str:
        """The path of the version's pinned address."""
        return f"/v1/datasets/{self.version.dataset}/versions/{self.version.version}"

    @property
    def meta(self) -> dict[str, Any]:
        """What answers say of the version, of that what no later release changes."""
        said = orjson.loads(self.version.meta)
        return {name: said[name] for name in _SAID}

    @property
    def record(self) -> dict[str, Any]:
        """The version's dataset record."""
        name = self.version.dataset
        found = self.store.record(DATASETS.name, JSON.name, self.version, name)
        assert found is not None
        record: dict[str, Any] = orjson.loads(found[1])
        return record

    def rows(self, collection: Collection, format_: Format, options: Options) -> Iterator[bytes]:
        """Yield the rows of ``collection`` in a format, as the whole download has them.

        :raises UnfitError: where the format cannot hold them.
        """
        scope, table = Scope(self.version), Table(collection, None, options)
        if format_.explains:
            address = f"{self.store.base_url}{self.path}/{collection.name}.{format_.suffix}"
            asked = f"{address}?lang={options.language}"
            found = about(self.store, collection, scope, Request(Query()), options, asked)
            told = replace(found, notice="")  # which versions came after is not for good
            total = self.store.count(collection.name, scope, Query())
            table = Table(collection, None, options, told, total)
        stored = format_.stored(options)
        blocks = self.store.blocks(collection.name, stored, scope, Query())
        yield from format_.write(table, blocks)


def top_of(version: VersionRow) -> str:
    """Return the name of the folder that holds all, which the archive is called by too."""
    return f"{version.dataset}-{version.version}"


def is_served(name: str) -> bool:
    """Tell whether the file ``name`` of a version's folder has an address of its own."""
    endings = (f".{CSV.suffix}", DESCRIBES, f".{NDJSON.suffix}")
    if "/" in name:
        return name.startswith(f"{LISTS}/")
    return name in (descriptor.CURRENT, descriptor.OLD) or name.endswith(endings)


@contextmanager
def kept(folder: Path) -> Iterator[BinaryIO]:
    """Give a new file to write; when all went well it is flushed and stays, else it goes."""
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.NamedTemporaryFile(dir=folder, prefix="new-", delete=False) as file:
        try:
            yield file  # type: ignore[misc]
            file.flush()
            os.fchmod(file.fileno(), 0o644)  # a server may run as somebody else
            os.fsync(file.fileno())
        except BaseException:
            Path(file.name).unlink()
            raise


def write_archive(released: Released, file: BinaryIO) -> None:
    """Write the archive of a version to ``file``."""
    day = date.fromisoformat(released.meta["released"])
    archive, top = ZipWriter(file, day), top_of(released.version)

    def add(name: str, blocks: Iterable[bytes], *, apart: bool = False) -> None:
        archive.add(f"{top}/{name}", blocks, apart=apart)

    left_out = _write_tables(released, add)
    _write_descriptions(released, add, left_out)
    _write_source(released.folder, add)
    sums = "".join(
        f"{member.sha256}  {member.name.removeprefix(f'{top}/')}\n"
        for member in sorted(archive.members, key=lambda member: member.name)
    )
    add(SUMS, [sums.encode()])
    archive.close()


_Add = Callable[..., None]


def _write_tables(released: Released, add: _Add) -> list[str]:
    """Write the rows in every format; return the collections that no workbook can hold."""
    left_out = []
    meta = dump(released.meta)
    for name, collection in COLLECTIONS.items():
        add(f"{name}.csv", released.rows(collection, CSV, _MACHINE), apart=True)
        add(f"{name}.ndjson", released.rows(collection, NDJSON, _MACHINE))
        total = released.store.count(name, Scope(released.version), Query())
        table = Table(collection, envelope={"meta": b'{"total":%d,' % total + meta[1:]})
        blocks = released.store.blocks(name, JSON.name, Scope(released.version), Query())
        add(f"json/{name}.json", JSON.write(table, blocks))
        fits = True
        for language in ("zh", "en"):
            options = Options("excel", language)
            add(f"excel/{language}/{name}.csv", released.rows(collection, CSV, options))
            fits = fits and _write_workbook(released, collection, options, add)
        if not fits:
            left_out.append(name)
    return left_out


def _write_workbook(
    released: Released, collection: Collection, options: Options, add: _Add
) -> bool:
    """Write a workbook where Excel can hold it; tell whether it could."""
    rows = released.rows(collection, XLSX, options)
    with suppress(UnfitError):
        first = next(rows)  # the whole workbook is made before the first of its bytes
        add(f"excel/{options.language}/{collection.name}.xlsx", _chained(first, rows))
        return True
    return False


def _chained(first: bytes, rest: Iterator[bytes]) -> Iterator[bytes]:
    yield first
    yield from rest


def _write_descriptions(released: Released, add: _Add, left_out: list[str]) -> None:
    store, base_url, record = released.store, released.store.base_url, released.record
    below = f"{released.path}/"
    names = [path.removeprefix(below) for path in store.listing.documents(f"{below}{LISTS}/")]
    bodies = {}
    for name in (*names, descriptor.CURRENT, descriptor.OLD):
        found = store.document(f"{below}{name}")
        assert found is not None
        bodies[name] = found.body
        add(name, [found.body])
    for resource in RESOURCES:
        collection = resource.collection
        if resource.kind is Kind.TABLE and resource.reach is Reach.VERSION and collection:
            described = dump(table_metadata(base_url, resource, released.meta))
            add(f"{collection.name}.{CSV.suffix}{DESCRIBES}", [described])
    for collection in schemas.described():
        add(f"schemas/{collection.name}.json", [schemas.schema_body(base_url, collection)])
    url, address = released.meta["licence_url"], f"{base_url}{released.path}"
    add(readme.LICENCE, [readme.licence_page(record, url, address).encode()])
    known = meanings(bodies.get(path_of("caveats"), b""))
    for language, name in readme.NAMES.items():
        minded = caveats(store, released.version, record, known, language)
        add(name, [readme.readme(language, record, url, address, left_out, minded).encode()])
        add(f"fields.{language}.md", [to_markdown(language).encode()])


def _write_source(folder: Path, add: _Add) -> None:
    """Write the released files as they are."""
    for path in sorted(folder.iterdir()):
        name = _SOURCE_SUMS if path.name == SUMS else path.name
        add(f"source/{name}", _read(path))


def _read(path: Path) -> Iterator[bytes]:
    with path.open("rb") as file:
        while block := file.read(_MIB):
            yield block
