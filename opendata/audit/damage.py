"""Damage: what is known to be damaged in the source has not leaked into the data."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from opendata.errors import Fault
from opendata.reader import Version
from opendata.reader.yaml import Path

#: The texts of a record that are the project's own, or names.
_OWN = ("title", "name", "term", "definition", "location", "aliases", "parties", "members")
#: What of a quantity is text.
_QUANTITIES = "quantities"
_INJECTED, _LOWERED = "injected_text", "lowercased_letters"
_QUOTE: Path = ("source", "quote")


def check_damage(version: Version) -> dict[str, int]:
    """Check that no damaged wording stands in a record's own words or in its quote.

    A quote may show letters and signs as they were printed, never injected words; a caveat may
    show the damage it is of.
    """
    known = [
        (damage, _pattern(damage, tokens))
        for document in version.description["documents"]
        for damage in document["damage"]
        if (tokens := damage.get("tokens") or list(filter(None, [damage["printed"]])))
    ]
    anywhere = re.compile("|".join(p.pattern for _, p in known) or "(?!)", re.IGNORECASE)
    leaked: set[int] = set()
    for name, records in version.collections.items():
        for index, record in enumerate(records):
            for path, text in _texts(record):
                if not anywhere.search(text):
                    continue
                found = {
                    number: match.group()
                    for number, (damage, pattern) in enumerate(known)
                    if not _may_show(path, record, damage) and (match := pattern.search(text))
                }
                leaked |= found.keys()
                for token in sorted(set(found.values())):
                    fault = Fault(f"holds the damaged {token}", "leave it out")
                    version.files[name].problem((index, *path), fault)
    return {"checked": len(known), "agreeing": len(known) - len(leaked)}


def _pattern(damage: Mapping[str, Any], tokens: Iterable[str]) -> re.Pattern[str]:
    """Return what finds damaged words: not within longer ones in Latin letters.

    Capitals make no difference but where the damage is that there are none.
    """
    flags = 0 if damage["code"] == _LOWERED else re.IGNORECASE
    return re.compile("|".join(map(_whole, tokens)), flags)


def _whole(token: str) -> str:
    before = "(?<![A-Za-z0-9])" if token[0].isascii() else ""
    after = "(?![A-Za-z0-9])" if token[-1].isascii() else ""
    return f"{before}{re.escape(token)}{after}"


def _may_show(path: Path, record: Mapping[str, Any], damage: Mapping[str, Any]) -> bool:
    if path == _QUOTE:
        return bool(damage["code"] != _INJECTED)
    if path[0] == "caveats":
        return bool(record["caveats"][path[1]]["code"] == damage["code"])
    return False


def _texts(record: Mapping[str, Any]) -> Iterator[tuple[Path, str]]:
    """Yield every text of a record with its path."""
    for name in _OWN:
        yield from _texts_in(record.get(name), (name,))
    for at, quantity in enumerate(record.get(_QUANTITIES, ())):
        yield (_QUANTITIES, at, "as_printed"), quantity["as_printed"]
    for at, caveat in enumerate(record["caveats"]):
        yield from _texts_in(caveat["text"], ("caveats", at, "text"))
    yield _QUOTE, record["source"]["quote"]


def _texts_in(value: Any, path: Path) -> Iterator[tuple[Path, str]]:
    if isinstance(value, str):
        yield path, value
    elif isinstance(value, dict):
        for key, text in value.items():
            yield (*path, key), text
    else:
        for at, member in enumerate(value or ()):
            yield from _texts_in(member, (*path, at))
