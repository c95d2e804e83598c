"""A copy held to what it says of itself: digests of versions, files, archives and the whole."""

from __future__ import annotations

import os
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path

from opendata.errors import OpendataError
from opendata.mirror.archive import faults_of
from opendata.mirror.copies import Copy, Folder
from opendata.mirror.digests import lines_of, sha256_of
from opendata.mirror.following import Stage
from opendata.mirror.layout import OWN, SUMS, shown
from opendata.mirror.releases import ARCHIVE
from opendata.mirror.report import Finding
from opendata.mirror.state import Wanted


def verify(copy: Copy) -> list[Finding]:
    """Return everything that is wrong with a copy, each once.

    Of any copy: that all it leads to is there, that the files and the archive of every version have
    the digests that its record states, that the archives hold what their own SHA256SUMS say, and
    that the released files are those whose digest stands for the version. Of a folder also that
    it holds exactly the files of its SHA256SUMS.
    """
    found = dict.fromkeys(copy.findings)
    if isinstance(copy, Folder):
        found |= dict.fromkeys(_against_sums(copy))
    with ThreadPoolExecutor(copy.jobs) as pool:
        for batch in copy.state.wanted(Stage.FILES):
            for messages in pool.map(partial(_faults, copy), batch):
                found |= dict.fromkeys(messages)
    return list(found)


def _faults(copy: Copy, wanted: Wanted) -> list[Finding]:
    try:
        messages = list(_said(copy, wanted))
    except OpendataError as error:
        messages = [str(error)]
    return [copy.finding(wanted, message) for message in messages]


def _said(copy: Copy, wanted: Wanted) -> Iterator[str]:
    if wanted.address.endswith(ARCHIVE):
        with copy.opened(wanted) as path:
            if not path.is_file():
                yield "is missing"
                return
            digest: str | None = sha256_of(path)
            yield from faults_of(path, wanted.version)
    else:
        digest = copy.digest(wanted)
    if digest is None:
        yield "is missing"
    elif wanted.sha256 not in (None, digest):
        yield f"has SHA-256 {digest}, but {wanted.sha256} was promised"


def _against_sums(folder: Folder) -> Iterator[Finding]:
    root, listed = folder.folder, set()
    try:
        for digest, name in lines_of(root / SUMS):
            listed.add(name)
            path = root / name
            if ".." in Path(name).parts or Path(name).is_absolute():
                yield Finding(f"{root}/{SUMS}", f"lists {shown(name)}, which is elsewhere")
            elif not path.is_file():
                yield Finding(f"{root}/{name}", "is missing")
            elif sha256_of(path) != digest:
                yield Finding(f"{root}/{name}", f"has another digest than {SUMS} says")
    except FileNotFoundError:
        yield Finding(f"{root}/{SUMS}", "is missing")
        return
    except ValueError as error:
        yield Finding(f"{root}/{SUMS}", str(error))
    for name in sorted(_files(root)):
        if name not in listed:
            yield Finding(f"{root}/{name}", f"is not in {SUMS}")


def _files(root: Path) -> Iterator[str]:
    """Yield the names of all files of a copy but what it keeps for itself."""
    for folder, below, names in os.walk(root):
        place = Path(folder).relative_to(root)
        if place == Path():
            below[:] = [name for name in below if name not in OWN]
            names = [name for name in names if name != SUMS]
        yield from (str(place / name) for name in names)
