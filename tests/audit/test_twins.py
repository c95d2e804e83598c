"""What a district bids for or completes as a pilot is target and project, linked."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.audit import made_up_report
from tests.audit.finding import audit_of, drop, edit

HONOUR, PILOT = "争创文明之乡", "完成甲试点"
FIX = "add one: what the district bids for or completes as a pilot is both"


def _write(folder: Path, quote: str) -> Path:
    """Write a report whose lantern fair and road are the honour, not linked yet."""
    action, verb = ("bid", "争创") if quote == HONOUR else ("complete", "完成")
    name = quote.removeprefix(verb)
    datasets = made_up_report.write(
        folder,
        ("办好桥灯会", quote),
        (made_up_report.ROAD, made_up_report.project(f"road {name} {action} {verb} {quote}")),
        ("推进102国道改造。", ""),
    )
    if quote == HONOUR:
        edit(datasets, "targets.yaml", "lantern-fair", ("strength: commit", "strength: strive"))
    return datasets


def _link(datasets: Path, file: str, record: str, field: str, to: str) -> None:
    edit(datasets, file, record, ("  source:", f"  {field}: [{to}]\n  source:"))


@pytest.mark.parametrize("quote", [HONOUR, PILOT])
def test_both_records_are_there_and_linked(quote: str, tmp_path: Path) -> None:
    """Without the links each is found, and with them none."""
    datasets = _write(tmp_path, quote)
    edit(datasets, "projects.yaml", "road", ("section: 2.3", "section: 2.2"))
    said = f"links none of the same quote, {quote}"
    assert [(p.record, p.field, p.message, p.fix) for p in audit_of(datasets)[1]] == [
        ("road", "targets", said, FIX),
        ("lantern-fair", "projects", "leave out road, which the quote names", "link the two"),
        ("lantern-fair", "projects", said, FIX),
    ]
    _link(datasets, "projects.yaml", "road", "targets", "lantern-fair")
    _link(datasets, "targets.yaml", "lantern-fair", "projects", "road")
    assert audit_of(datasets)[1] == []


def test_a_link_to_another_record_is_none_to_the_twin(tmp_path: Path) -> None:
    """The quotes differ."""
    datasets = _write(tmp_path, HONOUR)
    edit(datasets, "projects.yaml", "road", ("section: 2.3", "section: 2.2"))
    _link(datasets, "projects.yaml", "road", "targets", "new-jobs")
    _link(datasets, "targets.yaml", "new-jobs", "projects", "road")
    drop(datasets, "targets.yaml", "lantern-fair")
    assert [(p.record, p.field) for p in audit_of(datasets)[1]] == [
        ("road", "targets"),
        ("new-jobs", "projects.0"),
    ]


def test_what_another_bids_for_is_no_target(tmp_path: Path) -> None:
    """支持甲厂争创名牌 is a project alone."""
    row = "p 甲厂 bid 支持…争创 支持甲厂争创名牌"
    assert audit_of(made_up_report.write_projects(tmp_path, "支持甲厂争创名牌", row))[1] == []
