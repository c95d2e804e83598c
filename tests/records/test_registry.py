"""The record types and code lists there are, and that each is fully described."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest
from marshmallow import Schema, fields

from opendata.records import COLLECTIONS, DATASETS, ENTRY_TYPES, Entry
from opendata.records.fields import Choice
from opendata.records.patterns import Code, Reference
from opendata.vocabularies import CLOSED, COMPARATORS, OPEN, CodeList, Label


def _fields(schema: Schema, path: str = "") -> Iterator[tuple[str, fields.Field[Any]]]:
    for name, field in schema.fields.items():
        yield f"{path}.{name}", field
        inner = field.inner if isinstance(field, fields.List) else field
        if inner is not field:
            yield f"{path}.{name}[]", inner
        if isinstance(inner, fields.Nested) and not path.endswith(".sections"):
            yield from _fields(inner.schema, f"{path}.{name}")


ALL = [
    found
    for schema in (
        *(c.schema for c in COLLECTIONS.values()),
        DATASETS.schema,
        *ENTRY_TYPES.values(),
    )
    for found in _fields(schema(), schema.__name__)
]


def test_the_collections_of_a_dataset_are_these() -> None:
    """Their names are part of addresses and file names."""
    assert {name: (c.schema_name, c.file, c.one) for name, c in COLLECTIONS.items()} == {
        "targets": ("Target", "targets.yaml", "target"),
        "projects": ("Project", "projects.yaml", "project"),
        "glossary": ("Term", "glossary.yaml", "term"),
    }
    assert (DATASETS.name, DATASETS.schema_name) == ("datasets", "Dataset")


def test_the_open_lists_are_these() -> None:
    """Five of them have entries with more than the common fields."""
    assert sorted(OPEN) == [
        *("areas", "categories", "caveats", "exclusions", "indicators", "licences"),
        *("themes", "units"),
    ]
    assert sorted(ENTRY_TYPES) == ["areas", "exclusions", "indicators", "themes", "units"]
    assert all(issubclass(entry, Entry) for entry in ENTRY_TYPES.values())


@pytest.mark.parametrize(
    ("name", "codes"),
    [
        ("kinds", "quantitative qualitative"),
        ("measures", "growth level increment count amount share"),
        (
            "comparators",
            "about at_least more_than equal reach maintain at_most less_than range",
        ),
        ("strengths", "expect commit strive"),
        ("deadline_bases", "stated implied_by_report_year"),
        ("actions", "complete advance start upgrade support bid"),
        ("term_kinds", "list definition"),
        ("exclusion_kinds", "numeral sentence clause"),
        ("price_bases", "real nominal"),
        ("languages", "zh en"),
        ("parts", "targets projects glossary dataset documents sections"),
        ("change_kinds", "removed added renamed changed reworded"),
        ("dimensions", "money area length mass volume power voltage time ratio count"),
    ],
)
def test_a_closed_list_holds_these_codes(name: str, codes: str) -> None:
    """They are the record model of DESIGN.md §2, in this order."""
    assert " ".join(CLOSED[name]) == codes
    assert CLOSED[name].name == name


def test_no_closed_list_is_missing_above() -> None:
    """Thirteen lists, none of which has the name of an open one."""
    assert len(CLOSED) == 13
    assert not CLOSED.keys() & OPEN.keys()


@pytest.mark.parametrize("codelist", CLOSED.values(), ids=CLOSED.keys())
def test_every_code_is_explained_in_both_languages(codelist: CodeList) -> None:
    """A code without a meaning is a riddle."""
    assert len(set(codelist)) == len(codelist.codes)
    for code in codelist.codes:
        assert re.search(r"[\u4e00-\u9fff]", code.label.zh)
        assert re.fullmatch(r"[A-Z][ -~]+", code.label.en)
        assert code.definition.zh.endswith("。")
        assert code.definition.en.endswith(".")


def test_a_list_knows_its_codes() -> None:
    """By name, and nothing else."""
    assert "about" in COMPARATORS
    assert "About" not in COMPARATORS
    assert COMPARATORS.codes[0] not in COMPARATORS


@pytest.mark.parametrize(("path", "field"), ALL, ids=[path for path, _ in ALL])
def test_every_field_is_labelled_and_names_lists_that_exist(
    path: str, field: fields.Field[Any]
) -> None:
    """In both languages; a code names an open list, a choice a closed one, a link a collection."""
    if not path.endswith("[]"):
        label, note = field.metadata["label"], field.metadata["note"]
        assert isinstance(label, Label)
        assert isinstance(note, Label)
        assert all((*label, *note))
        assert note.zh.endswith(("。", "）"))
        assert note.en.endswith(".")
    if isinstance(field, Code) and not path.endswith(".code"):
        assert field.vocabulary in OPEN
    if isinstance(field, Choice):
        assert field.vocabulary in CLOSED
    if isinstance(field, Reference):
        assert field.vocabulary in COLLECTIONS
