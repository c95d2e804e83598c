"""The folder of an export: changed as a whole, or completed by the next run.

Everything new is written to ``.export/new-…`` first. Once all of it is there, a marker says so and
the files are moved to their places, new ones and changed ones first, then the digests; what is no
longer part of the site goes last. A run that is killed before the marker leaves the site as it was;
one that is killed after it is completed by the next.
"""

from __future__ import annotations

import fcntl
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from opendata.errors import OpendataError
from opendata.export.layout import OWN, SUMS

#: Says that the folder is an export, and that everything new is there to be moved.
_MARK, _READY = "export", "ready"
#: What is below the folder of a run: what moves to its place, what moves last, what is removed.
_PLACED, _LAST, _STALE = "placed", "last", "stale"
_TOLD = "Written by `opendata export`. Everything in this folder is replaced by the next export.\n"


class FolderError(OpendataError):
    """A folder that nothing can be exported to."""


@dataclass(frozen=True, slots=True)
class Run:
    """Where a run writes what is to be in place at its end."""

    root: Path
    new: Path

    def staged(self, file: str) -> Path:
        """Return where the file that is to be ``file`` of the site is written."""
        return self.new / _PLACED / file

    @property
    def sums(self) -> Path:
        """Where the digests of all files are written."""
        return self.new / _LAST / SUMS

    @property
    def stale(self) -> Path:
        """Where the files to remove are named, one a line."""
        return self.new / _STALE

    def commit(self) -> None:
        """Put everything in place."""
        os.sync()
        (self.root / OWN / _READY).write_text(self.new.name, encoding="utf-8")
        _complete(self.root)


@contextmanager
def opened(root: Path) -> Iterator[Run]:
    """Hold the folder of an export for one run, having completed the last where it was killed.

    :raises FolderError: where the folder holds anything else, or another run holds it.
    """
    own = root / OWN
    if not (own / _MARK).exists() and root.exists() and any(root.iterdir()):
        raise FolderError(
            f"{root} is not empty and no export of this software; name an empty or new folder"
        )
    own.mkdir(parents=True, exist_ok=True)
    with (own / "lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise FolderError(f"another export to {root} is running") from error
        (own / _MARK).write_text(_TOLD, encoding="utf-8")
        _complete(root)
        for left in own.glob("new-*"):
            shutil.rmtree(left)
        new = own / f"new-{os.getpid()}"
        for name in (_PLACED, _LAST):
            (new / name).mkdir(parents=True)
        try:
            yield Run(root, new)
        finally:
            if new.exists() and not (own / _READY).exists():
                shutil.rmtree(new)


def _complete(root: Path) -> None:
    """Move what is ready; every step may have been done before."""
    ready = root / OWN / _READY
    if not ready.exists():
        return
    new = root / OWN / ready.read_text(encoding="utf-8")
    for folder in (_PLACED, _LAST):
        _move(new / folder, root)
    if (new / _STALE).exists():
        with (new / _STALE).open(encoding="utf-8") as names:
            for name in names:
                _remove(root, name.rstrip("\n"))
    shutil.rmtree(new)
    ready.unlink()


def _move(source: Path, target: Path) -> None:
    for folder, _, names in os.walk(source):
        place = target / Path(folder).relative_to(source)
        place.mkdir(parents=True, exist_ok=True)
        for name in names:
            os.replace(os.path.join(folder, name), place / name)  # noqa: PTH118 - many


def _remove(root: Path, name: str) -> None:
    path = root / name
    path.unlink(missing_ok=True)
    for folder in path.parents:
        if folder == root or any(folder.iterdir()):
            return
        folder.rmdir()
