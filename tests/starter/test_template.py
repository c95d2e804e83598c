"""The files of a new draft explain every field there is, in both languages."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
import yaml
from marshmallow import Schema, fields

from opendata.records import COLLECTIONS, DATASETS
from opendata.records.exclusion import Exclusion
from opendata.records.ledger import Ledger
from opendata.records.schema import Bilingual
from opendata.starter.template import REPORT, template
from opendata.vocabularies import CLOSED, OPEN

_FILES = template("990102")
_SCHEMAS: dict[str, type[Schema]] = {
    "dataset.yaml": DATASETS.schema,
    **{collection.file: collection.schema for collection in COLLECTIONS.values()},
    "changes.yaml": Ledger,
    "exclusions.yaml": Exclusion,
}


def _explained(text: str) -> set[tuple[str, ...]]:
    """Return the paths of the fields that the comments of a file explain, by indentation."""
    found: set[tuple[str, ...]] = set()
    path: list[str] = []
    for line in text.splitlines():
        match = re.match(r"#( {3,})([a-z0-9_]+)\*?(\[\])?( \{zh, en\})?: .+。 [A-Z]", line)
        if match:
            path[(len(match[1]) - 3) // 2 :] = [match[2]]
            found.add(tuple(path))
    return found


def _of(schema: Schema, above: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    """Yield the paths of the fields that an editor may write; a tree is gone into once."""
    for name, field in schema.load_fields.items():
        yield (*above, name)
        inner = field.inner if isinstance(field, fields.List) else field
        if not isinstance(inner, fields.Nested) or name in above:
            continue
        if not isinstance(inner.schema, Bilingual) and type(inner.schema) is not type(schema):
            yield from _of(inner.schema, (*above, name))


@pytest.mark.parametrize("name", _SCHEMAS)
def test_every_field_of_a_schema_is_explained_and_no_other(name: str) -> None:
    """Those too that the example has no place for; computed ones are not to be written."""
    assert _explained(_FILES[name]) == set(_of(_SCHEMAS[name]()))


def test_a_line_says_what_a_field_means_and_how_it_is_written() -> None:
    """In one line: required or not, a list or not, meaning, form or code list."""
    lines = _FILES["targets.yaml"].splitlines()
    assert "#   unit: 数值的单位。 Unit of the value. → vocabularies/units.yaml" in lines
    assert (
        "#   period*: 目标所属时期。 The period the target is for. → write 2025 or 2025/2027"
        in (lines)
    )
    assert (
        "#   projects[]: 服务于该目标的项目。 Projects that serve the target. → id in projects.yaml"
    ) in lines
    assert "#   title* {zh, en}: 记录的简短名称。 Short name of the record." in lines
    assert "#       quantitative 定量 · qualitative 定性" in lines
    assert (
        "#     quote*: 说明事实的最短原文，逐字照录。 The shortest printed clause that states the "
        "fact, to the character. → ≤ 60 字 characters"
    ) in lines


def test_the_code_lists_that_are_named_exist() -> None:
    """The open ones by their files; of the closed ones that drafts use, every code."""
    text = "".join(_FILES.values())
    named = set(re.findall(r"→ vocabularies/([a-z]+)\.yaml", text))
    assert named == set(OPEN)
    for name in CLOSED.keys() - {"dimensions", "price_bases", "change_kinds"}:
        codes = " · ".join(f"{code.code} {code.label.zh}" for code in CLOSED[name].codes)
        assert f"    {codes}\n" in text


@pytest.mark.parametrize("name", [collection.file for collection in COLLECTIONS.values()])
def test_the_example_has_two_or_three_records_of_each_kind(name: str) -> None:
    """Enough to show variety, few enough to write over."""
    assert len(yaml.safe_load(_FILES[name])) in (2, 3)


def test_the_report_of_the_example_can_be_read() -> None:
    """Offsets mean nothing without the text; comments hold it line by line."""
    shown = re.findall(r"^# ?(.*)$", _FILES["dataset.yaml"], re.MULTILINE)
    text = [line.strip() for line in REPORT.read_text("utf-8").splitlines()]
    at = shown.index("示例所依据的报告 The report that the example was read from:")
    assert [line.strip() for line in shown[at + 1 : at + 1 + len(text)]] == text
