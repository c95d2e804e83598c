"""A reason of exclusion is one for what is excluded."""

from __future__ import annotations

from pathlib import Path

import pytest

from opendata.errors import InvalidDataError
from opendata.versions import release, validate
from tests.audit import made_up_report
from tests.audit.finding import DAY, audit_of
from tests.serving import quiet

LIST = "vocabularies/exclusions.yaml"


@pytest.fixture
def datasets(tmp_path: Path) -> Path:
    """The made-up draft, whose reasons say what they are for."""
    datasets = made_up_report.write(tmp_path)
    path = datasets / LIST
    text = path.read_text("utf-8")
    for code, kinds in (("year", "numeral"), ("general_aim", "sentence, clause")):
        text = text.replace(f"- code: {code}\n", f"- code: {code}\n  kinds: [{kinds}]\n")
    path.write_text(text, "utf-8")
    return datasets


def _swap(datasets: Path, old: str, new: str) -> None:
    path = datasets / made_up_report.DRAFT / "exclusions.yaml"
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), "utf-8")


def test_reasons_that_suit_are_valid(datasets: Path) -> None:
    """Also one that names no kinds, which suits all."""
    assert audit_of(datasets)[1] == []
    _swap(datasets, "reason: year", "reason: heading")
    assert not [problem for problem in audit_of(datasets)[1] if "is no reason" in str(problem)]


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        (
            *("kind: numeral\n  reason: year", "kind: numeral\n  reason: general_aim"),
            "#1 reason general_aim is no reason to exclude a numeral; use one of year",
        ),
        (
            *("kind: clause\n  reason: general_aim", "kind: clause\n  reason: year"),
            "#21 reason year is no reason to exclude a clause; use one of general_aim",
        ),
    ],
)
def test_a_reason_for_something_else_is_refused(
    old: str, new: str, said: str, datasets: Path
) -> None:
    """With those that there are."""
    _swap(datasets, old, new)
    with pytest.raises(InvalidDataError) as refused:
        audit_of(datasets)
    assert said in str(refused.value)


def test_a_version_released_before_clauses_were_audited_stays_valid(datasets: Path) -> None:
    """Its figures have no clauses; what was released is read as it is."""
    folder = release(
        datasets, made_up_report.DATASET, "1.0.0", DAY, datasets.parent / "report.txt"
    ).path
    path = folder / "audit.yaml"
    head, _, tail = path.read_text("utf-8").partition("clauses:\n")
    path.write_text(head + tail[tail.index("enumerations:") :], "utf-8")
    said = [problem.message for problem in validate(datasets, None, quiet).problems]
    assert said == ["was changed after its release"]
