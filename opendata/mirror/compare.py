"""Two copies of a site, proved equal or told apart."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial

from opendata.errors import OpendataError
from opendata.mirror.copies import Copy
from opendata.mirror.releases import Release
from opendata.mirror.report import Finding
from opendata.mirror.state import Wanted

BYTES = "the same bytes at every address"
RELEASES = "the same versions and tables, by their digests; their own addresses differ"


@dataclass(frozen=True, slots=True)
class Comparison:
    """What was compared: how (:data:`BYTES` or :data:`RELEASES`), how much, and what differs."""

    how: str
    compared: int
    findings: list[Finding]


def compare(one: Copy, other: Copy) -> Comparison:
    """Compare two copies.

    Copies that give themselves the same address (a site and its mirrors) are equal where they have
    the same addresses with the same bytes. Others name their own addresses in what they say, so
    the bytes of that cannot be equal: they are equal where they have the same versions, with the
    same digests of the version and of each of its tables for programs.
    """
    unknown = [copy for copy in (one, other) if copy.base is None]
    if unknown:
        findings = [Finding(copy.name, "is no copy that can be compared") for copy in unknown]
        return Comparison(BYTES, 0, findings)
    if one.base == other.base:
        return _compare_bytes(one, other)
    return _compare_releases(one, other)


def _compare_bytes(one: Copy, other: Copy) -> Comparison:
    compared, findings = 0, []
    with ThreadPoolExecutor(max(one.jobs, other.jobs)) as pool:
        for batch in _all(one, other):
            for found in pool.map(partial(_difference, one, other), batch):
                compared += 1
                findings += found
    return Comparison(BYTES, compared, findings)


def _all(one: Copy, other: Copy) -> Iterator[list[tuple[Wanted | None, Wanted | None]]]:
    """Yield what either holds, some at a time, with what the other has at the same address."""
    for batch in one.batches():
        yield [(wanted, other.state.find(wanted.path)) for wanted in batch]
    for batch in other.batches():
        yield [(None, wanted) for wanted in batch if one.state.find(wanted.path) is None]


def _difference(one: Copy, other: Copy, pair: tuple[Wanted | None, Wanted | None]) -> list[Finding]:
    wanted = pair[0] or pair[1]
    assert wanted is not None
    try:
        digests = (_digest(one, pair[0]), _digest(other, pair[1]))
    except OpendataError as error:
        return [Finding(wanted.address, f"cannot be compared: it {error}")]
    if digests[0] == digests[1]:
        return []
    for digest, copy in zip(digests, (other, one), strict=True):
        if digest is None:
            return [Finding(wanted.address, f"is only in {copy.name}")]
    return [Finding(wanted.address, f"differs: {digests[0]} and {digests[1]}")]


def _digest(copy: Copy, wanted: Wanted | None) -> str | None:
    return copy.digest(wanted) if wanted else None


def _compare_releases(one: Copy, other: Copy) -> Comparison:
    held = {release.address: release for release in other.releases()}
    compared, findings = 0, []
    for release in one.releases():
        compared += 1
        counterpart = held.pop(release.address, None)
        if counterpart is None:
            findings.append(Finding(release.address, f"is only in {one.name}"))
        else:
            findings += _differences(release, counterpart)
    findings += (Finding(address, f"is only in {other.name}") for address in held)
    return Comparison(RELEASES, compared + len(held), findings)


def _differences(one: Release, other: Release) -> Iterator[Finding]:
    if one.sha256 != other.sha256:
        yield Finding(one.address, f"is another version: {one.sha256} and {other.sha256}")
    mine, theirs = (_plain(release) for release in (one, other))
    for address in sorted(mine.keys() | theirs.keys()):
        if mine.get(address) != theirs.get(address):
            found = f"{mine.get(address)} and {theirs.get(address)}"
            yield Finding(address, f"differs: {found}")


def _plain(release: Release) -> dict[str, str]:
    """Return the digests of the files that do not name their own address, as those for Excel do."""
    return {file.address: file.sha256 for file in release.files if "?" not in file.address}
