"""A site that lies, fails or is slow is refused by name, and the copy stays whole."""

from __future__ import annotations

import hashlib
import io
import json
import zipfile
from pathlib import Path

import pytest

from opendata.mirror import Limits, mirror
from opendata.mirror.layout import UnsafeError, file_of, local
from tests.mirror.sites import Lie, MadeSite, files_of

QUICK = Limits(attempts=2, pause=0.01, timeout=0.5, largest=4 << 20)
TARGETS = "/v1/targets.csv"
VERSION = "/v1/datasets/demo-2030/versions/1.1.0"


def _refused(site: MadeSite, folder: Path) -> list[str]:
    """Return what a second run says, having changed nothing of what the first one took."""
    honest, site.lies = site.lies, {}
    assert mirror(site.url, folder, QUICK).failed == []
    whole = files_of(folder)
    site.lies = honest
    report = mirror(site.url, folder, QUICK)
    assert files_of(folder) == whole
    assert report.removed == 0
    return [str(finding) for finding in report.failed]


@pytest.mark.parametrize(
    ("lie", "message"),
    [
        (Lie(body=b"wrong", digest=b"right"), "has SHA-256 8810ad581e59"),
        (Lie(body=b"x" * 100, sent=50), "broke off"),
        (Lie(fields={"Content-Length": str(5 << 20)}), "at most 4194304 are taken"),
        (Lie(fields={"Transfer-Encoding": "identity", "Content-Length": "x"}), "does not tell"),
        (Lie(fields={"Content-Encoding": "gzip"}), "in a coding that was not asked for"),
        (Lie(302, {"Location": "http://evil.example/x"}), "redirects to http://evil.example/x; "),
        (Lie(500), "answers 500 (tried 2 times)"),
        (Lie(403), "answers 403"),
        (Lie(206), "went on elsewhere"),
        (Lie(pause=1.5), "does not answer in time (tried 2 times)"),
    ],
)
def test_what_is_not_as_it_should_be_is_refused(
    site: MadeSite, tmp_path: Path, lie: Lie, message: str
) -> None:
    """Wrong, cut off, too large, without an end, coded, led elsewhere, failing, or late."""
    site.lies[TARGETS] = lie
    [said] = _refused(site, tmp_path / "mirror")
    assert said.startswith(f"{TARGETS}: ")
    assert message in said


def test_a_failure_that_passes_does_no_harm(site: MadeSite, tmp_path: Path) -> None:
    """Asked again after what Retry-After says, the site may well answer."""
    site.lies[TARGETS] = Lie(503, {"Retry-After": "0"}, times=1)
    assert mirror(site.url, tmp_path / "mirror", QUICK).failed == []
    answers = [status for address, status in site.answers if address == TARGETS]
    assert answers == [503, 200]


def test_a_body_without_end_is_given_up(site: MadeSite, tmp_path: Path) -> None:
    """However many blocks there still are to come."""
    blocks = b"10000\r\n" + b"x" * 65536 + b"\r\n"
    fields = {"Transfer-Encoding": "chunked"}
    site.lies[TARGETS] = Lie(fields=fields, body=blocks * 80, digest=b"")
    [said] = _refused(site, tmp_path / "mirror")
    assert "more than 4194304 bytes" in said


def test_a_file_of_a_version_has_the_digest_of_its_record(site: MadeSite, tmp_path: Path) -> None:
    """Even where the site states the digest of what it sends."""
    site.lies[f"{VERSION}/targets.csv"] = Lie(body=b"id\nother\n")
    [said] = _refused(site, tmp_path / "mirror")
    assert said.startswith(f"{VERSION}/targets.csv: has SHA-256 ")
    assert said.endswith(" was promised")


@pytest.mark.parametrize(
    ("name", "digest", "message"),
    [
        ("../../../evil.csv", "0" * 64, "is no address that can be kept as a file"),
        ("targets.csv", "0", "is no descriptor of a data package"),
    ],
)
def test_a_data_package_cannot_lead_elsewhere(
    site: MadeSite, tmp_path: Path, name: str, digest: str, message: str
) -> None:
    """Nor name a table without its digest."""
    table = {"path": name, "bytes": 1, "hash": f"sha256:{digest}"}
    site.bodies[f"{VERSION}/datapackage.json"] = json.dumps({"resources": [table]}).encode()
    [failure] = mirror(site.url, tmp_path / "mirror", QUICK).failed
    assert failure.place == f"{VERSION}/datapackage.json"
    assert message in failure.message


@pytest.mark.parametrize(
    ("name", "body", "message"),
    [
        ("demo/../../evil", b"x", "which would be unpacked elsewhere"),
        ("bomb", bytes(8 << 20), "over 200 times its size: refused"),
        ("plain", b"x", "has no SHA256SUMS"),
    ],
)
def test_an_archive_is_looked_into(
    site: MadeSite, tmp_path: Path, name: str, body: bytes, message: str
) -> None:
    """Bombs, members that lead elsewhere, and archives without digests are not taken."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, body)
    line = f"{hashlib.sha256(made.getvalue()).hexdigest()}  demo.zip\n".encode()
    site.lies = {
        f"{VERSION}.zip": Lie(body=made.getvalue()),
        f"{VERSION}.zip.sha256": Lie(body=line),
    }
    folder = tmp_path / "mirror"
    report = mirror(site.url, folder, QUICK)
    assert [finding.place for finding in report.failed] == [f"{VERSION}.zip"]
    assert message in report.failed[0].message
    assert not (folder / f"{VERSION[1:]}.zip").exists()


@pytest.mark.parametrize(
    ("listed", "message"),
    [
        ("{url}/../../etc/passwd", "is no address that can be kept"),
        ("{url}/%2e%2e/passwd", "is no address that can be kept"),
        ("{url}//etc/passwd", "is no address that can be kept"),
        ("{url}/.mirror/state.sqlite", "is no address that can be kept"),
        ("{url}/SHA256SUMS", "is no address that can be kept"),
        ("http://evil.example/v1", "leads out of the site"),
        ("{url}.evil.example/v1", "leads out of the site"),
    ],
)
def test_a_sitemap_cannot_lead_elsewhere(
    site: MadeSite, tmp_path: Path, listed: str, message: str
) -> None:
    """Neither to other files nor to other hosts; all else is mirrored."""
    site.list(listed.format(url=site.url))
    report = mirror(site.url, tmp_path / "mirror", QUICK)
    assert [finding.place for finding in report.failed] == ["/sitemap.xml"]
    assert message in report.failed[0].message
    assert (tmp_path / "mirror/v1/targets.csv").exists()
    assert [path.name for path in tmp_path.iterdir()] == ["mirror"]


@pytest.mark.parametrize(
    ("body", "message"),
    [
        (b"<html>", "is not well-formed XML"),
        (b'<!DOCTYPE x [<!ENTITY a "b">]><x>&a;</x>', "declares a document type"),
    ],
)
def test_a_sitemap_must_be_one(site: MadeSite, tmp_path: Path, body: bytes, message: str) -> None:
    """A page of an error, or a bomb of entities, is none, and nothing is removed for it."""
    site.lies["/sitemap.xml"] = Lie(body=body)
    [said] = _refused(site, tmp_path / "mirror")
    assert message in said


def test_a_site_that_is_gone_ends_a_run_early(site: MadeSite, tmp_path: Path) -> None:
    """Not every address is tried in vain."""
    folder = tmp_path / "mirror"
    mirror(site.url, folder, QUICK)
    site.lies = {a: Lie(500) for a in site.bodies if a.startswith("/v1/datasets/")}
    report = mirror(site.url, folder, Limits(attempts=1))
    assert report.failed[-1].message == "50 failures in a row: the rest was left"
    assert len(report.failed) < len(site.lies)


def test_an_unreachable_site_is_told(tmp_path: Path) -> None:
    """In a sentence, not in a traceback."""
    report = mirror("http://127.0.0.1:9", tmp_path / "mirror", QUICK)
    assert {finding.message for finding in report.failed} == {"cannot be reached (tried 2 times)"}


@pytest.mark.parametrize(
    ("address", "file"),
    [
        ("/", "index.html"),
        ("/docs", "docs.html"),
        ("/v1", "v1.json"),
        ("/v1/datasets/x/versions/1.0.0", "v1/datasets/x/versions/1.0.0.json"),
        ("/v1/datasets/x/versions/1.0.0.zip", "v1/datasets/x/versions/1.0.0.zip"),
        ("/v1/x.csv?profile=excel&lang=zh", "v1/x.csv@profile=excel&lang=zh.csv"),
        ("/.well-known/api-catalog", ".well-known/api-catalog"),
        ("/feed.en.atom", "feed.en.atom"),
    ],
)
def test_an_address_is_a_file(address: str, file: str) -> None:
    """By the rule of an export."""
    assert file_of(address) == file


def test_both_addresses_of_a_site_are_known() -> None:
    """The one that it is asked at and the one that it gives itself."""
    bases = ["http://10.0.0.1:8000/x", "https://data.example.org"]
    assert local("http://10.0.0.1:8000/x/v1", bases) == "/v1"
    assert local("https://data.example.org", bases) == "/"
    with pytest.raises(UnsafeError):
        local("https://data.example.org.evil.example/", bases)
