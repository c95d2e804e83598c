"""Enumerations: a term that names a number has that many members, or a caveat says why not."""

from __future__ import annotations

import re

from opendata.audit.numerals import chinese_number
from opendata.errors import Fault
from opendata.reader import Version

_NUMBER = re.compile(r"[0-9]+|[一二三四五六七八九十百两]+")


def check_enumerations(version: Version) -> dict[str, int]:
    """Check every term of kind list whose name holds numbers: their sum is that of members."""
    checked = agreeing = 0
    for index, term in enumerate(version.collections["glossary"]):
        numbers = _NUMBER.findall(term["term"]["zh"])
        if term["kind"] != "list" or not numbers:
            continue
        checked += 1
        named = sum(int(n) if n.isdigit() else chinese_number(n) for n in numbers)
        explained = any(caveat["code"] == "member_count" for caveat in term["caveats"])
        if named == len(term["members"]) or explained:
            agreeing += 1
        else:
            message = f"has {len(term['members'])} members, but the term names {named}"
            fault = Fault(message, "list them all, or add a member_count caveat")
            version.files["glossary"].problem((index, "members"), fault)
    return {"checked": checked, "agreeing": agreeing}
