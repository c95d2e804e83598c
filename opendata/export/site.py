"""Exporting a site: its units written by several processes, then put in place as a whole."""

from __future__ import annotations

import filecmp
import os
import threading
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from multiprocessing import connection, get_context, parent_process
from pathlib import Path

from opendata.errors import StoreError
from opendata.export import manifest, nginx
from opendata.export.folder import Run, opened
from opendata.export.index import Index, files_of, new_index
from opendata.export.layout import OWN, SUMS
from opendata.export.manifest import Entry
from opendata.export.problems import written_problems
from opendata.export.state import States
from opendata.export.units import Records, Unit, units
from opendata.export.writing import Counts, Writer, manifest_of
from opendata.store import CurrentStore, store_path
from opendata.store.current import CURRENT
from opendata.web import create_app
from opendata.web.addresses import rules

#: Wraps an iterable of so many steps to show how far it has come.
Progress = Callable[[Iterable[Unit], int], Iterable[Unit]]


@dataclass(frozen=True, slots=True)
class Exported:
    """What an export did: files there are now, how many of them are new, and their bytes."""

    files: int
    written: int
    removed: int
    size: int


@dataclass(frozen=True, slots=True)
class _Job:
    """What every process of a run needs to know."""

    run: Run
    security_contact: str | None
    records: Records

    def writer(self) -> Writer:
        folder = self.run.new
        app = create_app(folder, security_contact=self.security_contact, cache=0)
        store = CurrentStore(folder).get()
        states = States(store, self.records, self.security_contact)
        return Writer(app, store, rules(app), self.run, self.records, states)


def export_site(
    root: Path,
    stores: Path,
    progress: Progress,
    *,
    security_contact: str | None = None,
    records: Records = Records.PAGES,
    processes: int | None = None,
) -> Exported:
    """Write the site that is served from the folder ``stores`` into the folder ``root``.

    :param records: the forms that single records are written in.
    :param processes: how many to work with; ``None`` for one a core.
    :raises opendata.errors.OpendataError: where nothing was built, the folder is another's, or an
        address answers with what cannot be a file; the site that was there stays as it was.
    """
    CurrentStore(stores).get().close()
    with opened(root) as run:
        _hold(run, stores)
        job = _Job(run, security_contact, records)
        writer = job.writer()
        todo = units(writer.store)
        total, types = Counts(), nginx.Types()
        with new_index(run.new / "index") as index:
            for unit, counts in _written(job, writer, todo, progress, processes):
                index.add(manifest.read(run.staged(manifest_of(unit))))
                total.files += counts.files
                total.written += counts.written
                total.size += counts.size
                types.add(counts.types)
            for entry, changed in written_problems(writer):
                index.add([entry])
                total.files += 1
                total.written += changed
                total.size += entry.size
            nginx.write(run, types, _entries(run, todo))
            removed = _finish(run, index, todo)
        (run.new / CURRENT).unlink()
        run.commit()
    return Exported(total.files, total.written, removed, total.size)


def _hold(run: Run, stores: Path) -> None:
    """Lead this run to the store that is current now, whatever is built meanwhile."""
    path = store_path(stores)
    if path is None:
        raise StoreError(f"nothing was built in {stores}")
    (run.new / CURRENT).symlink_to(path.resolve())


def _written(
    job: _Job, writer: Writer, todo: Sequence[Unit], progress: Progress, processes: int | None
) -> Iterator[tuple[Unit, Counts]]:
    """Yield each unit when it is written, and all before it are."""
    workers = min(len(todo), processes or os.cpu_count() or 1)
    if workers == 1:
        for unit in progress(todo, len(todo)):
            yield unit, writer.write(unit)
        return
    context = get_context("spawn")  # threads and open databases do not survive a fork
    with ProcessPoolExecutor(workers, context, _start, (job,)) as pool:
        done = pool.map(_write, todo, chunksize=max(1, min(16, len(todo) // (4 * workers))))
        yield from zip(progress(todo, len(todo)), done, strict=True)


_writers: list[Writer] = []


def _start(job: _Job) -> None:
    """Prepare a process, which ends when the one that started it does."""
    threading.Thread(target=_end_with_parent, daemon=True).start()
    _writers.append(job.writer())


def _end_with_parent() -> None:
    parent = parent_process()
    assert parent is not None
    connection.wait([parent.sentinel])
    os._exit(1)


def _write(unit: Unit) -> Counts:
    return _writers[0].write(unit)


def _entries(run: Run, todo: Sequence[Unit]) -> Iterator[Entry]:
    for unit in todo:
        yield from manifest.read(run.staged(manifest_of(unit)))


def _finish(run: Run, index: Index, todo: Sequence[Unit]) -> int:
    """Write the digests and name what is to be removed; return how many files of the site are."""
    with run.sums.open("w", encoding="utf-8", newline="\n") as sums:
        sums.writelines(index.lines())
    if _same(run.sums, run.root / SUMS):
        run.sums.unlink()
    removed = 0
    with run.stale.open("w", encoding="utf-8", newline="\n") as stale:
        for file in index.without(files_of(run.root / SUMS)):
            stale.write(f"{file}\n")
            removed += 1
        kept = {manifest_of(unit) for unit in todo}
        for path in sorted((run.root / OWN / "units").rglob("*.tsv")):
            name = path.relative_to(run.root).as_posix()
            if name not in kept:
                stale.write(f"{name}\n")
    return removed


def _same(new: Path, old: Path) -> bool:
    return old.exists() and filecmp.cmp(new, old, shallow=False)
