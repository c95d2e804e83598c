"""Matching: where a name stands in printed text that writes it a little otherwise."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from difflib import SequenceMatcher
from functools import lru_cache

#: What a name may have more or less of: quotation marks, interpuncts, blanks, notes' markers.
_IGNORED = re.compile(r"[“”‘’\"'·・•\s]|\[[0-9]+\]")
#: Shorter stretches are found anywhere.
_SHORTEST = 2

#: Several checks, and audit after audit of a draft that is being written, compare the same texts.
_remembered = lru_cache(maxsize=8192)

#: From where to where something stands in a text.
Stretch = tuple[int, int]


@_remembered
def find(text: str, sought: str) -> Stretch | None:
    """Return where ``sought`` stands in ``text``, whatever its width, capitals and marks."""
    letters, places = _letters(text)
    wanted, _ = _letters(sought)
    at = letters.find(wanted) if wanted else -1
    return None if at < 0 else (places[at], places[at + len(wanted) - 1] + 1)


@_remembered
def find_part(text: str, sought: str) -> Stretch | None:
    """Return where the longest beginning of ``sought`` stands, or else the longest part of it."""
    letters, places = _letters(text)
    wanted, _ = _letters(sought)
    for length in range(len(wanted), _SHORTEST - 1, -1):
        if (at := letters.find(wanted[:length])) >= 0:
            return places[at], places[at + length - 1] + 1
    matcher = SequenceMatcher(None, letters, wanted, autojunk=False)
    at, _, length = matcher.find_longest_match()
    return (places[at], places[at + length - 1] + 1) if length >= _SHORTEST else None


def stands_in_order(text: str, sought: str) -> bool:
    """Tell whether the characters of ``sought`` stand in ``text`` in order, gaps allowed."""
    letters = iter(_letters(text)[0])
    return all(letter in letters for letter in _letters(sought)[0])


@_remembered
def stands_in_pieces(text: str, sought: str, gap: re.Pattern[str]) -> bool:
    """Tell whether ``sought`` stands in ``text``, in pieces only where a gap is as ``gap`` says."""
    letters, wanted = _letters(text)[0], _letters(sought)[0]
    ends: set[int] = {at for at, letter in enumerate(letters) if letter == wanted[:1]}
    for letter in wanted[1:]:
        places = [at for at, other in enumerate(letters) if other == letter]
        ends = {
            at
            for at in places
            if at - 1 in ends or any(end < at and gap.search(letters[end + 1 : at]) for end in ends)
        }
    return bool(ends) or not wanted


@_remembered
def _letters(text: str) -> tuple[str, Sequence[int]]:
    """Return what of a text counts, and where each letter of it stands."""
    ignored = {at for match in _IGNORED.finditer(text) for at in range(*match.span())}
    kept = [
        (letter, at)
        for at, character in enumerate(text)
        if at not in ignored
        for letter in unicodedata.normalize("NFKC", character).casefold()
    ]
    return "".join(letter for letter, _ in kept), tuple(at for _, at in kept)
