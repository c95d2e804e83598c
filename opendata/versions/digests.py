"""SHA256SUMS: the digests that hold a released version still (sha256sum -c reads them)."""

from __future__ import annotations

import hashlib
import re
from pathlib import Path

from opendata.errors import Place, Problem

SUMS = "SHA256SUMS"

_LINE = re.compile(r"([0-9a-f]{64})  ([^/\s]+)")


def sums_of(folder: Path) -> str:
    """Return the SHA256SUMS of the files in ``folder``, in the order of their names."""
    files = sorted(path for path in folder.iterdir() if path.name != SUMS)
    return "".join(f"{_sha256(path)}  {path.name}\n" for path in files)


def digest_of(folder: Path) -> str:
    """Return the SHA-256 of a version's SHA256SUMS, which stands for the whole version."""
    return _sha256(folder / SUMS)


def restore(*paths: Path) -> str:
    """Say how released files or folders are brought back."""
    named = " ".join(map(str, paths))
    commit = f"git log -- {named}; git restore --source=COMMIT -- {named}"
    return f"restore it from the commit of its release ({commit})"


def make_correction(dataset: str) -> str:
    """Say how a released version is corrected: by another one."""
    return f"to correct it, edit draft/ and run opendata release {dataset} --source FILE"


def check_digests(folder: Path, problems: list[Problem]) -> None:
    """Check that a released version is, byte for byte, what was released."""
    sums = folder / SUMS
    instead = f"{restore(sums)}; {make_correction(folder.parent.name)}"
    try:
        lines = sums.read_bytes().decode("ascii").removesuffix("\n").split("\n")
    except (OSError, UnicodeDecodeError):
        problems.append(_problem(sums, 1, "is missing or unreadable", instead))
        return
    before = len(problems)
    listed = set()
    for number, line in enumerate(lines, 1):
        match = _LINE.fullmatch(line)
        if not match:
            problems.append(_problem(sums, number, "is not a digest line", instead))
            continue
        digest, name = match.groups()
        listed.add(name)
        _check_file(folder / name, digest, problems)
    for path in sorted(folder.iterdir()):
        if path.name not in listed and path.name != SUMS:
            fix = f"remove it; {make_correction(folder.parent.name)}"
            problems.append(_problem(path, 1, "was not part of the release", fix))
    if len(problems) == before and sums.read_bytes() != sums_of(folder).encode():
        problems.append(_problem(sums, 1, "was changed after its release", instead))


def _check_file(path: Path, digest: str, problems: list[Problem]) -> None:
    fix = f"{restore(path)}; {make_correction(path.parents[1].name)}"
    if not path.is_file():
        problems.append(_problem(path, 1, "was released and is missing", fix))
    elif _sha256(path) != digest:
        problems.append(_problem(path, 1, "was changed after its release", fix))


def _problem(path: Path, line: int, message: str, fix: str) -> Problem:
    return Problem(Place(str(path), line), "-", "-", message, fix)


def _sha256(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()
