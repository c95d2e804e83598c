"""The words the audit knows are those that the editorial rules print, in both languages."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from opendata.audit.wording import (
    ACTIONS,
    ADVERBS,
    COMPARATORS,
    INCREMENT,
    LEADING,
    LEVEL,
    SHARE,
    STRENGTHS,
)

DOCS = Path(__file__).parents[2] / "docs"
PAGES = ["editorial.md", "editorial.zh.md"]
_CHINESE = re.compile("[\u4e00-\u9fff]+")


def _row(page: str, code: str) -> str:
    """Return the words of the row of a code, its example left out."""
    lines = (DOCS / page).read_text("utf-8").splitlines()
    [row] = [line for line in lines if line.startswith(f"| `{code}` |")]
    return row.split("|")[2]


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("code", ACTIONS)
def test_every_verb_stands_in_the_row_of_its_action(code: str, page: str) -> None:
    """As a word of its own, not within another."""
    printed = re.split("[^\u4e00-\u9fff]+", _row(page, code).replace("的", " "))
    row = " ".join(printed)
    assert [verb for verb in ACTIONS[code] if not re.search(rf"(^| ){verb}", row)] == []


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("code", COMPARATORS)
def test_the_words_of_a_comparator_are_those_of_its_row(code: str, page: str) -> None:
    """No more and no fewer."""
    row = _row(page, code)
    if code == "range":
        assert all(word in row for word in COMPARATORS[code])
    else:
        assert sorted(_CHINESE.findall(row)) == sorted(COMPARATORS[code])


def test_a_bare_figure_is_equal(code: str = "equal") -> None:
    """It is the one comparator without a word, in both pages."""
    assert code not in COMPARATORS
    assert all(_row(page, code) for page in PAGES)


@pytest.mark.parametrize("page", PAGES)
def test_every_word_of_strength_is_explained(page: str) -> None:
    """In the paragraph on strength."""
    text = (DOCS / page).read_text("utf-8")
    paragraph = text[text.index("`strength`") :].split("\n\n")[0]
    assert [w for words in STRENGTHS.values() for w in words if w not in paragraph] == []


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("word", [*ADVERBS, *LEADING, *SHARE, *LEVEL, *INCREMENT])
def test_every_other_word_that_decides_is_explained(word: str, page: str) -> None:
    """Adverbs, what leads a figure in, and the words of measures."""
    assert word in (DOCS / page).read_text("utf-8")
