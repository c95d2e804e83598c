"""The editor's path: from a new dataset to 1.1.0 with a withdrawal, a new id and a correction."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest
import yaml
from click.testing import CliRunner, Result

from opendata.cli import main
from opendata.starter.template import REPORT
from opendata.versions import sums_of, validate
from opendata.versions.freezing import yaml_of
from tests import made_up
from tests.serving import quiet

ID = "liuxi-2030"
_WHY = {"zh": "核对原件后改。", "en": "Put right by the printed report."}


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder with the report, in which the commands are run."""
    (tmp_path / "report.txt").write_bytes(REPORT.read_bytes())
    monkeypatch.chdir(tmp_path)
    return tmp_path


def _run(*arguments: str) -> Result:
    return CliRunner().invoke(main, arguments)


def _release(*arguments: str) -> Result:
    return _run("release", ID, "--unaudited", "--date", "2030-03-01", *arguments)


def _yaml(path: Path) -> object:
    return yaml.load(path.read_bytes(), yaml.BaseLoader)  # noqa: S506


def _edit(draft: Path) -> tuple[str, str, str]:
    """Withdraw one target, rename another, and correct its value; return the ids."""
    targets = _yaml(draft / "targets.yaml")
    assert isinstance(targets, list)
    unlinked = [t for t in targets if not t.get("projects")]
    gone = unlinked[0]
    wrong = next(t for t in targets if t["kind"] == "quantitative" and t is not gone)
    old = wrong["id"]
    wrong["id"], wrong["previous_ids"] = f"{old}-total", [old]
    value = wrong["value"]
    right = "1" + value[1:-1] + "1"
    wrong["value"] = right
    wrong["as_printed"] = wrong["as_printed"].replace(value, right)
    wrong["source"]["quote"] = wrong["source"]["quote"].replace(value, right)
    targets.remove(gone)
    (draft / "targets.yaml").write_text(yaml_of(targets), "utf-8")
    projects = (draft / "projects.yaml").read_text("utf-8")
    (draft / "projects.yaml").write_text(
        projects.replace(f"    - {old}\n", f"    - {old}-total\n"), "utf-8"
    )
    return gone["id"], old, f"{old}-total"


def test_the_path_from_new_to_a_correction(place: Path) -> None:
    """Without a number the second release of a stable dataset is 1.1.0."""
    assert _run("new", ID).exit_code == 0
    first = _release("1.0.0")
    assert first.stdout == f"released datasets/{ID}/1.0.0\n"
    assert "cannot tell whether the draft is committed" in first.stderr
    assert _run("validate").exit_code == 0
    draft = place / "datasets" / ID / "draft"
    assert "summary was not written yet" in _release().stdout
    gone, old, new = _edit(draft)
    refused = _release()
    assert refused.exit_code == 1
    assert f"{gone} of targets stands in 1.0.0 and is gone without a word" in refused.stdout
    assert f"{new} of targets changes what 1.0.0 stated: " in refused.stdout
    skeleton = _run("diff", ID, "--format", "changes")
    assert "gone without" in _run("validate").stdout
    assert skeleton.exit_code == 0
    ledger = yaml.safe_load(skeleton.stdout)
    assert [w["id"] for w in ledger["withdrawals"]] == [gone]
    assert [c["ids"] for c in ledger["corrections"]] == [[new]]
    columns = {"value", "as_printed", "source_quote"}
    assert set(ledger["corrections"][0]["columns"]) == columns
    (draft / "changes.yaml").write_text(skeleton.stdout, "utf-8")
    assert _run("validate").exit_code == 0
    assert "summary.zh was not written yet" in _release().stdout
    (draft / "changes.yaml").write_text(skeleton.stdout.replace("…", "核对原件后改。"), "utf-8")
    filled = {**ledger, "summary": _WHY}
    filled["withdrawals"][0]["reason"] = _WHY
    filled["corrections"][0].update(wrong=_WHY, reason=_WHY)
    (draft / "changes.yaml").write_text(yaml_of(filled), "utf-8")
    too_small = _release("1.0.1")
    assert "is too small a step from 1.0.0 for a minor change" in too_small.stdout
    assert _release().stdout == f"released datasets/{ID}/1.1.0\n"
    assert _run("validate").exit_code == 0
    _holds_what_was_declared(place / "datasets" / ID, gone, old, new)
    assert _run("build").exit_code == 0


def _holds_what_was_declared(dataset: Path, gone: str, old: str, new: str) -> None:
    ledger = _yaml(dataset / "1.1.0" / "changes.yaml")
    assert isinstance(ledger, dict)
    assert ledger["corrections"][0]["since"] == "1.0.0"
    about = _yaml(dataset / "1.1.0" / "dataset.yaml")
    assert isinstance(about, dict)
    notes = about["notes"]["en"]
    assert notes.startswith("Put right by the printed report. Since 1.0.0: 4 removed (3 of them")
    assert f"Withdrawn: {gone}." in notes
    assert f"Renamed: {old} is now {new}." in notes
    assert f"Corrected: {new} (" in notes
    assert "wrong since 1.0.0" in notes
    log = (dataset / "CHANGELOG.md").read_text("utf-8")
    assert log.index("## [1.1.0] - 2030-03-01") < log.index("## [1.0.0] - 2030-03-01")
    assert "### Removed 撤回" in log
    assert "### Fixed 更正" in log
    command = ["sha256sum", "--check", "--strict", "--quiet", "SHA256SUMS"]
    assert subprocess.run(command, cwd=dataset, check=False).returncode == 0


def _said(datasets: Path) -> list[str]:
    return [str(problem) for problem in validate(datasets, None, quiet).problems]


def test_whatever_is_done_to_a_release_is_named(released: Path) -> None:
    """A byte of any file, a file more, a file less: with the file and what to do instead."""
    version = released / "demo-2030" / "1.0.0"
    instead = "to correct it, edit draft/ and run opendata release demo-2030 --source FILE"
    for path in [*sorted(version.iterdir()), version.parent / "SHA256SUMS"]:
        content = path.read_bytes()
        path.write_bytes(bytes([content[0] ^ 1]) + content[1:])
        said = _said(released)
        assert any(
            str(path) in line and "git restore --source=COMMIT -- " in line for line in said
        ), path
        path.unlink()
        said = _said(released)
        assert any(str(path) in line and "missing" in line for line in said), path
        path.write_bytes(content)
    (version / "more.yaml").touch()
    assert any(f"{version}/more.yaml" in line and instead in line for line in _said(released))
    (version / "more.yaml").unlink()
    assert _said(released) == []
    shutil.rmtree(version)
    [line] = _said(released)
    assert line.startswith(f"{version}:1:1 - - was released and is missing; ")
    assert f"git restore --source=COMMIT -- {version}); a release stays, {instead}" in line


def test_a_version_that_was_not_released_is_named(released: Path) -> None:
    """A folder copied by hand is whole in itself, but no release; nor is one made up anew."""
    dataset = released / "demo-2030"
    shutil.copytree(dataset / "1.0.0", dataset / "1.0.1")
    [line] = _said(released)
    assert line.startswith(f"{dataset}/1.0.1:1:1 - - is not named in {dataset}/SHA256SUMS; ")
    shutil.rmtree(dataset / "1.0.1")
    sums = dataset / "SHA256SUMS"
    for content, what in (("x\n", "is not the line of a release"), ("", "is not the line")):
        sums.write_text(content)
        assert any(str(sums) in line and what in line for line in _said(released))
    sums.unlink()
    [line] = _said(released)
    assert line.startswith(f"{sums}:1:1 - - is missing or unreadable; restore it from the commit")
    assert "edit draft/ and run opendata release demo-2030 --source FILE" in line


def test_nothing_is_said_of_the_content_of_a_release_that_was_tampered_with(released: Path) -> None:
    """Only that it is not what was released; nor of what other versions make of it."""
    made_up.change(released, f"{made_up.DRAFT}/targets.yaml", ("- id: new-jobs", "- id: jobs"))
    made_up.release_demo(released, "1.1.0")
    version = released / "demo-2030/1.0.0"
    made_up.change(released, "demo-2030/1.0.0/targets.yaml", ("    end: 37\n", ""))
    [line] = _said(released)
    assert line.startswith(f"{version}/targets.yaml:1:1 - - was changed after its release; ")
    (version / "SHA256SUMS").write_text(sums_of(version))
    [line] = _said(released)
    assert line.startswith(f"{version}/SHA256SUMS:1:1 - - is not the one that ")
    shutil.rmtree(version)
    add = ("- id: dragon-boat-race", "- id: gdp\n  previous_ids: [new-jobs]")
    made_up.change(released, f"{made_up.DRAFT}/targets.yaml", add)
    [line] = _said(released)
    assert line.startswith(f"{version}:1:1 - - was released and is missing; ")


def test_a_file_that_was_added_is_named_once(released: Path) -> None:
    """By its digest alone, whatever it is called."""
    (released / "demo-2030/1.0.0/more.yaml").touch()
    [line] = _said(released)
    assert "more.yaml:1:1 - - was not part of the release; remove it" in line
