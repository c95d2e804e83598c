"""Digests of files, and those that answers carry (RFC 9530)."""

from __future__ import annotations

import base64
import binascii
import hashlib
import re
from collections.abc import Iterator
from pathlib import Path

_MEMBER = re.compile(r"(?:^|,)\s*sha-256\s*=\s*:([A-Za-z0-9+/=]*):")
#: A line of a SHA256SUMS as ``sha256sum -c`` reads it; its names here need no escapes.
_LINE = re.compile(r"([0-9a-f]{64}) [ *]([^\\\n]+)")
_BLOCK = 1 << 20


def sha256_of(path: Path) -> str:
    """Return the SHA-256 of a file, in hexadecimal digits."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def stated(field: str | None) -> str | None:
    """Return the SHA-256 that a ``Repr-Digest`` states, in hexadecimal digits.

    ``None`` where it states none that can be read: such a field proves nothing (RFC 9530 §3).
    """
    found = _MEMBER.search(field or "")
    if not found:
        return None
    try:
        digest = base64.b64decode(found[1], validate=True)
    except binascii.Error:
        return None
    return digest.hex() if len(digest) == hashlib.sha256().digest_size else None


def lines_of(path: Path) -> Iterator[tuple[str, str]]:
    """Yield each digest and name of a SHA256SUMS.

    :raises ValueError: at a line that is none.
    """
    with path.open(encoding="utf-8", newline="\n") as file:
        for number, line in enumerate(file, 1):
            yield line_of(line, number)


def line_of(line: str, number: int) -> tuple[str, str]:
    """Return the digest and the name of one line.

    :raises ValueError: where it is no such line.
    """
    found = _LINE.fullmatch(line.removesuffix("\n"))
    if not found:
        raise ValueError(f"line {number} is no line of SHA256SUMS")
    return found[1], found[2]
