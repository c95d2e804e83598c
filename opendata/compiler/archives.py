"""Making archives: one of each version, made once and kept like parts, and one of all datasets."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterable, Mapping
from functools import partial
from pathlib import Path

from opendata.compiler.part import Job, Progress
from opendata.compiler.workers import spread
from opendata.package.archive import Released, kept, top_of, write_archive
from opendata.package.bulk import ALL, write_bulk
from opendata.spec.resources import ZIP
from opendata.store import FILES, Store, StoredFile


def make_archives(path: Path, jobs: list[Job], progress: Progress) -> list[StoredFile]:
    """Make the archives that are missing; return those of all versions.

    :param path: the store that the versions are read from.
    """
    missing = [job for job in jobs if _known(path, job) is None]
    for _ in spread(partial(_make, path), missing, progress):
        pass
    found = [_known(path, job) for job in jobs]
    return [file for file in found if file is not None]


def make_bulk(path: Path) -> StoredFile:
    """Make the archive of the latest version of every dataset in the store at ``path``."""
    store = Store(path)
    try:
        with kept(path.parent / FILES) as file:
            write_bulk(store, file)
        digest, size = _keep(Path(file.name))
    finally:
        store.close()
    return StoredFile(f"/{ALL}", f"{digest}.zip", ALL, ZIP, size, digest)


def note_of(job: Job) -> Path:
    """Return where it is noted which archive is that of a part."""
    return job.target.with_suffix(".zip.json")


def _make(path: Path, job: Job) -> None:
    store = Store(path)
    try:
        version = store.version(job.folder.dataset, job.folder.version)
        assert version is not None
        with kept(path.parent / FILES) as file:
            write_archive(Released(store, version, job.folder.path), file)
        digest, size = _keep(Path(file.name))
    finally:
        store.close()
    said = {"sha256": digest, "size": size, "name": f"{top_of(version)}.zip"}
    temporary = note_of(job).with_suffix(f".{os.getpid()}")
    temporary.write_text(json.dumps(said), "utf-8")
    os.replace(temporary, note_of(job))


def _keep(temporary: Path) -> tuple[str, int]:
    """Name a file by its content; return its digest and size."""
    with temporary.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    size = temporary.stat().st_size
    os.replace(temporary, temporary.parent / f"{digest}.zip")
    return digest, size


def _known(path: Path, job: Job) -> StoredFile | None:
    """Return the archive of a version, where it was made before and is still there."""
    try:
        said: Mapping[str, str | int] = json.loads(note_of(job).read_text("utf-8"))
        file = f"{said['sha256']}.zip"
        if (path.parent / FILES / file).stat().st_size != said["size"]:
            return None
    except (OSError, ValueError, KeyError):
        return None
    served = f"{job.path}.zip"
    return StoredFile(served, file, str(said["name"]), ZIP, int(said["size"]), str(said["sha256"]))


def unused(folder: Path, stores: Iterable[Store]) -> list[Path]:
    """Return the files in ``folder`` that none of ``stores`` names."""
    used = {store.path_of(file) for store in stores for file in store.files()}
    present = (folder / FILES).iterdir() if (folder / FILES).is_dir() else iter(())
    return [path for path in present if path not in used]
