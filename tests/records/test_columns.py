"""A record type's table is derived from its fields, column by column."""

from __future__ import annotations

from typing import NamedTuple

import pytest

from opendata.records import COLLECTIONS, DATASETS, Collection, Column
from opendata.records.columns import columns_of
from opendata.records.document import Document
from opendata.records.section import Section
from opendata.vocabularies import Label

SOURCE = "source_document source_paragraph source_start source_end source_quote"
CAVEATS = "caveats_code caveats_text_zh caveats_text_en"
LEDGER = "previous_ids corrections_version"


class Table(NamedTuple):
    """Names of all columns, and of those that hold several values."""

    columns: str
    many: str


EXPECTED = {
    "targets": Table(
        columns="id dataset version title_zh title_en section section_path kind indicator measure "
        "comparator strength value value_max unit value_base value_max_base unit_base as_printed "
        "period deadline deadline_basis baseline_value baseline_unit baseline_value_base "
        "baseline_unit_base baseline_as_printed baseline_period "
        f"projects terms {SOURCE} {CAVEATS} {LEDGER}",
        many=f"section_path projects terms {CAVEATS} {LEDGER}",
    ),
    "projects": Table(
        columns="id dataset version title_zh title_en name_zh name_en aliases section section_path "
        "action action_as_printed category location_zh location_en parties_zh parties_en "
        "quantities_value quantities_unit quantities_value_base quantities_unit_base "
        f"quantities_as_printed deadline deadline_basis targets terms {SOURCE} {CAVEATS} {LEDGER}",
        many="aliases section_path parties_zh parties_en quantities_value quantities_unit "
        "quantities_value_base quantities_unit_base quantities_as_printed targets terms "
        f"{CAVEATS} {LEDGER}",
    ),
    "glossary": Table(
        columns="id dataset version number title_zh title_en term_zh term_en section section_path "
        "kind definition_zh definition_en members_zh members_en marker_in_text mentions_paragraph "
        f"mentions_start mentions_end used_by_targets used_by_projects {SOURCE} {CAVEATS} {LEDGER}",
        many="section_path members_zh members_en mentions_paragraph mentions_start mentions_end "
        f"used_by_targets used_by_projects {CAVEATS} {LEDGER}",
    ),
    "datasets": Table(
        columns="id version released title_zh title_en description_zh description_en "
        "publisher_name_zh publisher_name_en publisher_url area period themes keywords_zh "
        "keywords_en languages licence contact_name_zh contact_name_en contact_email contact_url "
        "targets projects glossary sha256 notes_zh notes_en released_at",
        many="themes keywords_zh keywords_en languages",
    ),
}

#: A record with a nested list, an absent group and an empty list.
RECORD = {
    "id": "a",
    "location": None,
    "aliases": [],
    "quantities": [{"value": 1, "unit": "item"}, {"value": 2, "unit": "km"}],
}


def _column(collection: str, name: str) -> Column:
    [column] = [c for c in COLLECTIONS[collection].columns if c.name == name]
    return column


@pytest.mark.parametrize("collection", [*COLLECTIONS.values(), DATASETS], ids=lambda c: c.name)
def test_the_columns_of_a_collection_are_these(collection: Collection) -> None:
    """Names are what programs and spreadsheets rely on: none may go, move or change."""
    columns = collection.columns
    assert EXPECTED[collection.name] == Table(
        columns=" ".join(column.name for column in columns),
        many=" ".join(column.name for column in columns if column.many),
    )


def test_documents_and_sections_have_columns_too() -> None:
    """Those of the lists in ``dataset.yaml``; the sections within a section are no column."""
    assert [column.name for column in columns_of(Section)] == [
        *("id", "title_zh", "title_en", "printed", "first_paragraph", "last_paragraph"),
        *("caveats_code", "caveats_text_zh", "caveats_text_en"),
    ]
    assert [column.name for column in columns_of(Document)][-6:] == [
        *("damage_code", "damage_text_zh", "damage_text_en", "damage_paragraph"),
        *("damage_printed", "damage_tokens"),
    ]


@pytest.mark.parametrize(
    ("name", "zh", "en"),
    [
        ("id", "标识", "Identifier"),
        ("title_zh", "标题（中文）", "Title (Chinese)"),
        ("title_en", "标题（英文）", "Title (English)"),
        ("source_quote", "出处：原文", "Source: quote"),
        ("caveats_text_en", "注意事项：内容（英文）", "Caveats: text (English)"),
    ],
)
def test_a_column_is_labelled_in_both_languages(name: str, zh: str, en: str) -> None:
    """The label of a nested field follows that of its group."""
    assert _column("targets", name).label == Label(zh, en)


@pytest.mark.parametrize(
    ("name", "zh", "en"),
    [
        ("title_en", "记录的简短名称。", "Short name of the record."),
        ("caveats_text_zh", "需要注意的事项。", "What to be careful about."),
        ("source_paragraph", "源文件中非空行的序号，从 1 起。", None),
    ],
)
def test_a_column_says_what_it_means(name: str, zh: str, en: str | None) -> None:
    """The texts of a pair have the note of the pair, other fields their own."""
    note = _column("targets", name).note
    assert note.zh == zh
    assert en is None or note.en == en


@pytest.mark.parametrize(
    ("collection", "name", "language", "vocabulary"),
    [
        ("targets", "title_zh", "zh", None),
        ("targets", "title_en", "en", None),
        ("targets", "unit", None, "units"),
        ("targets", "kind", None, "kinds"),
        ("targets", "section", None, "sections"),
        ("targets", "projects", None, "projects"),
        ("targets", "value", None, None),
        ("projects", "aliases", None, None),
        ("glossary", "members_zh", "zh", None),
    ],
)
def test_a_column_knows_its_language_and_its_code_list(
    collection: str, name: str, language: str | None, vocabulary: str | None
) -> None:
    """So that pages and descriptions can be derived."""
    column = _column(collection, name)
    assert (column.language, column.vocabulary) == (language, vocabulary)


@pytest.mark.parametrize(
    ("name", "values"),
    [
        ("id", ["a"]),
        ("quantities_unit", ["item", "km"]),
        ("location_zh", [None]),
        ("category", [None]),
        ("aliases", []),
    ],
)
def test_the_values_of_a_record_in_a_column(name: str, values: list[object]) -> None:
    """One where nothing is nested, each member's where a list is, none of an empty list."""
    assert _column("projects", name).values(RECORD) == values


def test_each_value_comes_with_the_path_to_it() -> None:
    """So that a fault in it has its place in the file."""
    assert list(_column("projects", "quantities_unit").places(RECORD)) == [
        (("quantities", 0, "unit"), "item"),
        (("quantities", 1, "unit"), "km"),
    ]
