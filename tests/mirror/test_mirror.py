"""What a run fetches, keeps and removes, of a real server and of one that changes."""

from __future__ import annotations

import hashlib
import json
import re
import subprocess
from pathlib import Path

import pytest

from opendata.errors import OpendataError
from opendata.mirror import Limits, mirror
from opendata.mirror.layout import KEPT
from opendata.mirror.mirror import _locked
from tests import made_up
from tests.mirror.conftest import started
from tests.mirror.sites import Lie, MadeSite, bodies_of, files_of
from tests.serving import build_store, stored

QUICK = Limits(attempts=2, pause=0.01, timeout=5)


def test_a_mirror_holds_what_the_site_serves(pristine: Path, bodies: dict[str, bytes]) -> None:
    """Pages, records, tables, archives: each as file of its own name, all in SHA256SUMS."""
    files = files_of(pristine)
    record = files["v1/datasets/demo-2030/versions/1.1.0.json"]
    assert bodies["/v1/datasets/demo-2030/versions/1.1.0"] == record
    for name in ("index.html", "v1/targets.csv", "sitemap.xml", "feed.atom", "bulk.zip"):
        assert files[name]
    assert "v1/datasets/demo-2030/versions/1.1.0/targets.csv@profile=excel&lang=en.csv" in files
    check = ["sha256sum", "--check", "--strict", "--quiet", "SHA256SUMS"]
    subprocess.run(check, cwd=pristine, check=True)
    listed = (pristine / "SHA256SUMS").read_text("utf-8").splitlines()
    assert sorted(line[66:] for line in listed) == sorted(files)


def test_a_second_run_asks_and_fetches_nothing(site: MadeSite, tmp_path: Path) -> None:
    """Every file that is there is answered 304, and no byte of a body is sent."""
    folder = tmp_path / "mirror"
    first = mirror(site.url, folder, QUICK)
    assert (first.failed, first.fetched) == ([], len(files_of(folder)))
    site.statuses()
    second = mirror(site.url, folder, QUICK)
    assert (second.failed, second.fetched, second.removed, second.size) == ([], 0, 0, 0)
    assert second.unchanged == first.fetched
    statuses = site.statuses()
    assert statuses[200] == 0
    assert statuses[304] >= first.fetched


def test_after_a_release_exactly_what_changed_is_fetched(released: Path, tmp_path: Path) -> None:
    """From a real server: what another release made another, and nothing else."""
    folder, store = tmp_path / "mirror", tmp_path / "build"
    stored(released, store)
    server = started(store)
    url = f"http://127.0.0.1:{server.port}"
    try:
        assert mirror(url, folder, QUICK).failed == []
        before = files_of(folder)
        made_up.release_demo(released, "1.1.0")
        build_store(released, store)
        report = mirror(url, folder, QUICK)
    finally:
        server.process.kill()
        server.process.communicate()
    after = files_of(folder)
    changed = [name for name, body in after.items() if before.get(name) != body]
    assert report.failed == []
    assert report.fetched == len(changed)
    pinned = "v1/datasets/demo-2030/versions/1.1.0.zip"
    assert pinned in changed
    assert "v1/datasets/demo-2030/versions/1.0.0/targets.csv" not in changed


def test_what_the_site_has_no_more_is_moved_out(site: MadeSite, tmp_path: Path) -> None:
    """Only by a run in which all went well; the file can be got back until the next time."""
    folder = tmp_path / "mirror"
    site.bodies["/old/page.txt"] = b"old"
    listed = site.bodies["/sitemap.xml"]
    site.list(f"{site.url}/old/page.txt")
    assert mirror(site.url, folder, QUICK).failed == []
    site.bodies["/sitemap.xml"] = listed
    absent = site.bodies.pop("/v1/targets.csv")
    report = mirror(site.url, folder, QUICK)
    assert [str(finding) for finding in report.failed] == [
        "/v1/targets.csv: is not there (404), though the site lists it"
    ]
    assert (folder / "old/page.txt").read_bytes() == b"old"
    assert (folder / "v1/targets.csv").read_bytes() == absent
    site.bodies["/v1/targets.csv"] = absent
    report = mirror(site.url, folder, QUICK)
    assert (report.failed, report.removed) == ([], 1)
    assert not (folder / "old").exists()
    assert (folder / KEPT / "removed/old/page.txt").read_bytes() == b"old"
    assert "old/page.txt" not in (folder / "SHA256SUMS").read_text("utf-8")


def test_a_file_that_was_changed_or_lost_is_fetched_again(site: MadeSite, tmp_path: Path) -> None:
    """What is asked for conditionally is what is there, not what was once there."""
    folder = tmp_path / "mirror"
    mirror(site.url, folder, QUICK)
    whole = files_of(folder)
    (folder / "v1.json").write_bytes(b"{}")
    (folder / "v1/targets.csv").unlink()
    report = mirror(site.url, folder, QUICK)
    assert (report.failed, report.fetched) == ([], 2)
    assert files_of(folder) == whole


def test_a_long_body_that_broke_off_is_gone_on_with(site: MadeSite, tmp_path: Path) -> None:
    """Within a run and in the next one, from where it broke off."""
    body = hashlib.sha256(b"long").digest() * 65536  # 2 MiB
    site.bodies["/long.csv"] = body
    site.list(f"{site.url}/long.csv")
    site.lies["/long.csv"] = Lie(sent=700_000, times=1)
    once = Limits(attempts=1, timeout=5)
    report = mirror(site.url, tmp_path / "mirror", once)
    assert [finding.place for finding in report.failed] == ["/long.csv"]
    assert not (tmp_path / "mirror/long.csv").exists()
    report = mirror(site.url, tmp_path / "mirror", once)
    assert report.failed == []
    assert site.ranges == ["bytes=700000-"]
    assert report.size < len(body) - 600_000
    assert (tmp_path / "mirror/long.csv").read_bytes() == body


def test_a_site_that_changes_meanwhile_is_gone_through_again(
    site: MadeSite, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The mirror ends with what the site ends with."""
    site.bodies["/late.txt"] = b"late"
    settled = mirror.__globals__["_Run"]._settled
    calls: list[object] = []

    def change(run: object) -> object:
        if not calls:
            site.list(f"{site.url}/late.txt")
        calls.append(settled(run))
        return calls[-1]

    monkeypatch.setattr(mirror.__globals__["_Run"], "_settled", change)
    report = mirror(site.url, tmp_path / "mirror", QUICK)
    assert (report.failed, calls) == ([], [False, True])
    assert (tmp_path / "mirror/late.txt").read_bytes() == b"late"
    assert b"late.txt" in (tmp_path / "mirror/sitemap.xml").read_bytes()


def test_archives_of_feeds_are_followed(site: MadeSite, tmp_path: Path) -> None:
    """A feed leads to its last archive, and so to all before it."""
    link = f'<link rel="prev-archive" href="{site.url}/feed/2.atom"/></feed>'.encode()
    site.bodies["/feed.atom"] = site.bodies["/feed.atom"].replace(b"</feed>", link)
    site.bodies |= {"/feed/1.atom": b"<feed/>", "/feed/2.atom": b"<feed/>"}
    assert mirror(site.url, tmp_path / "mirror", QUICK).failed == []
    assert (tmp_path / "mirror/feed/1.atom").exists()
    assert (tmp_path / "mirror/feed/2.atom").exists()


def test_tables_of_data_packages_are_followed(pristine: Path) -> None:
    """Which nothing else leads to: at the latest address and in every version."""
    for below in ("", "/versions/1.0.0", "/versions/1.1.0"):
        package = pristine / f"v1/datasets/demo-2030{below}/datapackage.json"
        tables = json.loads(package.read_bytes())["resources"]
        assert any(table["path"].startswith("lists/") for table in tables)
        for table in tables:
            body = (package.parent / table["path"]).read_bytes()
            assert table["hash"] == f"sha256:{hashlib.sha256(body).hexdigest()}"


def test_what_pages_are_shown_with_is_there(pristine: Path) -> None:
    """Style sheet, script and icon, which are named by their content and in no sitemap."""
    page = (pristine / "index.html").read_text("utf-8")
    assets = set(re.findall(r'(?:href|src)="[^"]*/(static/[^"]+)"', page))
    assert {name.rpartition(".")[2] for name in assets} == {"css", "js", "svg"}
    assert all((pristine / name).stat().st_size for name in assets)


def test_an_index_of_sitemaps_is_followed(site: MadeSite, tmp_path: Path) -> None:
    """A large site has its addresses in shares."""
    name = "http://www.sitemaps.org/schemas/sitemap/0.9"
    site.bodies["/sitemap/all/1.xml"] = site.bodies["/sitemap.xml"]
    site.bodies["/sitemap.xml"] = (
        f'<sitemapindex xmlns="{name}"><sitemap><loc>{site.url}/sitemap/all/1.xml</loc></sitemap>'
        "</sitemapindex>"
    ).encode()
    assert mirror(site.url, tmp_path / "mirror", QUICK).failed == []
    assert bodies_of(tmp_path / "mirror").keys() == site.bodies.keys()


def test_a_folder_is_for_one_mirror_and_one_run(site: MadeSite, tmp_path: Path) -> None:
    """Neither other files, nor another site, nor two runs at once."""
    other = tmp_path / "other"
    other.mkdir()
    (other / "thesis.txt").write_text("mine")
    with pytest.raises(OpendataError, match="is not empty and no mirror"):
        mirror(site.url, other, QUICK)
    folder = tmp_path / "mirror"
    mirror(site.url, folder, QUICK)
    with pytest.raises(OpendataError, match=f"is a mirror of {site.url}; take another folder"):
        mirror("http://127.0.0.1:1", folder, QUICK)
    with _locked(folder), pytest.raises(OpendataError, match="another run is at work"):
        mirror(site.url, folder, QUICK)
