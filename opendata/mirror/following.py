"""From what was fetched to what is to be fetched: sitemaps, records, packages, feeds."""

from __future__ import annotations

from collections.abc import Callable
from enum import IntEnum
from pathlib import Path

from opendata.mirror.addresses import (
    BULK,
    CHECKSUMS,
    INDEX,
    OPTIONAL,
    SITEMAP,
    START,
    archives_of,
    assets_of,
    beside,
    is_feed,
    is_package,
)
from opendata.mirror.layout import UnsafeError, file_of, local
from opendata.mirror.listing import UnreadableError, base_of, leads
from opendata.mirror.releases import CHECKSUM, checksum_in, is_record, release_of, tables_of
from opendata.mirror.state import State, Wanted


class Stage(IntEnum):
    """When in a run a file is fetched; each stage tells what the later ones fetch."""

    LISTS = 0
    RECORDS = 1
    FILES = 2
    REST = 3
    FURTHER = 4


class Following:
    """Finds out what is to be had of a site, and has ``state`` remember it.

    ``base`` is the address that the site gives itself, as soon as that is learnt.

    :param bases: addresses of the site that are known; the one it gives itself is added.
    :param current: tells where the file of a path is, if it is there.
    :param fail: is told what leads nowhere, by address and message.
    """

    def __init__(
        self,
        bases: list[str],
        state: State,
        current: Callable[[str], Path],
        fail: Callable[[str, str], None],
    ) -> None:
        self.bases = bases
        self.base: str | None = None
        self._state = state
        self._current = current
        self._fail = fail

    def begin(self) -> None:
        """Want what is known beforehand, and nothing else."""
        self._state.want_nothing()
        self._want(INDEX, Stage.LISTS)
        self._want(SITEMAP, Stage.LISTS)
        for address in OPTIONAL:
            self._want(address, Stage.REST, required=False)
        for address in CHECKSUMS:
            self._want(address, Stage.RECORDS, required=False)

    def learn_base(self) -> None:
        """Learn which address the site gives itself: its own, or that of what it is a copy of."""
        try:
            index = self._current(file_of(INDEX)).read_bytes()
            self.base = base_of(index)
            self.bases.append(self.base)
        except (UnreadableError, OSError) as error:
            self._fail(INDEX, str(error))

    def follow_sitemap(self, sitemap: str) -> list[str]:
        """Want all that a sitemap lists; return the sitemaps that an index does."""
        further = []
        try:
            for url, listed in leads(self._current(file_of(sitemap))):
                address = self._want_url(url, Stage.LISTS if listed else Stage.REST, sitemap)
                if address and listed:
                    further.append(address)
        except (UnreadableError, OSError) as error:
            self._fail(sitemap, str(error))
        return further

    def follow_records(self) -> None:
        """Want the files that versions promise, by their digests."""
        for batch in self._state.wanted(Stage.RECORDS):
            for wanted in batch:
                if is_record(wanted.address):
                    self._follow_record(wanted)
        self._want_archive(BULK, None)

    def _follow_record(self, wanted: Wanted) -> None:
        path = self._current(wanted.path)
        if not path.exists():
            return  # its failure is known
        try:
            release = release_of(wanted.address, path, self.bases)
            for file in release.files:
                self._want(file.address, Stage.FILES, sha256=file.sha256)
                for possible in beside(file.address):
                    self._want(possible, Stage.REST, required=False)
        except (UnreadableError, UnsafeError) as error:
            self._fail(wanted.address, str(error))
            return
        self._want_archive(release.archive, release.sha256)

    def _want_archive(self, address: str, version: str | None) -> None:
        """Want an archive where its checksum is there."""
        checksum = file_of(f"{address}{CHECKSUM}")
        path = self._current(checksum)
        if self._state.find(checksum) and path.exists():
            try:
                sha256 = checksum_in(path)
            except UnreadableError as error:
                self._fail(f"{address}{CHECKSUM}", str(error))
            else:
                self._want(address, Stage.FILES, sha256=sha256, version=version)

    def follow_packages(self) -> None:
        """Want the tables that data packages name, by their digests."""
        for batch in self._state.wanted(Stage.REST):
            for wanted in batch:
                path = self._current(wanted.path)
                if not is_package(wanted.address) or not path.exists():
                    continue
                try:
                    for table in tables_of(wanted.address, path):
                        self._want(table.address, Stage.FURTHER, sha256=table.sha256)
                except (UnreadableError, UnsafeError) as error:
                    self._fail(wanted.address, str(error))

    def follow_start(self) -> None:
        """Want what pages are shown with: style sheet, script, icon."""
        path = self._current(file_of(START))
        if path.exists():
            for asset in assets_of(path):
                self._want(asset, Stage.FURTHER)

    def follow_feeds(self) -> None:
        """Want the archives that feeds lead to."""
        for batch in self._state.wanted(Stage.REST):
            for wanted in batch:
                path = self._current(wanted.path)
                if not is_feed(wanted.address) or not path.exists():
                    continue
                try:
                    for url in archives_of(path):
                        self._want_url(url, Stage.FURTHER, wanted.address)
                except UnreadableError as error:
                    self._fail(wanted.address, str(error))

    def _want_url(self, url: str, stage: Stage, listed_by: str) -> str | None:
        try:
            address = local(url, self.bases)
            if is_record(address):
                stage = Stage.RECORDS
                self._want(f"{address}.zip{CHECKSUM}", stage, required=False)
            self._want(address, stage)
            for possible in beside(address):
                self._want(possible, Stage.REST, required=False)
        except UnsafeError as error:
            self._fail(listed_by, str(error))
            return None
        return address

    def _want(
        self,
        address: str,
        stage: Stage,
        *,
        required: bool = True,
        sha256: str | None = None,
        version: str | None = None,
    ) -> None:
        wanted = Wanted(file_of(address), address, stage, required, sha256, version)
        self._state.want([wanted])
