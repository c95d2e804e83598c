"""What a Solr query says: expressions over the fields of a package."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from opendata.errors import OpendataError

#: The field of a word that names none.
DEFAULT_FIELD = "text"


class SolrError(OpendataError):
    """A query that cannot be answered as it stands: it is refused, never partly heeded."""


@dataclass(frozen=True, slots=True)
class Everything:
    """``*:*``: every package."""


@dataclass(frozen=True, slots=True)
class Word:
    """``field:text``: a value is, or a text has, what stands there without quotes."""

    field: str
    text: str


@dataclass(frozen=True, slots=True)
class Phrase:
    """``field:"some words"``: a value is, or a text has, the words in their order."""

    field: str
    text: str


class Joker(Enum):
    """What stands for other characters: ``?`` for one, ``*`` for any number."""

    ONE = "?"
    MANY = "*"


@dataclass(frozen=True, slots=True)
class Wildcard:
    """``field:ab*`` or ``field:a?c``: texts and what stands for others, in their order."""

    field: str
    parts: tuple[str | Joker, ...]


@dataclass(frozen=True, slots=True)
class Exists:
    """``field:*``: there is a value."""

    field: str


@dataclass(frozen=True, slots=True)
class Range:
    """``field:[low TO high]``: a value between; ``None`` is an open end, braces exclude it."""

    field: str
    low: str | None
    high: str | None
    with_low: bool = True
    with_high: bool = True


@dataclass(frozen=True, slots=True)
class Not:
    """``-a``, ``NOT a``: every package that ``a`` does not select."""

    of: Expression


@dataclass(frozen=True, slots=True)
class All:
    """``a AND b``, ``a b``: what every member selects."""

    of: tuple[Expression, ...]


@dataclass(frozen=True, slots=True)
class Any:
    """``a OR b``: what any member selects."""

    of: tuple[Expression, ...]


Expression = Everything | Word | Phrase | Wildcard | Exists | Range | Not | All | Any
