"""What a text in a dataset may hold, so that nothing has to be altered on the way out."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from opendata.errors import Fault

#: Separates the members of a list in one table cell; therefore no text may hold it.
LIST_SEPARATOR = "|"

#: What spreadsheets run, full-width forms too (OWASP: CSV injection).
_FORMULA_STARTS = "=+-@＝＋－＠"
_SUSPECT = re.compile(rf"^[{re.escape(_FORMULA_STARTS)}]|^\s|\s$|[\n\r|]")
#: Unicode categories that do not show: controls, formats, surrogates, private, unassigned, breaks.
_UNSHOWN = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})
#: Characters of other categories that do not show either: fillers, joiners, variation selectors.
_BLANK = frozenset(
    "\u034f\u115f\u1160\u17b4\u17b5\u180b\u180c\u180d\u180f\u2800\u3164\uffa0\ufffd"
) | frozenset(map(chr, (*range(0xFE00, 0xFE10), *range(0xE0100, 0xE01F0))))
_HAN = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff]")
_LATIN = re.compile(r"[A-Za-z]")


def text_faults(text: str) -> Iterator[Fault]:
    """Yield each reason why ``text`` may not be published as it is."""
    if not text.strip():
        yield Fault("is blank", "write the text or leave the key out")
        return
    if _SUSPECT.search(text) or not text.isprintable() or not _BLANK.isdisjoint(text):
        yield from _suspect_faults(text)
    if not text.isascii() and unicodedata.normalize("NFC", text) != text:
        yield Fault("is not in Unicode NFC", "save the composed form of the characters")


def _suspect_faults(text: str) -> Iterator[Fault]:
    if text[0] in _FORMULA_STARTS:
        yield Fault(
            f"starts with {text[0]!r}, which a spreadsheet would run as a formula",
            "begin with a letter, digit or quotation mark",
        )
    if text != text.strip():
        yield Fault("has white space at its start or end", "remove it")
    if "\n" in text.strip() or "\r" in text.strip():
        yield Fault("runs over several lines", "write it on one line")
    if LIST_SEPARATOR in text:
        yield Fault(
            f"holds {LIST_SEPARATOR!r}, which separates list members in tables",
            "use another punctuation mark",
        )
    odd = sorted({c for c in text if c not in "\n\r" and _is_invisible(c)})
    if odd:
        names = ", ".join(f"U+{ord(c):04X}" for c in odd)
        yield Fault(f"holds characters that do not show or are damaged ({names})", "remove them")


def _is_invisible(character: str) -> bool:
    return unicodedata.category(character) in _UNSHOWN or character in _BLANK


def mostly_han(text: str) -> bool:
    """Tell whether ``text`` is Chinese rather than English that cites Chinese words."""
    return len(_HAN.findall(text)) > len(_LATIN.findall(text))
