"""``opendata build``, ``serve`` and ``spec``: what they print, and how they end."""

from __future__ import annotations

import json
import runpy
import sys
from collections.abc import Callable
from importlib import import_module
from importlib.metadata import PackageNotFoundError
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from flask import Flask

import opendata
from opendata.cli import main
from opendata.settings import Settings, SettingsError
from tests import made_up
from tests.postgresql import Server
from tests.serving import World, build_store

_OPERATING = import_module("opendata.cli.operating")


def _run(*arguments: object, **environment: str) -> Result:
    result = CliRunner().invoke(main, [*map(str, arguments)], env=environment or None)
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result


def test_build_says_what_it_did(released: Path, tmp_path: Path) -> None:
    """The path of the store and how much was compiled; the second time, that nothing changed."""
    folder = tmp_path / "build"
    first = _run("build", "--datasets", released, "--store", folder)
    path = folder / (folder / "current").readlink()
    assert (first.exit_code, first.output) == (0, f"built {path}: 1 version, 1 compiled\n")
    second = _run("build", "--datasets", released, "--store", folder)
    assert (second.exit_code, second.output) == (0, f"nothing changed: {path}\n")


def test_build_by_environment(released: Path, tmp_path: Path) -> None:
    """An installation is set up once, in its environment."""
    result = _run(
        "build",
        OPENDATA_DATASETS=str(released),
        OPENDATA_STORE=str(tmp_path / "elsewhere"),
        OPENDATA_BASE_URL="https://data.example.org/",
    )
    assert result.exit_code == 0, result.output
    assert _run("spec", tmp_path / "spec.json", "--store", tmp_path / "elsewhere").exit_code == 0
    assert "- url: https://data.example.org\n" in (tmp_path / "spec.json").read_text("utf-8")


def test_build_prints_every_problem(released: Path, tmp_path: Path) -> None:
    """A refused build ends with 1 and names place and fix, not a traceback."""
    path = made_up.change(released, "demo-2030/1.0.0/targets.yaml", ("300", "301"))
    result = _run("build", "--datasets", released, "--store", tmp_path / "build")
    assert result.exit_code == 1
    assert result.output == (
        f"{path}:1:1 - - was changed after its release; "
        f"restore it from the commit of its release (git log -- {path}; "
        f"git restore --source=COMMIT -- {path}); "
        "to correct it, edit draft/ and run opendata release demo-2030 --source FILE\n"
        "1 problem in 1 file\n"
    )


def test_spec_writes_the_description(world: World, tmp_path: Path) -> None:
    """Folders are made on the way."""
    target = tmp_path / "made/on/the/way.yaml"
    result = _run("spec", target, "--store", world.folder)
    assert (result.exit_code, result.output) == (0, f"wrote {target}\n")
    assert "\nopenapi: 3.1.0\n" in target.read_text("utf-8")


def test_spec_writes_the_data_dictionary(world: World, tmp_path: Path) -> None:
    """In both languages, beside the description."""
    arguments = (tmp_path / "spec.yaml", "--fields", tmp_path / "docs")
    result = _run("spec", *arguments, "--store", world.folder)
    pages = [tmp_path / "docs/fields.md", tmp_path / "docs/fields.zh.md"]
    wrote = "".join(f"wrote {path}\n" for path in (tmp_path / "spec.yaml", *pages))
    assert (result.exit_code, result.output) == (0, wrote)
    assert "| `title_zh` |" in pages[0].read_text("utf-8")
    assert "# 数据字典" in pages[1].read_text("utf-8")


def test_spec_needs_a_description(
    world: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A store without one is not written out as nothing."""
    monkeypatch.setattr("opendata.store.Store.document", lambda *_: None)
    result = _run("spec", tmp_path / "spec.yaml", "--store", world.folder)
    assert result.exit_code == 1
    assert result.output == "Error: the store holds no description; build it again\n"
    assert not (tmp_path / "spec.yaml").exists()


@pytest.mark.parametrize("command", [["serve"], ["spec", "spec.yaml"]])
def test_what_needs_a_store_says_so(tmp_path: Path, command: list[str]) -> None:
    """Nothing is served before it was built."""
    result = _run(*command, "--store", tmp_path / "nothing")
    assert (result.exit_code, result.output) == (
        1,
        f"Error: nothing was built in {tmp_path / 'nothing'}\n",
    )


def test_serve_with_build_refuses_invalid_data(
    released: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Data with faults are neither built nor served."""
    monkeypatch.setattr(_OPERATING, "serve_with_gunicorn", lambda *_, **__: pytest.fail("served"))
    made_up.change(released, "demo-2030/1.0.0/targets.yaml", ("value: 300", "value: many"))
    result = _run("serve", "--build", "--datasets", released, "--store", tmp_path / "build")
    assert result.exit_code == 1
    assert "was changed after its release; " in result.output
    assert not (tmp_path / "build").exists()


def test_serve_with_build_leaves_invalid_drafts_out(
    released: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Their problems are printed, the releases are served; those of a list end it."""
    served: list[str] = []
    monkeypatch.setattr(
        _OPERATING, "serve_with_gunicorn", lambda bind, _, **__: served.append(bind)
    )
    made_up.change(released, "demo-2030/draft/targets.yaml", ("value: 300", "value: many"))
    command = ("serve", "--build", "--datasets", released, "--store", tmp_path / "build")
    result = _run(*command)
    assert (result.exit_code, served) == (0, ["127.0.0.1:8000"])
    assert "value many is not a number; " in result.output
    assert "the drafts with problems are left out" in result.output
    assert "1 version, 1 compiled\n" in result.output
    made_up.change(released, "vocabularies/themes.yaml", ("code: heal", "code: econ"))
    assert _run(*command).exit_code == 1
    assert len(served) == 1


def test_serve_with_build_validates_builds_and_serves(
    released: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One command from data to service."""
    served: list[tuple[str, Path]] = []
    monkeypatch.setattr(_OPERATING, "serve_with_gunicorn", lambda *given, **_: served.append(given))
    folder = tmp_path / "build"
    result = _run("serve", "--build", "--datasets", released, "--store", folder)
    assert result.exit_code == 0
    assert "2 versions with 16 records: valid\n" in result.output
    assert "1 version, 1 compiled\n" in result.output
    assert served == [("127.0.0.1:8000", folder)]


def test_build_to_a_database_and_serve_from_it(
    server: Server, released: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One command loads it, twice does no harm; no folder is needed to serve from there."""
    url = server.database().render_as_string(hide_password=False)
    command = ("build", "--datasets", released, "--store", tmp_path / "build", "--to", url)
    first, second = _run(*command), _run(*command)
    assert first.exit_code == second.exit_code == 0, first.output
    path = tmp_path / "build" / (tmp_path / "build/current").readlink()
    name = path.stem.replace("-", "_")
    assert first.output.splitlines()[-1] == f"loaded {name} at {url}"
    assert second.output.splitlines()[-1] == f"nothing changed: {name} at {url}"
    made: list[Callable[[], Flask]] = []
    monkeypatch.setattr(
        import_module("opendata.cli.serve")._Server, "run", lambda it: made.append(it.load)
    )
    result = _run("serve", "--store", tmp_path / "nothing", OPENDATA_DATABASE_URL=url)
    assert result.exit_code == 0, result.output
    [make] = made
    response = make().test_client().get("/v1/datasets/demo-2030/targets.csv")
    assert response.status_code == 200
    assert response.data.count(b"\r\n") == 5


def test_serve_from_a_database_builds_nothing(released: Path) -> None:
    """A build that nobody would serve is a misunderstanding."""
    result = _run(
        *("serve", "--build", "--datasets", released),
        OPENDATA_DATABASE_URL="postgresql+psycopg://host/data",
    )
    assert result.exit_code == 2
    assert "leave --build out and run opendata build --to" in result.output


def test_a_bad_setting_is_named(released: Path) -> None:
    """The message says how to write it."""
    result = _run("build", "--datasets", released, OPENDATA_BASE_URL="data.example.org")
    assert result.exit_code == 1
    assert result.output.startswith("Error: OPENDATA_BASE_URL is 'data.example.org'; write the ")


@pytest.mark.parametrize(
    "address",
    [
        *("example.org", "ftp://example.org", "https://", "https://example.org/a b"),
        *("https://example.org/?a=1", "https://example.org/#top", "//example.org"),
    ],
)
def test_addresses_that_are_no_base(address: str) -> None:
    """Every link is built on it, so it must be whole."""
    with pytest.raises(SettingsError):
        Settings.from_environment({"OPENDATA_BASE_URL": address})


@pytest.mark.parametrize(
    "address", ["https://example.org", "https://example.org/", "http://127.0.0.1:8000/open/data/"]
)
def test_a_slash_at_the_end_is_dropped(address: str) -> None:
    """So that links never have two."""
    found = Settings.from_environment({"OPENDATA_BASE_URL": address})
    assert found.base_url == address.rstrip("/")


def test_settings_have_defaults() -> None:
    """A fresh clone needs no setting."""
    assert Settings.from_environment({}) == Settings(
        Path("datasets"), Path("build"), "http://127.0.0.1:8000"
    )


def test_version() -> None:
    """The command tells its version."""
    assert _run("--version").output == f"main, version {opendata.__version__}\n"


def test_a_place_that_cannot_be_written_is_named(released: Path, tmp_path: Path) -> None:
    """What the system refuses is told in one line."""
    (tmp_path / "file").write_text("", "utf-8")
    result = _run("build", "--datasets", released, "--store", tmp_path / "file")
    assert result.exit_code == 1
    assert result.output == f"Error: {tmp_path / 'file/parts'}: Not a directory\n"


def test_the_package_is_a_command(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """``python -m opendata`` is the same command."""
    monkeypatch.setattr(sys, "argv", ["opendata", "--version"])
    with pytest.raises(SystemExit) as ended:
        runpy.run_module("opendata", run_name="__main__")
    assert ended.value.code == 0
    assert capsys.readouterr().out.endswith(f"version {opendata.__version__}\n")


def test_a_source_tree_has_a_version_too(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the package was never installed, its version says so."""

    def unknown(name: str) -> str:
        raise PackageNotFoundError(name)

    monkeypatch.setattr("importlib.metadata.version", unknown)
    assert runpy.run_path(str(opendata.__file__))["__version__"] == "0+source"


def test_validate_for_tools(released: Path) -> None:
    """Valid data give an empty list, and the count stays out of it."""
    result = CliRunner().invoke(main, ["validate", "--format", "json", "--datasets", str(released)])
    assert (result.exit_code, json.loads(result.stdout)) == (0, [])


def test_release_then_build(datasets: Path, tmp_path: Path) -> None:
    """The editor's two steps."""
    options = ("--date", "2030-02-01", "--unaudited", "--allow-dirty", "--datasets", datasets)
    made = _run("release", "demo-2030", "0.1.0", *options)
    assert made.output == f"released {datasets / 'demo-2030/0.1.0'}\n"
    assert build_store(datasets, tmp_path / "build").versions == 1


@pytest.mark.parametrize("command", ["new", "validate", "audit", "locate", "diff", "release"])
def test_help_shows_examples_on_lines_of_their_own(command: str) -> None:
    """As they are typed, without the sign that tells where they begin."""
    told = _run(command, "--help").output
    assert f"\n  Example:  opendata {command} " in told
    assert "\\b" not in told
