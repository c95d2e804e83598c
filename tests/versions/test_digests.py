"""A released version is, byte for byte, what was released."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from opendata.errors import Problem
from opendata.versions import check_digests, digest_of, sums_of
from opendata.versions.digests import make_correction, restore

FILES = ("SHA256SUMS", "changes.yaml", "dataset.yaml", "targets.yaml", "vocabularies.yaml")


@pytest.fixture
def version(released: Path) -> Path:
    """The folder of the released version."""
    return released / "demo-2030" / "1.0.0"


def _said(version: Path) -> list[str]:
    problems: list[Problem] = []
    check_digests(version, problems)
    below = f"{version}/"
    return [f"{p.place.file.removeprefix(below)}:{p.place.line} {p.message}" for p in problems]


def test_a_version_as_released_is_still(version: Path) -> None:
    """And ``sha256sum --check``, which anybody has, agrees."""
    assert _said(version) == []
    command = ["sha256sum", "--check", "--strict", "--quiet", "SHA256SUMS"]
    assert subprocess.run(command, cwd=version, check=False).returncode == 0
    assert (version / "SHA256SUMS").read_text() == sums_of(version)


@pytest.mark.parametrize("name", FILES)
def test_every_flipped_bit_is_noticed(name: str, version: Path) -> None:
    """Whichever byte it is in, of any file of the version, SHA256SUMS among them."""
    path = version / name
    content = path.read_bytes()
    unnoticed = []
    for place in range(0, len(content), max(1, len(content) // 200)):
        for bit in (1, 4, 32):
            path.write_bytes(bytes([*content[:place], content[place] ^ bit, *content[place + 1 :]]))
            if not _said(version):
                unnoticed.append((place, bit))
    assert unnoticed == []


def test_every_flipped_line_break_of_the_digests_is_noticed(version: Path) -> None:
    """Other characters end lines too, but not those of the release."""
    path = version / "SHA256SUMS"
    content = path.read_bytes()
    for other in (b"\r", b"\r\n", b"\x0b", b"\x0c", b"\x1c", b"\n\n", b""):
        path.write_bytes(content.replace(b"\n", other, 1))
        assert _said(version)
    path.write_bytes(content[:-1])
    assert _said(version) == ["SHA256SUMS:1 was changed after its release"]


def test_lines_put_in_another_order_are_noticed(version: Path) -> None:
    """The digest of the digests stands for the version, so they have one form."""
    path = version / "SHA256SUMS"
    lines = path.read_text().splitlines(keepends=True)
    before = digest_of(version)
    path.write_text("".join(reversed(lines)))
    assert digest_of(version) != before
    assert _said(version) == ["SHA256SUMS:1 was changed after its release"]


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("x", ["SHA256SUMS:7 is not a digest line"]),
        (f"{'0' * 64}  ../../draft/targets.yaml", ["SHA256SUMS:7 is not a digest line"]),
        (f"{'0' * 64} *targets.yaml", ["SHA256SUMS:7 is not a digest line"]),
        (f"{'0' * 64}  notes.txt", ["notes.txt:1 was released and is missing"]),
        (f"{'0' * 64}  targets.yaml", ["targets.yaml:1 was changed after its release"]),
    ],
)
def test_a_line_that_was_not_released_is_named(line: str, said: list[str], version: Path) -> None:
    """By its place, or by the file it names."""
    with (version / "SHA256SUMS").open("a") as file:
        file.write(f"{line}\n")
    assert _said(version) == said


def test_files_changed_missing_and_added_are_named_all_at_once(version: Path) -> None:
    """With what to do about each."""
    (version / "targets.yaml").write_text("[]\n")
    (version / "glossary.yaml").unlink()
    (version / "notes.txt").touch()
    problems: list[Problem] = []
    check_digests(version, problems)
    assert [str(p).removeprefix(f"{version}/") for p in problems] == [
        (
            "glossary.yaml:1:1 - - was released and is missing; "
            f"{restore(version / 'glossary.yaml')}; {make_correction('demo-2030')}"
        ),
        (
            "targets.yaml:1:1 - - was changed after its release; "
            f"{restore(version / 'targets.yaml')}; {make_correction('demo-2030')}"
        ),
        (
            "notes.txt:1:1 - - was not part of the release; "
            f"remove it; {make_correction('demo-2030')}"
        ),
    ]


def test_digests_that_cannot_be_read_are_named(version: Path) -> None:
    """Missing, a folder, or not text."""
    path = version / "SHA256SUMS"
    path.write_bytes(b"\xff")
    assert _said(version) == ["SHA256SUMS:1 is missing or unreadable"]
    path.unlink()
    assert _said(version) == ["SHA256SUMS:1 is missing or unreadable"]
    path.mkdir()
    assert _said(version) == ["SHA256SUMS:1 is missing or unreadable"]


def test_restoring_works_where_the_tampering_was_committed(version: Path) -> None:
    """Whatever was committed since, the commit of the release has the file."""
    path = version / "targets.yaml"
    assert restore(path) == (
        "restore it from the commit of its release "
        f"(git log -- {path}; git restore --source=COMMIT -- {path})"
    )
