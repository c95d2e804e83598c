"""The releases of a dataset: its own SHA256SUMS, which names every version ever released.

``sha256sum --check`` reads it in the dataset's folder. It is written by the release alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path

from opendata.errors import Place, Problem
from opendata.versions.digests import SUMS, digest_of, make_correction, restore

#: The log of a dataset's releases, for people; written by the release.
CHANGELOG = "CHANGELOG.md"
#: Stands in a dataset's folder while a release is moved to its place.
INTERRUPTED = ".releasing"

_LINE = re.compile(r"([0-9a-f]{64})  ([0-9.]+)/" + SUMS)


def releases_of(versions: Iterable[Path]) -> str:
    """Return a dataset's SHA256SUMS for the folders of its released versions, in their order."""
    return "".join(f"{digest_of(path)}  {path.name}/{SUMS}\n" for path in versions)


def check_releases(dataset: Path, versions: Iterable[Path], problems: list[Problem]) -> None:
    """Check that the released versions of a dataset are those that were released, all of them.

    :param versions: the folders of those that are there.
    """
    path = dataset / SUMS
    there = {version.name: version for version in versions}
    if (dataset / INTERRUPTED).exists():
        fix = f"run opendata release {dataset.name} --source FILE: it ends what was begun"
        problems.append(_problem(dataset / INTERRUPTED, 1, "is a release cut short", fix))
        return
    if not path.exists() and not there:
        return
    try:
        lines = path.read_bytes().decode("ascii").removesuffix("\n").split("\n")
    except (OSError, UnicodeDecodeError):
        fix = f"{restore(path)}; it names every release; {make_correction(dataset.name)}"
        problems.append(_problem(path, 1, "is missing or unreadable", fix))
        return
    listed: set[str] = set()
    for number, line in enumerate(lines, 1):
        match = _LINE.fullmatch(line)
        if not match or match[2] in listed:
            message = "is not the line of a release" if not match else "stands twice"
            problems.append(_problem(path, number, message, restore(path)))
            continue
        digest, name = match.groups()
        listed.add(name)
        _check_release(dataset / name, digest, there, problems)
    for name in sorted(there.keys() - listed):
        fix = (
            "move it away and release it from draft/ "
            f"(opendata release {dataset.name} {name} --source FILE), "
            f"or, if it was released, {restore(path)}"
        )
        problems.append(_problem(there[name], 1, f"is not named in {path}", fix))


def _check_release(
    version: Path, digest: str, there: dict[str, Path], problems: list[Problem]
) -> None:
    sums = version / SUMS
    if version.name not in there:
        fix = f"{restore(version)}; a release stays, {make_correction(version.parent.name)}"
        problems.append(_problem(version, 1, "was released and is missing", fix))
    elif sums.is_file() and digest_of(version) != digest:
        listing = version.parent / SUMS
        fix = f"{restore(sums, listing)}; {make_correction(version.parent.name)}"
        problems.append(_problem(sums, 1, f"is not the one that {listing} names", fix))


def _problem(path: Path, line: int, message: str, fix: str) -> Problem:
    return Problem(Place(str(path), line), "-", "-", message, fix)
