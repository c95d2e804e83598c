"""What a text in a dataset may hold, so that nothing has to be altered on the way out."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from opendata.errors import Fault

#: Separates the members of a list in one table cell; therefore no text may hold it.
LIST_SEPARATOR = "|"

_FORMULA_STARTS = "=+-@"  # what spreadsheets run (OWASP: CSV injection)
_INVISIBLE = re.compile(
    r"[\x00-\x09\x0b\x0c\x0e-\x1f\x7f-\x9f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069"
    r"\ufeff\ufffd\ue000-\uf8ff\ud800-\udfff]"
)
_SUSPECT = re.compile(rf"^[=+\-@]|^\s|\s$|[\n\r|]|{_INVISIBLE.pattern}")
_HAN = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff]")
_LATIN = re.compile(r"[A-Za-z]")


def text_faults(text: str) -> Iterator[Fault]:
    """Yield each reason why ``text`` may not be published as it is."""
    if not text.strip():
        yield Fault("is blank", "write the text or leave the key out")
        return
    if _SUSPECT.search(text):
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
    odd = sorted({c for c in text if _INVISIBLE.match(c)})
    if odd:
        names = ", ".join(f"U+{ord(c):04X}" for c in odd)
        yield Fault(f"holds characters that do not show or are damaged ({names})", "remove them")


def mostly_han(text: str) -> bool:
    """Tell whether ``text`` is Chinese rather than English that cites Chinese words."""
    return len(_HAN.findall(text)) > len(_LATIN.findall(text))
