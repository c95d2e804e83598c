"""One file of a mirror: fetched aside, checked against all that is known of it, put in its place.

Used by several threads at once, each with files of its own.
"""

from __future__ import annotations

import hashlib
import os
import shutil
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from opendata.mirror.archive import faults_of
from opendata.mirror.digests import sha256_of
from opendata.mirror.layout import KEPT
from opendata.mirror.origin import FetchError, Origin, Validators
from opendata.mirror.releases import ARCHIVE
from opendata.mirror.state import FileRow, State, Wanted


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a file: the row to remember, or why there is none.

    ``moved`` counts the bytes received; ``fetched`` tells whether the file is another than before,
    ``absent`` that the origin has none, as it may.
    """

    wanted: Wanted
    row: FileRow | None = None
    failure: str | None = None
    moved: int = 0
    fetched: bool = False
    absent: bool = False


class Places:
    """The files of a mirror at ``folder``, and where they are kept before they are put there."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.kept = folder / KEPT
        self.partial = self.kept / "partial"
        self.staged = self.kept / "staged"
        self.removed = self.kept / "removed"
        self.partial.mkdir(parents=True, exist_ok=True)
        self.clear_staged()  # a run that was ended may have left some

    def bring(
        self, origin: Origin, wanted: Wanted, row: FileRow | None, *, stage: bool = False
    ) -> Outcome:
        """Have a file as the origin has it now.

        :param stage: put it aside, to be put in its place by :meth:`install` when all is there.
        """
        try:
            return self._bring(origin, wanted, row, self.staged if stage else self.folder)
        except FetchError as error:
            return Outcome(wanted, failure=str(error))
        except OSError as error:
            return Outcome(wanted, failure=f"cannot be kept: {error.strerror}")

    def _bring(self, origin: Origin, wanted: Wanted, row: FileRow | None, into: Path) -> Outcome:
        row = self._intact(row) if row else None
        if row and wanted.sha256 not in (None, row.sha256):
            row = None
        aside = self.partial / hashlib.sha256(wanted.address.encode()).hexdigest()[:40]
        held = Validators(row.etag, row.modified) if row else None
        received = origin.fetch(wanted.address, aside, held)
        if received is None:
            if wanted.required:
                raise FetchError("is not there (404), though the site lists it")
            return Outcome(wanted, absent=True)
        if received.size is None:
            return Outcome(wanted, row)
        self._check(wanted, aside, received.sha256)
        target = into / wanted.path
        target.parent.mkdir(parents=True, exist_ok=True)
        os.replace(aside, target)
        made = FileRow(
            wanted.path,
            received.sha256,
            received.size,
            target.stat().st_mtime_ns,
            received.etag,
            received.modified,
        )
        changed = row is None or row.sha256 != received.sha256
        return Outcome(wanted, made, moved=received.moved, fetched=changed)

    def _intact(self, row: FileRow) -> FileRow | None:
        """Return ``row`` where the file is still what it says."""
        path = self.folder / row.path
        try:
            found = path.stat()
            if found.st_size != row.size:
                return None
            same = found.st_mtime_ns == row.mtime or sha256_of(path) == row.sha256
        except OSError:
            return None
        return row if same else None

    @staticmethod
    def _check(wanted: Wanted, aside: Path, sha256: str) -> None:
        message = None
        if wanted.sha256 not in (None, sha256):
            message = f"has SHA-256 {sha256}, but {wanted.sha256} was promised"
        elif wanted.path.endswith(ARCHIVE):
            message = next(faults_of(aside, wanted.version), None)
        if message:
            aside.unlink()
            raise FetchError(message)

    def clear_staged(self) -> None:
        """Forget what stands aside."""
        shutil.rmtree(self.staged, ignore_errors=True)
        self.staged.mkdir()

    def install(self, path: str) -> None:
        """Put a file that stands aside in its place."""
        target = self.folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        os.replace(self.staged / path, target)

    def current(self, path: str) -> Path:
        """Return where the newest form of a file is: aside, or in its place."""
        aside = self.staged / path
        return aside if aside.exists() else self.folder / path

    def move_out(self, path: str) -> None:
        """Move a file that the origin has no more to where it can be got back from."""
        source, target = self.folder / path, self.removed / path
        target.parent.mkdir(parents=True, exist_ok=True)
        if source.exists():
            os.replace(source, target)
        for parent in source.parents:
            if parent == self.folder or not parent.is_dir() or any(parent.iterdir()):
                break
            parent.rmdir()


def bring_all(
    origin: Origin, places: Places, state: State, batch: Sequence[Wanted], *, aside: bool = False
) -> Iterator[Outcome]:
    """Have several files at a time; yield what became of each, in their order."""
    rows = [state.file(wanted.path) for wanted in batch]
    bring = partial(places.bring, origin, stage=aside)
    with ThreadPoolExecutor(origin.limits.jobs) as pool:
        yield from pool.map(bring, batch, rows)
