"""Numerals of titles, names and terms are printed; members stand in their note in order."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.audit import made_up_report
from tests.audit.finding import audit_of, edit

ROAD = ("projects.yaml", "road-102")
TERM = ("glossary.yaml", "three-products")
FIX = "write the printed numeral, or none"


@pytest.mark.parametrize(
    ("record", "old", "new", "field", "shown"),
    [
        (ROAD, "zh: 推进102国道", "zh: 推进103国道", "title.zh", "103"),
        (ROAD, "name: {zh: 102国道", "name: {zh: 一百国道", "name.zh", "一百"),
        (ROAD, "Highway 102}\n  name", "Highway 330}\n  name", "title.en", "330"),
        (ROAD, "en: Rebuilding of", "en: Three rebuildings of", "name.en", "Three"),
        (ROAD, "en: Rebuilding of", "en: The twenty-year rebuilding of", "name.en", "twenty"),
        (ROAD, "en: Rebuilding of", "en: 102 thousand rebuildings of", "name.en", "102 thousand"),
        (TERM, "zh: 三品一特", "zh: 四品一特", "term.zh", "四"),
        (TERM, "en: Brands", "en: Five Brands", "term.en", "Five"),
        (TERM, "en: Brands", "en: 2.5 brands", "term.en", "2.5"),
    ],
)
def test_a_numeral_that_is_not_printed_is_found(
    record: tuple[str, str], old: str, new: str, field: str, shown: str, datasets: Path
) -> None:
    """Arabic or Chinese, English figures and words."""
    edit(datasets, *record, (old, new))
    found = [(p.field, p.message, p.fix) for p in audit_of(datasets)[1] if p.fix == FIX]
    assert found == [(field, f"holds {shown}, which is not printed", FIX)]


@pytest.mark.parametrize(
    ("record", "text"),
    [
        (TERM, "Three Brands"),
        (TERM, "3 one Brands, no one"),
        (TERM, "Brands of stone"),
        (("targets.yaml", "districts"), "Twelve of 12"),
        (("targets.yaml", "districts"), "Ten and two as one"),
        (("targets.yaml", "exports"), "Over 30,000 million, 300"),
        (("targets.yaml", "new-jobs"), "1,200 or 1200"),
        (("targets.yaml", "floor-space"), "12.5 or 125 thousand"),
    ],
)
def test_a_printed_numeral_may_be_written_in_english(
    record: tuple[str, str], text: str, datasets: Path
) -> None:
    """A figure or a word of the number that is printed; one in small letters is an article."""
    old = "Brands and specialities" if record == TERM else "Indicator"
    edit(datasets, *record, (f"en: {old}", f'en: "{text}"'))
    assert audit_of(datasets)[1] == []


@pytest.mark.parametrize(
    ("changes", "fields"),
    [
        ((("zh: 品质", "zh: 质量"),), ["members.1.zh"]),
        ((("zh: 品种", "zh: 特色"), ("zh: 特色, en: sp", "zh: 品种, en: sp")), ["members.1.zh"]),
        ((("zh: 特色", "zh: 特 色"),), ["members.3.zh"]),
    ],
)
def test_members_stand_in_the_note_to_the_character_and_in_order(
    changes: tuple[tuple[str, str], ...], fields: list[str], datasets: Path
) -> None:
    """Another word, another order, a blank."""
    edit(datasets, *TERM, *changes)
    found = audit_of(datasets)[1]
    assert [p.field for p in found][:1] == fields
    assert "does not stand in the note after the member before it" in found[0].message
    assert found[0].fix == "copy it to the character, in order"


def test_a_member_may_have_the_capitals_the_source_has_lost(tmp_path: Path) -> None:
    """d级 is damage; the member is D级."""
    datasets = made_up_report.write(tmp_path, ("和特色。", "和d级1特色。"), ("和特色\n", "和\n"))
    edit(datasets, *TERM, ("zh: 特色", "zh: D级1特色"))
    assert [p for p in audit_of(datasets)[1] if p.field.startswith("members")] == []
