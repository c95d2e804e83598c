"""``opendata verify``: what is wrong with a copy is found, and equal copies are proved equal."""

from __future__ import annotations

import json
import shutil
import zipfile
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from opendata.cli import main
from opendata.mirror import Limits, compare, open_copy, verify
from opendata.mirror.archive import faults_of
from opendata.mirror.compare import RELEASES
from tests.mirror.sites import Lie, MadeSite
from tests.serving import BASE

QUICK = Limits(attempts=2, pause=0.01, timeout=5)
VERSION = "v1/datasets/demo-2030/versions/1.1.0"


@pytest.fixture
def copied(pristine: Path, tmp_path: Path) -> Path:
    """A mirror to spoil."""
    return shutil.copytree(pristine, tmp_path / "copied")


def _run(*arguments: object) -> Result:
    result = CliRunner().invoke(main, [*map(str, arguments)])
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result


def _found(folder: Path) -> list[str]:
    with open_copy(str(folder), QUICK) as copy:
        return [str(finding).removeprefix(f"{folder}/") for finding in verify(copy)]


def test_a_mirror_and_its_site_are_good_and_equal(pristine: Path, real: str) -> None:
    """By the commands, with the exit codes that cron needs."""
    for source in (pristine, real):
        result = _run("verify", source)
        assert (result.exit_code, result.output) == (0, "good: 66 files as promised\n")
    result = _run("verify", pristine, "--against", real)
    assert result.exit_code == 0
    assert result.output.startswith("equal: the same bytes at every address (")
    shown = json.loads(_run("verify", real, "--against", pristine, "--format", "json").output)
    assert (shown["good"], shown["findings"]) == (True, [])
    assert shown["compared"]["number"] > 200


def test_a_flipped_bit_is_found(copied: Path, real: str) -> None:
    """In the file of the copy, and as a difference from its site."""
    path = copied / f"{VERSION}/targets.csv"
    body = bytearray(path.read_bytes())
    body[40] ^= 1
    path.write_bytes(body)
    found = _found(copied)
    assert found[0] == f"{VERSION}/targets.csv: has another digest than SHA256SUMS says"
    assert found[1].endswith(" was promised")
    assert len(found) == 2
    result = _run("verify", copied, "--against", real)
    assert result.exit_code == 1
    assert f"\n/{VERSION}/targets.csv: differs: " in result.output
    assert result.output.endswith("3 findings\n")


def test_missing_and_foreign_files_are_found(copied: Path) -> None:
    """A copy holds what it lists, no more and no less."""
    (copied / "v1/schema.json").unlink()
    (copied / "v1/extra.html").write_text("x")
    assert _found(copied) == [
        "v1/schema.json: is missing",
        "v1/extra.html: is not in SHA256SUMS",
    ]
    (copied / "SHA256SUMS").write_text("nonsense\n")
    assert "SHA256SUMS: line 1 is no line of SHA256SUMS" in _found(copied)
    (copied / "SHA256SUMS").unlink()
    assert "SHA256SUMS: is missing" in _found(copied)


def test_an_archive_is_held_to_its_version(pristine: Path, tmp_path: Path) -> None:
    """To its own SHA256SUMS, and by the released files to the digest of the version."""
    archive = pristine / f"{VERSION}.zip"
    record = json.loads((pristine / f"{VERSION}.json").read_bytes())
    assert list(faults_of(archive, record["data"]["sha256"])) == []
    [fault] = faults_of(archive, "0" * 64)
    assert fault == (
        "source/SHA256SUMS.txt is not the one whose digest the version's record states"
    )
    spoilt = tmp_path / "spoilt.zip"
    with zipfile.ZipFile(archive) as source, zipfile.ZipFile(spoilt, "w") as target:
        for name in source.namelist():
            body = source.read(name)
            target.writestr(name, body + b"\n" if name.endswith("source/targets.yaml") else body)
    faults = list(faults_of(spoilt, record["data"]["sha256"]))
    assert faults[0] == (
        "demo-2030-1.1.0/source/targets.yaml has another digest than its SHA256SUMS says"
    )
    spoilt.write_bytes(archive.read_bytes()[:-30])
    assert next(faults_of(spoilt)).startswith("is no sound archive")


def test_a_site_that_lies_is_found(site: MadeSite) -> None:
    """Over HTTP, from the record of a version to its files and archive."""
    site.lies[f"/{VERSION}/targets.csv"] = Lie(body=b"id\nother\n")
    site.lies["/v1/datasets/demo-2030/versions/1.0.0.zip"] = Lie(404)
    with open_copy(site.url, QUICK) as copy:
        found = [str(finding) for finding in verify(copy)]
    assert len(found) == 2
    assert found[0].startswith(f"{site.url}/v1/datasets/demo-2030/versions/1.0.0.zip: ")
    assert found[1].startswith(f"{site.url}/{VERSION}/targets.csv: has SHA-256 ")


def test_a_difference_in_any_address_is_told(
    pristine: Path, site: MadeSite, bodies: dict[str, bytes]
) -> None:
    """What only one has, and what both have otherwise."""
    site.bodies["/llms.txt"] += b"more\n"
    del site.bodies["/catalog.ttl"]
    with open_copy(str(pristine), QUICK) as one, open_copy(site.url, QUICK) as other:
        comparison = compare(one, other)
    said = sorted(str(finding) for finding in comparison.findings)
    assert said[0] == f"/catalog.ttl: is only in {pristine}"
    assert said[1].startswith("/llms.txt: differs: ")
    assert len(said) == 2


@pytest.fixture
def moved(site: MadeSite) -> MadeSite:
    """The site, as it would be if it was built for another address."""
    for address, body in site.bodies.items():
        if not address.partition("?")[0].endswith((".csv", ".zip", ".xlsx")):
            site.bodies[address] = body.replace(BASE.encode(), b"https://elsewhere.example.org")
    return site


def test_sites_of_other_addresses_are_equal_by_what_they_released(
    pristine: Path, moved: MadeSite
) -> None:
    """Their own addresses are in what they say, so that cannot be compared byte by byte."""
    result = _run("verify", moved.url, "--against", pristine)
    assert (result.exit_code, result.output) == (
        0,
        f"equal: {RELEASES} (5 compared)\n",
    )


def test_sites_of_other_addresses_are_told_apart(pristine: Path, moved: MadeSite) -> None:
    """By a version that one lacks, and by the digest of a version."""
    listed = moved.bodies["/sitemap.xml"]
    moved.bodies["/sitemap.xml"] = listed.replace(b"hill-2031/versions/0.9.0<", b"hill-2031<")
    record = json.loads(moved.bodies[f"/{VERSION}"])
    before = record["data"]["sha256"]
    record["data"]["sha256"] = "0" * 64
    moved.bodies[f"/{VERSION}"] = json.dumps(record).encode()
    with open_copy(str(pristine), QUICK) as one, open_copy(moved.url, QUICK) as other:
        found = [str(finding) for finding in compare(one, other).findings]
        assert [str(f) for f in compare(other, one).findings][-1] == (
            f"/v1/datasets/hill-2031/versions/0.9.0: is only in {pristine}"
        )
    assert found == [
        f"/{VERSION}: is another version: {before} and {'0' * 64}",
        f"/v1/datasets/hill-2031/versions/0.9.0: is only in {pristine}",
    ]


def test_neither_folder_nor_address(tmp_path: Path) -> None:
    """A word that is neither is an error, not a copy of nothing."""
    result = _run("verify", tmp_path / "nothing")
    assert result.exit_code == 1
    assert "is neither a folder nor an address" in result.output
    assert _run("verify").exit_code == 2


def test_an_empty_folder_is_no_copy(pristine: Path, tmp_path: Path) -> None:
    """What is not there is told, and nothing is compared with it."""
    result = _run("verify", tmp_path, "--against", pristine)
    assert result.exit_code == 1
    assert f"{tmp_path}/sitemap.xml: is missing\n" in result.output
    assert f"{tmp_path}: is no copy that can be compared\n" in result.output


def test_the_mirror_command_reports(site: MadeSite, tmp_path: Path) -> None:
    """One line for people, all of it for programs; 1 where anything failed."""
    folder = tmp_path / "mirror"
    result = _run("mirror", site.url, folder)
    assert result.exit_code == 0
    assert " fetched, 0 unchanged, 0 removed, 0 failed; " in result.output
    site.lies["/v1/targets.csv"] = Lie(403)
    result = _run("mirror", site.url, folder, "--format", "json")
    shown = json.loads(result.output)
    assert result.exit_code == 1
    assert (shown["complete"], shown["fetched"]) == (False, 0)
    assert shown["failed"] == [{"place": "/v1/targets.csv", "message": "answers 403"}]
    assert _run("mirror", "ftp://example.org", folder).exit_code == 1
    assert _run("mirror", site.url).exit_code == 2
