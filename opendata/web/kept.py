"""Files that are sent as a store keeps them, in constant memory."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from opendata.store import Store, StoredFile


@dataclass(frozen=True, slots=True)
class Kept:
    """A file of a store, whose length and digest are known before it is read."""

    store: Store
    file: StoredFile

    @property
    def size(self) -> int:
        """Its length in bytes."""
        return self.file.size

    @property
    def sha256(self) -> bytes:
        """The SHA-256 of its bytes."""
        return bytes.fromhex(self.file.sha256)

    def blocks(self, wanted: slice) -> Iterator[bytes]:
        """Yield the bytes from ``wanted.start`` up to ``wanted.stop``.

        :raises OSError: where the file is gone or shorter, so that the transfer breaks off.
        """
        return self.store.file_blocks(self.file, wanted)
