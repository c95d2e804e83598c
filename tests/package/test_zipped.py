"""Archives that everyday tools open, whose bytes follow from their members."""

from __future__ import annotations

import io
import shutil
import subprocess
import zipfile
from collections.abc import Mapping, Sequence
from datetime import date
from hashlib import sha256
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from opendata.package import zipped
from opendata.package.deflated import LAST, length_apart
from opendata.package.zipped import Member, TooLargeError, ZipWriter

_DAY = date(2030, 2, 1)
_BLOCKS = st.lists(st.binary(max_size=2000), max_size=6)
_NAMES = st.text("abc/目标-._", min_size=1, max_size=20).map(lambda name: f"m{name}m")


def _archive(members: Mapping[str, Sequence[bytes]], *, apart: bool = False) -> bytes:
    file = io.BytesIO()
    archive = ZipWriter(file, _DAY)
    for name, blocks in members.items():
        archive.add(name, blocks, apart=apart)
    archive.close()
    return file.getvalue()


@given(st.dictionaries(_NAMES, _BLOCKS, max_size=5), st.booleans())
def test_what_went_in_comes_out(members: dict[str, list[bytes]], apart: bool) -> None:
    """Names, contents, times and permissions, as Python's own reader sees them."""
    body = _archive(members, apart=apart)
    with zipfile.ZipFile(io.BytesIO(body)) as found:
        assert found.testzip() is None
        assert {n: found.read(n) for n in found.namelist()} == {
            name: b"".join(blocks) for name, blocks in members.items()
        }
        for info in found.infolist():
            assert info.date_time == (2030, 2, 1, 0, 0, 0)
            assert info.external_attr >> 16 == 0o100644
            assert info.flag_bits & 0x800
    assert body == _archive(members, apart=apart)


@given(st.lists(_BLOCKS.map(lambda blocks: [b"head\r\n", *blocks]), min_size=1, max_size=4))
def test_pieces_join_to_a_member(tables: list[list[bytes]]) -> None:
    """The rows of many tables under one head are copied, not compressed again."""
    file = io.BytesIO()
    source = ZipWriter(file, _DAY)
    members = [source.add(f"{n}.csv", blocks, apart=True) for n, blocks in enumerate(tables)]
    raw, head = file.getvalue(), length_apart(b"head\r\n")
    pieces = [_packed(raw, members[0])[: -len(LAST)]]
    pieces += [_packed(raw, member)[head : -len(LAST)] for member in members[1:]]
    joined = io.BytesIO()
    target = ZipWriter(joined, _DAY)
    member = target.join("all.csv", pieces, large=True)
    copy = target.copy(members[0], "copy.csv", [_packed(raw, members[0])])
    target.close()
    whole = b"head\r\n" + b"".join(b"".join(blocks[1:]) for blocks in tables)
    with zipfile.ZipFile(joined) as found:
        assert found.testzip() is None
        assert found.read("all.csv") == whole
        assert found.read("copy.csv") == b"".join(tables[0])
    assert (member.size, member.sha256) == (len(whole), sha256(whole).hexdigest())
    assert copy.sha256 == members[0].sha256


def _packed(raw: bytes, member: Member) -> bytes:
    return raw[member.start : member.start + member.packed]


def test_more_members_than_an_old_archive_can_hold(tmp_path: Path) -> None:
    """From 65,535 members on the directory is Zip64, which unzip reads."""
    members: dict[str, Sequence[bytes]] = {f"{n:05}": [] for n in range(0xFFFF + 1)}
    path = tmp_path / "many.zip"
    path.write_bytes(_archive(members))
    with zipfile.ZipFile(path) as found:
        assert len(found.namelist()) == len(members)
    if shutil.which("unzip"):
        assert subprocess.run(["unzip", "-tqq", path], check=False).returncode == 0


def test_offsets_and_sizes_beyond_the_old_limits(monkeypatch: pytest.MonkeyPatch) -> None:
    """Zip64 begins where the old form ends; here at 100 bytes, since 4 GiB would take long."""
    monkeypatch.setattr(zipped, "_LARGE", 100)
    with pytest.raises(TooLargeError, match="long is 4 GiB or more"):
        _archive({"long": [b"x" * 200]})


def test_a_member_that_says_so_may_be_large() -> None:
    """Its header and its entry tell the same, whatever size it is."""
    file = io.BytesIO()
    archive = ZipWriter(file, _DAY)
    piece = _archive({"m": [b"", b"abc"]}, apart=True)
    with zipfile.ZipFile(io.BytesIO(piece)) as found:
        [info] = found.infolist()
    start = 30 + len("m")
    archive.join("m", [piece[start : start + info.compress_size - len(LAST)]], large=True)
    archive.close()
    with zipfile.ZipFile(file) as found:
        assert found.read("m") == b"abc"


def test_a_day_before_the_form_begins_is_its_first_year() -> None:
    """Zip knows no day before 1980."""
    file = io.BytesIO()
    archive = ZipWriter(file, date(1975, 5, 6))
    archive.add("m", [])
    archive.close()
    with zipfile.ZipFile(file) as found:
        assert found.infolist()[0].date_time[:3] == (1980, 5, 6)
