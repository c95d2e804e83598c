"""What an export holds, unit by unit: lines of text, so that the next run knows what is there."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

#: What a client is told by its status where nothing can be had as a file.
MOVED, GONE, OK = 308, 410, 200


class Entry(NamedTuple):
    """What became of an address.

    ``file`` is below the folder of the site, empty where there is none; ``size`` in bytes;
    ``etag`` the field of the application; ``content_type`` the whole field; ``policy`` the
    Content-Security-Policy of a page; ``location`` where a moved address leads; ``following``
    the queries that the answer leads to, separated by spaces; ``template`` the form of the address.
    """

    address: str
    status: int = OK
    file: str = ""
    size: int = 0
    sha256: str = ""
    etag: str = ""
    content_type: str = ""
    policy: str = ""
    location: str = ""
    following: str = ""
    template: str = ""

    def line(self) -> str:
        """Return the line of a manifest."""
        return "\t".join(map(str, self)) + "\n"

    @classmethod
    def of(cls, line: str) -> Entry:
        """Return what a line of a manifest says."""
        found = line.rstrip("\n").split("\t")
        return cls(found[0], int(found[1]), found[2], int(found[3]), *found[4:])


def read(path: Path) -> Iterator[Entry]:
    """Yield the entries of a manifest; none where there is none."""
    try:
        with path.open(encoding="utf-8") as lines:
            next(lines, None)
            for line in lines:
                yield Entry.of(line)
    except FileNotFoundError:
        return


def state_of(path: Path) -> str:
    """Return the state that the entries of a manifest follow from; nothing where there is none."""
    try:
        with path.open(encoding="utf-8") as lines:
            return next(lines, "").rstrip("\n")
    except FileNotFoundError:
        return ""


def write(path: Path, state: str, entries: Iterable[Entry]) -> None:
    """Write a manifest."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", encoding="utf-8", newline="\n") as file:
        file.write(f"{state}\n")
        file.writelines(entry.line() for entry in entries)
