"""What a package is selected by, told from the package alone: another author's opinion."""

from __future__ import annotations

import re
from datetime import datetime
from typing import Any as Anything

from opendata.ckan import Expression
from opendata.ckan.syntax import (
    All,
    Any,
    Everything,
    Exists,
    Joker,
    Not,
    Phrase,
    Range,
    Wildcard,
    Word,
)

Package = dict[str, Anything]


def selected(of: Expression, package: Package) -> bool:
    """Whether an expression selects a package."""
    match of:
        case Everything():
            return True
        case Not():
            return not selected(of.of, package)
        case All():
            return all(selected(member, package) for member in of.of)
        case Any():
            return any(selected(member, package) for member in of.of)
    if of.field == "title":
        return _in_title(of, package)
    return any(_fits(of, value) for value in _values(of.field, package))


def _values(field: str, package: Package) -> list[str]:
    if field == "organization":
        return [package["organization"]["name"]]
    if field in ("tags", "groups"):
        return [member["name"] for member in package[field]]
    return [str(package[field])]


def _fits(of: Expression, value: str) -> bool:
    match of:
        case Exists():
            return True
        case Word() | Phrase():
            return value == of.text
        case Wildcard():
            signs = {Joker.ONE: ".", Joker.MANY: ".*"}
            parts = (signs[p] if isinstance(p, Joker) else re.escape(p) for p in of.parts)
            return re.fullmatch("".join(parts), value, re.DOTALL) is not None
        case Range(field="metadata_modified"):
            return _between(of, datetime.fromisoformat(value))
        case Range():
            return _between(of, value)
    raise AssertionError(of)


def _between(of: Range, value: Anything) -> bool:
    def read(end: str) -> Anything:
        return end if isinstance(value, str) else datetime.fromisoformat(end.removesuffix("Z"))

    above = of.low is None or (read(of.low) <= value if of.with_low else read(of.low) < value)
    below = of.high is None or (value <= read(of.high) if of.with_high else value < read(of.high))
    return above and below


def _in_title(of: Expression, package: Package) -> bool:
    assert isinstance(of, (Word, Phrase))
    extras = {extra["key"]: extra["value"] for extra in package["extras"]}
    titles = package["title"], extras["title_en"]
    if not of.text.isascii():
        return any(of.text in title for title in titles)
    pattern = rf"(?<![A-Za-z0-9]){re.escape(of.text)}"
    if isinstance(of, Phrase):
        pattern += r"(?![A-Za-z0-9])"
    return any(re.search(pattern, title, re.IGNORECASE | re.ASCII) for title in titles)
