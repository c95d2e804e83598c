"""What a target counts is printed in its quote."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.audit import made_up_report
from tests.audit.finding import audit_of, said_of

LIST = "vocabularies/indicators.yaml"


def test_an_indicator_the_quote_does_not_print_is_found(datasets: Path) -> None:
    """Another code than what is counted."""
    said = said_of(
        datasets, "targets.yaml", "grain", change=("indicator: grain", "indicator: exports")
    )
    assert said == (
        "indicator",
        "exports is 出口额, which 粮食产量保持30万吨以上 does not print",
        "correct the code, or add the printed wording to its alt_labels",
    )


@pytest.mark.parametrize(
    ("label", "more", "clean"),
    [
        ("粮食总产量", "", False),
        ("产量粮食", "", False),
        ("粮产量", "", True),
        ("粮食产量数", "", True),
        ("谷物", "alt_labels: [稻谷, 粮食]", True),
        ("谷物", "alt_labels: [稻谷, 粮食数]", False),
        ("谷物", "official_term: {zh: 粮食产量, en: Grain}", True),
        ("谷物", "official_term: {zh: 谷物产量, en: Grain}", False),
    ],
)
def test_any_label_may_be_printed_with_gaps(
    label: str, more: str, clean: bool, datasets: Path
) -> None:
    """In order; the official term and other labels too; the last 数 of a label is not printed."""
    path = datasets / LIST
    text = path.read_text("utf-8").replace("zh: 粮食产量\n", f"zh: {label}\n")
    head, name, tail = text.partition("- code: grain\n")
    path.write_text(f"{head}{name}{f'  {more}' if more else ''}\n{tail}", "utf-8")
    found = [(p.record, p.field) for p in audit_of(datasets)[1]]
    assert found == ([] if clean else [("grain", "indicator")])


def test_quotation_marks_and_capitals_make_no_difference(tmp_path: Path) -> None:
    """5G基站 is printed 5g基站, and may be in quotation marks."""
    assert audit_of(made_up_report.write(tmp_path, ("5g基站", "5g“基站”")))[1] == []
