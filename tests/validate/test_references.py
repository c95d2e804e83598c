"""Mistakes between the fields of a record, between records, and between files."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests import made_up
from tests.validate.broken import DATASET, GLOSSARY, PROJECTS, TARGETS, Broken, validate

FIRST = "- id: gdp-growth"


def _record(changes: dict[str, str], field: str, message: str, fix: str) -> Broken:
    """A mistake in the first target that is named at the start of the record."""
    typed = {FIRST: "- ▶id: gdp-growth", **changes}
    return Broken(TARGETS, typed, "gdp-growth", field, message, fix)


def _in(file: str, old: str, new: str, record: str, field: str, message: str, fix: str) -> Broken:
    return Broken(file, {old: new}, record, field, message, fix)


WITHIN = {
    "a required field missing": _record({"  period: 2030\n": ""}, "period", "is missing", "add it"),
    "a figure without its unit": _record(
        {"  unit: percent\n": ""}, "unit", "is missing in a quantitative target", "add it"
    ),
    "an outcome with a figure": _in(
        *(TARGETS, "  kind: qualitative\n", "  kind: qualitative\n  ▶value: 1\n"),
        *("dragon-boat-race", "value", "does not belong in a qualitative", "kind: quantitative"),
    ),
    "a range with one bound": Broken(
        TARGETS,
        {"- id: new-jobs": "- ▶id: new-jobs", "  value_max: 1500\n": ""},
        *("new-jobs", "value_max", "is missing where comparator is range", "add the upper bound"),
    ),
    "bounds without a range": _in(
        *(TARGETS, "  value: 300\n", "  value: 300\n  ▶value_max: 400\n"),
        *("industrial-output", "value_max", "stands without comparator: range", "remove it or"),
    ),
    "bounds the wrong way round": _in(
        *(TARGETS, "value_max: 1500", "▶value_max: 1200"),
        *("new-jobs", "value_max", "1200 is not above value 1200", "write the upper bound"),
    ),
    "a quote shorter than its span": _in(
        *(TARGETS, "    quote: 工业产值突破300亿元", "    ▶quote: 产值突破300亿元"),
        *("industrial-output", "source.quote", "has 9 characters but", "set end to 47 or correct"),
    ),
    "a span that ends before it starts": _in(
        *(TARGETS, "end: 37", "▶end: 22"),
        *("gdp-growth", "source.end", "22 is not after start 22", "position after the last"),
    ),
    "printed wording that is not in the quote": _in(
        *(TARGETS, "as_printed: 突破300亿元", "▶as_printed: 突破三百亿元"),
        *("industrial-output", "as_printed", "does not stand in the quote", "copy it"),
    ),
    "a printed verb that is not in the quote": _in(
        *(PROJECTS, "action_as_printed: 推进", "▶action_as_printed: 实施"),
        *("river-banks", "action_as_printed", "does not stand in the quote", "copy it"),
    ),
    "a printed quantity that is not in the quote": _in(
        *(PROJECTS, "as_printed: 600件", "▶as_printed: 600台"),
        *("pump-factory", "quantities.0.as_printed", "does not stand in", "copy it"),
    ),
    "an implied deadline that is not the end of the period": _in(
        *(TARGETS, "deadline: 2030-12-31", "▶deadline: 2031-12-31"),
        *("gdp-growth", "deadline", "is not the end of the period 2030", "write 2030-12-31, or"),
    ),
    "an unreadable deadline with its basis": _in(
        *(PROJECTS, "deadline: 2030-12-31", "▶deadline: soon"),
        *("pump-factory", "deadline", "soon is not a date", "YYYY-MM-DD"),
    ),
    "a deadline without its basis": Broken(
        PROJECTS,
        {"- id: pump-f": "- ▶id: pump-f", "  deadline_basis: implied_by_report_year\n": ""},
        *("pump-factory", "deadline_basis", "is missing beside a deadline", "add it"),
    ),
    "a basis without a deadline": _in(
        *(
            PROJECTS,
            "  category: public-space",
            "  ▶deadline_basis: stated\n  category: public-space",
        ),
        *("river-banks", "deadline_basis", "stands without a deadline", "remove it or add one"),
    ),
    "a list term without members": Broken(
        GLOSSARY,
        {"- id: green": "- ▶id: green", "kind: definition": "kind: list"},
        *("green-industry", "members", "is missing in a term of kind list", "list the members"),
    ),
    "a definition with members": Broken(
        GLOSSARY,
        {"kind: list": "kind: definition", "  members:": "  ▶members:"},
        *("river-and-banks", "members", "stands in a term of kind definition", "set kind: list"),
    ),
}


BETWEEN = {
    "an id given twice": _in(
        *(TARGETS, "- id: dragon-boat-race", "- ▶id: gdp-growth"),
        *("gdp-growth", "id", "is already the id of record 1 of targets", "its own"),
    ),
    "a number given twice": _in(
        *(GLOSSARY, "number: 2", "▶number: 1"),
        *("green-industry", "number", "1 is already the number of record 1 of glossary", "own"),
    ),
    "a section that is not in the tree": _in(
        *(PROJECTS, "section: 2.1", "▶section: 2.2"),
        *("pump-factory", "section", "2.2 is not a section of dataset.yaml", "mean 2.1?"),
    ),
    "a document that is not listed": _in(
        *(TARGETS, "document: report", "▶document: rapport"),
        *("gdp-growth", "source.document", "rapport is not a document", "did you mean report?"),
    ),
    "a place past the end of the document": _in(
        *(GLOSSARY, "start: 146\n    end: 153", "start: 160\n    ▶end: 167"),
        *("green-industry", "source.end", "167 is past the document's 166", "correct the offsets"),
    ),
    "a mention past the end of the document": _in(
        *(GLOSSARY, "end: 105", "▶end: 167"),
        *("river-and-banks", "mentions.0.end", "167 is past the document's 166", "correct"),
    ),
    "a link to no record": _in(
        *(PROJECTS, "- river-and-banks", "- ▶river-and-bank"),
        *("river-banks", "terms.0", "river-and-bank is no record of glossary", "mean river-and"),
    ),
    "a link that is not returned": _in(
        *(TARGETS, "    - pump-factory\n", "    - pump-factory\n    - ▶river-banks\n"),
        *("industrial-output", "projects.1", "does not link back to industrial-output", "unlink"),
    ),
    "a unit that is not in the list": _in(
        *(TARGETS, "unit: percent", "▶unit: per-cent"),
        *("gdp-growth", "unit", "per-cent is not in the list of units", "did you mean percent?"),
    ),
    "a rate in a unit that is none of rates": _in(
        *(TARGETS, "unit: percent", "▶unit: item"),
        *("gdp-growth", "unit", "item is no unit of a growth", "percent, or another measure"),
    ),
    "a section without id": _in(
        *(DATASET, "sections:\n", "sections:\n  - ▶title: {zh: 附, en: A}\n"),
        *("-", "sections.0.id", "is missing", "add it"),
    ),
    "an indicator that is not in the list": _in(
        *(TARGETS, "indicator: new-jobs", "▶indicator: jobs"),
        *("new-jobs", "indicator", "jobs is not in the list of indicators", "vocabularies/indic"),
    ),
    "a caveat that is not in the list": _in(
        *(DATASET, "          - code: ambiguous_scope", "          - ▶code: ambiguous"),
        *("2", "sections.0.caveats.0.code", "not in the list of caveats", "ambiguous_scope?"),
    ),
    "a licence in small letters": _in(
        *(DATASET, "licence: CC-BY-4.0", "▶licence: cc-by-4.0"),
        *("-", "licence", "cc-by-4.0 is not in the list", "did you mean CC-BY-4.0?"),
    ),
    "a theme that is not in the list": _in(
        *(DATASET, "  - econ", "  - econ\n  - ▶ecology"),
        *("-", "themes.1", "ecology is not in the list of themes", "use one of econ, heal"),
    ),
    "a section id given twice": _in(
        *(
            DATASET,
            "  - id: notes\n",
            "  - id: notes\n    title: {zh: 附, en: A}\n  - ▶id: notes\n",
        ),
        *("notes", "id", "notes is the id of two sections", "give each section its own"),
    ),
    "a release date in a draft": _in(
        *(DATASET, "keywords:\n", "▶released: 2030-02-01\nkeywords:\n"),
        *("-", "released", "stands in a draft", "the release writes the date"),
    ),
    "notes in a draft": _in(
        *(DATASET, "keywords:\n", "▶notes: {zh: 附, en: A}\nkeywords:\n"),
        *("-", "notes", "stands in a draft", "beginning with the summary of changes.yaml"),
    ),
    "a record with the id of an address": _in(
        *(TARGETS, "- id: new-jobs", "- ▶id: history"),
        *("history", "id", "history is reserved", "choose another id; changes, cite, history are"),
    ),
    "a previous id that is the id of a record": _in(
        *(TARGETS, "  kind: qualitative", "  previous_ids:\n    - ▶new-jobs\n  kind: qualitative"),
        *("dragon-boat-race", "previous_ids.0", "new-jobs is the id of a record", "never used"),
    ),
    "a previous id of two records": Broken(
        TARGETS,
        {
            "- id: new-jobs": "- previous_ids: [jobs]\n  id: new-jobs",
            "  kind: qualitative": "  previous_ids:\n    - ▶jobs\n  kind: qualitative",
        },
        *("dragon-boat-race", "previous_ids.0", "jobs is a previous id of new-jobs too", "the one"),
    ),
}


@pytest.mark.parametrize("broken", WITHIN.values(), ids=WITHIN.keys())
def test_fields_that_contradict_each_other_are_named(broken: Broken, datasets: Path) -> None:
    """One problem, at the field to mend or, where it is absent, at the record."""
    broken.check(datasets)


@pytest.mark.parametrize("broken", BETWEEN.values(), ids=BETWEEN.keys())
def test_a_reference_that_leads_nowhere_is_named(broken: Broken, datasets: Path) -> None:
    """One problem, at the reference, with the nearest right one."""
    broken.check(datasets)


def _short(found: list[dict[str, object]]) -> list[tuple[object, ...]]:
    return [(p["line"], p["record"], p["field"]) for p in found]


def test_a_member_in_error_leaves_the_others_in_their_places(datasets: Path) -> None:
    """What is wrong with a later member is named on its own line, not an earlier one's."""
    made_up.change(datasets, DATASET, ("  - econ\n", "  - bad code!\n  -\n  - nosuch\n"))
    assert _short(validate(datasets)) == [
        (15, "-", "themes.0"),
        (16, "-", "themes.1"),
        (17, "-", "themes.2"),
    ]


def test_a_group_in_error_leaves_the_others_in_their_places(datasets: Path) -> None:
    """The same where the members are mappings."""
    change = ("    - value: 600", "    -\n    - text\n    - value: 600")
    made_up.change(datasets, PROJECTS, change, ("as_printed: 600件", "as_printed: 600台"))
    assert _short(validate(datasets)) == [
        (18, "pump-factory", "quantities.0"),
        (19, "pump-factory", "quantities.1"),
        (22, "pump-factory", "quantities.2.as_printed"),
    ]


def test_a_link_in_error_leaves_the_others_in_their_places(datasets: Path) -> None:
    """Each is judged on its own line."""
    links = "    - Pump Factory\n    - pump-factory\n    - no-such\n"
    made_up.change(datasets, TARGETS, ("    - pump-factory\n", links))
    assert _short(validate(datasets)) == [
        (46, "industrial-output", "projects.0"),
        (48, "industrial-output", "projects.2"),
    ]


def test_a_repeated_link_does_not_break_the_link_back(datasets: Path) -> None:
    """A fault in a list of links is the only problem named; the good links still count."""
    twice = "    - pump-factory\n    - pump-factory\n"
    made_up.change(datasets, TARGETS, ("    - pump-factory\n", twice))
    assert _short(validate(datasets)) == [(47, "industrial-output", "projects.1")]


@pytest.mark.parametrize("text", ["", "text\n", "- id: 1\n"])
def test_a_description_that_is_no_mapping_is_one_problem(text: str, datasets: Path) -> None:
    """Records are not accused of naming sections and documents that could not be read."""
    (datasets / DATASET).write_text(text)
    [found] = validate(datasets)
    assert (found["file"], found["line"]) == (str(datasets / DATASET), 1)
    assert found["problem"] == "is not a mapping"


@pytest.mark.parametrize(
    ("text", "problem"),
    [("", "is empty"), ("# none\n", "is empty"), ("a: 1\n", "is not a list of records")],
)
def test_a_record_file_that_is_no_list_is_one_problem(
    text: str, problem: str, datasets: Path
) -> None:
    """Links to its records are not accused of leading nowhere."""
    (datasets / TARGETS).write_text(text)
    [found] = validate(datasets)
    assert (found["file"], found["line"], found["problem"]) == (
        str(datasets / TARGETS),
        1,
        problem,
    )
    assert found["fix"] == "begin each record with '- ', or write [] for none"


def test_a_place_may_end_where_the_document_ends(datasets: Path) -> None:
    """The end is the position after the last character."""
    made_up.change(datasets, DATASET, ("characters: 166", "characters: 153"))
    assert validate(datasets) == []


def test_a_collection_may_be_empty(datasets: Path) -> None:
    """``[]`` stands for no records."""
    (datasets / TARGETS).write_text("[]\n")
    made_up.change(datasets, PROJECTS, ("  targets:\n    - industrial-output\n", ""))
    assert validate(datasets) == []


def test_a_record_that_is_no_mapping_is_named_by_its_place(datasets: Path) -> None:
    """``#2`` is the second record; a record without an id has no better name."""
    made_up.change(datasets, PROJECTS, ("\n- id: river", "\n- text\n- - a\n- ~\n- id: river"))
    assert _short(validate(datasets)) == [(32, "#2", "-"), (33, "#3", "-"), (34, "#4", "-")]
