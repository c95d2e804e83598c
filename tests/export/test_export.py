"""The folder of an export: complete, unchanged where nothing is new, and never half of anything."""

from __future__ import annotations

import fcntl
import os
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from opendata.cli import main
from opendata.errors import OpendataError
from opendata.export import Records, export_site
from opendata.export.folder import FolderError
from opendata.export.manifest import OK, read
from opendata.export.units import LEFT_OUT_KINDS, LEFT_OUT_VIEWS, Unit, addresses, exported, units
from opendata.mirror.layout import file_of
from opendata.store import CurrentStore
from opendata.web import create_app
from opendata.web.addresses import Rule, rules
from tests import made_up
from tests.export import world
from tests.export.world import tree
from tests.serving import build_store, stored


@pytest.fixture(scope="module")
def place(site: Path) -> Path:
    """Two states of a site: ``store`` and its export ``old``, ``next`` and its export ``new``.

    The later one has a release that rewords a target of ``lake-2029``.
    """
    place = site
    shutil.copytree(place / "store", place / "next", symlinks=True)
    datasets = shutil.copytree(place / "datasets", place / "changed")
    made_up.change(
        datasets, "lake-2029/draft/targets.yaml", ("en: Hold the dragon", "en: Hold one dragon")
    )
    made_up.release_demo(datasets, "1.0.1", dataset="lake-2029")
    build_store(datasets, place / "next")
    world.exported(place / "new", place / "next")
    return place


@pytest.fixture
def copy(place: Path, tmp_path: Path) -> Path:
    """A copy of the older export, times included."""
    return Path(shutil.copytree(place / "old", tmp_path / "copy"))


def test_every_form_of_address_is_exported_or_left_out(place: Path) -> None:
    """And what only ready-made documents name is found among these."""
    found = rules(create_app(place / "store"))
    out = {rule.template for rule in found if not exported(rule, Records.ALL)}
    for rule in found:
        if rule.template in out:
            named = rule.names & {"archive", "share", "vocabulary"}
            view = rule.endpoint.partition(".")[0] in LEFT_OUT_VIEWS
            kind = rule.resource is not None and rule.resource.kind in LEFT_OUT_KINDS
            assert named or view or kind, rule
    files = set(tree(place / "old"))
    for name in ("v1/vocabularies/units.ttl", "sitemap.xml", "v1/datasets/demo-2030/feed.atom"):
        assert name in files
    assert not [name for name in files if "/cite" in name or "search" in name]


def test_single_records_come_in_the_forms_that_are_asked(released: Path, tmp_path: Path) -> None:
    """JSON only, with pages, or all of them; collections always in all."""
    stored(released, tmp_path / "store")
    for forms in (Records.ALL, Records.JSON):
        world.exported(tmp_path / forms.value, tmp_path / "store", records=forms)
    whole, plain = (set(tree(tmp_path / name)) for name in ("all", "json"))
    record = "v1/datasets/demo-2030/targets/gdp-growth"
    more = whole - plain
    assert {f"{record}.csv", f"{record}.ndjson", f"{record}.xlsx"} <= more
    assert {f"{record}.html", f"{record}.html@lang=en.html", f"{record}/history.html"} <= more
    assert {"v1/vocabularies/units.html", "v1/datasets/demo-2030/targets.html"} <= plain
    found = rules(create_app(tmp_path / "store"))
    forms_of = {
        kind: {r.suffix for r in found if exported(r, kind) and _one(r)} for kind in Records
    }
    assert forms_of[Records.PAGES] - forms_of[Records.JSON] == {"html"}
    assert forms_of[Records.ALL] - forms_of[Records.PAGES] == {"csv", "ndjson", "xlsx"}
    assert all("/targets/" in n or "/projects/" in n or "/glossary/" in n for n in more)


def _one(rule: Rule) -> bool:
    """Whether a form of address is that of a single record."""
    return rule.resource is not None and rule.resource.operation == "getDatasetTarget"


def test_the_digests_are_those_of_the_files(place: Path) -> None:
    """As ``sha256sum -c`` checks them, and of every file of the site."""
    done = subprocess.run(
        ["sha256sum", "--quiet", "--strict", "-c", "SHA256SUMS"], cwd=place / "old", check=False
    )
    assert done.returncode == 0
    named = {line[66:] for line in (place / "old/SHA256SUMS").read_text("utf-8").splitlines()}
    own = (".export/units/", ".export/nginx/", ".export/export", "SHA256SUMS")
    assert named == {name for name in tree(place / "old") if not name.startswith(own)}


def test_a_mirror_keeps_files_by_the_same_names(place: Path) -> None:
    """So that a copy and an export of a site are the same files, and can be compared.

    A mirror knows addresses alone, so it takes none whose form is negotiated.
    """
    manifests = (path for path in place.glob("old/.export/units/**/*") if path.is_file())
    entries = [entry for path in manifests for entry in read(path) if entry.status == OK]
    files = {e.address: e.file for e in entries if not e.address.startswith("/catalog?")}
    del files["/catalog"]
    assert len(files) > 500
    assert {address: file_of(address) for address in files} == files


@pytest.mark.no_cover  # the same lines, in other processes
def test_several_processes_write_the_same(place: Path, tmp_path: Path) -> None:
    """Byte for byte, what servers need included."""
    world.exported(tmp_path / "both", place / "store", processes=2)
    assert tree(tmp_path / "both") == tree(place / "old")


def test_nothing_is_touched_where_nothing_changed(place: Path, copy: Path) -> None:
    """Neither written nor given another time."""
    before = {path: path.stat().st_mtime_ns for path in _files(copy)}
    again = world.exported(copy, place / "store")
    assert (again.written, again.removed) == (0, 0)
    assert {path: path.stat().st_mtime_ns for path in _files(copy)} == before


def _files(root: Path) -> list[Path]:
    return [p for p in sorted(root.rglob("*")) if p.is_file() and ".export" not in p.parts]


def test_what_was_lost_is_written_again(place: Path, copy: Path) -> None:
    """A file that somebody removed, or cut short."""
    (copy / "v1/targets.csv").unlink()
    (copy / "v1/datasets/demo-2030/targets.ndjson").write_bytes(b"{")
    assert world.exported(copy, place / "store").written == 2
    assert tree(copy) == tree(place / "old")


def test_a_release_changes_what_tells_of_it_and_back(place: Path, copy: Path) -> None:
    """The export is then that of the new state, and nothing else was written."""
    done = world.exported(copy, place / "next")
    new, old = tree(place / "new"), tree(place / "old")
    assert tree(copy) == new
    changed = {n for n in new if new[n] != old.get(n) and not n.startswith(".export/")}
    assert done.written == len(changed - {"SHA256SUMS"})
    assert not [n for n in changed if n.startswith("v1/datasets/hill-2031")]
    back = world.exported(copy, place / "store")
    assert back.removed > 0
    assert tree(copy) == old
    assert not (copy / "v1/datasets/lake-2029/versions/1.0.1").exists()


def test_units_that_nothing_happened_to_are_not_asked(
    place: Path, copy: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Only the site and the dataset with the new release."""
    asked: set[str] = set()
    whole = addresses

    def told(store: Any, known: Any, unit: Unit, records: Any) -> Any:
        asked.add(unit.dataset)
        return whole(store, known, unit, records)

    monkeypatch.setattr("opendata.export.writing.addresses", told)
    world.exported(copy, place / "next")
    assert asked == {"", "lake-2029"}


def test_a_run_that_fails_leaves_the_site_as_it_was(
    place: Path, copy: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whenever that is before everything new is there."""

    def fails(*_: object) -> None:
        raise OpendataError("broken")

    monkeypatch.setattr("opendata.export.site.nginx.write", fails)
    with pytest.raises(OpendataError, match="broken"):
        world.exported(copy, place / "next")
    assert tree(copy) == tree(place / "old")


@pytest.mark.parametrize("moves", [1, 80])
def test_a_run_that_is_killed_while_it_moves_files_is_completed(
    place: Path, copy: Path, monkeypatch: pytest.MonkeyPatch, moves: int
) -> None:
    """By the next run, even if that has nothing new."""
    left = moves
    replace = os.replace

    def killed(source: str, target: Path) -> None:
        nonlocal left
        if left == 0:
            raise KeyboardInterrupt
        left -= 1
        replace(source, target)

    monkeypatch.setattr("opendata.export.folder.os.replace", killed)
    with pytest.raises(KeyboardInterrupt):
        world.exported(copy, place / "next")
    monkeypatch.undo()
    assert world.exported(copy, place / "next").written == 0
    assert tree(copy) == tree(place / "new")


def test_what_a_killed_run_left_is_removed(place: Path, copy: Path) -> None:
    """It is of no use to anybody."""
    (copy / ".export/new-1/placed").mkdir(parents=True)
    (copy / ".export/new-1/placed/index.html").write_bytes(b"half")
    world.exported(copy, place / "store")
    assert tree(copy) == tree(place / "old")


def test_a_folder_of_something_else_is_refused(place: Path, tmp_path: Path) -> None:
    """And left as it is."""
    (tmp_path / "notes.txt").write_text("mine", "utf-8")
    with pytest.raises(FolderError, match="not empty"):
        world.exported(tmp_path, place / "store")
    assert tree(tmp_path) == {"notes.txt": b"mine"}


def test_two_runs_at_once_are_refused(place: Path, copy: Path) -> None:
    """The second says so."""
    with (copy / ".export/lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        with pytest.raises(FolderError, match="another export"):
            world.exported(copy, place / "store")


def test_a_build_meanwhile_does_not_matter(place: Path, copy: Path) -> None:
    """A run keeps the store that it began with."""
    stores = copy.parent / "stores"
    shutil.copytree(place / "next", stores, symlinks=True)

    def meanwhile(todo: Any, total: int) -> Any:
        link = stores / "current"
        link.unlink()
        link.symlink_to(os.readlink(place / "store/current"))
        return todo

    done = export_site(
        copy,
        stores,
        meanwhile,
        security_contact=world.CONTACT,
        processes=1,
        records=Records.JSON,
    )
    assert done.written
    assert tree(copy) == tree(place / "new")


def test_the_command_counts(place: Path, tmp_path: Path) -> None:
    """Files, bytes, what was written and removed; an error is one line."""
    root = tmp_path / "site"
    asked = ["export", str(root), "--store", str(place / "store"), "--records", "json"]
    found = CliRunner().invoke(main, asked)
    count = len((root / "SHA256SUMS").read_bytes().splitlines())
    assert found.exit_code == 0, found.output
    assert f"{count} files" in found.output
    assert f"{count} written, 0 removed" in found.output
    missing = CliRunner().invoke(main, ["export", str(root), "--store", str(tmp_path / "none")])
    assert (missing.exit_code, missing.output.count("\n")) == (1, 1)
    assert "nothing was built" in missing.output


def test_units_are_the_versions(place: Path) -> None:
    """Beside the site, and what each dataset has without version."""
    store = CurrentStore(place / "store").get()
    names = [unit.name for unit in units(store)]
    assert names[:3] == ["site", "datasets/demo-2030/latest", "datasets/demo-2030/1.0.0"]
    assert len(names) == len(set(names)) == 1 + 3 + 6
