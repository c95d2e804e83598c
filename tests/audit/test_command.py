"""``opendata audit``, and releases that are audited first."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from opendata.cli import main
from opendata.cli.report import report_audit
from opendata.errors import InvalidDataError
from opendata.versions import release, validate
from tests.audit.finding import DAY, audit_of, drop
from tests.audit.made_up_report import DATASET, DRAFT
from tests.serving import quiet

DIGEST = "050fda3e6d655ee0062d2bc6e4816a2edbbca539115543a9ece33be0df1f778b"
FIGURES = """\
quotes         43 of 43 agree
values         16 of 16 agree
names          22 of 22 agree
links          1 of 1 agree
enumerations   1 of 1 agree
damage         2 of 2 agree
numerals       37 of 37 accounted for (100.0 %): 25 evidence, 12 excluded (capacity 1, footer 3, \
injected_text 1, name 2, ordinal 3, word 1, year 1)
sentences      18 of 18 accounted for (100.0 %): 11 evidence, 7 excluded (general_aim 4, heading 3)
clauses        40 of 40 accounted for (100.0 %): 25 evidence, 15 excluded (general_aim 8, \
heading 5, preamble 2)
sections without records: 3
"""
AUDIT = f"""\
document: report
sha256: {DIGEST}
'on': 2031-03-01
quotes:
  checked: 43
  agreeing: 43
values:
  checked: 16
  agreeing: 16
names:
  checked: 22
  agreeing: 22
links:
  checked: 1
  agreeing: 1
numerals:
  total: 37
  evidence: 25
  excluded: 12
  reasons:
  - reason: capacity
    count: 1
  - reason: footer
    count: 3
  - reason: injected_text
    count: 1
  - reason: name
    count: 2
  - reason: ordinal
    count: 3
  - reason: word
    count: 1
  - reason: year
    count: 1
sentences:
  total: 18
  evidence: 11
  excluded: 7
  reasons:
  - reason: general_aim
    count: 4
  - reason: heading
    count: 3
clauses:
  total: 40
  evidence: 25
  excluded: 15
  reasons:
  - reason: general_aim
    count: 8
  - reason: heading
    count: 5
  - reason: preamble
    count: 2
enumerations:
  checked: 1
  agreeing: 1
damage:
  checked: 2
  agreeing: 2
sections_without_records:
- '3'
"""


def _run(command: str, *arguments: object, datasets: Path) -> Result:
    """Run a command on the made-up dataset."""
    given = [command, DATASET, *map(str, arguments), "--datasets", str(datasets)]
    result = CliRunner().invoke(main, given)
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result


def _audit(datasets: Path, *arguments: object) -> Result:
    return _run("audit", "--source", datasets.parent / "report.txt", *arguments, datasets=datasets)


def _release(datasets: Path, *arguments: object) -> Result:
    how = arguments or ("--unaudited",)
    return _run("release", "1.0.0", "--date", "2031-03-01", *how, datasets=datasets)


def test_a_clean_audit_prints_its_figures(datasets: Path) -> None:
    """And ends with 0."""
    result = _audit(datasets)
    assert (result.exit_code, result.output) == (0, FIGURES)


def test_an_audit_prints_every_finding_before_its_figures(datasets: Path) -> None:
    """As validation prints problems; it ends with 1."""
    drop(datasets, "targets.yaml", "districts")
    result = _audit(datasets)
    place = f"{datasets / DRAFT / 'dataset.yaml'}:29:5 report - does not account for the"
    fix = "give it a record, or exclude it in exclusions.yaml with a reason"
    numeral = "numeral 十二 of paragraph 7, 277 to 279 (… ,200人。改造十二大片区。办好桥灯 …)"
    sentence = (
        "sentence 改造十二大片区。 of paragraph 7, 275 to 283 "
        "(… 业1,200人。改造十二大片区。办好桥灯会。   …)"
    )
    lines = result.stdout.splitlines()
    assert lines[:2] == [f"{place} {numeral}; {fix}", f"{place} {sentence}; {fix}"]
    assert lines[8].startswith("numerals       36 of 37 accounted for (97.3 %): 24 evidence, 12 ex")
    assert lines[9].startswith("sentences      17 of 18 accounted for (94.4 %): 10 evidence, 7 exc")
    assert lines[10].startswith(
        "clauses        39 of 40 accounted for (97.5 %): 24 evidence, 15 exc"
    )
    assert len(lines) == 12
    assert (result.exit_code, result.stderr) == (1, "2 problems in 1 file\n")


@pytest.mark.parametrize("dropped", [False, True])
def test_an_audit_for_tools_is_one_json_document(dropped: bool, datasets: Path) -> None:
    """Figures and findings, also where there is none."""
    if dropped:
        drop(datasets, "targets.yaml", "occupancy")
    result = _audit(datasets, "--format", "json")
    assert (result.exit_code, result.stderr) == (int(dropped), "")
    found = json.loads(result.stdout)
    assert list(found) == ["figures", "findings"]
    assert found["figures"]["sha256"] == DIGEST
    assert found["figures"]["numerals"]["evidence"] == 25 - dropped
    assert [(f["line"], f["column"], f["record"], f["field"]) for f in found["findings"]] == (
        [(29, 5, "report", "-")] * 2 if dropped else []
    )


def test_what_there_is_nothing_of_is_not_given_in_per_cent(datasets: Path) -> None:
    """Without terms there is no enumeration to agree; 0 of 0 would claim that all do."""
    figures = audit_of(datasets)[0]
    nothing = {"total": 0, "evidence": 0, "excluded": 0, "reasons": []}
    figures |= {"enumerations": {"checked": 0, "agreeing": 0}, "clauses": nothing}
    with CliRunner().isolation() as (output, _, _):
        report_audit(figures, [], "text")
        lines = output.getvalue().decode().splitlines()
    assert lines[4] == "enumerations   none"
    assert lines[8] == "clauses        none"


def test_the_audit_of_a_wrong_file_ends_with_a_message(datasets: Path) -> None:
    """No figures, exit 1."""
    source = datasets / DRAFT / "targets.yaml"
    digest = hashlib.sha256(source.read_bytes()).hexdigest()
    result = _run("audit", "--source", source, datasets=datasets)
    assert result.exit_code == 1
    assert result.output == (
        f"Error: {source} is not the source document: its SHA-256 is {digest}, but dataset.yaml "
        f"names {DIGEST}; give the file that was read, unchanged to the byte\n"
    )


def test_a_source_must_be_named(datasets: Path) -> None:
    """An audit without its document would be none."""
    result = _run("audit", datasets=datasets)
    assert result.exit_code == 2
    assert "Missing option '--source'" in result.stderr


def test_a_released_version_is_audited_by_its_number(datasets: Path) -> None:
    """Whatever became of the draft; a version that is not there is named."""
    assert _release(datasets).exit_code == 0
    drop(datasets, "targets.yaml", "occupancy")
    result = _audit(datasets, "--version", "1.0.0")
    assert (result.exit_code, result.output) == (0, FIGURES)
    assert _audit(datasets).exit_code == 1
    result = _audit(datasets, "--version", "1.0.1")
    assert result.exit_code == 1
    assert result.stdout == (
        f"{datasets / DATASET / '1.0.1'}:1:1 - - is no version; use one of 1.0.0, draft\n"
    )


def test_a_release_with_its_source_holds_the_figures(datasets: Path) -> None:
    """As ``audit.yaml``, which is part of the version; what was excluded is, too."""
    result = _release(datasets, "--source", datasets.parent / "report.txt")
    folder = datasets / DATASET / "1.0.0"
    assert (result.exit_code, result.stdout) == (0, f"released {folder}\n")
    assert (folder / "audit.yaml").read_text("utf-8") == AUDIT
    named = [line.split("  ")[1] for line in (folder / "SHA256SUMS").read_text().splitlines()]
    assert named == [
        *("audit.yaml", "changes.yaml", "dataset.yaml", "exclusions.yaml", "glossary.yaml"),
        *("projects.yaml", "targets.yaml", "vocabularies.yaml"),
    ]
    assert validate(datasets, None, quiet).problems == []
    assert audit_of(datasets, "1.0.0")[1] == []


def test_a_release_without_its_source_holds_no_figures(datasets: Path) -> None:
    """It was not audited."""
    folder = release(datasets, DATASET, "1.0.0", DAY).path
    assert not (folder / "audit.yaml").exists()
    assert (folder / "exclusions.yaml").exists()
    assert validate(datasets, None, quiet).problems == []


@pytest.mark.parametrize("mistake", ["finding", "source"])
def test_a_release_is_refused_while_anything_is_found(mistake: str, datasets: Path) -> None:
    """Nothing is written, and every finding is printed."""
    source = datasets.parent / "report.txt"
    if mistake == "finding":
        drop(datasets, "targets.yaml", "districts")
    else:
        source.write_bytes(source.read_bytes() + b"\n")
    before = sorted(datasets.rglob("*"))
    result = _release(datasets, "--source", source)
    assert result.exit_code == 1
    said = "does not account for the" if mistake == "finding" else "is not the source document"
    assert result.output.count(said) == (2 if mistake == "finding" else 1)
    assert sorted(datasets.rglob("*")) == before


@pytest.mark.parametrize("name", ["audit.yaml", "exclusions.yaml"])
def test_released_figures_and_exclusions_never_change(name: str, datasets: Path) -> None:
    """One digit more agreeing, and the version is no longer what was released."""
    folder = release(datasets, DATASET, "1.0.0", DAY, datasets.parent / "report.txt").path
    path = folder / name
    content = path.read_bytes()
    path.write_bytes(content.replace(b"1", b"2", 1))
    assert path.read_bytes() != content
    messages = [
        p.message for p in validate(datasets, None, quiet).problems if p.place.file == str(path)
    ]
    assert "was changed after its release" in messages
    path.unlink()
    messages = [
        p.message for p in validate(datasets, None, quiet).problems if p.place.file == str(path)
    ]
    assert messages == ["was released and is missing"]


def test_a_draft_may_not_hold_figures(datasets: Path) -> None:
    """They are written by the release alone."""
    path = datasets / DRAFT / "audit.yaml"
    path.write_text(AUDIT, "utf-8")
    with pytest.raises(InvalidDataError, match=r"audit\.yaml:1:1 - - does not belong in a version"):
        audit_of(datasets)
