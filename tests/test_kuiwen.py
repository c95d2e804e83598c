"""The Kuiwen dataset is valid, and every quote stands where it says in the source."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from opendata.errors import Problem
from opendata.reader import Version, read_shared_lists
from opendata.versions import VersionFolder, audit_version, find_versions, read_folder

ROOT = Path(__file__).parent.parent
DATASETS = ROOT / "datasets"
SOURCE = ROOT.parent / "shared" / "source" / "kuiwen-2025-report.txt"
FOLDERS = list(find_versions(DATASETS, [], only="kuiwen-2025"))


@pytest.fixture(params=FOLDERS, ids=lambda folder: folder.version)
def version(request: pytest.FixtureRequest) -> Version:
    """Each version of the dataset, which must be valid."""
    folder: VersionFolder = request.param
    problems: list[Problem] = []
    shared = read_shared_lists(DATASETS / "vocabularies", problems)
    content = read_folder(folder, shared, problems)
    assert [str(problem) for problem in problems] == []
    return content


@pytest.fixture
def source() -> bytes:
    """The report, which is not republished and so stands outside the repository."""
    if not SOURCE.is_file():
        said = f"the source text is not at {SOURCE}"
        if os.environ.get("CI"):
            pytest.fail(f"{said}, and CI must check the quotes")
        pytest.skip(said)
    return SOURCE.read_bytes()


def _records(version: Version) -> Iterator[dict[str, Any]]:
    for records in version.collections.values():
        yield from records


def _misplaced(text: str, span: dict[str, Any], quote: str | None) -> bool:
    """Tell whether a span is outside its paragraph, or does not read as its quote."""
    start, end, number = span["start"], span["end"], span["paragraph"]
    first = text.rfind("\n", 0, start) + 1
    last = text.find("\n", start)
    lines_before = text[:first].split("\n")[:-1]
    paragraph = sum(1 for line in lines_before if line.strip()) + 1
    return (
        paragraph != number
        or not first <= start < end <= last
        or (quote is not None and text[start:end] != quote)
    )


def test_the_dataset_is_there_as_a_draft_and_released() -> None:
    """At least once."""
    versions = [folder.version for folder in FOLDERS]
    assert versions[-1] == "draft"
    assert len(versions) > 1


def test_every_version_is_valid_and_holds_records_of_every_kind(version: Version) -> None:
    """The fixture reads it; 17 notes of the report are 17 terms."""
    assert min(map(len, version.collections.values())) > 0
    assert sorted(term["number"] for term in version.collections["glossary"]) == list(range(1, 18))


def test_the_source_is_the_document_the_dataset_names(version: Version, source: bytes) -> None:
    """By digest and length."""
    [document] = version.description["documents"]
    assert hashlib.sha256(source).hexdigest() == document["sha256"]
    assert len(source.decode()) == document["characters"]


def test_every_quote_stands_at_its_place(version: Version, source: bytes) -> None:
    """``text[start:end] == quote``, within the paragraph that is named."""
    text = source.decode()
    wrong = [
        record["id"]
        for record in _records(version)
        if _misplaced(text, record["source"], record["source"]["quote"])
    ]
    assert wrong == []


def test_every_term_is_mentioned_where_it_says(version: Version, source: bytes) -> None:
    """Within the paragraph that is named, in the running text before the notes."""
    text = source.decode()
    wrong = [
        (term["id"], mention, text[mention["start"] : mention["end"]])
        for term in version.collections["glossary"]
        for mention in term["mentions"]
        if _misplaced(text, mention, None) or mention["end"] > term["source"]["start"]
    ]
    assert wrong == []


def test_the_draft_audits_clean(source: bytes) -> None:
    """Nothing is found, and each of the report's 234 numerals is accounted for."""
    day = date(2025, 12, 31)
    figures, problems = audit_version(DATASETS, "kuiwen-2025", "draft", SOURCE, day)
    assert [str(problem) for problem in problems] == []
    numerals = figures["numerals"]
    assert numerals["total"] == 234
    assert numerals["evidence"] + numerals["excluded"] == 234


def test_damage_is_named_in_paragraphs_that_exist(version: Version, source: bytes) -> None:
    """Counted as the quotes' paragraphs are."""
    paragraphs = [line for line in source.decode().split("\n") if line.strip()]
    [document] = version.description["documents"]
    assert all(1 <= damage["paragraph"] <= len(paragraphs) for damage in document["damage"])


def test_a_place_that_is_wrong_would_be_noticed() -> None:
    """The check of places itself can fail: of the quote, its paragraph and its bounds."""
    text = "甲乙\n\n丙丁\n"
    assert not _misplaced(text, {"start": 4, "end": 6, "paragraph": 2}, "丙丁")
    assert _misplaced(text, {"start": 4, "end": 6, "paragraph": 3}, "丙丁")
    assert _misplaced(text, {"start": 4, "end": 6, "paragraph": 2}, "丙戊")
    assert _misplaced(text, {"start": 4, "end": 7, "paragraph": 2}, None)
