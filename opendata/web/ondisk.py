"""Files that are sent from the disk as they lie there, in constant memory."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

#: Bytes read at a time.
_BLOCK = 1 << 18


@dataclass(frozen=True, slots=True)
class OnDisk:
    """A file whose length in bytes and SHA-256 are known."""

    path: Path
    size: int
    sha256: bytes

    def blocks(self, wanted: slice) -> Iterator[bytes]:
        """Yield the bytes from ``wanted.start`` up to ``wanted.stop``.

        :raises OSError: where the file is gone or shorter, so that the transfer breaks off.
        """
        left = wanted.stop - wanted.start
        with self.path.open("rb") as file:
            file.seek(wanted.start)
            while left:
                block = file.read(min(left, _BLOCK))
                if not block:
                    raise OSError(f"{self.path} ends {left} bytes too early")
                left -= len(block)
                yield block
