"""The store that is served: picked up when a build puts another one in its place."""

from __future__ import annotations

import logging
import os
import threading
from collections.abc import Hashable
from datetime import UTC, datetime
from pathlib import Path
from typing import Protocol

from opendata.errors import StoreError
from opendata.store.reading import Store

_log = logging.getLogger(__name__)

#: Name of the link to the current store, in the folder of the stores.
CURRENT = "current"


def store_path(folder: Path) -> Path | None:
    """Return the file that ``current`` leads to, or ``None`` where nothing was built."""
    try:
        return folder / os.readlink(folder / CURRENT)
    except OSError:  # nothing there, or something that is no link
        return None


class Stores(Protocol):
    """Where one store is put in the place of another."""

    #: What to say where there is none.
    empty: str
    #: Why it cannot be told which store is current, while that is so.
    trouble: str | None

    def current(self) -> Hashable | None:
        """Return what tells the current store from others; ``None`` where there is none."""

    def open(self, current: Hashable) -> Store:
        """Open the store that :meth:`current` told.

        :raises StoreError: where it cannot be read; another try is another ``current``.
        """

    def state(self) -> Hashable | None:
        """Return what answers that are kept were made of; ``None`` to keep none.

        It tells the current store from every other, past and to come, also from itself where it
        is put back.
        """

    def changed(self, store: Store) -> datetime | None:
        """Return when ``store`` was put in its place, while it is there."""


class Folder:
    """A folder of store files, with a link to the current one."""

    trouble = None

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.empty = f"nothing was built in {folder}"

    def current(self) -> Path | None:
        return store_path(self.folder)

    def open(self, current: Hashable) -> Store:
        assert isinstance(current, Path)
        return Store(current)

    def state(self) -> Hashable | None:
        try:
            found = (self.folder / CURRENT).lstat()
        except OSError:
            return None
        return found.st_ino, found.st_mtime_ns

    def changed(self, store: Store) -> datetime | None:
        try:
            changed = (self.folder / CURRENT).lstat().st_mtime
        except OSError:
            return None
        # asked in this order, so that the time is never that of a later store
        return datetime.fromtimestamp(changed, UTC) if self.current() == store.path else None


class CurrentStore:
    """Follows what is current; a request that has begun keeps the store it began with.

    Drafts and what is published never take each other's place: a store of the other kind is a
    fault.
    """

    def __init__(self, stores: Path | Stores, *, preview: bool = False) -> None:
        """Follow ``stores``, which are ``preview`` s of drafts or are not; a path is a folder."""
        self.preview = preview
        self._stores = Folder(stores) if isinstance(stores, Path) else stores
        self._fault: str | None = None
        self._lock = threading.Lock()
        self._store: Store | None = None
        self._seen: Hashable | None = None

    @property
    def fault(self) -> str | None:
        """Why what is served may not be the newest store."""
        return self._fault or self._stores.trouble

    def get(self) -> Store:
        """Return the current store; the last good one where a new one cannot be opened.

        :raises StoreError: where there is none at all.
        """
        current = self._stores.current()
        if current != self._seen:
            with self._lock:
                if current != self._seen:
                    self._open(current)
                    self._seen = current
        if self._store is None:
            raise StoreError(self.fault or self._stores.empty)
        return self._store

    def state(self) -> Hashable | None:
        """Return what answers that are kept were made of; ``None`` to keep none."""
        return self._stores.state()

    def changed(self, store: Store) -> datetime | None:
        """Return when ``store`` was put in its place.

        ``None`` where another one is there by now, or nothing: a store that was put back would
        have the time of its first life, and clients would keep what came between. Nor of a
        preview, whose builds follow each other faster than the seconds that dates tell.
        """
        return None if self.preview else self._stores.changed(store)

    def _open(self, current: Hashable | None) -> None:
        if current is None:
            self._fault = self._stores.empty
            return
        try:
            self._store = self._opened(current)
            self._fault = None
            _log.info("serving store %s", self._store.digest)
        except StoreError as error:
            self._fault = str(error)
            _log.error("keeping the last store: %s", error)

    def _opened(self, current: Hashable) -> Store:
        store = self._stores.open(current)
        if store.preview == self.preview:
            return store
        store.close()
        if store.preview:
            raise StoreError(
                f"{store.name} is a preview of drafts, which only serve --draft serves"
            )
        raise StoreError(f"{store.name} is no preview of drafts, but a store to publish")
