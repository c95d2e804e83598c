"""A body on its way into a file, kept when the transfer breaks so that the next goes on there."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

#: Bodies of fewer bytes are fetched again rather than gone on with.
RESUMABLE = 1 << 20
_BLOCK = 1 << 20


@dataclass(frozen=True, slots=True)
class Begun:
    """What there is of a body: the strong entity tag of the whole, and how many bytes."""

    etag: str
    size: int


class Partial:
    """The file that a body is written to, and beside it the tag of what it is a part of."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._note = path.with_name(f"{path.name}.part")

    def begun(self) -> Begun | None:
        """Return what an earlier transfer left, if one can go on there."""
        try:
            etag = json.loads(self._note.read_bytes())["etag"]
            size = self.path.stat().st_size
        except (OSError, ValueError, KeyError, TypeError):
            return None
        return Begun(str(etag), size) if size else None

    def start(self, etag: str | None, size: int | None) -> None:
        """Begin anew; where the body is long and has a strong tag, note it for a later run."""
        self.drop()
        if etag and not etag.startswith("W/") and size is not None and size >= RESUMABLE:
            made = self._note.with_name(f"{self._note.name}.new")
            made.write_text(json.dumps({"etag": etag}), "utf-8")
            made.replace(self._note)

    @contextmanager
    def writing(self, offset: int) -> Iterator[tuple[BinaryIO, hashlib._Hash]]:
        """Give the file, open behind ``offset``, and the digest of what is before."""
        digest = hashlib.sha256()
        with self.path.open("r+b" if offset else "wb") as file:
            left = offset
            while left and (block := file.read(min(left, _BLOCK))):
                digest.update(block)
                left -= len(block)
            file.truncate(offset)
            yield file, digest

    def done(self) -> None:
        """Forget the note: the body is whole."""
        self._note.unlink(missing_ok=True)

    def drop(self) -> None:
        """Remove what there is."""
        self._note.unlink(missing_ok=True)
        self.path.unlink(missing_ok=True)
