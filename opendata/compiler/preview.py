"""A preview of drafts: a store of its own, marked as one, which no public service takes.

It holds every release and each valid draft as the version ``draft``, the latest of its dataset.
What is not valid is left out and told, so that one editor's slip stops nobody else's preview.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from opendata.compiler.build import Built, compile_jobs, jobs_of, locked, publish
from opendata.compiler.part import Job, Progress
from opendata.errors import InvalidDataError, Place, Problem
from opendata.reader import read_shared_lists
from opendata.versions import (
    VOCABULARIES,
    VersionFolder,
    check_digests,
    digest_of,
    find_versions,
)

#: Name of the folder of previews, in that of the stores.
FOLDER = "draft"


@dataclass(frozen=True, slots=True)
class Preview:
    """What was built: the ids of the datasets whose drafts are in it, and what is wrong."""

    built: Built
    drafts: list[str]
    problems: list[Problem]


def preview(datasets: Path, folder: Path, base_url: str, progress: Progress) -> Preview:
    """Build the preview of everything valid below ``datasets`` into ``folder``.

    :param folder: of previews only, not that of what is served to the public.
    :param base_url: the address it is looked at, without a slash at its end.
    :raises InvalidDataError: where nothing is valid, or the shared code lists are not; what was
        built before stays in place.
    """
    problems: list[Problem] = []
    lists = read_shared_lists(datasets / VOCABULARIES, problems)
    if problems:
        raise InvalidDataError(problems)
    found = list(find_versions(datasets, problems))
    with locked(folder):
        shared = _digest(sorted((datasets / VOCABULARIES).glob("*.yaml")))
        whole = _whole(found, problems)
        stand = ((version, _stands_for(version, shared)) for version in whole)
        jobs = list(jobs_of(stand, folder, base_url))
        stale = [job for job in jobs if not job.target.exists()]
        problems += compile_jobs(stale, progress)
        valid = [job for job in jobs if job.target.exists()]
        if not valid:
            raise InvalidDataError(problems or [_nothing(datasets)])
        compiled = sum(job in valid for job in stale)
        built = publish(datasets, folder, valid, compiled, lists, progress, preview=True)
    return Preview(built, list(_drafts(valid)), problems)


def _whole(found: Iterable[VersionFolder], problems: list[Problem]) -> Iterator[VersionFolder]:
    """Yield what may be read: drafts, and releases that are as they were released."""
    for version in found:
        before = len(problems)
        if version.number is not None:
            check_digests(version.path, problems)
        if len(problems) == before:
            yield version


def _stands_for(version: VersionFolder, shared: str) -> str:
    """Return the digest of a version; that of a draft covers the code lists it uses."""
    if version.number is not None:
        return digest_of(version.path)
    found = (path for path in version.path.iterdir() if not path.name.startswith("."))
    return hashlib.sha256(f"{_digest(sorted(found))}{shared}".encode()).hexdigest()


def _digest(found: Iterable[Path]) -> str:
    """Return the digest of files by name and content; what is no file counts by its name."""
    digest = hashlib.sha256()
    for path in found:
        body = path.read_bytes() if path.is_file() else b""
        digest.update(path.name.encode() + b"\n" + hashlib.sha256(body).digest())
    return digest.hexdigest()


def _drafts(valid: Iterable[Job]) -> Iterator[str]:
    return (job.folder.dataset for job in valid if job.folder.number is None)


def _nothing(datasets: Path) -> Problem:
    fix = "start a dataset (opendata new)"
    return Problem(Place(str(datasets)), "-", "-", "holds no dataset", fix)
