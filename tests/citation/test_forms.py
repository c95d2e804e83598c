"""The forms of a citation: references, BibTeX and CSL-JSON."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from openapi_schema_validator import OAS31Validator

from opendata.citation import Citation, Digest, bibtex, csl, of_several, of_version, reference
from opendata.citation.bibtex import escape
from opendata.vocabularies import Label
from tests.citation.bib import parse, said

_SHA = "ab" * 32
_AT = "https://data.example.org/v1/datasets/demo-2030/versions/1.2.0"
_RECORD = {
    "id": "demo-2030",
    "version": "1.2.0",
    "released": "2030-02-01",
    "title": {"zh": "柳溪县2030年工作安排", "en": "Work plan of Liuxi County for 2030"},
    "publisher": {"name": {"zh": "测试项目", "en": "Test project"}},
    "sha256": _SHA,
}
WHOLE = replace(of_version(_RECORD, "https://data.example.org"), accessed=date(2031, 11, 9))
PART = replace(
    WHOLE,
    part=Label("新增就业", "New jobs"),
    name="targets_new-jobs",
    permalink=f"{_AT}/targets/new-jobs",
    digest=Digest(_SHA, Label("文件", "the file")),
)

#: What csl-data.json allows of what is used here: no other member, and nothing of another type.
_DAY = {
    "type": "object",
    "properties": {
        "date-parts": {
            "type": "array",
            "minItems": 1,
            "maxItems": 2,
            "items": {"type": "array", "minItems": 1, "maxItems": 3, "items": {"type": "integer"}},
        }
    },
    "required": ["date-parts"],
    "additionalProperties": False,
}
_NAME = {
    "type": "object",
    "properties": {name: {"type": "string"} for name in ("family", "given", "suffix", "literal")},
    "additionalProperties": False,
}
_TEXTS = ("title", "container-title", "language", "note", "URL", "version", "publisher")
CSL_RULES: dict[str, Any] = {
    "type": "array",
    "items": {
        "type": "object",
        "required": ["type", "id"],
        "properties": {
            "id": {"type": ["string", "number"]},
            "type": {"enum": ["dataset", "article", "document", "webpage"]},
            "author": {"type": "array", "items": _NAME},
            "issued": _DAY,
            "accessed": _DAY,
            **{name: {"type": "string"} for name in _TEXTS},
        },
        "additionalProperties": False,
    },
}


def test_a_chinese_reference_follows_gb_t_7714() -> None:
    """Body, title with version and [DS/OL], days of release and access, address."""
    assert reference(WHOLE, "zh") == (
        "测试项目. 柳溪县2030年工作安排: 1.2.0版[DS/OL]. (2030-02-01)[2031-11-09]. "
        f"{_AT}. SHA-256（该版本的 SHA256SUMS 文件）：{_SHA}."
    )


def test_an_english_reference_follows_apa_7() -> None:
    """Author, day, title with version, [Data set], day of access and address."""
    assert reference(WHOLE, "en") == (
        "Test project. (2030, February 1). Work plan of Liuxi County for 2030 (Version 1.2.0) "
        f"[Data set]. Retrieved November 9, 2031, from {_AT} "
        f"SHA-256 (the version's SHA256SUMS file): {_SHA}."
    )


def test_a_part_stands_before_the_dataset_it_is_of() -> None:
    """Behind // in Chinese, behind In in English."""
    short = replace(PART, accessed=None, digest=None)
    assert reference(short, "zh") == (
        "测试项目. 新增就业[DS/OL]//柳溪县2030年工作安排: 1.2.0版. (2030-02-01). "
        f"{_AT}/targets/new-jobs."
    )
    assert reference(short, "en") == (
        "Test project. (2030, February 1). New jobs. In Work plan of Liuxi County for 2030 "
        f"(Version 1.2.0) [Data set]. {_AT}/targets/new-jobs"
    )


def test_several_datasets_have_a_day_and_no_version() -> None:
    """Those who publish them are named, and that there are others."""
    authors = (Label("甲", "A"), Label("乙", "B"))
    several = of_several(authors, date(2030, 5, 9), more=True)
    found = replace(several, permalink="https://data.example.org/v1/targets", name="targets")
    assert reference(found, "zh") == (
        "甲, 乙, 等. opendata：全部数据集的最新版本[DS/OL]. (2030-05-09). "
        "https://data.example.org/v1/targets."
    )
    assert reference(found, "en").startswith("A, B, & others. (2030, May 9). opendata: all ")
    assert found.key == "opendata_2030-05-09_targets"
    assert parse(bibtex(found, "en")).fields["author"] == "{A} and {B} and others"
    assert [name["literal"] for name in csl(found, "en")["author"]] == ["A", "B", "others"]


def test_what_is_not_known_is_left_out() -> None:
    """Nobody to name, no day of release."""
    found = replace(of_several((), None), permalink="https://data.example.org/v1/targets")
    assert reference(found, "zh") == (
        "佚名. opendata：全部数据集的最新版本[DS/OL]. https://data.example.org/v1/targets."
    )
    assert reference(found, "en").startswith("Anonymous. (n.d.). opendata")
    assert parse(bibtex(found, "zh")).fields.keys() == {"author", "title", "url", "language"}
    assert "issued" not in csl(found, "zh")


def test_bibtex_of_a_version() -> None:
    """The whole entry, in UTF-8."""
    assert bibtex(WHOLE, "zh") == (
        "@dataset{demo-2030_1.2.0,\n"
        "  author = {{测试项目}},\n"
        "  title = {{柳溪县2030年工作安排}},\n"
        "  version = {1.2.0},\n"
        "  year = {2030},\n"
        "  month = feb,\n"
        f"  url = {{{_AT}}},\n"
        "  urldate = {2031-11-09},\n"
        "  language = {chinese},\n"
        f"  note = {{SHA-256（该版本的 SHA256SUMS 文件）：{_SHA}}},\n"
        "}\n"
    )
    part = parse(bibtex(PART, "en"))
    assert (part.kind, part.key) == ("dataset", "demo-2030_1.2.0_targets_new-jobs")
    assert part.fields["title"] == "{New jobs}"
    assert part.fields["series"] == "{Work plan of Liuxi County for 2030}"


def test_csl_of_a_part() -> None:
    """The whole item, which keeps to the rules of CSL."""
    item = csl(PART, "en")
    assert item == {
        "id": "demo-2030_1.2.0_targets_new-jobs",
        "type": "dataset",
        "title": "New jobs",
        "author": [{"literal": "Test project"}],
        "URL": f"{_AT}/targets/new-jobs",
        "language": "en",
        "container-title": "Work plan of Liuxi County for 2030",
        "version": "1.2.0",
        "issued": {"date-parts": [[2030, 2, 1]]},
        "accessed": {"date-parts": [[2031, 11, 9]]},
        "note": f"SHA-256 (the file): {_SHA}",
    }
    assert OAS31Validator(CSL_RULES).is_valid([item])
    assert not OAS31Validator(CSL_RULES).is_valid([{**item, "digest": _SHA}])


@pytest.mark.parametrize("language", ["zh", "en"])
def test_keys_depend_on_what_is_cited_alone(language: str) -> None:
    """Not on the day, the language or the digest; queries differ by their address."""
    tomorrow = replace(PART, accessed=date(2031, 11, 10), digest=None)
    assert parse(bibtex(tomorrow, language)).key == PART.key == csl(PART, language)["id"]
    one = replace(WHOLE, name="targets", permalink=f"{_AT}/targets?unit=percent")
    other = replace(WHOLE, name="targets", permalink=f"{_AT}/targets?unit=CNY")
    assert one.key == "demo-2030_1.2.0_targets_81a7c487"
    assert one.key != other.key


_ANY_TEXT = st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1)


@given(_ANY_TEXT)
@example("50% & {更多} “#_$” \\ ~ ^ }{")
@example("\\textbackslash{}")
@example("A and B, Jr.")
@example('@article{x, y = "z"}')
def test_bibtex_gives_back_any_text(text: str) -> None:
    """Names and titles with whatever TeX or BibTeX would take for their own."""
    odd = Label(text, text)
    made = Citation((odd, odd), odd, _AT, "demo-2030", "1.2.0", part=odd, name="targets")
    entry = parse(bibtex(made, "en"))
    assert said(entry.fields["title"]) == text == said(entry.fields["series"])
    kept = f"{{{escape(text)}}}"
    assert entry.fields["author"] == f"{kept} and {kept}"


@given(_ANY_TEXT, st.dates(), st.one_of(st.none(), st.dates()), st.booleans())
def test_any_item_keeps_to_the_rules_of_csl(
    text: str, accessed: date, released: date | None, whole: bool
) -> None:
    """Whatever is known of what is cited."""
    odd = Label(text, text)
    made = Citation(
        (odd,), odd, _AT, released=released, part=None if whole else odd, accessed=accessed
    )
    for language in Label._fields:
        assert OAS31Validator(CSL_RULES).is_valid([csl(made, language)])
