"""What is known to be damaged in the source has not leaked into the data."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.audit.finding import audit_of, edit, only_finding
from tests.validate.broken import MARK

INJECTED, LOWERED = "点击查看2图", "5g"
PLACE = "location: {zh: 石桥, en: Bridge}\n  source:"


@pytest.mark.parametrize("damaged", [INJECTED, LOWERED])
@pytest.mark.parametrize(
    ("file", "record", "old", "new", "field"),
    [
        ("targets", "occupancy", "zh: 指标", "zh: 指标$", "title.zh"),
        ("targets", "occupancy", "en: Indicator", "en: Rate $ of parks", "title.en"),
        ("projects", "waterworks", "zh: 双桥水厂,", "zh: 双桥水厂$,", "name.zh"),
        ("glossary", "large-firms", "zh: 规上企业", "zh: 规上$企业", "term.zh"),
        ("glossary", "large-firms", "zh: 达到统计", "zh: $达到统计", "definition.zh"),
        ("projects", "road-102", "zh: 石桥", "zh: 石桥$", "location.zh"),
    ],
)
def test_damaged_wording_in_our_own_texts_is_found(
    file: str, record: str, old: str, new: str, field: str, damaged: str, datasets: Path
) -> None:
    """Injected words and lower-case letters, in titles, names, terms, definitions, places."""
    edit(datasets, "projects.yaml", "road-102", ("source:", PLACE))
    assert audit_of(datasets)[1] == []
    path = edit(datasets, f"{file}.yaml", record, (old, MARK + new.replace("$", damaged)))
    finding = only_finding(path)
    assert (finding.record, finding.field) == (record, field)
    assert finding.message == f"holds the damaged {damaged}"
    assert finding.fix == "leave it out"
    assert audit_of(datasets)[0]["damage"] == {"checked": 2, "agreeing": 1}


def test_injected_words_in_a_quote_are_found(datasets: Path) -> None:
    """Although they do stand in the source at that place."""
    path = edit(
        datasets,
        "targets.yaml",
        "investment",
        ('    quote: "投资增长3%', f'    {MARK}quote: "投资增长3%{INJECTED}'),
    )
    end = path.read_text("utf-8").partition("- id: investment")[2].partition("end: ")[2].split()[0]
    edit(datasets, "targets.yaml", "investment", (f"end: {end}", f"end: {int(end) + 6}"))
    finding = only_finding(path)
    assert (finding.record, finding.field) == ("investment", "source.quote")
    assert finding.message == f"holds the damaged {INJECTED}"


def test_a_quote_may_show_letters_as_they_were_printed(datasets: Path) -> None:
    """5g in lower case stands in the clean draft's quote, to the character."""
    path = datasets / "bridge-2031/draft/targets.yaml"
    assert 'quote: "5g基站扩增至2000个"' in path.read_text("utf-8")
    figures, found = audit_of(datasets)
    assert found == []
    assert figures["damage"] == {"checked": 2, "agreeing": 2}
