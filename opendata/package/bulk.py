"""The archive of all datasets: the latest version of each, below the paths of their addresses.

Nothing that an archive of a version holds is compressed again: members are copied as they are
there, and the tables of all datasets are joined from the pieces of those tables.
"""

from __future__ import annotations

import struct
import zipfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, BinaryIO

import orjson

from opendata.formats import CSV, MACHINE, Options, Table
from opendata.formats.json import JSON, dump
from opendata.package import descriptor, readme, schemas
from opendata.package.archive import SUMS, is_served, top_of
from opendata.package.deflated import LAST, length_apart
from opendata.package.zipped import Member, ZipWriter
from opendata.query import Query
from opendata.records import COLLECTIONS, DATASETS, Collection
from opendata.spec import RESOURCES, Kind, Reach
from opendata.spec.csvw import table_metadata
from opendata.spec.dictionary import to_markdown
from opendata.store import Scope, Store, VersionRow
from opendata.vocabularies import CLOSED, OPEN

#: What the archive is called, and its path.
ALL = "bulk.zip"
_BLOCK = 1 << 16


@dataclass(frozen=True, slots=True)
class _Packed:
    """A version, its archive on the disk, and those of its members that are served."""

    version: VersionRow
    path: Path
    members: dict[str, Member]

    def bytes_of(self, member: Member, skip: int = 0, drop: int = 0) -> Iterator[bytes]:
        """Yield the compressed bytes of a member, without ``skip`` and ``drop`` at its ends."""
        with self.path.open("rb") as file:
            file.seek(member.start + skip)
            left = member.packed - skip - drop
            while left > 0:
                block = file.read(min(left, _BLOCK))
                left -= len(block)
                yield block


def write_bulk(store: Store, file: BinaryIO) -> None:
    """Write the archive of the latest versions in ``store``, whose own are there, to ``file``."""
    packed = [_packed(store, version) for version in store.latest()]
    metas = [orjson.loads(one.version.meta) for one in packed]
    archive = ZipWriter(file, max(date.fromisoformat(meta["released"]) for meta in metas))
    for name, page in _pages(store.base_url, metas):
        archive.add(name, [page.encode()])
    for path, name in _documents():
        found = store.document(path)
        assert found is not None
        archive.add(name, [found.body])
    for collection in COLLECTIONS.values():
        archive.join(f"v1/{collection.name}.{CSV.suffix}", _joined(collection, packed), large=True)
    table = Table(DATASETS, None, Options())
    blocks = store.blocks(DATASETS.name, MACHINE.name, Scope(), Query())
    archive.add(f"v1/{DATASETS.name}.{CSV.suffix}", CSV.write(table, blocks))
    for resource in RESOURCES:
        listed = resource.collection is not None and resource.reach is Reach.EVERYWHERE
        if resource.kind is Kind.TABLE and listed:
            described = dump(table_metadata(store.base_url, resource, None))
            archive.add(resource.path[1:], [described])
    for one in packed:
        below = f"v1/datasets/{one.version.dataset}/versions/{one.version.version}"
        for name, member in one.members.items():
            archive.copy(member, f"{below}/{name}", one.bytes_of(member))
    lines = (f"{member.sha256}  {member.name}\n" for member in archive.members)
    archive.add(SUMS, [line.encode() for line in lines])
    archive.close()


def _pages(base_url: str, metas: Sequence[Mapping[str, Any]]) -> Iterator[tuple[str, str]]:
    """Yield what explains the archive to people, by name: none has an address of its own."""
    for language, name in readme.NAMES.items():
        yield name, readme.readme_of_all(language, base_url, metas)
        yield readme.DICTIONARIES[language], to_markdown(language)
    yield readme.LICENCE, readme.licences_page(base_url, metas)


def _documents() -> Iterator[tuple[str, str]]:
    """Yield the ready-made resources that go in: their path in the store and in the archive."""
    for name in (descriptor.CURRENT, descriptor.OLD):
        yield f"/{name}", name
    for collection in schemas.described():
        path = schemas.path_of(collection)
        yield path, path[1:]
    for name in ("", *sorted([*CLOSED, *OPEN])):
        path = f"/v1/vocabularies/{name}".rstrip("/")
        yield path, f"{path[1:]}.{JSON.suffix}"


def _joined(collection: Collection, packed: Iterable[_Packed]) -> Iterator[bytes]:
    """Yield the pieces of the table of all datasets: its head once, then the rows of each."""
    name, begun = f"{collection.name}.{CSV.suffix}", False
    skip = length_apart(MACHINE.head(collection))
    for one in packed:
        member = one.members[name]
        yield from one.bytes_of(member, skip if begun else 0, len(LAST))
        begun = True


def _packed(store: Store, version: VersionRow) -> _Packed:
    found = store.file(f"/v1/datasets/{version.dataset}/versions/{version.version}.zip")
    assert found is not None
    path, top = store.path_of(found), f"{top_of(version)}/"
    with ExitStack() as stack:
        archive = stack.enter_context(zipfile.ZipFile(path))
        raw = stack.enter_context(path.open("rb"))
        lines = archive.read(f"{top}{SUMS}").decode().splitlines()
        digests = {line[66:]: line[:64] for line in lines}
        members = {}
        for info in archive.infolist():
            name = info.filename.removeprefix(top)
            if is_served(name):
                members[name] = _member(info, raw, digests[name])
    return _Packed(version, path, members)


def _member(info: zipfile.ZipInfo, raw: BinaryIO, sha256: str) -> Member:
    """Return a member of an archive of ours; its header tells where its bytes begin."""
    raw.seek(info.header_offset + 26)
    start = info.header_offset + 30 + sum(struct.unpack("<HH", raw.read(4)))
    return Member(
        info.filename,
        info.header_offset,
        start,
        info.compress_size,
        info.file_size,
        info.CRC,
        sha256,
    )
