"""The current store: a new one is picked up, a broken one never takes down what is served."""

from __future__ import annotations

import threading
from collections.abc import Callable
from pathlib import Path

import pytest

from opendata.errors import StoreError
from opendata.query import Query
from opendata.store import CurrentStore, Scope
from tests import made_up
from tests.serving import build_store, stored


@pytest.fixture
def folder(released: Path, tmp_path: Path) -> Path:
    """A folder with a built store."""
    stored(released, tmp_path / "build")
    return tmp_path / "build"


def _relink(folder: Path, target: str) -> None:
    (folder / "current").unlink(missing_ok=True)
    (folder / "current").symlink_to(target)


def test_the_same_store_stays_open(folder: Path) -> None:
    """While nothing changes, every request gets the one open store."""
    current = CurrentStore(folder)
    assert current.get() is current.get()
    assert current.fault is None


def test_a_new_store_is_picked_up(folder: Path, released: Path) -> None:
    """The next question after a build is answered from the new store."""
    current = CurrentStore(folder)
    before = current.get()
    made_up.release_demo(released, "1.1.0")
    build_store(released, folder)
    after = current.get()
    assert after.digest != before.digest
    latest = after.version("demo-2030")
    assert latest is not None
    assert latest.version == "1.1.0"


def test_a_request_keeps_the_store_it_began_with(folder: Path, released: Path) -> None:
    """A store that was handed out still answers after another has replaced it."""
    current = CurrentStore(folder)
    held = current.get()
    made_up.release_demo(released, "1.1.0")
    build_store(released, folder)
    current.get()
    assert held.version("demo-2030", "1.1.0") is None
    assert held.count("targets", Scope(), Query()) == 4


def _to_rubbish(folder: Path) -> None:
    (folder / "rubbish").write_text("no store", "utf-8")
    _relink(folder, "rubbish")


def _to_nothing(folder: Path) -> None:
    _relink(folder, "store-of-nothing.sqlite")


def _unlinked(folder: Path) -> None:
    (folder / "current").unlink()


def _to_a_file(folder: Path) -> None:
    (folder / "current").unlink()
    (folder / "current").write_text("not a link", "utf-8")


@pytest.mark.parametrize("break_it", [_to_rubbish, _to_nothing, _unlinked, _to_a_file])
def test_a_broken_store_keeps_the_last_one(folder: Path, break_it: Callable[[Path], None]) -> None:
    """What was served goes on, the fault is told, and a repair ends it."""
    current = CurrentStore(folder)
    good = current.get()
    name = good.path.name
    break_it(folder)
    assert current.get() is good
    assert current.fault is not None
    _relink(folder, name)
    assert current.get().digest == good.digest
    assert current.fault is None


@pytest.mark.parametrize("break_it", [_to_rubbish, _to_nothing, _unlinked, _to_a_file])
def test_without_any_good_store_there_is_an_error(
    folder: Path, break_it: Callable[[Path], None]
) -> None:
    """A process that never had a store says so at every question, until there is one."""
    name = (folder / "current").readlink().name
    break_it(folder)
    current = CurrentStore(folder)
    for _ in range(2):
        with pytest.raises(StoreError):
            current.get()
    _relink(folder, name)
    assert current.get().path.name == name


def test_a_folder_that_was_never_built_in(tmp_path: Path) -> None:
    """The message names the folder."""
    with pytest.raises(StoreError, match=r"nothing was built in .*/nowhere"):
        CurrentStore(tmp_path / "nowhere").get()


def test_threads_open_a_new_store_once(folder: Path) -> None:
    """Threads that ask at the same moment get the same store."""
    current = CurrentStore(folder)
    ready = threading.Barrier(8)
    found = []

    def ask() -> None:
        ready.wait()
        found.append(current.get())

    threads = [threading.Thread(target=ask) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(found) == 8
    assert {id(store) for store in found} == {id(found[0])}
