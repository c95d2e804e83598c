"""A build that fails, is killed or meets another leaves what is served as it was."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from opendata.errors import InvalidDataError
from opendata.store import store_path
from opendata.versions.digests import SUMS, sums_of
from opendata.versions.releases import releases_of
from tests import made_up
from tests.serving import build_store, client_of, get

_BUILD = sys.modules["opendata.compiler.build"]
_TARGETS = "demo-2030/1.0.0/targets.yaml"


def _state(folder: Path) -> dict[str, bytes]:
    """Return every file below ``folder`` with its content, and where links lead."""
    found = {}
    for path in sorted(folder.rglob("*")):
        if path.is_file() and path.name != "lock":
            link = os.readlink(path).encode() if path.is_symlink() else b""
            found[str(path.relative_to(folder))] = link or path.read_bytes()
    return found


def _seal(version: Path) -> None:
    """Write the digests of a version anew, as if it had been released like this."""
    (version / SUMS).write_text(sums_of(version), "utf-8")
    versions = sorted(version.parent.glob("[0-9]*"))
    (version.parent / SUMS).write_text(releases_of(versions), "utf-8")


def _tamper(datasets: Path) -> None:
    made_up.change(datasets, _TARGETS, ("value: 300", "value: 301"))


def _spoil(datasets: Path) -> None:
    made_up.change(datasets, _TARGETS, ("value: 300", "value: three hundred"))
    _seal(datasets / "demo-2030/1.0.0")


def _spoil_one_of_two(datasets: Path) -> None:
    made_up.release_demo(datasets, "1.1.0")
    made_up.release_demo(datasets, "1.2.0")
    made_up.change(datasets, "demo-2030/1.2.0/targets.yaml", ("value: 300", "value: 1e3"))
    _seal(datasets / "demo-2030/1.2.0")


def _spoil_list(datasets: Path) -> None:
    made_up.change(datasets, "vocabularies/themes.yaml", ("code: heal", "code: econ"))


def _withdraw(datasets: Path) -> None:
    (datasets / "demo-2030/1.0.0").rename(datasets.parent / "withdrawn")
    (datasets / "demo-2030" / SUMS).unlink()


@pytest.mark.parametrize(
    ("break_it", "said"),
    [
        (_tamper, "was changed after its release"),
        (_spoil, "three hundred is not a number"),
        (_spoil_one_of_two, "1e3 is not a number"),
        (_spoil_list, "econ stands twice in themes"),
        (_withdraw, "holds no released version"),
    ],
)
def test_a_failed_build_changes_nothing(
    released: Path, tmp_path: Path, break_it: object, said: str
) -> None:
    """Faults are raised all at once; the store, ``current`` and the folder stay as they were."""
    assert callable(break_it)
    folder = tmp_path / "build"
    build_store(released, folder)
    before = _state(folder)
    break_it(released)
    with pytest.raises(InvalidDataError) as raised:
        build_store(released, folder)
    assert [said in str(problem) for problem in raised.value.problems] == [True]
    after = _state(folder)
    parts = {name for name in after if name.startswith("parts/")}
    assert {k: v for k, v in after.items() if k not in parts - before.keys()} == before
    assert all(name.endswith((".sqlite", ".zip.json")) for name in parts)
    assert get(client_of(folder), "/v1/targets").status_code == 200


def test_a_first_build_that_fails_leaves_no_store(released: Path, tmp_path: Path) -> None:
    """Nothing half-made can be taken for a store."""
    _spoil(released)
    with pytest.raises(InvalidDataError):
        build_store(released, tmp_path / "build")
    assert store_path(tmp_path / "build") is None
    assert _state(tmp_path / "build") == {}


def test_datasets_that_are_not_there_are_named(tmp_path: Path) -> None:
    """A wrong path is a problem with a fix, and makes no folder."""
    with pytest.raises(InvalidDataError, match="is not a folder; name the folder of the datasets"):
        build_store(tmp_path / "nowhere", tmp_path / "build")
    assert not (tmp_path / "build").exists()


@pytest.mark.parametrize("step", ["compile_part", "assemble", "ready_made", "_publish", "_swap"])
def test_a_killed_build_leaves_the_old_store(released: Path, tmp_path: Path, step: str) -> None:
    """Killed at any step, what was served is served; the next build leaves no trace of it."""
    folder = tmp_path / "build"
    old = build_store(released, folder).path
    made_up.release_demo(released, "1.1.0")
    script = (
        "import os, signal, sys, opendata.compiler\n"
        "build = sys.modules['opendata.compiler.build']\n"
        f"step = build.{step}\n"
        "def killed(*given):\n"
        f"    if {step!r} != '_swap': step(*given)\n"
        "    os.kill(os.getpid(), signal.SIGKILL)\n"
        f"build.{step} = killed\n"
        "from pathlib import Path\n"
        "from tests.serving import build_store\n"
        "build_store(Path(sys.argv[1]), Path(sys.argv[2]))\n"
    )
    killed = subprocess.run(
        [sys.executable, "-c", script, released, folder], cwd=Path(__file__).parents[2], check=False
    )
    assert killed.returncode == -signal.SIGKILL
    assert store_path(folder) == old
    assert get(client_of(folder), "/v1/datasets/demo-2030").get_json()["meta"]["version"] == "1.0.0"
    new = build_store(released, folder).path
    allowed = {"current", "files", "lock", "parts", "published.json", "shares"}
    allowed |= {old.name, new.name}
    assert {path.name for path in folder.iterdir()} == allowed
    assert len(list((folder / "parts").glob("*.sqlite"))) == 2


def test_an_interrupted_assembly_leaves_no_leftovers(
    released: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An error in the middle (a full disk) is raised, and the unfinished file removed."""
    folder = tmp_path / "build"

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(_BUILD, "ready_made", full)
    with pytest.raises(OSError, match="No space left"):
        build_store(released, folder)
    assert {path.name for path in folder.iterdir()} == {"files", "lock", "parts"}


def test_a_broken_current_store_is_replaced(released: Path, tmp_path: Path) -> None:
    """Damage to what is served is repaired by building again."""
    folder = tmp_path / "build"
    path = build_store(released, folder).path
    path.write_bytes(b"no store")
    repaired = build_store(released, folder)
    assert (repaired.changed, repaired.path) == (True, path)
    assert get(client_of(folder), "/v1/targets").status_code == 200


def test_two_builds_at_once_are_safe(released: Path, tmp_path: Path) -> None:
    """One waits for the other, then finds that nothing is left to do."""
    script = (
        "import sys\nfrom pathlib import Path\nfrom tests.serving import build_store\n"
        "print(build_store(Path(sys.argv[1]), Path(sys.argv[2])).changed)\n"
    )
    command = [sys.executable, "-c", script, str(released), str(tmp_path / "build")]

    def run(_: int) -> str:
        done = subprocess.run(
            command, cwd=Path(__file__).parents[2], check=True, capture_output=True, text=True
        )
        return done.stdout.strip()

    with ThreadPoolExecutor(3) as pool:
        assert sorted(pool.map(run, range(3))) == ["False", "False", "True"]
    assert len(list((tmp_path / "build").glob("*.sqlite"))) == 1
    assert get(client_of(tmp_path / "build"), "/v1/targets").status_code == 200
