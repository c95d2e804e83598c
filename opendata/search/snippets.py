"""Snippets: where in a found record the terms stand, for people to see."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from opendata.records import Collection
from opendata.search.folding import fold
from opendata.search.terms import Term
from opendata.search.texts import chinese_names, searched
from opendata.search.tokens import (
    INITIAL_LETTERS,
    READING_LETTERS,
    han_runs,
    stem,
    syllable_lengths,
    word_spans,
)

#: Where a match starts and ends, in code points.
Range = tuple[int, int]

#: About how many characters are shown, by language.
_WIDTH = {"zh": 40, "en": 100}
_CUT = "…"


class Snippet(NamedTuple):
    """A part of a text, and where in the part terms stand, in order and apart."""

    text: str
    ranges: tuple[Range, ...]


def snippet(text: str, terms: Sequence[Term], language: str) -> Snippet | None:
    """Return the surroundings of the first match in ``text``; ``None`` where there is none.

    :param language: ``en`` for words; ``zh`` for any part of a text.
    """
    return _around(text, _ranges(text, terms, language), language)


def matches(
    collection: Collection, record: Mapping[str, Any], terms: Sequence[Term], pinyin: str = ""
) -> list[tuple[str, Snippet]]:
    """Return the columns of ``record`` in which terms stand, names first, with a snippet each.

    :param pinyin: the readings that the index keeps of the record
        (:class:`~opendata.search.SearchTexts`); they tell which part of a name was meant.
    """
    read = _read_ranges(chinese_names(collection, record), terms, pinyin.split())
    found = []
    for column, is_name, english in searched(collection):
        language = "en" if english else "zh"
        for text in column.values(record):
            if text is None:
                continue
            ranges = list(_ranges(text, terms, language))
            if is_name and not english:
                ranges += read.get(text, [])
            if shown := _around(text, ranges, language):
                found.append((column.name, shown))
                break
    return found


def _ranges(text: str, terms: Sequence[Term], language: str) -> Iterator[Range]:
    if language == "en":
        yield from _word_ranges(text, [word for term in _with_parts(terms) for word in term.words])
    else:
        yield from _part_ranges(text, [term.chinese for term in _with_parts(terms)])


def _with_parts(terms: Iterable[Term]) -> Iterator[Term]:
    return (one for term in terms for one in term.with_parts)


def _part_ranges(text: str, parts: Iterable[str]) -> Iterator[Range]:
    folded = fold(text)
    for part in parts:
        at = folded.text.find(part)
        while at >= 0:
            yield folded.starts[at], folded.ends[at + len(part) - 1]
            at = folded.text.find(part, at + 1)


def _word_ranges(text: str, wanted: Sequence[str]) -> Iterator[Range]:
    for word, start, end in word_spans(text):
        forms = (word, stem(word))
        if any(
            forms[0].startswith(w) or forms[1].startswith(w) or stem(w) in forms for w in wanted
        ):
            yield start, end


def _read_ranges(
    names: Sequence[str], terms: Sequence[Term], tokens: Sequence[str]
) -> dict[str, list[Range]]:
    """Return where ``names`` read as terms ask; each Han character of theirs has two tokens."""
    readings = [term.reading for term in _with_parts(terms) if term.reading]
    found: dict[str, list[Range]] = {}
    if not readings or not tokens:
        return found
    taken = 0
    for name in names:
        folded = fold(name)
        for start, end in han_runs(folded.text):
            run = tokens[taken : taken + 2 * (end - start)]
            taken += len(run)
            for reading in readings:
                for first, last in _read_in_run(run[::2], run[1::2], reading):
                    place = folded.starts[start + first], folded.ends[start + last - 1]
                    found.setdefault(name, []).append(place)
    return found


def _read_in_run(full: Sequence[str], initials: Sequence[str], reading: str) -> Iterator[Range]:
    lengths = syllable_lengths(full)
    for index in range(len(full)):
        if full[index].startswith(reading[:READING_LETTERS]):
            yield index, _characters(lengths, index, len(reading))
        elif initials[index].startswith(reading[:INITIAL_LETTERS]):
            yield index, min(index + len(reading), len(full))


def _characters(lengths: Sequence[int], first: int, letters: int) -> int:
    """Return the end of the characters from ``first`` on whose syllables hold ``letters``."""
    end = first
    while letters > 0 and end < len(lengths):
        letters -= lengths[end]
        end += 1
    return end


def _around(text: str, ranges: Iterable[Range], language: str) -> Snippet | None:
    apart = _merged(ranges)
    if not apart:
        return None
    begin, end = _window(text, apart[0], language)
    before = _CUT if begin else ""
    shift = len(before) - begin
    within = ((max(s, begin) + shift, min(e, end) + shift) for s, e in apart if s < end)
    return Snippet(
        before + text[begin:end] + (_CUT if end < len(text) else ""),
        tuple(within),
    )


def _window(text: str, first: Range, language: str) -> Range:
    """Return what is shown of ``text``: a third before the first match, and no half words."""
    width = _WIDTH[language]
    if len(text) <= width:
        return 0, len(text)
    begin = max(0, min(first[0] - width // 3, len(text) - width))
    end = max(begin + width, first[1])
    if language == "en":
        if begin:
            begin = text.find(" ", begin, first[0]) + 1 or first[0]
        if end < len(text):
            end = max(text.rfind(" ", first[1], end), first[1])
    return begin, end


def _merged(ranges: Iterable[Range]) -> list[Range]:
    merged: list[Range] = []
    for start, end in sorted(ranges):
        if merged and start <= merged[-1][1]:
            merged[-1] = merged[-1][0], max(end, merged[-1][1])
        else:
            merged.append((start, end))
    return merged
