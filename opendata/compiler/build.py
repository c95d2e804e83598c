"""Building: compile what changed, assemble a store beside the old one, swap it in."""

from __future__ import annotations

import fcntl
import hashlib
import json
import os
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from importlib.metadata import version
from itertools import chain, groupby
from pathlib import Path
from zlib import ZLIB_RUNTIME_VERSION

import opendata
from opendata.compiler.archives import make_archives, make_bulk, note_of, unused
from opendata.compiler.assemble import add_documents, add_files, assemble
from opendata.compiler.catalogue import add_catalogue
from opendata.compiler.ckan import add_packages
from opendata.compiler.discovery import add_discovery
from opendata.compiler.documents import ready_made
from opendata.compiler.part import Job, Progress, compile_part
from opendata.compiler.publication import PUBLISHED, Published, keep, publication_times, timestamp
from opendata.compiler.workers import spread
from opendata.errors import InvalidDataError, Place, Problem, StoreError
from opendata.reader import OpenLists, read_shared_lists
from opendata.store import Store, store_path
from opendata.store.current import CURRENT
from opendata.versions import VOCABULARIES, VersionFolder, check_digests, digest_of, find_versions

#: The libraries whose versions can change what is compiled.
_MAKE_BYTES = (
    *("apispec", "marshmallow", "opencc", "orjson", "pypinyin", "pyyaml", "rdflib"),
    *("snowballstemmer", "sqlalchemy", "xlsxwriter"),
)


@dataclass(frozen=True, slots=True)
class Built:
    """What a build did."""

    path: Path
    versions: int
    compiled: int
    changed: bool


def build(
    datasets: Path,
    folder: Path,
    base_url: str,
    progress: Progress,
    now: datetime | None = None,
) -> Built:
    """Build the store of every released version below ``datasets`` into ``folder``.

    :param base_url: the public address the data are served at, without a slash at its end.
    :param now: when versions that were never built into ``folder`` are published (UTC).
    :raises InvalidDataError: where a dataset has faults; what was built before stays in place.
    """
    problems: list[Problem] = []
    lists = read_shared_lists(datasets / VOCABULARIES, problems)
    found = [v for v in find_versions(datasets, problems) if v.number is not None]
    if not found and not problems:
        advice = "release a version (opendata release)"
        problems.append(
            Problem(Place(str(datasets)), "-", "-", "holds no released version", advice)
        )
    for released in found:
        check_digests(released.path, problems)
    if problems:
        raise InvalidDataError(problems)
    with locked(folder):
        jobs = list(jobs_of(((v, digest_of(v.path)) for v in found), folder, base_url))
        stale = [job for job in jobs if not job.target.exists()]
        problems = compile_jobs(stale, progress)
        if problems:
            raise InvalidDataError(problems)
        return publish(datasets, folder, jobs, len(stale), lists, progress, now=now)


def publish(
    datasets: Path,
    folder: Path,
    jobs: list[Job],
    compiled: int,
    lists: OpenLists,
    progress: Progress,
    *,
    preview: bool = False,
    now: datetime | None = None,
) -> Built:
    """Make the store of what ``jobs`` compiled the current one of ``folder``, which is locked.

    :param compiled: how many of them were compiled just now.
    :param preview: whether drafts are among them, so that nobody takes it for published data.
    :param now: when versions that were never built into ``folder`` are published (UTC).
    """
    base_url = jobs[0].base_url
    digest = _digest(datasets, jobs, base_url)
    current = _current(folder)
    if current and current.digest == digest and current.preview == preview:
        return Built(current.path, len(jobs), compiled, changed=False)
    facts = {
        "digest": digest,
        "base_url": base_url,
        "software": software(),
        "codes": json.dumps({name: list(entries) for name, entries in lists.items()}),
        **({"preview": "drafts"} if preview else {}),
    }
    names = [(job.folder.dataset, job.folder.version) for job in jobs]
    published = publication_times(folder, names, timestamp(now or datetime.now(UTC)))
    path = _assemble(folder, jobs, published, facts, lists, progress)
    _swap(folder, path)
    keep(folder, _published(path))
    _tidy(folder, path, current, jobs)
    return Built(path, len(jobs), compiled, changed=True)


@cache
def software() -> str:
    """Return the digest of what every compiled byte depends on.

    That is this package, its templates included, and the libraries that make bytes.
    """
    root = Path(opendata.__file__).parent
    digest = hashlib.sha256(f"{opendata.__version__}\nzlib {ZLIB_RUNTIME_VERSION}\n".encode())
    for name in _MAKE_BYTES:
        digest.update(f"{name} {version(name)}\n".encode())
    for path in sorted(p for p in root.rglob("*") if p.is_file() and "__pycache__" not in p.parts):
        digest.update(path.relative_to(root).as_posix().encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()


def jobs_of(
    found: Iterable[tuple[VersionFolder, str]], stores: Path, base_url: str
) -> Iterator[Job]:
    """Yield the jobs to compile versions for the stores in the folder ``stores``.

    :param found: versions, those of one dataset oldest first, each with the digest that stands
        for all that it is compiled from beside the versions before it.
    """
    for dataset, versions in groupby(found, key=lambda pair: pair[0].dataset):
        before: tuple[VersionFolder, ...] = ()
        facts = [dataset, base_url, software()]
        for folder, sha256 in versions:
            facts.append(f"{folder.version} {sha256}")
            name = hashlib.sha256("\n".join(facts).encode()).hexdigest()[:32] + ".sqlite"
            yield Job(folder, stores / "parts" / name, base_url, sha256, before)
            before = (*before, folder)


def _digest(datasets: Path, jobs: list[Job], base_url: str) -> str:
    digest = hashlib.sha256(f"{software()}\n{base_url}\n".encode())
    for job in jobs:
        digest.update(job.target.name.encode() + b"\n")
    for path in sorted((datasets / VOCABULARIES).glob("*.yaml")):
        digest.update(path.name.encode() + b"\n" + hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()


def compile_jobs(stale: list[Job], progress: Progress) -> list[Problem]:
    """Compile ``stale``, on all cores where it is much; return the problems there are."""
    problems = chain.from_iterable(spread(compile_part, stale, progress))
    return list(dict.fromkeys(problems))  # a version is read by the next too


def _published(path: Path) -> Published:
    store = Store(path)
    try:
        return store.published()
    finally:
        store.close()


def _assemble(
    folder: Path,
    jobs: list[Job],
    published: Published,
    facts: Mapping[str, str],
    lists: OpenLists,
    progress: Progress,
) -> Path:
    temporary = folder / f"new-{os.getpid()}.sqlite"
    temporary.unlink(missing_ok=True)
    latest = {job.folder.dataset: job.folder.version for job in jobs}
    for_all = "preview" not in facts  # nobody harvests drafts
    try:
        assemble(temporary, jobs, latest, published, facts)
        if for_all:
            add_files(temporary, make_archives(temporary, jobs, progress))
            add_packages(temporary, facts["base_url"], lists)
        store = Store(temporary)
        try:
            found = ready_made(store, lists)
        finally:
            store.close()
        add_documents(temporary, found)
        if for_all:
            add_catalogue(temporary, lists, folder / "shares")
            add_files(temporary, [make_bulk(temporary)])
        add_discovery(temporary, facts["base_url"])
        return _publish(temporary, folder)
    finally:
        temporary.unlink(missing_ok=True)


def _publish(temporary: Path, folder: Path) -> Path:
    """Flush the file to disk and name it by its content."""
    with temporary.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
        os.fsync(file.fileno())
    path = folder / f"store-{digest[:32]}.sqlite"
    os.replace(temporary, path)
    Store(path).close()
    return path


def _swap(folder: Path, path: Path) -> None:
    link = folder / f"{CURRENT}-{os.getpid()}"
    link.unlink(missing_ok=True)
    link.symlink_to(path.name)
    os.replace(link, folder / CURRENT)


def _tidy(folder: Path, path: Path, before: Store | None, jobs: list[Job]) -> None:
    """Remove what is no longer used; the store served until now stays for its last requests."""
    kept = {path, before.path if before else path}
    for store in folder.glob("store-*.sqlite"):
        if store not in kept:
            store.unlink()
    for left in (
        *folder.glob("new-*.sqlite"),
        *folder.glob(f"{CURRENT}-*"),
        *folder.glob(f"{PUBLISHED}.*"),
    ):
        left.unlink()  # of builds that were killed; the lock keeps others away
    parts = {job.target for job in jobs} | {note_of(job) for job in jobs}
    for part in (folder / "parts").iterdir():
        if part not in parts:
            part.unlink()
    for file in unused(folder, map(Store, filter(Path.exists, kept))):
        file.unlink()


def _current(folder: Path) -> Store | None:
    path = store_path(folder)
    if path is None:
        return None
    try:
        store = Store(path)
    except StoreError:
        return None
    store.close()
    return store


@contextmanager
def locked(folder: Path) -> Iterator[None]:
    """Hold the lock that keeps two builds apart; it goes when the process does."""
    (folder / "parts").mkdir(parents=True, exist_ok=True)
    with (folder / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
