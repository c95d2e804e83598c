"""Files that are sent as they are kept, in constant memory: from the disk or from a database."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from opendata.store import Store, StoredFile

#: Bytes read at a time.
_BLOCK = 1 << 18


@dataclass(frozen=True, slots=True)
class Kept:
    """A file whose length in bytes and SHA-256 are known."""

    size: int
    sha256: bytes

    def blocks(self, wanted: slice) -> Iterator[bytes]:
        """Yield the bytes from ``wanted.start`` up to ``wanted.stop``.

        :raises OSError: where the file is gone or shorter, so that the transfer breaks off.
        """
        raise NotImplementedError


@dataclass(frozen=True, slots=True)
class InDatabase(Kept):
    """A file of a store that is a database."""

    store: Store
    file: StoredFile

    def blocks(self, wanted: slice) -> Iterator[bytes]:
        return self.store.file_blocks(self.file, wanted)


@dataclass(frozen=True, slots=True)
class OnDisk(Kept):
    """A file on the disk."""

    path: Path

    def blocks(self, wanted: slice) -> Iterator[bytes]:
        left = wanted.stop - wanted.start
        with self.path.open("rb") as file:
            file.seek(wanted.start)
            while left:
                block = file.read(min(left, _BLOCK))
                if not block:
                    raise OSError(f"{self.path} ends {left} bytes too early")
                left -= len(block)
                yield block


def kept(store: Store, file: StoredFile) -> Kept:
    """Return a file of a store, wherever that keeps it."""
    sha256 = bytes.fromhex(file.sha256)
    if store.is_file:
        return OnDisk(file.size, sha256, store.path_of(file))
    return InDatabase(file.size, sha256, store, file)
