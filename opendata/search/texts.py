"""What of a record is searched: its names and its other texts, cut up into tokens."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import cache, lru_cache
from typing import Any, NamedTuple

from opendata.records import Collection, Column
from opendata.records.fields import BaseUnit, Text
from opendata.search.tokens import chinese_tokens, english_tokens, pinyin_tokens

#: Where the texts stand that name a record, or who and where it is about.
_NAMES = (
    ("title",),
    ("name",),
    ("term",),
    ("aliases",),
    ("location",),
    ("parties",),
    ("publisher", "name"),
)


class SearchTexts(NamedTuple):
    """The tokens of a record, separated by spaces, in the columns of the index."""

    names_zh: str
    names_en: str
    texts_zh: str
    texts_en: str
    pinyin: str


class Searched(NamedTuple):
    """A column that is searched.

    ``name`` tells whether it names the record, ``english`` whether its words are searched and
    not any part of it. A text whose language is not known may be Chinese, and is searched so.
    """

    column: Column
    name: bool
    english: bool

    def texts(self, record: Mapping[str, Any]) -> list[str]:
        """Return the texts of ``record`` in this column."""
        return [text for text in self.column.values(record) if text is not None]


@cache
def searched(collection: Collection) -> tuple[Searched, ...]:
    """Return the columns of ``collection`` that are searched: names first, then other texts."""
    found = [
        Searched(column, _is_name(column), column.language == "en" or column.name == "id")
        for column in collection.columns
        if _is_prose(column) or column.name == "id"
    ]
    return tuple(sorted(found, key=lambda one: not one.name))


def texts_of(
    collection: Collection, record: Mapping[str, Any], pinyin: str | None = None
) -> SearchTexts:
    """Return what is searched of ``record``; a text that stands twice is taken once.

    :param pinyin: how its names read, where that is known already.
    """
    names_zh = list(chinese_names(collection, record))
    return SearchTexts(
        names_zh=_joined(chinese_tokens, names_zh),
        names_en=_joined(english_tokens, _texts(collection, record, name=True, english=True)),
        texts_zh=_joined(chinese_tokens, _texts(collection, record, name=False, english=False)),
        texts_en=_joined(english_tokens, _texts(collection, record, name=False, english=True)),
        pinyin=_joined(pinyin_tokens, names_zh) if pinyin is None else pinyin,
    )


def chinese_names(collection: Collection, record: Mapping[str, Any]) -> list[str]:
    """Return the Chinese names of ``record``, each once, in the order of their readings."""
    return _texts(collection, record, name=True, english=False)


def _texts(
    collection: Collection, record: Mapping[str, Any], *, name: bool, english: bool
) -> list[str]:
    columns = (s for s in searched(collection) if (s.name, s.english) == (name, english))
    return list(dict.fromkeys(text for one in columns for text in one.texts(record)))


def _joined(cut: Callable[[str], Iterable[str]], texts: Iterable[str]) -> str:
    return " ".join(filter(None, (_cut_up(cut, text) for text in texts)))


@lru_cache(maxsize=1 << 13)
def _cut_up(cut: Callable[[str], Iterable[str]], text: str) -> str:
    """Return the tokens of one text; most texts of a version stand in the next one again."""
    return " ".join(cut(text))


def _is_prose(column: Column) -> bool:
    return isinstance(column.field, Text) and not isinstance(column.field, BaseUnit)


def _is_name(column: Column) -> bool:
    return column.name == "id" or any(column.path[: len(path)] == path for path in _NAMES)
