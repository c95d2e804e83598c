"""What a version's record promises: files with their digests, and the digest of the version."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import orjson

from opendata.mirror.digests import line_of
from opendata.mirror.layout import local
from opendata.mirror.listing import UnreadableError

#: What the address of an archive's checksum has more than that of the archive.
CHECKSUM = ".sha256"
ARCHIVE = ".zip"

_RECORD = re.compile(r"/v1/datasets/[^/]+/versions/\d+\.\d+\.\d+")
_DIGEST = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True, slots=True)
class Promise:
    """A file of a version, by its address, with its SHA-256 and length in bytes."""

    address: str
    sha256: str
    size: int


@dataclass(frozen=True, slots=True)
class Release:
    """A version: its address, the digest that stands for it, and its files."""

    address: str
    sha256: str
    files: tuple[Promise, ...]

    @property
    def archive(self) -> str:
        """The address of its archive, where the site has archives."""
        return f"{self.address}{ARCHIVE}"


def is_record(address: str) -> bool:
    """Tell whether ``address`` is that of a version's record."""
    return _RECORD.fullmatch(address) is not None


def release_of(address: str, path: Path, bases: Sequence[str]) -> Release:
    """Return what the record of a version promises.

    :raises UnreadableError: where it is no such record.
    :raises opendata.mirror.layout.UnsafeError: where it leads out of the site.
    """
    try:
        record = orjson.loads(path.read_bytes())["data"]
        files = [_promise(given) for given in record["distributions"]]
        digest = _digest(record["sha256"])
    except (ValueError, KeyError, TypeError) as error:
        raise UnreadableError("is no record of a version") from error
    promises = (Promise(local(url, bases), sha256, size) for url, sha256, size in files)
    return Release(address, digest, tuple(promises))


def tables_of(address: str, path: Path) -> list[Promise]:
    """Return the tables that the descriptor at ``address`` names, relative to itself.

    :raises UnreadableError: where it is no descriptor of tables that are files.
    """
    folder = address.rpartition("/")[0]
    try:
        return [
            Promise(
                f"{folder}/{table['path']}",
                _digest(table["hash"].removeprefix("sha256:")),
                table["bytes"],
            )
            for table in orjson.loads(path.read_bytes())["resources"]
            if "path" in table
        ]
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise UnreadableError("is no descriptor of a data package") from error


def _promise(given: dict[str, Any]) -> tuple[str, str, int]:
    url, size = given["url"], given["byte_size"]
    if not isinstance(url, str) or not isinstance(size, int):
        raise TypeError
    return url, _digest(given["sha256"]), size


def _digest(value: Any) -> str:
    if not isinstance(value, str) or not _DIGEST.fullmatch(value):
        raise TypeError
    return value


def checksum_in(path: Path) -> str:
    """Return the digest that the checksum of an archive states.

    :raises UnreadableError: where it states none.
    """
    try:
        return line_of(path.read_text("utf-8"), 1)[0]
    except ValueError as error:
        raise UnreadableError("is no line of sha256sum") from error
