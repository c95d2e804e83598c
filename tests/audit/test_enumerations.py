"""A term that names a number has that many members, or a caveat says why not."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.audit import made_up_report
from tests.audit.finding import audit_of, edit, said_of

GLOSSARY, TERM = "glossary.yaml", "three-products"
_LAST = "    - {zh: 特色, en: specialities}\n"


def test_too_few_members_are_found(datasets: Path) -> None:
    """三品一特 are 3 + 1."""
    edit(datasets, GLOSSARY, TERM, (_LAST, ""))
    assert [(p.field, p.message, p.fix) for p in audit_of(datasets)[1]] == [
        (
            "members",
            "has 3 members, but the term names 4",
            "list them all, or add a member_count caveat",
        ),
        ("members", "leave out what 和 joins to 品牌", "add it as a member"),
    ]


def test_too_many_members_are_found(tmp_path: Path) -> None:
    """As well."""
    datasets = made_up_report.write(tmp_path, ("品牌和特色", "品牌、特产和特色"))
    edit(datasets, GLOSSARY, TERM, (_LAST, "    - {zh: 特产, en: products}\n" + _LAST))
    _, message, _ = said_of(datasets, GLOSSARY, TERM, change=("members:", "members:"))
    assert message == "has 5 members, but the term names 4"


@pytest.mark.parametrize(("code", "agreeing"), [("member_count", 1), ("ambiguous_unit", 0)])
def test_a_caveat_answers_for_another_number_of_members(
    code: str, agreeing: int, datasets: Path
) -> None:
    """One of the code for it; another does not."""
    caveat = f"  caveats:\n    - code: {code}\n      text: {{zh: 缺一项。, en: One is missing.}}\n"
    edit(datasets, GLOSSARY, TERM, (_LAST, ""), ("  marker_in_text", f"{caveat}  marker_in_text"))
    figures, found = audit_of(datasets)
    assert figures["enumerations"] == {"checked": 1, "agreeing": agreeing}
    said = [p.message for p in found if "the term names" in p.message]
    assert len(said) == 1 - agreeing


@pytest.mark.parametrize(
    ("term", "named"),
    [
        ("三品一特", 4),
        ("四梁", 4),
        ("十乱", 10),
        ("十二大行动", 12),
        ("2城2区", 4),
        ("两山二水", 4),
        ("一二三四产业", 4),
        ("百千万四大工程", 4),
        ("十百千万四大工程", 4),
        ("5G四场景", 4),
        ("二十四节", 24),
    ],
)
def test_the_numbers_of_a_term_are_added_up(term: str, named: int, tmp_path: Path) -> None:
    """Chinese or Arabic ones; of digits in sequence the last, of words for many and of 5G none."""
    datasets = made_up_report.write(tmp_path, ("三品一特", term))
    figures, found = audit_of(datasets)
    expected = [] if named == 4 else [f"has 4 members, but the term names {named}"]
    assert [problem.message for problem in found] == expected
    assert figures["enumerations"] == {"checked": 1, "agreeing": 1 if named == 4 else 0}


def test_terms_that_name_no_number_and_definitions_are_not_counted(tmp_path: Path) -> None:
    """Nor is the 二 of a term that is defined rather than listed."""
    datasets = made_up_report.write(tmp_path)
    edit(datasets, GLOSSARY, TERM, ("zh: 三品一特", "zh: 品牌农业"))
    edit(datasets, GLOSSARY, "large-firms", ("zh: 规上企业", "zh: 二类企业"))
    figures, found = audit_of(datasets)
    assert figures["enumerations"] == {"checked": 0, "agreeing": 0}
    assert "term.zh" in [finding.field for finding in found]
