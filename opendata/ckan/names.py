"""Names, ids and times in the forms that a receiving CKAN insists on."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Iterable
from uuid import NAMESPACE_URL, uuid5

#: Characters that a name or a tag of CKAN may have (ckan.model: PACKAGE_NAME, MAX_TAG_LENGTH).
SHORTEST, LONGEST = 2, 100
#: Characters of the digest that keeps apart what had to be shortened or replaced.
_DIGEST = 8
_NOT_IN_NAMES = re.compile(r"[^a-z0-9_-]+")
_NOT_IN_TAGS = re.compile(r"[^\w .-]+|\s+")


def identifier(address: str) -> str:
    """Return the id of what an address names: a UUID of version 5 (RFC 9562 §5.5).

    It stays the same over versions, hosts and builds as long as the public address does.
    """
    return str(uuid5(NAMESPACE_URL, address))


def valid_name(text: str) -> str:
    """Return ``text`` as a name: 2–100 lower-case letters, digits, hyphens and underscores.

    A dataset's identifier stays as it is; only one of a single character is lengthened.
    """
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    name = _NOT_IN_NAMES.sub("-", plain).strip("-")
    if SHORTEST <= len(name) <= LONGEST:
        return name
    digest = hashlib.sha256(text.encode()).hexdigest()[:_DIGEST]
    return f"{name[: LONGEST - _DIGEST - 1]}-{digest}".strip("-")


def tag_names(keywords: Iterable[str]) -> list[str]:
    """Return keywords as tags: letters of any script, digits, spaces, ``-``, ``_`` and ``.``.

    What else stands in a keyword becomes a space, since one bad tag makes CKAN refuse the whole
    dataset; a keyword that is too short then is left out. Each stands once, whatever its case.
    """
    found: dict[str, str] = {}
    for keyword in keywords:
        composed = unicodedata.normalize("NFC", keyword)
        tag = " ".join(_NOT_IN_TAGS.sub(" ", composed).split())[:LONGEST].strip()
        if len(tag) >= SHORTEST:
            found.setdefault(tag.casefold(), tag)
    return sorted(found.values())


def timestamp(instant: str) -> str:
    """Return an instant in UTC (``2026-11-24T15:03:22Z``) as CKAN writes times: naive."""
    return f"{instant.removesuffix('Z')}.000000"
