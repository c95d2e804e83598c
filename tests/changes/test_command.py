"""``opendata diff``: what it compares, prints and ends with."""

from __future__ import annotations

import csv
import io
import json
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from opendata.cli import main
from tests import made_up
from tests.serving import RACE, add

TARGETS = f"{made_up.DRAFT}/targets.yaml"
LONG = "a long new title that goes on, and on, until nobody could read it in one line"


def _diff(datasets: Path, *arguments: str) -> Result:
    return CliRunner().invoke(main, ["diff", *arguments, "--datasets", str(datasets)])


@pytest.fixture
def edited(released: Path) -> Path:
    """Release 1.0.0, and a draft with a record more, one less, one changed and one reworded."""
    made_up.change(
        released,
        TARGETS,
        ("value: 6.10", "value: 6.2"),
        ("en: Industrial output", f"en: Industrial output, {LONG}"),
        ("  projects:\n", "  projects:\n    - river-banks\n"),
        ("- id: dragon-boat-race", "- id: lantern-fair"),
        ("      zh: 未说明是否为不变价。", "      zh: 未说明价格。"),
    )
    links = ("  terms:\n", "  targets:\n    - industrial-output\n  terms:\n")
    made_up.change(released, f"{made_up.DRAFT}/projects.yaml", links)
    made_up.change(released, f"{made_up.DRAFT}/glossary.yaml", ("滨水地区", "水边"))
    return released


def test_the_draft_is_compared_with_the_latest_release(edited: Path) -> None:
    """A line for each record, its fields below; the last line counts and names the number."""
    result = _diff(edited, "demo-2030")
    assert result.stdout == (
        "targets\n"
        "  - dragon-boat-race  办好龙舟赛\n"
        "  + lantern-fair  办好龙舟赛\n"
        "  ~ gdp-growth  地区生产总值增长率\n"
        "      value: 6.10 → 6.2\n"
        "      caveats_text_zh: [未说明是否为不变价。] → [未说明价格。]\n"
        "  ~ industrial-output  工业产值\n"
        "      title_en: …trial output → …trial output, a long new title that goes on, and on, "
        "until…\n"
        "      projects: […] → […, river-banks]\n"
        "projects\n"
        "  ~ river-banks  推进“一溪两岸”改造\n"
        "      targets: [] → [industrial-output]\n"
        "glossary\n"
        "  ≈ river-and-banks  一溪两岸\n"
        "      definition_zh: 县城滨水地区。 → 县城水边。\n"
        "demo-2030 1.0.0 → draft: 1 removed, 1 added, 3 changed, 1 reworded; "
        "at least 1.1.0 (minor)\n"
        "changes.yaml lacks 1 withdrawal and 1 correction, which that number takes for granted: "
        "opendata diff demo-2030 1.0.0 --format changes\n"
    )
    assert (result.stderr, result.exit_code) == ("", 0)


def test_no_changes_end_with_0_too(released: Path) -> None:
    """The least that a release may be called then is the next patch."""
    result = _diff(released, "demo-2030")
    assert result.output == "demo-2030 1.0.0 → draft: no changes; at least 1.0.1 (patch)\n"
    assert result.exit_code == 0


def test_latest_is_latest_by_number(released: Path) -> None:
    """1.10.0 comes after 1.9.0."""
    for version in ("1.9.0", "1.10.0"):
        made_up.release_demo(released, version)
    assert _diff(released, "demo-2030").output.startswith("demo-2030 1.10.0 → draft:")


def test_a_corrected_meaning_is_no_other_number_once_declared(released: Path) -> None:
    """The number is the one of the draft with its declarations; then nothing is lacking."""
    made_up.change(released, TARGETS, ("measure: growth", "measure: share"))
    before = _diff(released, "demo-2030").stdout
    assert "; at least 1.1.0 (minor)\nchanges.yaml lacks 1 correction, which" in before
    made_up.declare(released, "demo-2030", "更正。", "Corrected.")
    assert _diff(released, "demo-2030").stdout.endswith("; at least 1.1.0 (minor)\n")


def test_code_list_entries_are_counted_as_such(released: Path) -> None:
    """They come into use, and go out of it, with the records that need them."""
    code = ("category: public-space", "category: industrial-facility")
    made_up.change(released, f"{made_up.DRAFT}/projects.yaml", code)
    last = _diff(released, "demo-2030").stdout.splitlines()[-2]
    assert ": 1 removed (1 of them a code-list entry), 1 changed; at least 1.0.1" in last


def test_the_changes_to_fill_in_show_what_is_optional(edited: Path) -> None:
    """The successor, as a comment."""
    text = _diff(edited, "demo-2030", "--format", "changes").stdout
    assert (
        "- collection: targets\n  id: dragon-boat-race\n  reason:\n    zh: …\n    en: …\n"
        "  # successor: other-record   # 可不填 optional\ncorrections:\n"
    ) in text


def test_any_two_versions_can_be_compared(edited: Path) -> None:
    """Backwards too, which demands no number; what was removed has come back then."""
    back = _diff(edited, "demo-2030", "draft", "1.0.0").stdout
    assert "  - lantern-fair  办好龙舟赛\n  + dragon-boat-race  办好龙舟赛\n" in back
    assert back.endswith("demo-2030 draft → 1.0.0: 1 removed, 1 added, 3 changed, 1 reworded\n")
    made_up.release_demo(edited, "2.0.0")
    forth = _diff(edited, "demo-2030", "1.0.0", "2.0.0").stdout.splitlines()[-1]
    assert forth.endswith("1.0.0 → 2.0.0: 1 removed, 1 added, 3 changed, 1 reworded; "
                          "at least 1.1.0 (minor)")  # fmt: skip
    back = _diff(edited, "demo-2030", "2.0.0", "1.0.0").stdout.splitlines()[-1]
    assert back == "demo-2030 2.0.0 → 1.0.0: 1 removed, 1 added, 3 changed, 1 reworded"


def test_json_has_whole_values_and_exact_decimals(edited: Path) -> None:
    """As the API writes them."""
    found = json.loads(_diff(edited, "demo-2030", "--format", "json").stdout, parse_float=str)
    assert {k: v for k, v in found.items() if k not in ("counts", "changes")} == {
        "dataset": "demo-2030",
        "from": "1.0.0",
        "to": "draft",
        "bump": "minor",
        "smallest_version": "1.1.0",
        "reasons": ["targets dragon-boat-race removed", "targets lantern-fair added"],
        "undeclared": {
            "withdrawals": ["targets/dragon-boat-race"],
            "corrections": ["targets/gdp-growth"],
        },
        "totals": {"removed": 1, "added": 1, "renamed": 0, "changed": 3, "reworded": 1},
    }
    targets = found["counts"]["targets"]
    assert targets == {"removed": 1, "added": 1, "renamed": 0, "changed": 2, "reworded": 0}
    assert found["changes"][0] == {
        "collection": "targets",
        "id": "dragon-boat-race",
        "kind": "removed",
        "title": {"zh": "办好龙舟赛", "en": "Hold the dragon boat race"},
        "previous_id": None,
        "fields": [],
    }
    value = {"field": "value", "old": "6.10", "new": "6.2", "own_words": False, "defining": False}
    assert found["changes"][2]["fields"][0] == value
    title, projects = found["changes"][3]["fields"]
    assert title["new"] == f"Industrial output, {LONG}"
    assert title["own_words"] is True
    assert projects["new"] == ["pump-factory", "river-banks"]


def test_csv_has_a_line_for_each_field(edited: Path) -> None:
    """Or for the record, where it was added or removed; lists are joined as in all tables."""
    text = _diff(edited, "demo-2030", "--format", "csv").stdout_bytes.decode()
    header, *rows = csv.reader(io.StringIO(text, newline=""))
    assert header == [
        *("collection", "id", "kind", "title_zh", "title_en"),
        *("field", "old", "new", "own_words", "defining"),
    ]
    assert rows[0] == [
        *("targets", "dragon-boat-race", "removed", "办好龙舟赛", "Hold the dragon boat race"),
        *("", "", "", "", ""),
    ]
    assert [row[5:] for row in rows[2:6]] == [
        ["value", "6.10", "6.2", "false", "false"],
        ["caveats_text_zh", "未说明是否为不变价。", "未说明价格。", "true", "false"],
        ["title_en", "Industrial output", f"Industrial output, {LONG}", "true", "false"],
        ["projects", "pump-factory", "pump-factory|river-banks", "false", "false"],
    ]
    assert text.count("\r\n") == text.count("\n") == len(rows) + 1


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["demo-2030", "9.9.9"], "demo-2030/9.9.9:1:1 - - is no version; use one of 1.0.0, draft"),
        (["demo-2030", "1.0.0", "x"], "demo-2030/x:1:1 - - is no version; use one of 1.0.0, draft"),
        (["demo"], "demo:1:1 - - is no dataset; did you mean demo-2030? (demo-2030)"),
    ],
)
def test_a_version_that_is_not_there_is_named(
    arguments: list[str], said: str, released: Path
) -> None:
    """With those there are; exit 1."""
    result = _diff(released, *arguments)
    assert result.stdout.replace(f"{released}/", "") == said + "\n"
    assert result.exit_code == 1


def test_without_a_release_there_is_nothing_to_compare_with(datasets: Path) -> None:
    """The message says what to do."""
    result = _diff(datasets, "demo-2030")
    assert (
        result.stdout == f"{datasets}/demo-2030:1:1 - - has no release; release its draft first\n"
    )
    assert result.exit_code == 1


def test_without_a_draft_the_versions_are_named(released: Path) -> None:
    """A dataset may have none."""
    shutil.rmtree(released / made_up.DRAFT)
    assert "is no version; use one of 1.0.0\n" in _diff(released, "demo-2030").stdout


def test_a_draft_that_is_not_valid_is_not_compared(released: Path) -> None:
    """Every problem is printed, as by validate."""
    made_up.change(released, TARGETS, ("value: 6.10", "value: x"))
    add(released / TARGETS, RACE)
    result = _diff(released, "demo-2030")
    assert "gdp-growth value x is not a number" in result.stdout
    assert "dragon-boat-race is already the id of record 4" in result.stdout
    assert result.exit_code == 1


def test_an_unknown_format_ends_with_2(released: Path) -> None:
    """As with every wrong use of a command."""
    result = _diff(released, "demo-2030", "--format", "xml")
    assert result.exit_code == 2
    assert "'xml' is not one of 'text', 'json', 'csv'" in result.stderr
