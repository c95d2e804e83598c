"""What is known to be damaged in the source has not leaked into the data."""

from __future__ import annotations

from pathlib import Path

import pytest

from opendata.errors import Problem
from tests.audit import made_up_report
from tests.audit.finding import audit_of, edit, only_finding
from tests.audit.made_up_report import DRAFT
from tests.validate.broken import MARK, take_mark

INJECTED, LOWERED = "点击查看2图", "5g"
PLACE = "location: {zh: 国道, en: Highway}\n  source:"


@pytest.mark.parametrize("damaged", [INJECTED, LOWERED])
@pytest.mark.parametrize(
    ("file", "record", "old", "new", "field"),
    [
        ("targets", "occupancy", "zh: 园区", "zh: 园区$", "title.zh"),
        ("targets", "occupancy", "en: Indicator", "en: Rate $ of parks", "title.en"),
        ("projects", "waterworks", "zh: 双桥水厂,", "zh: 双桥水厂$,", "name.zh"),
        ("glossary", "large-firms", "zh: 规上企业", "zh: 规上$企业", "term.zh"),
        ("glossary", "large-firms", "zh: 达到统计", "zh: $达到统计", "definition.zh"),
        ("projects", "road-102", "zh: 国道, en: H", "zh: 国道$, en: H", "location.zh"),
    ],
)
def test_damaged_wording_in_our_own_texts_is_found(
    file: str, record: str, old: str, new: str, field: str, damaged: str, datasets: Path
) -> None:
    """Injected words and lower-case letters, in titles, names, terms, definitions, places."""
    edit(datasets, "projects.yaml", "road-102", ("source:", PLACE))
    assert audit_of(datasets)[1] == []
    path = edit(datasets, f"{file}.yaml", record, (old, MARK + new.replace("$", damaged)))
    finding = _damaged(path)
    assert (finding.record, finding.field) == (record, field)
    assert finding.message == f"holds the damaged {damaged}"
    assert finding.fix == "leave it out"
    assert audit_of(datasets)[0]["damage"] == {"checked": 2, "agreeing": 1}


def _damaged(path: Path) -> Problem:
    """Audit the draft that holds ``path``: damage is found once, at the mark."""
    line, column = take_mark(path)
    found = audit_of(path.parents[2])[1]
    [finding] = [finding for finding in found if "damaged" in finding.message]
    place = finding.place
    assert (place.file, place.line, place.column) == (str(path), line, column)
    return finding


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


@pytest.mark.parametrize(
    ("file", "record", "old", "new", "field"),
    [
        ("projects", "road-102", "source:", "aliases: [旧路, $路]\n  source:", "aliases.1"),
        (
            *("projects", "road-102", "source:"),
            *("parties: [{zh: $院, en: Yard}]\n  source:", "parties.0.zh"),
        ),
        ("glossary", "three-products", "en: quality", "en: quality of $", "members.1.en"),
        ("glossary", "large-firms", "zh: 界限", "zh: $界限", "caveats.0.text.zh"),
        ("projects", "waterworks", "zh: 能力", "zh: 能力$", "caveats.0.text.zh"),
    ],
)
def test_damaged_wording_is_found_in_lists_too(
    file: str, record: str, old: str, new: str, field: str, datasets: Path
) -> None:
    """Aliases, parties, members, and caveats of another code."""
    path = edit(datasets, f"{file}.yaml", record, (old, new.replace("$", LOWERED)))
    found = [p for p in audit_of(datasets)[1] if "damaged" in p.message]
    assert path.name == Path(found[0].place.file).name
    assert [(p.record, p.field) for p in found] == [(record, field)]


@pytest.mark.parametrize(
    ("code", "found"), [("lowercased_letters", []), ("cut_heading", ["caveats.0.text.en"])]
)
def test_a_caveat_on_damage_may_show_it(code: str, found: list[str], datasets: Path) -> None:
    """If it is of that damage's code."""
    caveat = f"caveats: [{{code: {code}, text: {{zh: 印作, en: Printed as 5g}}}}]"
    edit(datasets, "targets.yaml", "base-stations", ("caveats: [", f"{caveat[:-1]}, "))
    assert [p.field for p in audit_of(datasets)[1] if "damaged" in p.message] == found


def test_damaged_quantities_are_found(tmp_path: Path) -> None:
    """They are printed wording, but the value of a quantity has no use for the damage."""
    datasets = made_up_report.write(
        tmp_path, ("2万吨}", "5g级2万吨}"), ("供水2万吨", "供水5g级2万吨")
    )
    found = [p.field for p in audit_of(datasets)[1] if "damaged" in p.message]
    assert found == ["quantities.0.as_printed"]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("点击", ["点击"]),
        ("K8游", ["K8"]),
        ("k8", ["k8"]),
        ("k80", []),
        ("ok8", []),
        ("点击查看2图", ["点击"]),
        ("查看", []),
    ],
)
def test_damage_is_recognised_by_its_tokens(text: str, found: list[str], datasets: Path) -> None:
    """In capitals or not, not within a longer word; where there are some, they alone count."""
    path = datasets / DRAFT / "dataset.yaml"
    old = f"printed: {INJECTED}}}"
    new = f"printed: {INJECTED}, tokens: [点击, k8]}}"
    path.write_text(path.read_text("utf-8").replace(old, new), "utf-8")
    edit(datasets, "targets.yaml", "occupancy", ("zh: 园区", f"zh: 园区{text}"))
    said = [p.message for p in audit_of(datasets)[1] if "damaged" in p.message]
    assert said == [f"holds the damaged {token}" for token in found]


def test_letters_that_were_printed_small_may_stand_in_capitals(datasets: Path) -> None:
    """5G is right, 5g is the damage."""
    edit(datasets, "targets.yaml", "base-stations", ("zh: 5G", "zh: 5G"))
    assert audit_of(datasets)[1] == []
