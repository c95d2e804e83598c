"""Deflate (RFC 1951) in pieces that can be joined: each ends on a byte and looks back at none."""

from __future__ import annotations

import hashlib
import zlib
from collections.abc import Iterable, Iterator

#: As zip's own default; 9 takes three times as long for one percent.
_LEVEL = 6
#: The empty block that ends a stream which a full flush has left on a byte.
LAST = b"\x03\x00"


class Sums:
    """Length, CRC-32 and SHA-256 of what is not compressed, taken while it passes by."""

    def __init__(self, size: int = 0, crc: int = 0, sha256: str | None = None) -> None:
        """Begin with nothing, or with the sums that are known already."""
        self.size = size
        self.crc = crc
        self._known = sha256
        self._sha256 = hashlib.sha256()

    def hexdigest(self) -> str:
        """Return the SHA-256 in hexadecimal."""
        return self._known or self._sha256.hexdigest()

    def of_plain(self, blocks: Iterable[bytes]) -> Iterator[bytes]:
        """Yield ``blocks`` as they are."""
        for block in blocks:
            self._add(block)
            yield block

    def of_packed(self, blocks: Iterable[bytes]) -> Iterator[bytes]:
        """Yield compressed ``blocks`` as they are; the sums are those of what they unpack to."""
        opener = zlib.decompressobj(-zlib.MAX_WBITS)
        for block in blocks:
            self._add(opener.decompress(block))
            yield block

    def _add(self, block: bytes) -> None:
        self.size += len(block)
        self.crc = zlib.crc32(block, self.crc)
        self._sha256.update(block)


def deflated(blocks: Iterable[bytes], *, apart: bool) -> Iterator[bytes]:
    """Yield ``blocks`` compressed, up to the end of the stream.

    :param apart: whether the first block is a piece of its own, and the rest is another.
    """
    coder = zlib.compressobj(_LEVEL, zlib.DEFLATED, -zlib.MAX_WBITS)
    following = iter(blocks)
    if apart:
        yield coder.compress(next(following, b"")) + coder.flush(zlib.Z_FULL_FLUSH)
    for block in following:
        yield coder.compress(block)
    if apart:
        yield coder.flush(zlib.Z_FULL_FLUSH)
    yield coder.flush(zlib.Z_FINISH)


def length_apart(first: bytes) -> int:
    """Return how many bytes the piece of a first block takes (:func:`deflated`)."""
    coder = zlib.compressobj(_LEVEL, zlib.DEFLATED, -zlib.MAX_WBITS)
    return len(coder.compress(first) + coder.flush(zlib.Z_FULL_FLUSH))
