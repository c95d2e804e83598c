"""Doing something again whenever a file below a folder changes, until Ctrl-C."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from time import sleep

#: How long files are left alone between two looks, in seconds.
PAUSE = 0.5

#: What tells that a file changed: its inode, size and time of modification; a folder has none.
_Snapshot = dict[str, tuple[int, int, int] | None]


def watch(folder: Path, act: Callable[[], None]) -> None:
    """Call ``act`` now and after each change below ``folder``; return on Ctrl-C.

    Changes that follow each other at once are one: files are waited for until they rest.
    Hidden files, as editors leave behind, count for nothing.
    """
    try:
        acted_on: _Snapshot | None = None
        last = _snapshot(folder)
        while True:
            if last != acted_on:
                acted_on = last
                act()
            last = _at_rest(folder)
    except KeyboardInterrupt:
        return


def _at_rest(folder: Path) -> _Snapshot:
    """Wait a while, then until nothing changed between two looks; return what there is."""
    sleep(PAUSE)
    now = _snapshot(folder)
    before: _Snapshot | None = None
    while now != before:
        before = now
        sleep(PAUSE / 5)
        now = _snapshot(folder)
    return now


def _snapshot(folder: Path) -> _Snapshot:
    found: _Snapshot = {}
    for path, folders, files in os.walk(folder):
        folders[:] = _shown(folders)
        for name in folders:
            found[f"{path}/{name}"] = None
        for name in _shown(files):
            file = Path(path, name)
            try:
                status = file.lstat()
            except OSError:
                continue  # gone since it was listed: the next look tells
            found[str(file)] = (status.st_ino, status.st_size, status.st_mtime_ns)
    return found


def _shown(names: list[str]) -> list[str]:
    return [name for name in names if not name.startswith(".")]
