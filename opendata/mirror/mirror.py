"""A run of the mirror: what there is, what changed of it, and what is there no more.

What leads to files is put in its place after them, and files go last, and only when all else is
there: whoever reads the copy meanwhile finds what he is led to.
"""

from __future__ import annotations

import fcntl
import shutil
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path

from opendata.errors import OpendataError
from opendata.mirror.addresses import SITEMAP
from opendata.mirror.following import Following, Stage
from opendata.mirror.layout import KEPT, SUMS, file_of
from opendata.mirror.origin import FetchError, Limits, Origin, Validators
from opendata.mirror.placing import Outcome, Places, bring_all
from opendata.mirror.report import Finding, Report
from opendata.mirror.state import State

#: A site may get a new release while it is copied; so often is begun again.
_PASSES = 3
#: Failures one after the other that end a run: the origin is gone.
_HOPELESS = 50


def mirror(url: str, folder: Path, limits: Limits) -> Report:
    """Make ``folder`` a copy of the site at ``url``, fetching what changed since the last run.

    :raises OpendataError: where it cannot begin: the folder holds something else, or another run
        is at work in it.
    """
    begun, report = time.monotonic(), Report()
    with ExitStack() as stack:
        origin = Origin(url, limits)
        stack.callback(origin.close)
        stack.enter_context(_locked(folder))
        state = State(folder / KEPT / "state.sqlite")
        stack.callback(state.close)
        before = state.origin(origin.url)
        if before != origin.url:
            raise OpendataError(f"{folder} is a mirror of {before}; take another folder")
        _Run(origin, Places(folder), state, report).go()
    report.seconds = time.monotonic() - begun
    return report


@contextmanager
def _locked(folder: Path) -> Iterator[None]:
    """Keep every other run out of ``folder``; the lock goes with the process."""
    kept = folder / KEPT
    if not kept.is_dir() and folder.is_dir() and any(folder.iterdir()):
        raise OpendataError(f"{folder} is not empty and no mirror; take another folder")
    kept.mkdir(parents=True, exist_ok=True)
    with (kept / "lock").open("w") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise OpendataError(f"another run is at work in {folder}") from error
        yield


class _HopelessError(Exception):
    """So much failed one after the other that the rest is not tried."""


class _Run:
    """One run; ``report`` is filled as it goes."""

    def __init__(self, origin: Origin, places: Places, state: State, report: Report) -> None:
        self._origin = origin
        self._places = places
        self._state = state
        self._report = report
        self._staged: dict[str, Outcome] = {}
        self._in_a_row = 0

    def go(self) -> None:
        """Make passes until nothing changes meanwhile; then put in order what is there."""
        with suppress(_HopelessError):
            for _ in range(_PASSES):
                self._report.failed.clear()
                self._pass()
                if self._settled():
                    break
            else:
                self._fail(SITEMAP, f"changed in each of {_PASSES} passes")
        if self._report.complete:
            self._install()
            self._remove()
        self._write_sums()
        self._state.commit()
        self._report.unchanged = max(self._state.count() - self._report.fetched, 0)

    def _pass(self) -> None:
        following = Following([self._origin.url], self._state, self._places.current, self._fail)
        following.begin()
        self._bring(Stage.LISTS)
        if self._report.failed:
            return
        following.learn_base()
        further = following.follow_sitemap(SITEMAP)
        if further:
            self._bring(Stage.LISTS)
        for sitemap in further:
            following.follow_sitemap(sitemap)
        self._bring(Stage.RECORDS)
        following.follow_records()
        self._bring(Stage.FILES)
        self._bring(Stage.REST)
        following.follow_packages()
        following.follow_feeds()
        following.follow_start()
        self._bring(Stage.FURTHER)

    def _bring(self, stage: Stage) -> None:
        """Have every file of a stage, several at a time."""
        aside = stage is Stage.LISTS
        for batch in self._state.wanted(stage):
            new = [wanted for wanted in batch if wanted.path not in self._staged]
            try:
                for outcome in bring_all(self._origin, self._places, self._state, new, aside=aside):
                    self._take(outcome, aside=aside)
            finally:
                self._state.commit()

    def _take(self, outcome: Outcome, *, aside: bool) -> None:
        """Remember what became of a file."""
        wanted, row = outcome.wanted, outcome.row
        self._report.size += outcome.moved
        self._in_a_row = self._in_a_row + 1 if outcome.failure else 0
        if outcome.failure:
            self._fail(wanted.address, outcome.failure)
            if self._in_a_row == _HOPELESS:
                self._fail(self._origin.url, f"{_HOPELESS} failures in a row: the rest was left")
                raise _HopelessError
        elif outcome.absent:
            self._state.want_no_more(wanted.path)
        elif row and aside:
            self._staged[wanted.path] = outcome
        elif row:
            self._state.remember(row)
            if outcome.fetched:
                self._report.fetched += 1

    def _fail(self, address: str, message: str) -> None:
        self._report.failed.append(Finding(address, message))

    def _settled(self) -> bool:
        """Tell whether the site still is what this pass found; else forget its lists."""
        outcome = self._staged.get(file_of(SITEMAP))
        if not outcome or not outcome.row:
            return True
        row, scratch = outcome.row, self._places.partial / "settled"
        try:
            received = self._origin.fetch(SITEMAP, scratch, Validators(row.etag, row.modified))
        except FetchError as error:
            self._fail(SITEMAP, str(error))
            return True
        if received and (received.size is None or received.sha256 == row.sha256):
            return True
        self._staged.clear()
        self._places.clear_staged()
        return False

    def _install(self) -> None:
        """Put the lists in their places, now that all they lead to is in its own."""
        for path, outcome in sorted(self._staged.items()):
            assert outcome.row is not None
            if (self._places.staged / path).exists():
                self._places.install(path)
            self._state.remember(outcome.row)
            if outcome.fetched:
                self._report.fetched += 1
        self._state.commit()

    def _remove(self) -> None:
        """Move out what the origin has no more; what the run before moved out is deleted."""
        gone = self._state.unwanted()
        if gone:
            shutil.rmtree(self._places.removed, ignore_errors=True)
        for path in gone:
            self._places.move_out(path)
            self._state.forget(path)
        self._report.removed = len(gone)
        for folder in (self._places.partial, self._places.staged):
            shutil.rmtree(folder)

    def _write_sums(self) -> None:
        """List every file with its digest, as ``sha256sum -c`` reads it."""
        made = self._places.kept / SUMS
        with made.open("w", encoding="utf-8", newline="\n") as file:
            file.writelines(f"{row.sha256}  {row.path}\n" for row in self._state.files())
        made.replace(self._places.folder / SUMS)
