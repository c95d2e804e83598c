"""An archive of a site, checked without unpacking it: its SHA256SUMS, and every member."""

from __future__ import annotations

import hashlib
import io
import stat
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path

from opendata.mirror.digests import line_of
from opendata.mirror.layout import SUMS, shown

#: Deflate gives at most 1,032 bytes for one; tables of ours give 30. More is no table.
_EXPANSION = 200
_MOST_MEMBERS = 1_000_000
_MOST_SUMS = 1 << 28
_BLOCK = 1 << 20
#: The released files in the archive of a version, and their SHA256SUMS, whose digest
#: stands for the version.
SOURCE_SUMS = "source/SHA256SUMS.txt"


def faults_of(path: Path, version_sha256: str | None = None) -> Iterator[str]:
    """Yield what is wrong with an archive.

    :param version_sha256: the digest that stands for the version whose archive it is, if any.
    """
    try:
        with zipfile.ZipFile(path) as archive:
            dangerous = _danger(archive, path.stat().st_size)
            if dangerous:
                yield dangerous
                return
            yield from _faults(archive, version_sha256)
    except (zipfile.BadZipFile, RuntimeError, zlib.error, EOFError, ValueError) as error:
        yield f"is no sound archive ({error})"


def _danger(archive: zipfile.ZipFile, size: int) -> str | None:
    members = archive.infolist()
    if len(members) > _MOST_MEMBERS:
        return f"has {len(members)} members, more than any archive of ours"
    unpacked = sum(member.file_size for member in members)
    if unpacked > size * _EXPANSION:
        return f"unpacks to {unpacked} bytes, over {_EXPANSION} times its size: refused"
    for member in members:
        parts = member.filename.split("/")
        unsafe = "\\" in member.filename or any(part in ("", ".", "..") for part in parts)
        if unsafe or stat.S_ISLNK(member.external_attr >> 16):
            return f"holds {shown(member.filename)}, which would be unpacked elsewhere"
    return None


def _faults(archive: zipfile.ZipFile, version_sha256: str | None) -> Iterator[str]:
    names = {member.filename for member in archive.infolist()}
    if len(names) < len(archive.infolist()):
        yield "holds two members of one name"
        return
    sums = min((name for name in names if name.rpartition("/")[2] == SUMS), key=len, default="")
    if not sums or archive.getinfo(sums).file_size > _MOST_SUMS:
        yield f"has no {SUMS}"
        return
    top, listed = sums.removesuffix(SUMS), {sums}
    with archive.open(sums) as raw, io.TextIOWrapper(raw, "utf-8", newline="\n") as lines:
        try:
            for number, line in enumerate(lines, 1):
                digest, name = line_of(line, number)
                listed.add(top + name)
                yield from _fault_of(archive, names, top + name, digest)
        except ValueError as error:
            yield f"{sums}: {error}"
    yield from (f"{shown(name)} is not in its {SUMS}" for name in sorted(names - listed))
    if version_sha256 is not None:
        yield from _faults_of_source(archive, names, top, version_sha256)


def _fault_of(archive: zipfile.ZipFile, names: set[str], name: str, digest: str) -> Iterator[str]:
    if name not in names:
        yield f"{shown(name)} is missing"
    elif _sha256(archive, name) != digest:
        yield f"{shown(name)} has another digest than its {SUMS} says"


def _faults_of_source(
    archive: zipfile.ZipFile, names: set[str], top: str, sha256: str
) -> Iterator[str]:
    """Compare the released files with the digest of the version, by the chain of SHA256SUMS."""
    sums = f"{top}{SOURCE_SUMS}"
    if sums not in names:
        yield f"has no {SOURCE_SUMS}"
    elif _sha256(archive, sums) != sha256:
        yield f"{SOURCE_SUMS} is not the one whose digest the version's record states"
    else:
        with archive.open(sums) as raw, io.TextIOWrapper(raw, "utf-8", newline="\n") as lines:
            for number, line in enumerate(lines, 1):
                digest, name = line_of(line, number)
                yield from _fault_of(archive, names, f"{top}source/{name}", digest)


def _sha256(archive: zipfile.ZipFile, name: str) -> str:
    digest = hashlib.sha256()
    with archive.open(name) as member:
        while block := member.read(_BLOCK):
            digest.update(block)
    return digest.hexdigest()
