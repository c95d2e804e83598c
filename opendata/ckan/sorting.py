"""The order of packages: ``metadata_modified desc, name asc``."""

from __future__ import annotations

from typing import NamedTuple

from opendata.ckan.fields import FIELDS
from opendata.ckan.syntax import SolrError
from opendata.errors import choose_from

#: How well a package matches what is looked for; a number, more is better.
SCORE = "score"
MOST = 10

#: What CKAN sorts by under another name.
_MEANT = {"title": "title_string"}


class Sort(NamedTuple):
    """One thing to sort by."""

    field: str
    descending: bool


#: CKAN's own order.
DEFAULT = (Sort(SCORE, descending=True), Sort("metadata_modified", descending=True))


def sorts(text: str) -> tuple[Sort, ...]:
    """Return what ``text`` sorts by; CKAN's own order where it is blank.

    :raises SolrError: for a field there is not, or that cannot be sorted by, or no direction.
    """
    parts = [part.split() for part in text.split(",")] if text.strip() else []
    if len(parts) > MOST:
        raise SolrError(f"{len(parts)} fields to sort by; {MOST} are the most")
    return tuple(map(_sort, parts)) or DEFAULT


def _sort(words: list[str]) -> Sort:
    if len(words) != 2 or words[1].lower() not in ("asc", "desc"):
        raise SolrError(f"{' '.join(words)!r} is no order; write a field, then asc or desc")
    name = _MEANT.get(words[0], words[0])
    sortable = [field.name for field in FIELDS.values() if field.sortable]
    if name != SCORE and name not in sortable:
        raise SolrError(f"cannot sort by {name!r}; {choose_from(name, [SCORE, *sortable])}")
    return Sort(name, words[1].lower() == "desc")
