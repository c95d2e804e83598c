"""Enumerations: a term that names a number has that many members, or a caveat says why not."""

from __future__ import annotations

import re

from opendata.audit.numerals import chinese_number
from opendata.errors import Fault
from opendata.reader import Version

_DIGITS = "一二三四五六七八九"
#: Digits before Latin letters (5G) count nothing.
_WORD = "[十百千万亿]{2,}"
_NUMBER = re.compile(rf"[0-9]+(?![0-9A-Za-z])|{_WORD}|[{_DIGITS}十百千万亿两]+")
_WORDS = re.compile(rf"{_WORD}|[百千万亿]")


def check_enumerations(version: Version) -> dict[str, int]:
    """Check every term of kind list whose name holds numbers: their sum is that of members."""
    checked = agreeing = 0
    for index, term in enumerate(version.collections["glossary"]):
        named = sum(map(_count, _NUMBER.findall(term["term"]["zh"])))
        if term["kind"] != "list" or not named:
            continue
        checked += 1
        explained = any(caveat["code"] == "member_count" for caveat in term["caveats"])
        if named == len(term["members"]) or explained:
            agreeing += 1
        else:
            message = f"has {len(term['members'])} members, but the term names {named}"
            fault = Fault(message, "list them all, or add a member_count caveat")
            version.files["glossary"].problem((index, "members"), fault)
    return {"checked": checked, "agreeing": agreeing}


def _count(number: str) -> int:
    """Return how many a numeral names: 一二三 are three kinds, 百千万 is a word and names none."""
    if number.isdecimal():
        return int(number)
    if _WORDS.fullmatch(number):
        return 0
    if len(number) > 1 and number in _DIGITS:
        number = number[-1]
    return chinese_number(number)
