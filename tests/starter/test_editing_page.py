"""The path that ``docs/editing.md`` shows, walked: each command in its order."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest
from click.testing import CliRunner

from opendata.cli import main, watching
from opendata.starter.template import REPORT

_DOCS = Path(__file__).parents[2] / "docs"
_BLOCK = re.compile(r"^```sh\n(.*?)^```$", re.DOTALL | re.MULTILINE)


def _commands(page: str) -> list[list[str]]:
    lines = "".join(_BLOCK.findall((_DOCS / page).read_text("utf-8"))).splitlines()
    commands = [shlex.split(line, comments=True) for line in lines]
    walked = [words[1:] for words in commands if words and words[0] == "opendata"]
    return [words for words in walked if words[0] != "serve"]  # which goes on until Ctrl-C


@pytest.mark.parametrize("page", ["editing.md", "editing.zh.md"])
def test_the_path_from_new_to_a_release_can_be_walked(
    page: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Every command ends well; report.txt is the document that the example was read from."""
    (tmp_path / "report.txt").write_bytes(REPORT.read_bytes())
    monkeypatch.chdir(tmp_path)

    def press_ctrl_c(_: float) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(watching, "sleep", press_ctrl_c)
    commands = _commands(page)
    for command in commands:
        result = CliRunner().invoke(main, command)
        assert result.exit_code == 0, f"{command}: {result.output}"
    walked = [command[0] for command in commands]
    assert [
        name for name in ("new", "validate", "audit", "release", "build") if name in walked
    ] == [
        *("new", "validate", "audit", "release", "build"),
    ]
    assert walked[0] == "new"
    [released] = (tmp_path / "datasets").glob("*/[0-9]*/SHA256SUMS")
    assert (tmp_path / "build").is_dir()
    assert released.with_name("audit.yaml").is_file()


def test_both_pages_show_the_same_commands() -> None:
    """What is walked in one language is walked in the other."""
    assert _commands("editing.md") == _commands("editing.zh.md")


@pytest.mark.parametrize("page", ["editing.md", "editing.zh.md"])
def test_the_entries_of_code_lists_that_are_shown_are_valid(page: str, tmp_path: Path) -> None:
    """Pasted at the end of the lists that come with ``new``."""
    text = (_DOCS / page).read_text("utf-8")
    block = text[text.index("```yaml\n# vocabularies/units.yaml") :].split("```")[1]
    datasets = tmp_path / "datasets"
    options = ["--datasets", str(datasets)]
    assert CliRunner().invoke(main, ["new", "liuxi-2030", *options]).exit_code == 0
    for part in block.split("# vocabularies/")[1:]:
        name, _, entries = part.partition("\n")
        with (datasets / "vocabularies" / re.split("[:：]", name)[0]).open("a") as file:
            file.write(f"\n{entries}")
    result = CliRunner().invoke(main, ["validate", *options])
    assert result.exit_code == 0, result.output
