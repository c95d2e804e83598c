"""Archives are made once, kept while anybody may ask for them, and never missing."""

from __future__ import annotations

import io
import sys
import zipfile
from pathlib import Path

import pytest

from opendata.compiler.part import Job
from opendata.errors import StoreError
from opendata.formats import xlsx
from opendata.store import FILES, CurrentStore, Store, StoredFile, store_path
from tests import made_up
from tests.serving import build_store, client_of, get

_ARCHIVES = sys.modules["opendata.compiler.archives"]


def _files(folder: Path) -> set[str]:
    return {path.name for path in (folder / FILES).iterdir()}


def test_one_release_makes_one_archive(
    released: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """And that of all datasets, which joins them."""
    build_store(released, tmp_path / "build")
    before = _files(tmp_path / "build")
    made: list[str] = []
    make = _ARCHIVES._make

    def heard(path: Path, job: Job) -> None:
        made.append(job.folder.version)
        make(path, job)

    monkeypatch.setattr(_ARCHIVES, "_make", heard)
    made_up.release_demo(released, "1.1.0")
    build_store(released, tmp_path / "build")
    assert made == ["1.1.0"]
    assert len(_files(tmp_path / "build") - before) == 2


def test_archives_of_the_store_before_stay_for_its_last_requests(
    released: Path, tmp_path: Path
) -> None:
    """One build later they go."""
    folder = tmp_path / "build"
    build_store(released, folder)
    [bulk] = [f.file for f in _open(folder) if f.path == "/bulk.zip"]
    for minor in (1, 2):
        assert bulk in _files(folder)
        made_up.release_demo(released, f"1.{minor}.0")
        build_store(released, folder)
    assert bulk not in _files(folder)
    assert _files(folder) >= {file.file for file in _open(folder)}


def _open(folder: Path) -> list[StoredFile]:
    path = store_path(folder)
    assert path is not None
    store = Store(path)
    try:
        return list(store.files())
    finally:
        store.close()


@pytest.mark.parametrize("damage", ["remove", "cut"])
def test_a_store_without_its_files_is_not_served(
    released: Path, tmp_path: Path, damage: str
) -> None:
    """Copied without the folder beside it, it is refused; a build makes the files again."""
    folder = tmp_path / "build"
    path = build_store(released, folder).path
    for file in (folder / FILES).iterdir():
        if damage == "remove":
            file.unlink()
        else:
            file.write_bytes(file.read_bytes()[:-1])
    with pytest.raises(StoreError, match="is missing" if damage == "remove" else "bytes instead"):
        Store(path)
    with pytest.raises(StoreError):
        CurrentStore(folder).get()
    assert build_store(released, folder).path == path
    assert get(client_of(folder), "/bulk.zip").status_code == 200


def test_rows_that_no_workbook_holds_are_left_out(
    released: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The archive has them in every other form, and its READMEs say so."""
    monkeypatch.setattr(xlsx, "MOST_ROWS", 3)
    build_store(released, tmp_path / "build")
    body = get(client_of(tmp_path / "build"), "/v1/datasets/demo-2030.zip").data
    with zipfile.ZipFile(io.BytesIO(body)) as archive:
        names = {name.partition("/")[2] for name in archive.namelist()}
        page = archive.read("demo-2030-1.0.0/README.en.md").decode()
    assert "excel/zh/projects.xlsx" in names
    assert "excel/zh/targets.xlsx" not in names
    assert "excel/en/targets.csv" in names
    assert "cannot hold the rows or a text: targets" in page
