"""Tables that codes lead to: which rows they have, whatever the lists hold."""

from __future__ import annotations

import csv
import io
from typing import Any

from opendata.package.references import meanings, reference_tables
from opendata.vocabularies import Label

_SECTIONS: list[dict[str, Any]] = [
    {
        "id": "2",
        "title": {"zh": "工作", "en": "Work"},
        "printed": None,
        "first_paragraph": 1,
        "last_paragraph": 9,
        "caveats": [],
        "sections": [
            {
                "id": "2.1",
                "title": {"zh": "工业", "en": "Industry"},
                "printed": "工业",
                "first_paragraph": 2,
                "last_paragraph": 3,
                "sections": [],
                "caveats": [{"code": "cut_heading", "text": {"zh": "残缺。", "en": "Cut."}}],
            }
        ],
    }
]
_DAMAGE: dict[str, Any] = {
    "code": "lost_character",
    "text": {"zh": "缺。", "en": "Lost."},
    "paragraph": None,
    "printed": None,
    "tokens": [],
}


def _entry(code: str, **more: Any) -> dict[str, Any]:
    text = {"zh": f"{code}的定义", "en": f"Meaning of {code}"}
    label = {"zh": code, "en": code.title()}
    return {
        "code": code,
        "label": label,
        "definition": text,
        "source": None,
        "exact_match": [],
        **more,
    }


def _bodies(*used: tuple[str, str]) -> dict[str, bytes]:
    caveats = ("cut_heading", "lost_character", "ambiguous_scope")
    unit = {"dimension": "count", "base": "1", "multiplier": 1, "ucum": None}
    lists = {
        "caveats": {code: _entry(code) for code in caveats},
        "units": {code: _entry(code, **unit) for code in ("percent", "person")},
    }
    documents = [{"id": "report", "damage": [_DAMAGE]}]
    description = {"sections": _SECTIONS, "documents": documents}
    found = reference_tables(description, lists, used)
    assert [table.path for table in found] == [f"lists/{t.collection.name}.csv" for t in found]
    return {table.collection.name: table.body for table in found}


def _tables(*used: tuple[str, str]) -> dict[str, list[list[str]]]:
    found = _bodies(*used).items()
    return {name: list(csv.reader(io.StringIO(body.decode(), newline=""))) for name, body in found}


def test_only_codes_in_use_have_rows() -> None:
    """Those of records, of sections and of the damage of documents; lists keep their order."""
    tables = _tables(("units", "person"), ("kinds", "quantitative"))
    assert list(tables) == ["sections", "caveats", "units"]
    assert [row[0] for row in tables["units"]] == ["code", "person"]
    assert [row[0] for row in tables["caveats"]] == ["code", "cut_heading", "lost_character"]
    assert list(_tables()) == ["sections", "caveats"]


def test_sections_stand_behind_the_one_they_are_in() -> None:
    """What is absent is an empty cell; lines end as those of every other table."""
    head, above, below = _tables()["sections"]
    assert dict(zip(head, above, strict=True)) == {
        "id": "2",
        "parent": "",
        "title_zh": "工作",
        "title_en": "Work",
        "printed": "",
        "first_paragraph": "1",
        "last_paragraph": "9",
        "caveats_code": "",
        "caveats_text_zh": "",
        "caveats_text_en": "",
    }
    assert dict(zip(head, below, strict=True))["parent"] == "2"
    assert "cut_heading" in below
    assert _bodies()["sections"].count(b"\r\n") == 3


def test_meanings_are_read_back_from_a_table() -> None:
    """Label and definition of each code; none where there is no table."""
    found = meanings(_bodies()["caveats"])
    meaning = Label("cut_heading的定义", "Meaning of cut_heading")
    assert found["cut_heading"] == (Label("cut_heading", "Cut_Heading"), meaning)
    assert meanings(b"") == {}
