"""Random chains of versions of one dataset, as Python values and as a store of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from random import Random
from typing import Any

from opendata.compiler.assemble import assemble
from opendata.compiler.changes import tell
from opendata.compiler.part import Job, write_part
from opendata.reader import Version
from opendata.versions import VersionFolder
from tests.changes.random_edits import edited

DATASET = "demo-2030"
BASE = "http://127.0.0.1:8000"


def chain(first: Version, random: Random, versions: int, edits: int) -> list[Version]:
    """Return so many versions, each a random edit of the one before it."""
    found = [replace(first, ledger=None)]
    while len(found) < versions:
        found.append(edited(found[-1], random, random.randint(0, edits)))
    return found


def number(place: int) -> str:
    """Return the number of the version at a place of a chain."""
    return f"{place + 1}.0.0"


def store_of(
    folder: Path,
    released: VersionFolder,
    versions: Sequence[Version],
    ledgers: Sequence[dict[str, Any] | None] = (),
) -> Path:
    """Build the store of ``versions`` in ``folder``, a folder of their own; return its path.

    :param released: a version on disk, whose digests they borrow.
    """
    jobs = []
    earlier = None
    told = []
    for place, version in enumerate(versions):
        if place < len(ledgers) and (ledger := ledgers[place]):
            told.append((number(place), ledger))
            version = replace(version, ledger=ledger)
        own = VersionFolder(DATASET, released.path, (place + 1, 0, 0))
        job = Job(own, folder / f"{place}.part", BASE, "0" * 64)
        description = {**version.description, "released": released_on(place)}
        version = replace(version, description=description, audit=None)
        write_part(job, version, tell(DATASET, version, earlier, told))
        jobs.append(job)
        earlier = version
    known = {"digest": folder.name, "base_url": BASE, "software": "-", "codes": "{}"}
    path = folder / "store.sqlite"
    assemble(path, jobs, {DATASET: number(len(versions) - 1)}, {}, known)
    (folder / "current").symlink_to(path.name)
    return path


def released_on(place: int) -> date:
    """Return the day that the version at a place of a chain was released on."""
    return date(2030, 2, place + 1)
