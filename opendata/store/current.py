"""The store that is served: picked up when a build puts another one in its place."""

from __future__ import annotations

import logging
import os
import threading
from pathlib import Path

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


class CurrentStore:
    """Follows ``current``; a request that has begun keeps the store it began with.

    Drafts and what is published never take each other's place: a store of the other kind is a
    fault.
    """

    def __init__(self, folder: Path, *, preview: bool = False) -> None:
        """Follow the stores below ``folder``, which are ``preview`` s of drafts or are not."""
        self.folder = folder
        self.preview = preview
        self.fault: str | None = None
        self._lock = threading.Lock()
        self._store: Store | None = None
        self._seen: Path | None = None

    def get(self) -> Store:
        """Return the current store; the last good one where a new one cannot be opened.

        :raises StoreError: where there is none at all.
        """
        path = store_path(self.folder)
        if path != self._seen:
            with self._lock:
                if path != self._seen:
                    self._open(path)
                    self._seen = path
        if self._store is None:
            raise StoreError(self.fault or f"nothing was built in {self.folder}")
        return self._store

    def _open(self, path: Path | None) -> None:
        if path is None:
            self.fault = f"nothing was built in {self.folder}"
            return
        try:
            self._store = self._opened(path)
            self.fault = None
            _log.info("serving store %s", self._store.digest)
        except StoreError as error:
            self.fault = str(error)
            _log.error("keeping the last store: %s", error)

    def _opened(self, path: Path) -> Store:
        store = Store(path)
        if store.preview == self.preview:
            return store
        store.close()
        if store.preview:
            raise StoreError(f"{path} is a preview of drafts, which only serve --draft serves")
        raise StoreError(f"{path} is no preview of drafts, but a store to publish")
