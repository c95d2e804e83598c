"""What every description in a catalogue is made from: datasets, version by version."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from opendata.vocabularies import Label

#: Open code lists: each maps a code to its entry.
Lists = Mapping[str, Mapping[str, Mapping[str, Any]]]

_EU_LICENCES = "http://publications.europa.eu/resource/authority/licence/"


@dataclass(frozen=True, slots=True)
class Edition:
    """A dataset at one version.

    ``record`` is the dataset as it is served; ``published`` says when this version was first
    published, in UTC (``2026-11-24T15:03:22Z``): it, not the date of the data, tells a harvester
    what is new.
    """

    base_url: str
    record: Mapping[str, Any]
    published: str

    @property
    def series(self) -> str:
        """The address of the dataset, whatever its version."""
        return f"{self.base_url}/v1/datasets/{self.record['id']}"

    @property
    def address(self) -> str:
        """The address of this version, which never changes."""
        return f"{self.series}/versions/{self.record['version']}"

    def text(self, name: str) -> Label:
        """Return a text of the record in both languages."""
        return Label(**self.record[name])


def contact_email(edition: Edition) -> str:
    """Return whom to write to.

    Where the dataset names nobody, the mailbox that RFC 2142 (section 5) gives to a web site.
    """
    stated = edition.record["contact"]["email"]
    return stated or f"webmaster@{urlsplit(edition.base_url).hostname}"


def licence_address(code: str, lists: Lists) -> str:
    """Return the address of a licence by its SPDX identifier: its text, where the list has it."""
    known = lists["licences"].get(code, {}).get("exact_match") or ()
    return next(iter(known), f"https://spdx.org/licenses/{code}")


def licence_concept(code: str, lists: Lists) -> str:
    """Return the licence as the EU's list of licences has it, where it does; else its address."""
    known = lists["licences"].get(code, {}).get("exact_match") or ()
    authority = (address for address in known if address.startswith(_EU_LICENCES))
    return next(authority, licence_address(code, lists))


def years(period: str) -> tuple[str, str]:
    """Return the first and the last year of a period."""
    first, _, last = period.partition("/")
    return first, last or first


def chinese_topics(edition: Edition, lists: Lists) -> list[str]:
    """Return the topics of Chinese portals that the dataset's themes stand for, in their order."""
    entries = (lists["themes"].get(code, {}) for code in edition.record["themes"])
    topics = (topic for entry in entries for topic in entry.get("chinese_topics") or ())
    return list(dict.fromkeys(topics))


def area_path(code: str, lists: Lists) -> list[Mapping[str, Any]]:
    """Return the entry of an area and of those it lies in, from itself upwards."""
    areas, found = lists["areas"], []
    while code in areas and areas[code] not in found:
        found.append(areas[code])
        code = areas[code].get("broader") or ""
    return found
