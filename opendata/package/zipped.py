"""Zip archives (PKWARE APPNOTE 6.3) whose bytes follow from their members alone.

Members come as streams, so that memory is constant, and can be put together from pieces that
were compressed for another archive. Names are UTF-8 (flag bit 11), times and permissions fixed;
archives of 65,535 members or 4 GiB and more are Zip64.
"""

from __future__ import annotations

import struct
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import BinaryIO

from opendata.package.deflated import LAST, Sums, deflated

#: Sizes and counts from here on need Zip64.
_LARGE = 0xFFFFFFFF
_MANY = 0xFFFF
_UTF8 = 0x0800
_DEFLATED = 8
#: Version 4.5 (Zip64), made on Unix: a plain file that everybody may read.
_VERSION = 45
_MADE_BY = 3 << 8 | _VERSION
_MODE = 0o100644 << 16


class TooLargeError(ValueError):
    """A member that turned out to be larger than it was said to be."""


@dataclass(frozen=True, slots=True)
class Member:
    """A member of an archive: where its header and its compressed bytes begin, and its sums."""

    name: str
    offset: int
    start: int
    packed: int
    size: int
    crc: int
    sha256: str


class ZipWriter:
    """Writes one archive into a new file."""

    def __init__(self, file: BinaryIO, day: date) -> None:
        """Begin an archive whose members are all of ``day``, at midnight."""
        self._file = file
        year = min(max(day.year, 1980), 2107)  # what the form can hold
        self._day = (year - 1980) << 9 | day.month << 5 | day.day
        self.members: list[Member] = []

    def add(self, name: str, blocks: Iterable[bytes], *, apart: bool = False) -> Member:
        """Compress ``blocks`` into the member ``name``.

        :param apart: whether the first block is compressed apart from the rest, so that the rest
            can become a piece of another member (:meth:`join`).
        :raises TooLargeError: where they are 4 GiB or more.
        """
        sums = Sums()
        return self._write(name, deflated(sums.of_plain(blocks), apart=apart), sums)

    def join(self, name: str, pieces: Iterable[bytes], *, large: bool) -> Member:
        """Put the member ``name`` together from pieces that were compressed apart.

        :param pieces: whole pieces, one after the other, in blocks of any size.
        :param large: whether they may be 4 GiB or more.
        :raises TooLargeError: where they are so without ``large``.
        """
        sums = Sums()
        return self._write(name, sums.of_packed(pieces), sums, last=LAST, large=large)

    def copy(self, member: Member, name: str, packed: Iterable[bytes]) -> Member:
        """Copy a member of another archive, ``packed`` as it is there, under ``name``."""
        sums = Sums(member.size, member.crc, member.sha256)
        return self._write(name, packed, sums)

    def close(self) -> None:
        """Write the directory of the members."""
        begun = self._file.tell()
        for member in self.members:
            self._file.write(_entry(member, self._day))
        end = self._file.tell()
        count, size = len(self.members), end - begun
        if count >= _MANY or begun >= _LARGE or size >= _LARGE:
            numbers = (44, _MADE_BY, _VERSION, 0, 0, count, count, size, begun)
            self._file.write(struct.pack("<4sQHHIIQQQQ", b"PK\x06\x06", *numbers))
            self._file.write(struct.pack("<4sIQI", b"PK\x06\x07", 0, end, 1))
        few = min(count, _MANY)
        last = (0, 0, few, few, min(size, _LARGE), min(begun, _LARGE), 0)
        self._file.write(struct.pack("<4sHHHHIIH", b"PK\x05\x06", *last))

    def _write(
        self,
        name: str,
        packed: Iterable[bytes],
        sums: Sums,
        *,
        last: bytes = b"",
        large: bool = False,
    ) -> Member:
        """Write a member behind room for its header, and then the header."""
        offset = self._file.tell()
        start = offset + 30 + len(name.encode()) + (20 if large else 0)
        self._file.write(bytes(start - offset))
        for block in packed:
            self._file.write(block)
        self._file.write(last)
        end = self._file.tell()
        member = Member(name, offset, start, end - start, sums.size, sums.crc, sums.hexdigest())
        if not large and max(member.packed, member.size) >= _LARGE:
            raise TooLargeError(f"{name} is 4 GiB or more")
        self._file.seek(offset)
        self._file.write(_header(member, self._day, large=large))
        self._file.seek(end)
        self.members.append(member)
        return member


def _header(member: Member, day: int, *, large: bool) -> bytes:
    name = member.name.encode()
    extra = struct.pack("<HHQQ", 1, 16, member.size, member.packed) if large else b""
    packed, size = (_LARGE, _LARGE) if large else (member.packed, member.size)
    numbers = (_VERSION, _UTF8, _DEFLATED, 0, day, member.crc, packed, size, len(name), len(extra))
    return struct.pack("<4sHHHHHIIIHH", b"PK\x03\x04", *numbers) + name + extra


def _entry(member: Member, day: int) -> bytes:
    name = member.name.encode()
    long = [n for n in (member.size, member.packed, member.offset) if n >= _LARGE]
    extra = struct.pack(f"<HH{len(long)}Q", 1, 8 * len(long), *long) if long else b""
    packed, size, offset = (min(n, _LARGE) for n in (member.packed, member.size, member.offset))
    numbers = (
        *(_MADE_BY, _VERSION, _UTF8, _DEFLATED, 0, day, member.crc, packed, size),
        *(len(name), len(extra), 0, 0, 0, _MODE, offset),
    )
    return struct.pack("<4sHHHHHHIIIHHHHHII", b"PK\x01\x02", *numbers) + name + extra
