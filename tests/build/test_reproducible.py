"""The same versions give the same bytes, however and wherever they are built."""

from __future__ import annotations

import hashlib
import shutil
from pathlib import Path

import pytest

from opendata.compiler import shares, workers
from tests import made_up
from tests.serving import World, build_store, client_of, get, walk


def test_two_builds_from_scratch_are_equal(
    world: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A store built elsewhere, by several processes, has the same name and the same bytes."""
    here = build_store(world.datasets, tmp_path / "here")
    monkeypatch.setattr(workers, "WORTH_PROCESSES", 0)
    monkeypatch.setattr(shares, "_WORTH_PROCESSES", 2)
    there = build_store(world.datasets, tmp_path / "there")
    assert here.path.name == there.path.name
    assert here.path.read_bytes() == there.path.read_bytes()


def test_a_build_from_kept_parts_equals_one_from_scratch(world: World, tmp_path: Path) -> None:
    """Parts that were compiled before are as good as new ones."""
    first = build_store(world.datasets, tmp_path / "build")
    kept = first.path.read_bytes()
    (tmp_path / "build/current").unlink()
    first.path.unlink()
    again = build_store(world.datasets, tmp_path / "build")
    assert (again.compiled, again.path.name) == (0, first.path.name)
    assert again.path.read_bytes() == kept


def test_a_build_after_a_release_equals_one_from_scratch(released: Path, tmp_path: Path) -> None:
    """A store that grew by a version is the store that would be built anew."""
    build_store(released, tmp_path / "grown")
    made_up.release_demo(released, "1.1.0")
    grown = build_store(released, tmp_path / "grown")
    (tmp_path / "new").mkdir()
    shutil.copy(tmp_path / "grown/published.json", tmp_path / "new")  # else published anew
    assert grown.path.read_bytes() == build_store(released, tmp_path / "new").path.read_bytes()


def test_working_directory_does_not_show(
    released: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Relative paths from another directory give the same file."""
    absolute = build_store(released, tmp_path / "one")
    elsewhere = tmp_path / "some where"
    elsewhere.mkdir()
    shutil.copytree(released, elsewhere / "data")
    monkeypatch.chdir(elsewhere)
    relative = build_store(Path("data"), Path("two"))
    assert relative.path.name == absolute.path.name
    assert relative.path.read_bytes() == absolute.path.read_bytes()


def test_the_name_is_the_digest_of_the_content(released: Path, tmp_path: Path) -> None:
    """Who holds the file can check that it is whole."""
    path = build_store(released, tmp_path / "build").path
    digest = hashlib.sha256(path.read_bytes()).hexdigest()
    assert path.name == f"store-{digest[:32]}.sqlite"
    assert (tmp_path / "build/current").resolve() == path.resolve()


@pytest.mark.parametrize("name", ["a b", "a#b", "a?b", "a%41b", "数据"])
def test_a_store_may_stand_in_a_folder_of_any_name(
    released: Path, tmp_path: Path, name: str
) -> None:
    """Characters that mean something in an address mean nothing in a path."""
    built = build_store(released, tmp_path / name)
    assert built.path.parent == tmp_path / name
    assert sorted(p.name for p in tmp_path.iterdir()) == sorted(["datasets", name])
    assert get(client_of(tmp_path / name), "/v1/targets").status_code == 200


def test_listed_digests_are_those_of_the_served_files(world: World) -> None:
    """``distributions`` of every version name the size and SHA-256 of what the API answers."""
    client = client_of(world.folder)
    checked = 0
    for page in walk(client, "/v1/datasets"):
        for dataset in page["data"]:
            versions = get(client, f"/v1/datasets/{dataset['id']}/versions").get_json()["data"]
            for file in [file for version in versions for file in version["distributions"]]:
                response = get(client, file["url"])
                assert response.mimetype == file["media_type"]
                assert len(response.data) == file["byte_size"]
                assert hashlib.sha256(response.data).hexdigest() == file["sha256"]
                checked += 1
    assert checked == 5 * 3 * 4  # versions, collections, files of each
