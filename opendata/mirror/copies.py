"""A copy of a site, wherever it is: at an address or in a folder. It tells what it holds.

What a copy holds is what it leads to itself, from its index and sitemap, its records and feeds:
the same for a running site, its export and its mirror.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, suppress
from pathlib import Path
from tempfile import TemporaryDirectory

from opendata.errors import OpendataError
from opendata.mirror.addresses import SITEMAP, START, is_feed, is_package
from opendata.mirror.digests import sha256_of
from opendata.mirror.following import Following, Stage
from opendata.mirror.layout import file_of
from opendata.mirror.origin import FetchError, Limits, Origin
from opendata.mirror.placing import Places, bring_all
from opendata.mirror.releases import Release, is_record, release_of
from opendata.mirror.report import Finding
from opendata.mirror.state import State, Wanted


class Copy(ABC):
    """A copy, surveyed when it is made.

    ``findings`` are what it leads to and does not have, or what leads nowhere.
    """

    def __init__(self, name: str, bases: list[str], work: Path, jobs: int) -> None:
        self.name = name
        self.jobs = jobs
        self.findings: list[Finding] = []
        self.state = State(work / "state.sqlite")
        self._following = Following(bases, self.state, self.current, self.fail)
        self._survey()

    @property
    def base(self) -> str | None:
        """The address that the site gives itself, if it does."""
        return self._following.base

    def fail(self, address: str, message: str) -> None:
        """Take down what leads nowhere."""
        wanted = Wanted(file_of(address), address, Stage.REST)
        self.findings.append(self.finding(wanted, message))

    def finding(self, wanted: Wanted, message: str) -> Finding:
        """Return what is wrong with a file or address of this copy."""
        return Finding(self.place(wanted), message)

    def close(self) -> None:
        """Let go of what was opened."""
        self.state.close()

    def batches(self) -> Iterator[list[Wanted]]:
        """Yield everything that the copy may hold, some at a time."""
        for stage in Stage:
            yield from self.state.wanted(stage)

    @property
    def promised(self) -> int:
        """How many files and archives the versions promise."""
        return self.state.count_wanted(Stage.FILES)

    def releases(self) -> Iterator[Release]:
        """Yield every version that has a record, by its path."""
        for batch in self.state.wanted(Stage.RECORDS):
            for wanted in batch:
                path = self.current(wanted.path)
                if is_record(wanted.address) and path.exists():
                    with suppress(OpendataError):  # among the findings already
                        yield release_of(wanted.address, path, self._following.bases)

    def _survey(self) -> None:
        following = self._following
        following.begin()
        self._have(Stage.LISTS)
        if self.findings:
            return
        following.learn_base()
        further = following.follow_sitemap(SITEMAP)
        self._have(Stage.LISTS)
        for sitemap in further:
            following.follow_sitemap(sitemap)
        self._have(Stage.RECORDS)
        following.follow_records()
        self._have(Stage.REST)
        following.follow_packages()
        following.follow_feeds()
        following.follow_start()
        self._have(Stage.FURTHER)

    @abstractmethod
    def place(self, wanted: Wanted) -> str:
        """Return the name of what is held, as reports say it."""

    @abstractmethod
    def current(self, path: str) -> Path:
        """Return where the file of a path is, of those that lead to others."""

    @abstractmethod
    def _have(self, stage: Stage) -> None:
        """Make sure that what leads to others is there; what may be missing and is, is not held."""

    @abstractmethod
    def digest(self, wanted: Wanted) -> str | None:
        """Return the SHA-256 of what is held, ``None`` where it is missing.

        :raises FetchError: where it cannot be had.
        """

    @abstractmethod
    def opened(self, wanted: Wanted) -> AbstractContextManager[Path]:
        """Give a file that holds the body, as a context."""


class Folder(Copy):
    """A mirror or an export in a folder; nothing is written there."""

    def __init__(self, folder: Path, work: Path, jobs: int) -> None:
        self.folder = folder
        super().__init__(str(folder), [], work, jobs)

    def place(self, wanted: Wanted) -> str:
        return f"{self.folder}/{wanted.path}"

    def current(self, path: str) -> Path:
        return self.folder / path

    def _have(self, stage: Stage) -> None:
        for batch in self.state.wanted(stage):
            for wanted in batch:
                if (self.folder / wanted.path).is_file():
                    continue
                if wanted.required:
                    self.fail(wanted.address, "is missing")
                self.state.want_no_more(wanted.path)

    def digest(self, wanted: Wanted) -> str | None:
        path = self.folder / wanted.path
        return sha256_of(path) if path.is_file() else None

    @contextmanager
    def opened(self, wanted: Wanted) -> Iterator[Path]:
        yield self.folder / wanted.path


class Site(Copy):
    """A site that is asked over HTTP; what leads to others is kept in ``work`` meanwhile."""

    def __init__(self, url: str, work: Path, limits: Limits) -> None:
        self._origin = Origin(url, limits)
        self._places = Places(work / "site")
        super().__init__(self._origin.url, [self._origin.url], work, limits.jobs)

    def place(self, wanted: Wanted) -> str:
        return f"{self._origin.url}{wanted.address}"

    def close(self) -> None:
        super().close()
        self._origin.close()

    def current(self, path: str) -> Path:
        return self._places.current(path)

    def _have(self, stage: Stage) -> None:
        for batch in self.state.wanted(stage):
            leading = [w for w in batch if stage < Stage.FILES or _leads(w.address)]
            leading = [w for w in leading if not self.current(w.path).exists()]
            for outcome in bring_all(self._origin, self._places, self.state, leading):
                if outcome.failure:
                    self.fail(outcome.wanted.address, outcome.failure)
                elif outcome.absent:
                    self.state.want_no_more(outcome.wanted.path)

    def digest(self, wanted: Wanted) -> str | None:
        scratch = self._places.partial / wanted.path.replace("/", "~")
        return self._origin.digest(wanted.address, scratch)

    @contextmanager
    def opened(self, wanted: Wanted) -> Iterator[Path]:
        scratch = self._places.partial / wanted.path.replace("/", "~")
        try:
            if self._origin.fetch(wanted.address, scratch) is None:
                raise FetchError("is not there (404)")
            yield scratch
        finally:
            scratch.unlink(missing_ok=True)


def _leads(address: str) -> bool:
    return address == START or is_feed(address) or is_package(address)


@contextmanager
def open_copy(source: str, limits: Limits) -> Iterator[Copy]:
    """Give the copy at ``source``, an address or a folder.

    :raises OpendataError: where there is none.
    """
    with TemporaryDirectory(prefix="opendata-verify-") as work:
        if source.startswith(("http://", "https://")):
            copy: Copy = Site(source, Path(work), limits)
        elif Path(source).is_dir():
            copy = Folder(Path(source), Path(work), limits.jobs)
        else:
            raise OpendataError(f"{source} is neither a folder nor an address")
        try:
            yield copy
        finally:
            copy.close()
