"""Folding: what two texts have in common that a reader takes for the same.

Width and compatibility forms (NFKC), case, traditional and simplified characters, and
everything that is no letter or digit are folded away, in what is searched and in what is
searched for alike. Only a point between two digits is kept: 3.5 is not 35.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import cache, lru_cache
from itertools import pairwise
from typing import NamedTuple

from opencc import OpenCC

#: Characters that never merge with the one before them: ASCII and the common Han.
_ALONE = re.compile(r"[\0-\x7f\u4e00-\u9fff]")
#: Letters and digits, and the point of a number.
_KEPT = re.compile(r"[^\W_]|(?<=[0-9])\.(?=[0-9])")


class Folded(NamedTuple):
    """A folded text.

    ``text[i]`` comes from the characters ``starts[i]`` up to ``ends[i]`` of the original.
    """

    text: str
    starts: tuple[int, ...]
    ends: tuple[int, ...]


def fold(text: str) -> Folded:
    """Return ``text`` folded, with the place that each character comes from.

    One original character may give several (``㎞`` gives ``km``) or several one
    (``ｶﾞ`` gives ``ガ``).
    """
    folded: list[str] = []
    places: list[tuple[int, int]] = []
    for start, end in pairwise((*_cluster_starts(text), len(text))):
        part = _fold_cluster(text[start:end])
        folded.append(part)
        places += [(start, end)] * len(part)
    whole = "".join(folded)
    kept = [match.start() for match in _KEPT.finditer(whole)]
    return Folded(
        "".join(whole[at] for at in kept),
        tuple(places[at][0] for at in kept),
        tuple(places[at][1] for at in kept),
    )


def _cluster_starts(text: str) -> Iterator[int]:
    """Yield where each run of characters starts that normalise together and no further."""
    start = 0
    for index, character in enumerate(text):
        if index == 0 or not _merges(text[start:index], character):
            start = index
            yield index


def _merges(before: str, character: str) -> bool:
    if _ALONE.match(character):
        return False
    if unicodedata.combining(character):
        return True
    apart = _nfkc(before) + _nfkc(character)
    return _nfkc(before + character) != apart


def _nfkc(text: str) -> str:
    return unicodedata.normalize("NFKC", text)


@lru_cache(maxsize=1 << 15)
def _fold_cluster(cluster: str) -> str:
    return "".join(map(_simplified, _nfkc(cluster).casefold()))


def _simplified(character: str) -> str:
    """Return the simplified form of one character.

    Character by character and not by phrase, so that a part of a text is always folded as it is
    within the whole.
    """
    if character < "\u3400":
        return character
    simplified: str = _converter().convert(character)
    return simplified


@cache
def _converter() -> OpenCC:
    return OpenCC("t2s")
