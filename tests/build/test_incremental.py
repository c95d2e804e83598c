"""A build does what is needed and no more."""

from __future__ import annotations

import os
import sys
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

import pytest

from opendata.compiler import Built, build, workers
from opendata.compiler.part import Job
from opendata.store import Store, store_path
from tests import made_up
from tests.serving import BASE, build_store

_BUILD = sys.modules["opendata.compiler.build"]


def test_nothing_is_rebuilt_when_nothing_changed(
    released: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The second build neither compiles nor assembles."""
    first = build_store(released, tmp_path / "build")
    assert (first.versions, first.compiled, first.changed) == (1, 1, True)
    monkeypatch.setattr(_BUILD, "compile_part", _never)
    monkeypatch.setattr(_BUILD, "assemble", _never)
    second = build_store(released, tmp_path / "build")
    assert (second.path, second.compiled, second.changed) == (first.path, 0, False)


def _never(*_: object) -> None:
    raise AssertionError("called")


def test_untouched_datasets_are_not_compiled_again(released: Path, tmp_path: Path) -> None:
    """After one more release, only that version is compiled."""
    made_up.write(released, "hill-2031")
    made_up.release_demo(released, dataset="hill-2031")
    assert build_store(released, tmp_path / "build").compiled == 2
    made_up.release_demo(released, "1.1.0")
    grown = build_store(released, tmp_path / "build")
    assert (grown.versions, grown.compiled) == (3, 1)


def test_a_draft_is_not_built(released: Path, tmp_path: Path) -> None:
    """What happens in a draft, broken or not, changes nothing that is published."""
    first = build_store(released, tmp_path / "build")
    (released / "demo-2030/draft/targets.yaml").write_text("not: a list", "utf-8")
    assert build_store(released, tmp_path / "build") == Built(first.path, 1, 0, changed=False)


def test_a_new_code_changes_the_store_but_no_part(released: Path, tmp_path: Path) -> None:
    """Shared code lists are served, so the store is assembled again; no version is compiled."""
    first = build_store(released, tmp_path / "build")
    themes = released / "vocabularies/themes.yaml"
    themes.write_text(themes.read_text("utf-8") + made_up.entry("tran", "交通", "Transport"))
    second = build_store(released, tmp_path / "build")
    assert (second.compiled, second.changed) == (0, True)
    assert second.path != first.path
    store = Store(second.path)
    assert store.codes["themes"] == ["econ", "heal", "tran"]
    store.close()


def test_another_base_address_compiles_everything_again(released: Path, tmp_path: Path) -> None:
    """Addresses stand in ready-made bytes, so all of them are made again."""
    build_store(released, tmp_path / "build")
    moved = build_store(released, tmp_path / "build", "https://data.example.org/open")
    assert (moved.compiled, moved.changed) == (1, True)
    store = Store(moved.path)
    version = store.version("demo-2030")
    assert version is not None
    found = store.record("targets", "csv_excel_en", version, "gdp-growth")
    store.close()
    assert found is not None
    assert found[1].endswith(
        b",https://data.example.org/open/v1/datasets/demo-2030/versions/1.0.0/targets/gdp-growth\r\n"
    )


def test_other_software_compiles_everything_again(
    released: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Every byte depends on the code that made it."""
    build_store(released, tmp_path / "build")
    monkeypatch.setattr(_BUILD, "software", lambda: "another")
    again = build_store(released, tmp_path / "build")
    assert (again.compiled, again.changed) == (1, True)


def test_many_versions_are_compiled_on_all_cores(
    released: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A pool compiles and packs them; progress hears of each; numbers decide the latest."""
    pools: list[int] = []

    def pool(processes: int) -> ProcessPoolExecutor:
        pools.append(processes)
        return ProcessPoolExecutor(processes)

    monkeypatch.setattr(workers, "ProcessPoolExecutor", pool)
    monkeypatch.setattr(workers, "WORTH_PROCESSES", 0)
    for minor in range(1, 12):
        made_up.release_demo(released, f"1.{minor}.0")
    heard: list[tuple[str, int]] = []

    def progress(jobs: list[Job], total: int) -> list[Job]:
        heard.extend((job.folder.version, total) for job in jobs)
        return jobs

    built = build(released, tmp_path / "build", BASE, progress)  # type: ignore[arg-type]
    assert (built.versions, built.compiled) == (12, 12)
    assert heard == [(f"1.{minor}.0", 12) for minor in range(12)] * 2  # parts, then archives
    assert pools == [min(12, os.cpu_count() or 1)] * 2
    store = Store(built.path)
    latest = store.version("demo-2030")
    store.close()
    assert latest is not None
    assert latest.version == "1.11.0"


def test_old_stores_go_and_the_previous_one_stays(released: Path, tmp_path: Path) -> None:
    """Requests that began with the previous store can end; older ones are removed."""
    folder = tmp_path / "build"
    paths = [build_store(released, folder).path]
    for version in ("1.1.0", "1.2.0"):
        made_up.release_demo(released, version)
        paths.append(build_store(released, folder).path)
    assert sorted(folder.glob("*.sqlite")) == sorted(paths[1:])
    assert store_path(folder) == paths[2]
    assert len(list((folder / "parts").iterdir())) == 3 * 2  # with the note on its archive


def test_parts_of_withdrawn_versions_go(released: Path, tmp_path: Path) -> None:
    """What no version needs is not kept."""
    made_up.write(released, "hill-2031")
    made_up.release_demo(released, dataset="hill-2031")
    build_store(released, tmp_path / "build")
    (released / "hill-2031").rename(tmp_path / "withdrawn")
    assert build_store(released, tmp_path / "build").versions == 1
    assert len(list((tmp_path / "build/parts").iterdir())) == 2  # with the note on its archive
