"""The fields that packages can be searched, sorted and counted by (after CKAN's Solr schema)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from functools import lru_cache
from typing import Any

from opendata.ckan.package import EXTRAS
from opendata.ckan.syntax import DEFAULT_FIELD, SolrError
from opendata.errors import choose_from
from opendata.search import fold

_TIME = re.compile(r"(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)(?:\.(\d{1,6})\d*)?Z?", re.ASCII)
_WORDS = re.compile(r"[^\W_]+(?:[.'-][^\W_]+)*")
_HAN = re.compile(r"[\u3400-\u9fff\U00020000-\U0003ffff]")


class Type(Enum):
    """How the values of a field are compared."""

    STRING = "string"  # whole, to the character
    TEXT = "text"  # by its words
    TIME = "time"
    NUMBER = "number"


@dataclass(frozen=True, slots=True)
class Field:
    """A field of packages."""

    name: str
    type: Type = Type.STRING
    many: bool = False

    @property
    def sortable(self) -> bool:
        """Whether packages can be put in its order."""
        return not self.many and self.type is not Type.TEXT

    @property
    def countable(self) -> bool:
        """Whether packages can be counted by it."""
        return self.type is Type.STRING


_STRINGS = (
    *("id", "name", "title_string", "organization", "owner_org", "license_id", "license_title"),
    *("isopen", "author", "maintainer", "maintainer_email", "url", "version", "state"),
    *("dataset_type", "type", "private", "capacity", "entity_type", "revision_id"),
)
_MANY = (
    *("groups", "tags", "res_format", "res_name", "res_url", "res_type", "res_description"),
    *(f"extras_{key}" for key in EXTRAS),
)

#: Every field, by name.
FIELDS: dict[str, Field] = {
    field.name: field
    for field in (
        *map(Field, _STRINGS),
        *(Field(name, Type.TEXT) for name in ("title", "notes", DEFAULT_FIELD)),
        *(Field(name, Type.TIME) for name in ("metadata_created", "metadata_modified")),
        *(Field(name, Type.NUMBER) for name in ("num_resources", "num_tags")),
        *(Field(name, many=True) for name in _MANY),
    )
}


def field_of(name: str) -> Field:
    """Return the field of a name.

    :raises SolrError: where there is none.
    """
    if name not in FIELDS:
        raise SolrError(f"undefined field {name!r}; {choose_from(name, list(FIELDS))}")
    return FIELDS[name]


def time(text: str) -> str:
    """Return a time as packages have it, naive UTC with microseconds.

    :raises SolrError: where it is no time of the form ``2026-01-01T00:00:00Z``.
    """
    found = _TIME.fullmatch(text)
    if found is None or not _is_real(found[1]):
        raise SolrError(f"{text!r} is no time; write 2026-01-01T00:00:00Z (UTC), * for an open end")
    return f"{found[1]}.{(found[2] or '').ljust(6, '0')}"


def _is_real(text: str) -> bool:
    try:
        datetime.fromisoformat(text)
    except ValueError:
        return False
    return True


def number(text: str) -> int:
    """Return a number.

    :raises SolrError: where it is none.
    """
    if not re.fullmatch(r"-?[0-9]{1,9}", text, re.ASCII):
        raise SolrError(f"{text!r} is no whole number")
    return int(text)


def folded_words(text: str) -> list[str]:
    """Return the words of a text, folded: case, width and traditional characters are one."""
    return [word for part in _WORDS.findall(text) if (word := _folded(part))]


@lru_cache(maxsize=1 << 13)
def _folded(word: str) -> str:
    """Return one word folded; catalogues say the same words again and again."""
    return fold(word).text


def folded_text(text: str) -> str:
    """Return a text as its words are looked for in it: a space before each, and at the end."""
    return f" {' '.join(folded_words(text))} "


def sought_in(text: str, *, whole: bool) -> list[str]:
    """Return what stands in a folded text that has the words of ``text``, one after another.

    Chinese is not written in words, so what has Han characters is found anywhere; other words
    are found from their start or, where ``whole``, whole.
    """
    words = folded_words(text)
    if not words:
        return []
    before = "" if _HAN.match(words[0]) else " "
    after = " " if whole and not _HAN.match(words[-1][-1]) else ""
    return [f"{before}{' '.join(words)}{after}"]


def single_values(package: Mapping[str, Any]) -> dict[str, Any]:
    """Return the values of a package in the fields that have one each."""
    texts = {name: package.get(name) for name in _STRINGS}
    texts |= {
        "title_string": package["title"],
        "organization": package["organization"]["name"],
        "isopen": str(package["isopen"]).lower(),
        "private": "false",
        "dataset_type": package["type"],
        "capacity": "public",
        "entity_type": "package",
    }
    times = {name: package[name] for name in ("metadata_created", "metadata_modified")}
    numbers = {name: package[name] for name in ("num_resources", "num_tags")}
    extras = {extra["key"]: extra["value"] for extra in package["extras"]}
    titles = package["title"], extras["title_en"]
    about = [*titles, package["notes"], package["author"], extras["publisher_name_en"]]
    about += [package["name"], *(t["name"] for t in package["tags"])]
    about += [extras["area_name"], *(g["title"] for g in package["groups"])]
    return {
        **texts,
        **times,
        **numbers,
        "title": folded_text("\n".join(titles)),
        "notes": folded_text(package["notes"]),
        DEFAULT_FIELD: folded_text("\n".join(about)),
    }


def many_values(package: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Yield the different values of a package in the fields that may have several."""
    found = [("groups", group["name"]) for group in package["groups"]]
    found += [("tags", tag["name"]) for tag in package["tags"]]
    found += [(f"extras_{extra['key']}", extra["value"]) for extra in package["extras"]]
    for resource in package["resources"]:
        found += [("res_format", resource["format"]), ("res_name", resource["name"])]
        found += [("res_url", resource["url"]), ("res_type", resource["resource_type"])]
        found += [("res_description", resource["description"])]
    yield from dict.fromkeys(found)
